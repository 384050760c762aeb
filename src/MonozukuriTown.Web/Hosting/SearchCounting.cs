using MonozukuriTown.Core.Searches;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Hosting;

/// <summary>Notes the words of each search, also of those that the page cache answers. Turning pages, sorting and narrowing is the same search.</summary>
public static class SearchCounting
{
    public static void UseSearchCounting(this WebApplication app) => app.Use((context, next) =>
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) && request.Path.Equals(CompanyLinks.Search, StringComparison.OrdinalIgnoreCase)
            && !request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase)
            && CompanySearchAddress.Read(request.Query) is { Words.Length: > 0, Chosen: 0, Page: 1, Sort: Matching.SearchSort.Relevance } search)
            context.RequestServices.GetRequiredService<SearchLog>().Note(search.Words);
        return next(context);
    });
}
