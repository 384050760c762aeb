namespace MonozukuriTown.Web.Links;

public static class CompanyLinks
{
    public const string Search = "/companies";

    public static string Detail(string slug) => $"{Search}/{slug}";

    public static string ByProcess(string processId) => new CompanySearchAddress { Processes = [processId] }.Url();

    public static string ByWords(string words) => new CompanySearchAddress { Words = words }.Url();
}
