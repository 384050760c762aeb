using MonozukuriTown.Core.Companies;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Hosting;

/// <summary>Addresses that lead to no page: those of the portal before this one redirect, all others are 404.</summary>
public static class OldAddresses
{
    // "{*path}" without the usual :nonfile, because old addresses end in .php and .html.
    public static void MapOldAddresses(this IEndpointRouteBuilder app) =>
        app.MapFallback("{*path}", async (HttpContext context, Listings listings) =>
        {
            var request = context.Request;
            if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
                return Results.NotFound();
            var moved = await listings.FindOldAddressAsync(request.Path.Value ?? "", request.QueryString.Value ?? "", context.RequestAborted);
            return moved?.Status switch
            {
                CompanyStatus.Listed => Results.Redirect(CompanyLinks.Detail(moved.Slug), permanent: true),
                CompanyStatus.Left => Results.StatusCode(StatusCodes.Status410Gone),
                _ => Results.NotFound(),
            };
        }).AllowAnonymous();
}
