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
    MailDesk desk, PickupMailbox mailbox, MailHealth health, IMailTransport transport, IWebHostEnvironment environment, IOptions<TownOptions> town) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Mail { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    public string? Notice => Done switch
    {
        "again" => "もう一度送ります。",
        "late" => "ほかの人が先に決めたか、状態が変わっています。",
        _ => null,
    };

    public string Transport => transport.Name;

    public string? Problem => health.Problem;

    public IReadOnlyList<(string Words, int Number)> Counts { get; private set; } = [];
    public IReadOnlyList<MailSwitch> Switches { get; private set; } = [];
    public IReadOnlyList<OutgoingMail> Troubled { get; private set; } = [];

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
        Counts = Sums(await desk.CountsAsync(cancellation));
        Switches = await desk.SwitchesAsync(cancellation);
        Troubled = await desk.TroubledAsync(cancellation);
        if (!MayRead(mailbox, environment, town.Value))
            return;
        Entries = mailbox.List();
        Opened = Mail is null ? null : mailbox.Read(Mail);
        var home = town.Value.BaseUrl.TrimEnd('/');
        Addresses = [.. Address().Matches(PlainText).Select(match => match.Value).Where(a => a.StartsWith(home + "/", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
    }

    public Task<IActionResult> OnPostPauseAsync(MailLane lane, CancellationToken cancellation) => SwitchAsync(lane, run: false, cancellation);

    public Task<IActionResult> OnPostResumeAsync(MailLane lane, CancellationToken cancellation) => SwitchAsync(lane, run: true, cancellation);

    public async Task<IActionResult> OnPostAgainAsync(long id, CancellationToken cancellation) =>
        Redirect($"{StaffLinks.Mailbox}?done={(await desk.SendAgainAsync(id, cancellation) ? "again" : "late")}");

    public static string Words(MailLane lane) => lane == MailLane.Essential ? "大切なお知らせ" : "配信";

    public static string Words(SwitchState state) => state switch
    {
        SwitchState.Running => "送っています",
        SwitchState.Paused => "人が止めています",
        _ => "続けて断られたため止まっています",
    };

    private async Task<IActionResult> SwitchAsync(MailLane lane, bool run, CancellationToken cancellation)
    {
        if (!ModelState.IsValid || !Enum.IsDefined(lane))
            return BadRequest();
        await desk.SwitchAsync(lane, run, cancellation);
        return Redirect(StaffLinks.Mailbox);
    }

    private static List<(string, int)> Sums(IReadOnlyList<QueueCount> counts)
    {
        int Of(params MailState[] states) => counts.Where(c => states.Contains(c.State)).Sum(c => c.Count);
        return
        [
            ("送った", Of(MailState.Sent)),
            ("待っている", Of(MailState.Queued, MailState.Leased, MailState.Sending)),
            ("あとでもう一度", Of(MailState.Deferred)),
            ("送れなかった", Of(MailState.Failed)),
            ("送れたかわからない", Of(MailState.Uncertain)),
            ("止められている宛先", Of(MailState.Suppressed)),
        ];
    }

    [GeneratedRegex(@"https?://[\x21-\x7E]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
