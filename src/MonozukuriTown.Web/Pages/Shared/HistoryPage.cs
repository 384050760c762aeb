using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Editing;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Shared;

/// <summary>A revision with what it changed; no cells where the section has no form.</summary>
public sealed record RevisionRow(SectionRevision Revision, IReadOnlyList<CellChange> Cells)
{
    /// <summary>The version this one replaced.</summary>
    public required int Before { get; init; }
}

/// <summary>Two versions of a section beside each other.</summary>
public sealed record RevisionComparison(ListingSection Section, int From, int To, IReadOnlyList<CellChange> Cells);

/// <summary>The versions of a listing: a list, two of them compared, one of them restored. A company's own people and staff have the same page.</summary>
public abstract class HistoryPage(SectionForms forms, ListingEditor editor, ListingHistory history) : PageModel
{
    private const int Shown = 20;

    [BindProperty(SupportsGet = true)]
    public string? Section { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? To { get; set; }

    /// <summary>Which page of the list, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = "page_no")]
    public int PageNumber { get; set; } = 1;

    [TempData]
    public string? Notice { get; set; }

    public Company Company { get; private set; } = null!;
    public IReadOnlyList<RevisionRow> Rows { get; private set; } = [];
    public bool HasMore { get; private set; }

    /// <summary>Null while none was asked for.</summary>
    public RevisionComparison? Comparison { get; private set; }

    /// <summary>Of the section that is compared, newest first.</summary>
    public IReadOnlyList<SectionRevision> Versions { get; private set; } = [];

    /// <summary>This page for this company.</summary>
    public abstract string Address { get; }

    /// <summary>The listing itself.</summary>
    public abstract string Back { get; }

    /// <summary>Staff say why they restore.</summary>
    public virtual bool ForStaff => false;

    protected abstract Task<(Company? Company, IActionResult? Instead)> CompanyAsync();

    public int VersionOf(ListingSection section) => Company.Sections.Find(s => s.Section == section)?.Version ?? 0;

    public string Compare(ListingSection section, int from, int to) => QueryHelpers.AddQueryString(Address, new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["section"] = MyLinks.Word(section),
        ["from"] = from.ToString(CultureInfo.InvariantCulture),
        ["to"] = to.ToString(CultureInfo.InvariantCulture),
    });

    public string Older(int page) => QueryHelpers.AddQueryString(Address, "page_no", page.ToString(CultureInfo.InvariantCulture));

    public async Task<IActionResult> OnGetAsync()
    {
        if (await LoadAsync() is { } instead)
            return instead;
        var all = await history.OfAsync(Company.Id, HttpContext.RequestAborted);
        if (Section is not null)
            return await CompareAsync(all) ? Page() : NotFound();
        var place = (Math.Clamp(PageNumber, 1, 10_000) - 1) * Shown;
        HasMore = all.Count > place + Shown;
        var page = all.Skip(place).Take(Shown).ToList();
        List<RevisionRow> rows = [];
        foreach (var section in page.GroupBy(r => r.Section))
        {
            var versions = all.Where(r => r.Section == section.Key).Select(r => r.Version).ToList();
            var texts = forms[section.Key] is null ? null : await history.BackAsync(Company.Id, section.Key, section.Min(r => r.Version) - 1, HttpContext.RequestAborted);
            foreach (var revision in section)
            {
                var before = versions.Where(v => v < revision.Version).DefaultIfEmpty(0).Max();
                rows.Add(new(revision, texts is not null && texts.TryGetValue(before, out var old) && texts.TryGetValue(revision.Version, out var now)
                    ? SectionDifference.Of(forms[section.Key]!, old, now, withPersons: !ForStaff) : [])
                { Before = before });
            }
        }
        Rows = [.. rows.OrderBy(r => page.IndexOf(r.Revision))];
        return Page();
    }

    /// <param name="version">The one to go back to.</param>
    /// <param name="seen">What was current on the page.</param>
    /// <param name="reason">Why, of staff.</param>
    public async Task<IActionResult> OnPostRestoreAsync(int? version, string? seen, string? reason)
    {
        if (await LoadAsync() is { } instead)
            return instead;
        if (version is not { } wanted || !SeenSection.TryParse(seen, out var read) || forms[read.Section] is null)
            return BadRequest();
        if (wanted < 0 || await history.AtAsync(Company.Id, read.Section, wanted, HttpContext.RequestAborted) is not { } text)
            return NotFound();
        reason = reason?.Trim();
        var outcome = await editor.SaveAsync(new()
        {
            CompanyId = Company.Id,
            Seen = read,
            Text = text,
            Confirms = !ForStaff,
            Reason = $"{Content(wanted)}に戻した{(string.IsNullOrEmpty(reason) ? "" : $"（{(reason.Length <= 200 ? reason : reason[..200])}）")}",
        }, HttpContext.RequestAborted);
        Notice = outcome.Result switch
        {
            SaveResult.Saved => $"{ListingSections.Word(read.Section)}を、{Content(wanted)}に戻しました。",
            SaveResult.Overtaken => "そのあいだに、ほかの人が保存しました。いまの内容との違いを見てから、やり直してください。",
            _ => $"この版の内容は、いまの決まりでは保存できません。{outcome.Problems.Sentences.Values.First()}",
        };
        return Redirect(outcome.Result == SaveResult.Saved ? Address : Compare(read.Section, wanted, VersionOf(read.Section)));
    }

    private static string Content(int version) => version == 0 ? "はじめの内容" : $"第{version}版の内容";

    private async Task<bool> CompareAsync(IReadOnlyList<SectionRevision> all)
    {
        if (!ListingSections.TryParse(Section, out var section) || forms[section] is not { } form)
            return false;
        var (from, to) = (From ?? 0, To ?? VersionOf(section));
        var texts = await history.BackAsync(Company.Id, section, Math.Min(from, to), HttpContext.RequestAborted);
        if (!texts.TryGetValue(from, out var before) || !texts.TryGetValue(to, out var after))
            return false;
        Comparison = new(section, from, to, SectionDifference.Of(form, before, after, withPersons: !ForStaff));
        Versions = [.. all.Where(r => r.Section == section)];
        return true;
    }

    private async Task<IActionResult?> LoadAsync()
    {
        var (company, instead) = await CompanyAsync();
        if (company is null)
            return instead;
        Company = company;
        return null;
    }
}
