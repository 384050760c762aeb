using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.WebUtilities;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.My;

/// <summary>The password, and an end to every session. Open to everybody who signs in, staff too.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
public sealed partial class SecurityModel(UserManager<TownUser> users, SignInManager<TownUser> signIn, ILogger<SecurityModel> logger) : PageModel
{
    [BindProperty]
    [Required(ErrorMessage = "今のパスワードを入力してください。")]
    [StringLength(TownAccounts.PasswordMax, ErrorMessage = "今のパスワードが長すぎます。")]
    public string Current { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "新しいパスワードを入力してください。")]
    [StringLength(TownAccounts.PasswordMax, ErrorMessage = "新しいパスワードが長すぎます。")]
    public string Password { get; set; } = "";

    [TempData]
    public string? Notice { get; set; }

    public async Task<IActionResult> OnPostPasswordAsync()
    {
        if (!ModelState.IsValid)
            return Page();
        var user = await users.GetUserAsync(User);
        if (user is null)
            return Challenge();
        if (await users.IsLockedOutAsync(user))
            return await EndAsync(user);
        var result = await users.ChangePasswordAsync(user, Current, Password);
        if (!result.Succeeded)
        {
            // Guessing here counts like guessing at the door.
            var mismatch = result.Errors.Any(e => e.Code is nameof(IdentityErrorDescriber.PasswordMismatch));
            if (mismatch)
                await users.AccessFailedAsync(user);
            foreach (var error in result.Errors)
                ModelState.AddModelError(mismatch ? nameof(Current) : nameof(Password), error.Description);
            return Page();
        }
        await users.ResetAccessFailedCountAsync(user);
        await signIn.RefreshSignInAsync(user);
        Log.PasswordChanged(logger, user.Id);
        Notice = "パスワードを変えました。ほかの端末では、新しいパスワードでログインし直してください。";
        return Redirect(MyLinks.Security);
    }

    public async Task<IActionResult> OnPostEverywhereAsync()
    {
        var user = await users.GetUserAsync(User);
        return user is null ? Challenge() : await EndAsync(user);
    }

    private async Task<IActionResult> EndAsync(TownUser user)
    {
        await users.UpdateSecurityStampAsync(user);
        await signIn.SignOutAsync();
        Log.SessionsEnded(logger, user.Id);
        return Redirect(QueryHelpers.AddQueryString(AccountLinks.SignIn, "done", "everywhere"));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Account {User} changed its password")]
        public static partial void PasswordChanged(ILogger logger, Guid user);

        [LoggerMessage(Level = LogLevel.Information, Message = "Account {User} ended all its sessions")]
        public static partial void SessionsEnded(ILogger logger, Guid user);
    }
}
