using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Core.Companies.Editing;
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
    /// <param name="Text">What the field then holds; null where the box leads to a page.</param>
    private sealed record Proposal(string Kind, string Label, string? Url, string? Text = null);

    private const int Offered = 8;

    public static void MapSuggestions(this IEndpointRouteBuilder app) =>
        app.MapGet(CompanyLinks.Suggestions, async (string? q, string? @for, string? with, CatalogFeed feed, Vocabulary vocabulary, HttpResponse response, CancellationToken cancellation) =>
        {
            if (Enum.TryParse<FieldHelp>(@for, ignoreCase: true, out var field))
            {
                response.Headers.CacheControl = "private, max-age=60";
                return Results.Json(For(vocabulary, field, TypedText.Line(q, CompanySearchAddress.WordsMax), TypedText.Line(with, CompanySearchAddress.WordsMax)), Json);
            }
            var catalog = await feed.ReadyAsync(cancellation);
            var found = SearchSuggester.Suggest(catalog, TypedText.Line(q, CompanySearchAddress.WordsMax));
            response.Headers.CacheControl = "private, max-age=60";
            return Results.Json(found.Select(Of), Json);
        }).AllowAnonymous();

    // What fits into one field, whether or not some company has it already.
    private static IEnumerable<Proposal> For(Vocabulary vocabulary, FieldHelp field, string typed, string with)
    {
        var words = Words.Here;
        // Of several materials the last one is being typed.
        var start = field == FieldHelp.Materials ? typed.LastIndexOfAny(['、', ',', '，']) + 1 : 0;
        var (before, last) = (typed[..start], typed[start..].Trim());
        return field switch
        {
            FieldHelp.Processes => vocabulary.NearProcesses(last, Offered).Select(p => Fill(vocabulary.ProcessName(vocabulary.GroupOf(p.Index)), p.Name)),
            FieldHelp.Materials => vocabulary.NearMaterials(last, Offered).Select(m => Fill(words.Material, m.Name)),
            FieldHelp.Certifications => vocabulary.NearCertifications(last, Offered).Select(c => Fill(words.Certification, c.Name)),
            FieldHelp.Makers => vocabulary.NearMakers(last, Offered).Select(m => Fill(words.Machine, m)),
            FieldHelp.Models => vocabulary.NearModels(with, last, Offered).Select(m => Fill($"{m.Maker} {m.Kind}", m.ModelPrefix)),
            FieldHelp.MachineKinds => vocabulary.NearMachineKinds(last, Offered).Select(k => Fill(words.Machine, k)),
            _ => [],
        };

        Proposal Fill(string kind, string label) => new(kind, label, null, before + label);
    }

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
