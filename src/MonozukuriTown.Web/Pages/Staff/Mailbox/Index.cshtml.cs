using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Staff.Mailbox;

/// <summary>How sending goes; and where mails stay in the house, the mails.</summary>
public sealed partial class IndexModel(
    MailDesk desk, PickupMailbox mailbox, MailHealth health, IMailTransport transport, IWebHostEnvironment environment, TimeProvider clock,
    IOptions<TownOptions> town) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Mail { get; set; }

    public string Transport => transport.Name;

    public string? Problem => health.Problem;

    public MailSight Sight { get; private set; } = null!;
    public IReadOnlyList<(string Words, int Number, string Address)> Counts { get; private set; } = [];
    public IReadOnlyList<(MailSwitch Switch, string? Waiting)> Lanes { get; private set; } = [];
    public IReadOnlyList<MailRow> Uncertain { get; private set; } = [];

    /// <summary>Null where mail really leaves: there nobody reads other people's letters.</summary>
    public IReadOnlyList<PickupEntry>? Entries { get; private set; }
    public MimePart? Opened { get; private set; }
    public string PlainText => Opened?.Find("text/plain")?.Text ?? "";
    public IReadOnlyList<string> Addresses { get; private set; } = [];
    public string HeaderText => string.Join('\n', Opened!.Headers.Select(header => $"{header.Name}: {header.Value}"));

    /// <summary>Letters hold keys to people's accounts: they can be read in a demo and while developing, never where the portal serves a town.</summary>
    internal static bool MayRead(PickupMailbox mailbox, IWebHostEnvironment environment, TownOptions town) =>
        mailbox.InUse && (environment.IsDevelopment() || town.Demo);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var counts = await desk.CountsAsync(cancellation);
        var switches = await desk.SwitchesAsync(cancellation);
        var now = clock.GetUtcNow();
        Sight = MailSight.Of(health.Problem, switches, counts, now);
        Counts = Sums(counts);
        Lanes = [.. switches.Select(s => (s, Longest(counts, s.Lane, now)))];
        Uncertain = await desk.UncertainAsync(cancellation);
        if (!MayRead(mailbox, environment, town.Value))
            return;
        Entries = mailbox.List();
        Opened = Mail is null ? null : mailbox.Read(Mail);
        var home = town.Value.BaseUrl.TrimEnd('/');
        Addresses = [.. Address().Matches(PlainText).Select(match => match.Value).Where(a => a.StartsWith(home + "/", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
    }

    public Task<IActionResult> OnPostPauseAsync(MailLane lane, CancellationToken cancellation) => SwitchAsync(lane, run: false, cancellation);

    public Task<IActionResult> OnPostResumeAsync(MailLane lane, CancellationToken cancellation) => SwitchAsync(lane, run: true, cancellation);

    private async Task<IActionResult> SwitchAsync(MailLane lane, bool run, CancellationToken cancellation)
    {
        if (!ModelState.IsValid || !Enum.IsDefined(lane))
            return BadRequest();
        await desk.SwitchAsync(lane, run, cancellation);
        return Redirect(StaffLinks.Mailbox);
    }

    private static List<(string, int, string)> Sums(IReadOnlyList<QueueCount> counts)
    {
        (string, int, string) Of(string words, params MailState[] states) =>
            (words, counts.Where(c => states.Contains(c.State)).Sum(c => c.Count), MailsModel.Address(states[0]));
        return
        [
            Of("待っている", MailState.Queued, MailState.Leased, MailState.Sending),
            Of("あとでもう一度", MailState.Deferred),
            Of($"この{MailDesk.SentDays}日に送った", MailState.Sent),
            Of("送れなかった", MailState.Failed),
            Of("送れたかわからない", MailState.Uncertain),
            Of("配信停止で送らない", MailState.Suppressed),
        ];
    }

    // How long the longest has waited, in the words of somebody who asks "is it stuck?".
    private static string? Longest(IReadOnlyList<QueueCount> counts, MailLane lane, DateTimeOffset now)
    {
        QueueCount[] waiting = [.. counts.Where(c => c.Lane == lane && MailSight.Waits(c.State))];
        if (waiting.Length == 0)
            return null;
        var age = now - waiting.Min(c => c.Oldest);
        var words = age switch
        {
            { TotalMinutes: < 1 } => "1分以内に入ったもの",
            { TotalHours: < 1 } => $"{(int)age.TotalMinutes}分前から",
            { TotalDays: < 1 } => $"{(int)age.TotalHours}時間前から",
            _ => $"{(int)age.TotalDays}日前から",
        };
        return $"{waiting.Sum(c => c.Count):N0}通が待っています。いちばん長いもの：{words}";
    }

    [GeneratedRegex(@"https?://[\x21-\x7E]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
