using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.WebUtilities;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Account;

/// <summary>The second step of signing in, after the password: a code of the authenticator, or one from paper.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
public sealed partial class CodeModel(SignInManager<TownUser> signIn, UserManager<TownUser> users, ILogger<CodeModel> logger) : PageModel
{
    [BindProperty]
    [Required(ErrorMessage = "確認コードを入力してください。")]
    [StringLength(Authenticators.CodeMax, ErrorMessage = "確認コードが長すぎます。")]
    public string Code { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public bool Remember { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Back { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        ModelState.Clear();
        return await signIn.GetTwoFactorAuthenticationUserAsync() is null ? Redirect(AccountLinks.SignIn) : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } user)
            return Redirect(QueryHelpers.AddQueryString(AccountLinks.SignIn, "done", "late"));
        if (!ModelState.IsValid)
            return Page();
        if (!await PassesAsync(user, Authenticators.Typed(Code)))
        {
            if (await users.IsLockedOutAsync(user))
                Log.LockedOut(logger, user.Id);
            ModelState.AddModelError(nameof(Code), "確認コードが違うか、使いおわったコードです。アプリに次のコードが出てから、もう一度お試しください。10回続けて間違えると、15分のあいだログインできません。");
            return Page();
        }
        if (Url.IsLocalUrl(Back))
            return LocalRedirect(Back);
        var roles = await users.GetRolesAsync(user);
        return Redirect(SignInModel.DeskOf(role => roles.Contains(role, StringComparer.Ordinal)));
    }

    private async Task<bool> PassesAsync(TownUser user, string typed)
    {
        if (!Authenticators.IsRecovery(typed))
            return (await signIn.TwoFactorAuthenticatorSignInAsync(typed, Remember, rememberClient: false)).Succeeded;
        // Identity takes codes from paper for too long to guess and counts nothing; here they count like all others.
        if (await users.IsLockedOutAsync(user))
            return false;
        if (!(await signIn.TwoFactorRecoveryCodeSignInAsync(Authenticators.Kept(user, typed))).Succeeded)
        {
            await users.AccessFailedAsync(user);
            return false;
        }
        Log.Recovered(logger, user.Id);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Account {User} is locked after wrong codes")]
        public static partial void LockedOut(ILogger logger, Guid user);

        [LoggerMessage(Level = LogLevel.Information, Message = "Account {User} signed in with a recovery code")]
        public static partial void Recovered(ILogger logger, Guid user);
    }
}
