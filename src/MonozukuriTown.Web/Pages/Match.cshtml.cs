using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Matching;
using MonozukuriTown.Web.Components;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Pages;

/// <summary>
/// An order, what was read in it, and the companies that can do it. Nothing is kept: all that a correction needs comes back with the form,
/// and a GET carries nothing of an order.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Match)]
[RequestSizeLimit(BodyMax)]
[ResponseCache(NoStore = true)]
public sealed class MatchModel(CatalogFeed feed, CatalogSums sums, Listings listings, TownClock clock) : PageModel
{
    public const string AnswerName = "answer";
    public const int TypedMax = 100;

    /// <summary>Far above a long order, so that one that is too long is told so by a sentence.</summary>
    private const int BodyMax = 2 << 20;

    public static IReadOnlyList<string> Examples { get; } =
    [
        "SUS304 t1.5 ブラケット レーザー→曲げ→M4ナットかしめ 200個/月 ISO9001あれば尚可",
        "平歯車 m3 z40 SCM440 歯切→歯面高周波焼入→歯研 JIS4級 各10枚",
        "食品機械のホッパー内面を鏡面にしたい。SUS304 φ900×H700くらい",
    ];

    /// <summary>What can be added by hand.</summary>
    public static IReadOnlyList<NeedKind> AddKinds { get; } =
    [
        NeedKind.Process, NeedKind.Material, NeedKind.Size, NeedKind.Diameter, NeedKind.Thickness, NeedKind.Tolerance, NeedKind.Roughness,
        NeedKind.Quantity, NeedKind.Deadline, NeedKind.Certification, NeedKind.Region,
    ];

    public string Text { get; private set; } = "";
    public string? TextProblem { get; private set; }

    /// <summary>Tells, on the way back, whether the text is still the one that was read.</summary>
    public string ReadMark { get; private set; } = "";
    public IReadOnlyList<EditedChip> Chips { get; private set; } = [];
    public NeedKind AddKind { get; private set; }
    public string AddWords { get; private set; } = "";
    public string? AddProblem { get; private set; }

    /// <summary>Null before anything was read.</summary>
    public MatchResult? Outcome { get; private set; }
    public IReadOnlyList<MatchCard> Cards { get; private set; } = [];
    public IReadOnlyList<MatchCard> Excluded { get; private set; } = [];
    public bool ForStaff => User.IsInRole(Roles.Admin) || User.IsInRole(Roles.City) || User.IsInRole(Roles.Advisor);
    public int Total => Outcome is { } o ? o.FitsCount + o.MaybeCount + o.PartlyCount : 0;

    public void OnGet(string? example)
    {
        if (int.TryParse(example, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= Examples.Count)
            Text = Examples[number - 1];
    }

    public async Task<IActionResult> OnPostAsync(OrderForm form, CancellationToken cancellation)
    {
        Text = TypedText.Lines(form.Text, BodyMax);
        if (Text.Length > RfqReader.MaxLength)
        {
            TextProblem = $"文が長すぎます。{Figures.Number(RfqReader.MaxLength)}字までにしてください（いま{Figures.Number(Text.Length)}字）。";
            return Page();
        }
        ReadMark = OrderEdits.MarkOf(Text);
        var again = form.Read is not null && form.Act is not "read" && string.Equals(form.Read, ReadMark, StringComparison.Ordinal);
        if (!again && string.IsNullOrWhiteSpace(Text))
        {
            TextProblem = "引き合いの文を入れてください。加工や材質が1つでも分かれば、さがせます。";
            return Page();
        }
        var catalog = await feed.ReadyAsync(cancellation);
        var reader = new RfqReader(catalog.Vocabulary) { Towns = sums.Of(catalog).Towns, Today = clock.Today };
        if (again)
        {
            var answers = Request.Form.Where(f => f.Key.StartsWith(AnswerName, StringComparison.Ordinal)).Select(f => f.Value.ToString());
            var edits = new OrderEdits(reader, Text, form, answers);
            (AddKind, AddWords, AddProblem) = (form.AddKind, edits.AddProblem is null ? "" : form.AddWords ?? "", edits.AddProblem);
            Chips = edits.Chips;
            Outcome = Matcher.Match(catalog, edits.Need, forStaff: ForStaff);
        }
        else
        {
            var need = reader.Read(Text);
            Chips = OrderEdits.Show(need);
            Outcome = Matcher.Match(catalog, need, forStaff: ForStaff);
        }
        await ShowAsync(catalog, Outcome, cancellation);
        return Page();
    }

    private async Task ShowAsync(CompanyCatalog catalog, MatchResult result, CancellationToken cancellation)
    {
        var today = clock.Today;
        var viewer = ForStaff ? Viewer.Staff : Viewer.Anybody;
        var shown = ForStaff ? result.Matches.Concat(result.Excluded) : result.Matches;
        var ids = shown.Select(m => CatalogFacts.Id(m.Company.Key)).Distinct().ToList();
        var phones = await listings.PhonesAsync(ids, viewer, cancellation);
        MatchCard Card(Match m) => MatchCard.Of(m, result.Need.Steps.Count, today, phones.GetValueOrDefault(CatalogFacts.Id(m.Company.Key))) with
        {
            Sum = ForStaff ? Matcher.Explain(catalog, result.Need, m.Company.Key, forStaff: true) : null,
        };
        Cards = [.. result.Matches.Select(Card)];
        if (ForStaff)
            Excluded = [.. result.Excluded.Select(Card)];
    }
}

/// <summary>What the page of an order sends back.</summary>
public sealed class OrderForm
{
    public string? Text { get; set; }

    /// <summary>Mark of the text the chips were read from; missing on the first way.</summary>
    public string? Read { get; set; }

    /// <summary><c>read</c>: read the text anew; anything else: go on with the chips.</summary>
    public string? Act { get; set; }

    public List<string?> Chips { get; set; } = [];

    /// <summary>What stands in the field of each chip.</summary>
    public List<string?> Edits { get; set; } = [];

    /// <summary>Number of the chip to take away.</summary>
    public string? Remove { get; set; }

    public NeedKind AddKind { get; set; }

    public string? AddWords { get; set; }
}
