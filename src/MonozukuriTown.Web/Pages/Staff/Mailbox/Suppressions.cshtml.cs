using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.WebUtilities;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Core.Tables;
using MonozukuriTown.Mail;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Staff.Mailbox;

/// <summary>配信停止: who gets no mailings, entered by hand where somebody telephoned, and lifted on record.</summary>
public sealed class SuppressionsModel(Suppressions suppressions, AccountService accounts, TownClock clock) : PageModel
{
    private const int WhoMax = 60;
    private const int NoteMax = 200;

    // "All" has no key of its own.
    private const string AllLists = "*";

    private static readonly MailWay[] ByPeople = [MailWay.Phone, MailWay.Counter, MailWay.Letter, MailWay.Mail];

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Lifted { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Before { get; set; }

    [BindProperty]
    public NewWish Input { get; set; } = new();

    [TempData]
    public string? Notice { get; set; }

    public Page<Suppression> Rows { get; private set; } = null!;

    /// <summary>Of one address, when the page was asked for exactly that one.</summary>
    public IReadOnlyList<Consent> Record { get; private set; } = [];

    private Dictionary<Guid, string> staff = [];

    public static IEnumerable<SelectListItem> Lists => [new(MailList.NameOrAll(null), AllLists), .. MailList.All.Select(l => new SelectListItem(MailList.Name(l), l))];

    public static IEnumerable<SelectListItem> Reasons =>
    [
        new("送らないでほしい", nameof(SuppressionReason.Asked)), new("苦情・迷惑メールの通報", nameof(SuppressionReason.Complained)), new("届かないと聞いた", nameof(SuppressionReason.Bounced)),
    ];

    public static IEnumerable<SelectListItem> Ways => ByPeople.Select(w => new SelectListItem(MailWords.Of(w), w.ToString()));

    public string? NameOf(Guid? person) => person is { } id ? staff.GetValueOrDefault(id) ?? "職員" : null;

    public Task OnGetAsync(CancellationToken cancellation)
    {
        ModelState.Clear();
        Input.Day = clock.Today;
        return LoadAsync(cancellation);
    }

    public async Task<IActionResult> OnPostAddAsync(CancellationToken cancellation)
    {
        if (!EmailAddress.TryParse(Input.Mail, out var address, out var problem) && !string.IsNullOrWhiteSpace(Input.Mail))
            ModelState.AddModelError("Input.Mail", problem);
        if (Input.List is not AllLists && !MailList.All.Contains(Input.List, StringComparer.Ordinal))
            ModelState.AddModelError("Input.List", "止めるものを選んでください。");
        if (Input.Reason == SuppressionReason.Left || !Enum.IsDefined(Input.Reason))
            ModelState.AddModelError("Input.Reason", "お申し出の内容を選んでください。");
        if (!ByPeople.Contains(Input.Way))
            ModelState.AddModelError("Input.Way", "どうやって聞いたかを選んでください。");
        if (Input.Day > clock.Today || Input.Day < clock.Today.AddYears(-1))
            ModelState.AddModelError("Input.Day", "申し出のあった日は、きょうまでの1年のうちで入力してください。");
        if (!ModelState.IsValid || address is null)
        {
            await LoadAsync(cancellation);
            return Page();
        }
        var who = TypedText.Line(Input.Who, WhoMax);
        var note = TypedText.Line(Input.Note, NoteMax);
        var added = await suppressions.AddAsync(new()
        {
            AddressKey = address.Key,
            List = Input.List is AllLists ? null : Input.List,
            Reason = Input.Reason,
            Way = Input.Way,
            Note = $"{JapaneseDate.Staff(Input.Day)} {MailWords.Of(Input.Way)}{(who.Length > 0 ? $" {who} 様" : "")}{(note.Length > 0 ? $"：{note}" : "")}",
        }, cancellation);
        Notice = added ? $"{address.Key} への配信を止めて、記録しました。" : $"{address.Key} は、同じわけですでに止まっています。";
        return Redirect(StaffLinks.SuppressionsOf(address.Key));
    }

    public async Task<IActionResult> OnPostLiftAsync(int id, MailWay way, string? note, CancellationToken cancellation)
    {
        var words = TypedText.Line(note, NoteMax);
        if (words.Length == 0 || !ByPeople.Contains(way))
            Notice = "解くときは、だれからどう聞いたかを書いてください。配信停止はそのままです。";
        else
            Notice = await suppressions.LiftAsync(id, way, words, cancellation) ? "配信停止を解きました。次の配信から、また送ります。" : "すでに解かれています。";
        return Redirect(StaffLinks.Suppressions);
    }

    public string Address(string? after = null, string? before = null) =>
        QueryHelpers.AddQueryString(StaffLinks.Suppressions, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["q"] = Q,
            ["lifted"] = Lifted ? "true" : null,
            ["after"] = after,
            ["before"] = before,
        }.Where(p => !string.IsNullOrEmpty(p.Value)));

    private async Task LoadAsync(CancellationToken cancellation)
    {
        Rows = await suppressions.PageAsync(Q, Lifted, new PageQuery { After = After, Before = Before }, cancellation);
        if (EmailAddress.TryParse(Q, out var one))
            Record = await suppressions.RecordOfAsync(one.Key, cancellation);
        staff = (await accounts.StaffAsync(cancellation)).ToDictionary(s => s.Id, s => s.Name);
    }

    public sealed class NewWish
    {
        [Required(ErrorMessage = "止めるアドレスを入力してください。")]
        public string? Mail { get; set; }

        public string? List { get; set; }
        public SuppressionReason Reason { get; set; } = SuppressionReason.Asked;
        public MailWay Way { get; set; } = MailWay.Phone;

        [StringLength(WhoMax, ErrorMessage = "申し出た方は{1}文字までにしてください。")]
        public string? Who { get; set; }

        public DateOnly Day { get; set; }

        [StringLength(NoteMax, ErrorMessage = "メモは{1}文字までにしてください。")]
        public string? Note { get; set; }
    }
}
