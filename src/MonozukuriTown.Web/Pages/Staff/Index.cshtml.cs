using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Indicators;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Core.Work;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Staff;

/// <summary>今日やること.</summary>
public sealed class IndexModel(
    TodaysWork work, TownFigures figures, MailDesk mails, MailHealth mailHealth, AccountService accounts, TownClock clock, IOptions<TownOptions> town) : PageModel
{
    private const int PostponeYears = 1;

    /// <summary>Everybody's work, not only one's own and nobody's.</summary>
    [BindProperty(SupportsGet = true)]
    public bool All { get; set; }

    /// <summary>The reasons that stood in the row when its button was pressed.</summary>
    [BindProperty]
    public List<int> Items { get; set; } = [];

    [TempData]
    public string? Notice { get; set; }

    public IReadOnlyList<WorkGroup> Groups { get; private set; } = [];
    public int Mine { get; private set; }
    public int Everybodys { get; private set; }
    public TownState State { get; private set; } = null!;
    public MailSight Mail { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Staff { get; private set; } = [];

    public DateOnly Today => clock.Today;
    public DateOnly Tomorrow => Today.AddDays(1);
    public DateOnly LastDay => Today.AddYears(PostponeYears);

    public async Task OnGetAsync()
    {
        var groups = await work.OpenGroupsAsync(HttpContext.RequestAborted);
        var mine = groups.Where(g => g.IsFor(User.Id())).ToList();
        (Everybodys, Mine) = (groups.Count, mine.Count);
        Groups = All ? groups : mine;
        State = await figures.TodayAsync(town.Value, HttpContext.RequestAborted);
        Mail = MailSight.Of(mailHealth.Problem, await mails.SwitchesAsync(HttpContext.RequestAborted), await mails.CountsAsync(HttpContext.RequestAborted), clock.Now);
        Staff = [.. (await accounts.StaffAsync(HttpContext.RequestAborted)).Select(s => new SelectListItem(s.Name, s.Id.ToString()))];
    }

    public async Task<IActionResult> OnPostDoneAsync() => Told(await work.DoneAsync(Items, HttpContext.RequestAborted), "済みにしました。");

    public async Task<IActionResult> OnPostLaterAsync(string? day)
    {
        if (!JapaneseDate.TryParse(day, out var wanted) || wanted <= Today || wanted > LastDay)
            return Wrong($"あとで知らせる日は、{JapaneseDate.StaffDay(Tomorrow)}から{PostponeYears}年のあいだで選んでください。");
        var (open, due) = await work.PostponeAsync(Items, wanted, HttpContext.RequestAborted);
        return Told(open, $"{JapaneseDate.StaffDay(due)}に、また知らせます。");
    }

    public async Task<IActionResult> OnPostAssignAsync(Guid? owner)
    {
        var colleague = (await accounts.StaffAsync(HttpContext.RequestAborted)).FirstOrDefault(s => s.Id == owner);
        if (colleague is null)
            return Wrong("新しい担当を一覧から選んでください。");
        return Told(await work.AssignAsync(Items, colleague.Id, HttpContext.RequestAborted), $"担当を{colleague.Name}さんに替えました。");
    }

    private RedirectResult Told(int changed, string notice) => Wrong(changed > 0 ? notice : "すでに済みになっています。");

    private RedirectResult Wrong(string notice)
    {
        Notice = notice;
        return Redirect(All ? StaffLinks.AllWork : StaffLinks.Desk);
    }
}
