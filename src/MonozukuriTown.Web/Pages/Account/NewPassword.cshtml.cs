using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.WebUtilities;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Account;

/// <summary>Where the mailed link leads. A GET only shows the form: mail scanners open links.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
[MailedLinkPage]
public sealed class NewPasswordModel(AccountMails mails) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "新しいパスワードを入力してください。")]
    [StringLength(TownAccounts.PasswordMax, MinimumLength = TownAccounts.PasswordMin, ErrorMessage = "パスワードは{2}文字以上、{1}文字までにしてください。")]
    public string Password { get; set; } = "";

    [BindProperty]
    [Compare(nameof(Password), ErrorMessage = "2つのパスワードが違います。")]
    public string Again { get; set; } = "";

    public bool Good { get; private set; } = true;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await mails.FindAsync(LinkPurpose.PasswordReset, Token, cancellation) is null ? NotGood() : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (await mails.FindAsync(LinkPurpose.PasswordReset, Token, cancellation) is not { } account)
            return NotGood();
        if (!ModelState.IsValid)
            return Page();
        if (await mails.SetPasswordAsync(account, Password) is not { } result)
            return NotGood();
        if (result.Succeeded)
            return Redirect(QueryHelpers.AddQueryString(AccountLinks.SignIn, "done", "reset"));
        foreach (var error in result.Errors)
            ModelState.AddModelError(nameof(Password), error.Description);
        return Page();
    }

    private PageResult NotGood()
    {
        ModelState.Clear();
        Good = false;
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
