using MonozukuriTown.Core.Companies.Editing;

namespace MonozukuriTown.Web.Links;

public static class CompanyLinks
{
    public const string Search = "/companies";

    /// <summary>Proposals while somebody types, as JSON.</summary>
    public const string Suggestions = "/suggestions";

    /// <summary>Proposals for a field of one kind.</summary>
    public static string SuggestionsFor(FieldHelp field) => $"{Suggestions}?for={field.ToString().ToLowerInvariant()}";

    public static string Detail(string slug) => $"{Search}/{slug}";

    public static string ByProcess(string processId) => new CompanySearchAddress { Processes = [processId] }.Url();

    public static string ByWords(string words) => new CompanySearchAddress { Words = words }.Url();
}
