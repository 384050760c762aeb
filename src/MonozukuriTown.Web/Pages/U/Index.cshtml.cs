using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Pages.U;

/// <summary>
/// Leaving a list by the link in a mail. A GET shows; a POST acts, with or without a cookie, from a browser or from a mail program's own button
/// (RFC 8058, whose POST must not be redirected): the address is the proof, so there is nothing for antiforgery to protect.
/// </summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[MailedLinkPage]
public sealed class IndexModel(MailedLinks links, Suppressions suppressions) : PageModel
{
    /// <summary>The form a mail program posts: <c>List-Unsubscribe=One-Click</c>.</summary>
    private const string OneClickField = "List-Unsubscribe";

    private string key = "";

    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    /// <summary>This page's own address. (One made by routing would be in small letters, and a token is not.)</summary>
    public string Here => MailedLinks.Prefix(LinkPurpose.Leave) + Token;

    public bool Known { get; private set; }
    public string List { get; private set; } = "";

    /// <summary>Masked: a forwarded mail opens this page too.</summary>
    public string Address => LeaveSubject.Masked(key);
    public bool LeftList { get; private set; }
    public bool LeftAll { get; private set; }
    public bool Left => LeftList || LeftAll;

    /// <summary>By staff or because mail comes back: this page does not undo it.</summary>
    public bool StoppedOtherwise { get; private set; }
    public bool TakenBack { get; private set; }
    public string TakenBackName { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await FindAsync(cancellation) ? await ShowAsync(cancellation) : NotGood();

    public Task<IActionResult> OnPostAsync(CancellationToken cancellation) => LeaveAsync(all: false, cancellation);

    public Task<IActionResult> OnPostAllAsync(CancellationToken cancellation) => LeaveAsync(all: true, cancellation);

    public async Task<IActionResult> OnPostBackAsync(bool all, CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
            return NotGood();
        var list = all ? null : List;
        TakenBackName = MailList.NameOrAll(list);
        await suppressions.TakeBackAsync(key, list, $"「元に戻す（{TakenBackName}）」を押した。", cancellation);
        TakenBack = true;
        return await ShowAsync(cancellation);
    }

    private async Task<IActionResult> LeaveAsync(bool all, CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
            return NotGood();
        var byProgram = Request.HasFormContentType && Request.Form.ContainsKey(OneClickField);
        await suppressions.AddAsync(new()
        {
            AddressKey = key,
            List = all ? null : List,
            Reason = SuppressionReason.Left,
            Way = byProgram ? MailWay.OneClick : MailWay.Link,
            Note = byProgram ? "メールソフトの配信停止ボタンから。" : $"「{(all ? "すべてのお知らせを止める" : $"{MailList.Name(List)}の配信を止める")}」を押した。",
        }, cancellation);
        return await ShowAsync(cancellation);
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (await links.FindAsync(LinkPurpose.Leave, Token, cancellation) is not { } link)
            return false;
        (List, key) = LeaveSubject.Read(link.Subject);
        return Known = true;
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        var open = await suppressions.OfAsync(key, List, cancellation);
        LeftAll = open.Any(s => s is { Reason: SuppressionReason.Left, List: null });
        LeftList = open.Any(s => s is { Reason: SuppressionReason.Left, List: not null });
        StoppedOtherwise = !Left && open.Count > 0;
        // The fields of the form that was posted are not what this page shows next.
        ModelState.Clear();
        return Page();
    }

    private PageResult NotGood()
    {
        ModelState.Clear();
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
