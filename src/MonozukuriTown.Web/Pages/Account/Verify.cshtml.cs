using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Account;

/// <summary>Behind the mailed link of a registration or an invitation: the password that makes the account usable. A GET changes nothing.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
[MailedLinkPage]
public sealed partial class VerifyModel(AccountMails mails, SignInManager<TownUser> signIn, UserManager<TownUser> users, ILogger<VerifyModel> logger) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "パスワードを入力してください。")]
    [StringLength(TownAccounts.PasswordMax, MinimumLength = TownAccounts.PasswordMin, ErrorMessage = "パスワードは{2}文字以上、{1}文字までにしてください。")]
    public string Password { get; set; } = "";

    [BindProperty]
    [Compare(nameof(Password), ErrorMessage = "2つのパスワードが違います。")]
    public string Again { get; set; } = "";

    /// <summary>Null: the link is no good.</summary>
    public TownUser? Account { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        Account = (await mails.FindAsync(LinkPurpose.ConfirmAddress, Token, cancellation))?.User;
        return Account is null ? NotGood() : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (await mails.FindAsync(LinkPurpose.ConfirmAddress, Token, cancellation) is not { } account)
            return NotGood();
        Account = account.User;
        if (!ModelState.IsValid)
            return Page();
        if (await mails.SetPasswordAsync(account, Password) is not { } result)
            return NotGood();
        if (!result.Succeeded)
        {
            foreach (var error in result.Errors)
                ModelState.AddModelError(nameof(Password), error.Description);
            return Page();
        }
        Log.Verified(logger, account.User.Id);
        await signIn.SignInAsync(account.User, isPersistent: false);
        var roles = await users.GetRolesAsync(account.User);
        return Redirect(roles.Any(Roles.Staff.Contains) ? StaffLinks.Desk : roles.Contains(Roles.Member, StringComparer.Ordinal) ? MyLinks.Desk : SiteLinks.Home);
    }

    private PageResult NotGood()
    {
        ModelState.Clear();
        Account = null;
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Account {User} proved its address")]
        public static partial void Verified(ILogger logger, Guid user);
    }
}
