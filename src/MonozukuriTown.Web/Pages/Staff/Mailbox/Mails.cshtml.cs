using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.WebUtilities;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Core.Tables;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Staff.Mailbox;

/// <summary>All mails that left or are to leave, with the server's last words.</summary>
public sealed class MailsModel(MailDesk desk, ChangeHistory history, TownClock clock) : PageModel
{
    private const string Returned = "Returned";

    private static readonly string[] Headers =
        ["番号", "種類", "件名", "宛名", "宛先", "作った日時", "状態", "回数", "終わった日時", "返事の番号", "相手のサーバーの返事", "戻ってきた日時"];

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>A state, or <see cref="Returned"/>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Before { get; set; }

    public Page<MailRow> Rows { get; private set; } = null!;

    public static IEnumerable<SelectListItem> States =>
    [
        new("すべて", ""), new("戻ってきたもの", Returned),
        .. Enum.GetValues<MailState>().Where(s => s is not (MailState.Leased or MailState.Sending)).Select(s => new SelectListItem(MailWords.Of(s), s.ToString())),
    ];

    private MailFilter Filter => new()
    {
        Words = Q,
        Returned = Show is Returned,
        State = Enum.TryParse<MailState>(Show, out var state) && Enum.IsDefined(state) ? state : null,
    };

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        ModelState.Clear();
        Rows = await desk.PageAsync(Filter, new PageQuery { After = After, Before = Before }, cancellation);
    }

    public Task<TableDownload> OnGetCsvAsync(CancellationToken cancellation) => DownloadAsync(TableFormat.Csv, cancellation);

    public Task<TableDownload> OnGetXlsxAsync(CancellationToken cancellation) => DownloadAsync(TableFormat.Xlsx, cancellation);

    public static string Address(MailState state) => $"{StaffLinks.Mails}?show={state}";

    public static string Class(MailRow row) => row.State switch
    {
        MailState.Sent => "state-ok",
        MailState.Failed => "state-error",
        MailState.Uncertain or MailState.Deferred => "state-warn",
        _ => "",
    };

    public string Address(string? after = null, string? before = null, string? handler = null) =>
        QueryHelpers.AddQueryString(StaffLinks.Mails, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["q"] = Q,
            ["show"] = Show,
            ["after"] = after,
            ["before"] = before,
            ["handler"] = handler,
        }.Where(p => !string.IsNullOrEmpty(p.Value)));

    private async Task<TableDownload> DownloadAsync(TableFormat format, CancellationToken cancellation)
    {
        var filter = Filter;
        var narrowed = filter.Returned ? "戻ってきたもの" : filter.State is { } state ? MailWords.Of(state) : null;
        await history.DownloadedAsync("メール", await desk.CountAsync(filter, cancellation), narrowed, filter.Words, cancellation);
        return new(format, $"メール_{clock.Today:yyyy-MM-dd}", Headers, desk.AllAsync(filter).Select(IReadOnlyList<object?> (m) =>
        [
            m.Id, MailWords.Of(m.Lane), m.Title, m.RecipientName, m.Address, m.CreatedAt, MailWords.Of(m.State), m.Attempts, m.FinishedAt, m.ServerCode, m.ServerWords, m.ReturnedAt,
        ]));
    }
}
