using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Staff.Mailbox;

/// <summary>One mail: what happened to it, and a person's decision where nobody else can decide. What it says is not shown: it is somebody's letter.</summary>
public sealed class MailModel(MailDesk desk) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [TempData]
    public string? Notice { get; set; }

    public MailStory Story { get; private set; } = null!;

    public string Class => Story.Mail.State switch
    {
        MailState.Sent => Story.Bounces.Count > 0 ? "state-warn" : "state-ok",
        MailState.Failed => "state-error",
        MailState.Uncertain or MailState.Deferred => "state-warn",
        _ => "",
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (await desk.StoryAsync(Id, cancellation) is not { } story)
            return NotFound();
        Story = story;
        return Page();
    }

    public async Task<IActionResult> OnPostAgainAsync(CancellationToken cancellation) => Told(await desk.SendAgainAsync(Id, cancellation), "もう一度送ります。");

    public async Task<IActionResult> OnPostArrivedAsync(CancellationToken cancellation) => Told(await desk.SettleAsync(Id, cancellation), "届いていたことを記録しました。");

    private RedirectResult Told(bool changed, string notice)
    {
        Notice = changed ? notice : "ほかの人が先に決めたか、状態が変わっています。";
        return Redirect(StaffLinks.Mail(Id));
    }
}
