using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Core.Searches;
using MonozukuriTown.Core.Tables;
using MonozukuriTown.Matching;
using MonozukuriTown.Web.Components;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Staff.Searches;

/// <summary>What was searched and what found nothing, so that the vocabulary can learn the words people use.</summary>
public sealed class IndexModel(SearchFigures figures, CatalogFeed feed, TownClock clock) : PageModel
{
    private const int UnmetShown = 100;
    private const int WordsShown = 50;
    private const int NearestShown = 2;
    private static readonly string[] Headers = ["種類", "言葉", "回数", "最後の日"];

    public static IReadOnlyList<int> Periods { get; } = [7, 30, SearchCount.KeepDays];

    [BindProperty(SupportsGet = true)]
    public int Days { get; set; } = 30;

    public SearchPeriod Period { get; private set; } = null!;
    public CompanyCatalog Catalog { get; private set; } = null!;
    public IReadOnlyList<(SearchedWord Searched, IReadOnlyList<string> Nearest)> Unmet { get; private set; } = [];
    public IReadOnlyList<SearchedWord> Known { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        Unmet = [.. Period.Words.Where(w => w.Kind is SearchCountKind.Unmet).Take(UnmetShown)
            .Select(w => (w, SearchSuggester.Nearest(Catalog, w.Word, NearestShown)))];
        Known = [.. Period.Words.Where(w => w.Kind is not SearchCountKind.Unmet).Take(WordsShown)];
    }

    public Task<IActionResult> OnGetCsvAsync(CancellationToken cancellation) => DownloadAsync(TableFormat.Csv, cancellation);

    public Task<IActionResult> OnGetXlsxAsync(CancellationToken cancellation) => DownloadAsync(TableFormat.Xlsx, cancellation);

    public static string Address(int days, string? handler = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{StaffLinks.Searches}?days={days}") + (handler is null ? "" : "&handler=" + handler);

    /// <summary>The word's standard name; an id that the vocabulary lost stays as it is.</summary>
    public string Name(SearchedWord word) => word.Kind switch
    {
        SearchCountKind.Process => Catalog.Vocabulary.FindProcess(word.Word)?.Name,
        SearchCountKind.Material => Catalog.Vocabulary.FindMaterial(word.Word)?.Name,
        SearchCountKind.Certification => Catalog.Vocabulary.FindCertification(word.Word)?.Name,
        _ => null,
    } ?? word.Word;

    public static string Kind(SearchCountKind kind) => kind switch
    {
        SearchCountKind.Process => Words.Here.Process,
        SearchCountKind.Material => Words.Here.Material,
        SearchCountKind.Certification => Words.Here.Certification,
        _ => "見つからなかった言葉",
    };

    private async Task ReadAsync(CancellationToken cancellation)
    {
        // An address, not a form: a period that isn't offered is the usual one.
        if (!Periods.Contains(Days))
            Days = 30;
        Catalog = await feed.ReadyAsync(cancellation);
        Period = await figures.OfAsync(Days, cancellation);
    }

    private async Task<IActionResult> DownloadAsync(TableFormat format, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        return new TableDownload(format, $"検索の言葉_{clock.Today:yyyy-MM-dd}_{Days}日間", Headers,
            Period.Words.Select(IReadOnlyList<object?> (w) => [Kind(w.Kind), Name(w), w.Count, w.Last]).ToAsyncEnumerable());
    }
}
