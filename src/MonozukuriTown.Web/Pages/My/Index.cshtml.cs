using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Events;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.My;

/// <summary>A company's own desk: is the listing still true, and what comes next.</summary>
public sealed class IndexModel(TownDbContext db, OwnCompanies own, ListingSections sections, TownClock clock) : PageModel
{
    /// <summary>Which of one's companies, where there are several.</summary>
    [BindProperty(SupportsGet = true, Name = "company")]
    public int? CompanyId { get; set; }

    [TempData]
    public string? Notice { get; set; }

    public IReadOnlyList<OwnCompany> Companies { get; private set; } = [];

    /// <summary>Null: none, or not chosen yet.</summary>
    public Company? Company { get; private set; }
    public TownEvent? NextEvent { get; private set; }

    public IEnumerable<SectionState> Sections => ListingSections.Shown
        .Where(section => Company is not null && ListingSections.IsFilled(Company, section))
        .Select(section => SectionState.Of(Company!, section, clock.Today));

    public IEnumerable<ListingSection> Empty => ListingSections.Shown.Where(section => Company is not null && !ListingSections.IsFilled(Company, section));

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        NextEvent = await db.Events.AsNoTracking().Where(e => e.Published && e.EndsAt > clock.Now.ToUniversalTime())
            .OrderBy(e => e.StartsAt).FirstOrDefaultAsync(HttpContext.RequestAborted);
        return Page();
    }

    /// <param name="seen">Section and version, as they stood on the page.</param>
    public async Task<IActionResult> OnPostConfirmAsync(List<string> seen)
    {
        if (!await LoadAsync() || Company is null)
            return NotFound();
        List<SeenSection> read = [];
        foreach (var text in seen)
        {
            if (!SeenSection.TryParse(text, out var section) || !ListingSections.IsFilled(Company, section.Section))
                return BadRequest();
            read.Add(section);
        }
        if (read.Count == 0)
            return BadRequest();
        Notice = await sections.ConfirmAsync(Company.Id, read, HttpContext.RequestAborted)
            ? "「変わりなし」と承りました。ありがとうございます。"
            : "そのあいだに内容が変わりました。いまの内容を見てから、もう一度お知らせください。";
        return Redirect(MyLinks.Of(MyLinks.Desk, CompanyId));
    }

    private async Task<bool> LoadAsync()
    {
        Companies = await own.OfAsync(User.Id(), HttpContext.RequestAborted);
        // Somebody else's company is not there.
        if (CompanyId is { } id && Companies.All(c => c.Id != id))
            return false;
        if (CompanyId is null && Companies.Count != 1)
            return true;
        Company = await own.LoadAsync(CompanyId ?? Companies[0].Id, HttpContext.RequestAborted);
        return true;
    }
}
