using Microsoft.AspNetCore.WebUtilities;

namespace MonozukuriTown.Web.Links;

public static class CompanyLinks
{
    public const string Search = "/companies";

    public static string Detail(string slug) => $"/companies/{slug}";

    public static string ByProcess(string processId) => QueryHelpers.AddQueryString(Search, "process", processId);
}
