using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Certification;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Confirming;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Network;
using MonozukuriTown.Core.Tables;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;
using MonozukuriTown.Web.Pages.My;

namespace MonozukuriTown.Web.Pages.Staff.Companies;

/// <summary>Everything about one company, and how it came to be so.</summary>
public sealed class DetailModel(
    TownDbContext db, ListingAddress listing, CapabilityOffers offers, FreshnessRequests requests, FreshnessAnswers answers, ChangeHistory history,
    TownClock clock, IOptions<TownOptions> town) : PageModel
{
    private const int ReasonMax = 200;

    /// <summary>What staff heard of the listing.</summary>
    public sealed class HeardInput
    {
        public AnsweredBy? Way { get; set; }
        public string? On { get; set; }
        public string? Who { get; set; }

        /// <summary>Sections and versions, as they stood on the page.</summary>
        public List<string> Parts { get; set; } = [];
        public string? Words { get; set; }
        public bool Call { get; set; }
    }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Before { get; set; }

    [TempData]
    public string? Notice { get; set; }

    [BindProperty]
    public CompanyStatus? Seen { get; set; }

    [BindProperty]
    public CompanyStatus? Status { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? Slug { get; set; }

    [BindProperty]
    public HeardInput Heard { get; set; } = new();

    public IReadOnlyList<FreshnessRequest> Requests { get; private set; } = [];
    public IReadOnlyList<FreshnessAnswer> Answers { get; private set; } = [];

    public IEnumerable<SelectListItem> Ways => new[] { AnsweredBy.Phone, AnsweredBy.Visit, AnsweredBy.Fax, AnsweredBy.Counter }
        .Select(w => new SelectListItem(FreshnessAnswers.Word(w), w.ToString()));

    public IEnumerable<SectionState> Filled => ListingSections.Shown.Where(s => ListingSections.IsFilled(Company, s)).Select(s => SectionState.Of(Company, s, clock.Today));

    public DateOnly Today => clock.Today;

    public Company Company { get; private set; } = null!;
    public IReadOnlyList<Membership> Memberships { get; private set; } = [];
    public IReadOnlyList<Award> Awards { get; private set; } = [];
    public IReadOnlyList<CompanyUser> Keepers { get; private set; } = [];
    public IReadOnlyList<OfferRow> Offers { get; private set; } = [];

    /// <summary>Something is to be told, and no mail was written yet.</summary>
    public bool CanTell => Offers.Any(o => o is { IsOpen: true, ToldAt: null }) && Offers.All(o => o.MailedAt is null);

    public IReadOnlyList<string> OldSlugs { get; private set; } = [];
    public Page<ChangeRow> Changes { get; private set; } = null!;

    public IEnumerable<SelectListItem> Statuses => Enum.GetValues<CompanyStatus>().Where(s => s != Company.Status)
        .Select(s => new SelectListItem(CompanyWords.Of(s), s.ToString())).Prepend(new("選んでください", ""));

    public DateTimeOffset? ConfirmedAt(ListingSection section) => Company.Sections.Find(s => s.Section == section)?.ConfirmedAt;

    public bool IsOld(DateTimeOffset at) => TownClock.DateOf(at) < clock.Today.AddYears(-1);

    // By its name it would pass for a handler of the method "PAGE".
    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!int.TryParse(RouteData.Values["id"]?.ToString(), CultureInfo.InvariantCulture, out var id) || await LoadAsync(id) is false)
            context.Result = NotFound();
        else
            await next();
    }

    public async Task OnGetAsync()
    {
        ModelState.Clear();
        Slug = Company.Slug;
        await LoadRestAsync();
        Heard = new() { On = clock.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Parts = [.. Filled.Select(part => part.Seen.ToString())] };
    }

    public async Task<IActionResult> OnPostStatusAsync()
    {
        Reason = Reason?.Trim();
        if (Status is null || Seen is null)
            ModelState.AddModelError(nameof(Status), "新しい状態を一覧から選んでください。");
        if (string.IsNullOrEmpty(Reason))
            ModelState.AddModelError(nameof(Reason), "理由を書いてください。変更の記録に残ります。");
        else if (Reason.Length > ReasonMax)
            ModelState.AddModelError(nameof(Reason), $"理由は{ReasonMax}文字までで書いてください。");
        if (!ModelState.IsValid)
            return await AgainAsync();
        Notice = await listing.SetStatusAsync(Company.Id, Seen!.Value, Status!.Value, Reason!, HttpContext.RequestAborted)
            ? $"状態を「{CompanyWords.Of(Status.Value)}」に変えました。"
            : "そのあいだに、ほかの人が状態を変えました。いまの状態を見てから、やり直してください。";
        return Redirect(StaffLinks.Company(Company.Id));
    }

    /// <summary>電話・訪問で確認した, and what a 返信票 says.</summary>
    public async Task<IActionResult> OnPostHeardAsync()
    {
        var (who, words) = (TypedText.Line(Heard.Who, int.MaxValue), TypedText.Lines(Heard.Words, int.MaxValue).Trim());
        List<SeenSection> seen = [];
        foreach (var part in Heard.Parts)
        {
            if (!SeenSection.TryParse(part, out var section) || !ListingSections.IsFilled(Company, section.Section))
                return BadRequest();
            seen.Add(section);
        }
        if (Heard.Way is null or AnsweredBy.Link || !Enum.IsDefined(Heard.Way.Value))
            ModelState.AddModelError("Heard.Way", "どうやって聞いたかを一覧から選んでください。");
        if (!JapaneseDate.TryParse(Heard.On, out var day) || day > clock.Today || day < clock.Today.AddYears(-1))
            ModelState.AddModelError("Heard.On", $"{JapaneseDate.Staff(clock.Today.AddYears(-1))}から今日までの日を入れてください。");
        if (who.Length > FreshnessAnswer.WhoMax)
            ModelState.AddModelError("Heard.Who", $"相手は{FreshnessAnswer.WhoMax}文字までで書いてください。");
        if (words.Length > FreshnessAnswer.TextMax)
            ModelState.AddModelError("Heard.Words", $"直すところは{FreshnessAnswer.TextMax:N0}文字までで書いてください（いま{words.Length:N0}文字）。");
        if (seen.Count == 0 && words.Length == 0 && !Heard.Call)
            ModelState.AddModelError("Heard.Parts", "確認できたところに印を付けるか、直すところを書いてください。");
        if (!ModelState.IsValid)
            return await AgainAsync();
        var result = await answers.RecordAsync(Company.Id, new()
        {
            Way = Heard.Way!.Value,
            On = day,
            Seen = seen,
            Who = who.Length == 0 ? null : who,
            Text = words.Length == 0 ? null : words,
            Call = Heard.Call,
        }, HttpContext.RequestAborted);
        Notice = result == AnswerResult.Taken
            ? seen.Count > 0 ? $"{JapaneseDate.Staff(day)}に確認したと記録しました。" : "返事を記録しました。"
            : "そのあいだに掲載内容が変わりました。いまの内容を見てから、もう一度記録してください。";
        return Redirect(StaffLinks.Company(Company.Id) + "#freshness");
    }

    public async Task<IActionResult> OnPostSlugAsync()
    {
        if (await listing.MoveAsync(Company.Id, Slug?.Trim(), HttpContext.RequestAborted) is { } problem)
        {
            ModelState.AddModelError(nameof(Slug), problem);
            return await AgainAsync();
        }
        Notice = "掲載アドレスを変えました。前のアドレスからは、新しいアドレスへ転送します。";
        return Redirect(StaffLinks.Company(Company.Id));
    }

    public async Task<IActionResult> OnPostTellAsync()
    {
        var address = town.Value.BaseUrl.TrimEnd('/') + MyLinks.Of(MyLinks.Company, Company.Id);
        Notice = await offers.TellAsync(Company.Id, address, HttpContext.RequestAborted) switch
        {
            TellResult.Mailed => "会社へのメールを送信待ちに入れました。届くと、推定が公開されます。",
            TellResult.MailedBefore => "この会社には、もうメールで知らせています。そのあとの推定は、会社が自社のページで見ます。",
            TellResult.NoAddress => "送り先のメールアドレスがありません。電話で伝え、掲載を確認する人のアカウントをご用意ください。",
            _ => "知らせていない推定はありません。",
        };
        return Redirect(StaffLinks.Company(Company.Id));
    }

    public static string OfferWords(OfferRow offer) => offer switch
    {
        { State: OfferState.Confirmed, AnsweredAt: { } at } => $"対応しているとの答え（{JapaneseDate.Staff(at)}）",
        { State: OfferState.Declined, AnsweredAt: { } at } => $"していないとの答え（{JapaneseDate.Staff(at)}）。示しません",
        { ToldAt: { } at, ToldBy: ToldBy.Mail } => $"{JapaneseDate.Staff(at)}にメールで知らせました。公開しています",
        { ToldAt: { } at } => $"{JapaneseDate.Staff(at)}に自社のページで見ました。公開しています",
        { MailedAt: { } at } => $"{JapaneseDate.Staff(at)}にメールに書きました。まだ公開していません",
        _ => "まだ知らせていません。公開していません",
    };

    public string Address(string? after = null, string? before = null) =>
        $"{StaffLinks.Company(Company.Id)}?{(after is null ? "before" : "after")}={Uri.EscapeDataString(after ?? before ?? "")}#history";

    private async Task<PageResult> AgainAsync()
    {
        Slug ??= Company.Slug;
        await LoadRestAsync();
        return Page();
    }

    private async Task<bool> LoadAsync(int id)
    {
        if (await db.Companies.AsNoTracking().WithParts().SingleOrDefaultAsync(c => c.Id == id, HttpContext.RequestAborted) is not { } company)
            return false;
        Company = company;
        return true;
    }

    private async Task LoadRestAsync()
    {
        var (id, cancellation) = (Company.Id, HttpContext.RequestAborted);
        Memberships = await db.Memberships.AsNoTracking().Where(m => m.CompanyId == id).OrderBy(m => m.JoinedOn).ToListAsync(cancellation);
        Awards = await db.Awards.AsNoTracking().Where(a => a.CompanyId == id).OrderBy(a => a.Number).ToListAsync(cancellation);
        Keepers = await db.CompanyUsers.AsNoTracking().Include(k => k.User).Where(k => k.CompanyId == id).ToListAsync(cancellation);
        Offers = await offers.OfAsync(Company, cancellation);
        (Requests, Answers) = await requests.HistoryAsync(id, cancellation);
        OldSlugs = await db.OldSlugs.Where(s => s.CompanyId == id).Select(s => s.Slug).Order().ToListAsync(cancellation);
        Changes = await history.PageAsync(new ChangeFilter { CompanyId = id }, new PageQuery { After = After, Before = Before, Size = 20 }, cancellation);
    }
}
