using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Matching;
using MonozukuriTown.Web.Components;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Hosting;

/// <summary><c>/suggestions?q=</c>: what the search box proposes while somebody types. Read by wwwroot/js/suggest.js.</summary>
public static class Suggestions
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <param name="Kind">会社, 加工, 材質 …</param>
    /// <param name="Label">What to show.</param>
    /// <param name="Url">The listing of a company, or the search for these words.</param>
    private sealed record Proposal(string Kind, string Label, string Url);

    public static void MapSuggestions(this IEndpointRouteBuilder app) =>
        app.MapGet(CompanyLinks.Suggestions, async (string? q, CatalogFeed feed, HttpResponse response, CancellationToken cancellation) =>
        {
            var catalog = await feed.ReadyAsync(cancellation);
            var found = SearchSuggester.Suggest(catalog, TypedText.Line(q, CompanySearchAddress.WordsMax));
            response.Headers.CacheControl = "private, max-age=60";
            return Results.Json(found.Select(Of), Json);
        }).AllowAnonymous();

    private static Proposal Of(Suggestion s)
    {
        var words = Words.Here;
        return s.Kind switch
        {
            SuggestionKind.Company => new(words.Company, s.Label, CompanyLinks.Detail(s.Slug)),
            SuggestionKind.Process => new(words.Process, s.Label, CompanyLinks.ByWords(s.Text)),
            SuggestionKind.Material => new(words.Material, s.Label, CompanyLinks.ByWords(s.Text)),
            SuggestionKind.Certification => new(words.Certification, s.Label, CompanyLinks.ByWords(s.Text)),
            _ => new(words.Machine, s.Label, CompanyLinks.ByWords(s.Text)),
        };
    }
}
