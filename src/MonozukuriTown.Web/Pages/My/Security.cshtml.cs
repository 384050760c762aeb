using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.WebUtilities;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Mail;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.My;

/// <summary>The password, the address, where one is signed in, and an end to each or all of it. Open to everybody who signs in, staff too.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
public sealed partial class SecurityModel(
    UserManager<TownUser> users, SignInManager<TownUser> signIn, AddressChanges changes, DeviceSessions devices, TimeProvider clock, ILogger<SecurityModel> logger) : PageModel
{
    [BindProperty]
    [Required(ErrorMessage = "今のパスワードを入力してください。")]
    [StringLength(TownAccounts.PasswordMax, ErrorMessage = "今のパスワードが長すぎます。")]
    public string Current { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "新しいパスワードを入力してください。")]
    [StringLength(TownAccounts.PasswordMax, ErrorMessage = "新しいパスワードが長すぎます。")]
    public string Password { get; set; } = "";

    [BindProperty]
    public string? NewMail { get; set; }

    [BindProperty]
    public string? MailPassword { get; set; }

    [TempData]
    public string? Notice { get; set; }

    /// <summary>The account's address.</summary>
    public string Address { get; private set; } = "";

    public bool HasAuthenticator { get; private set; }

    public IReadOnlyList<DeviceSession> Devices { get; private set; } = [];

    /// <summary>The one of them that asks.</summary>
    public Guid? Here => DeviceCookies.Of(User);

    public async Task<IActionResult> OnGetAsync()
    {
        ModelState.Clear();
        return await LoadAsync() is null ? Challenge() : Page();
    }

    public async Task<IActionResult> OnPostPasswordAsync()
    {
        if (await LoadAsync() is not { } user)
            return Challenge();
        if (!ModelState.IsValid)
            return Page();
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

    public async Task<IActionResult> OnPostAddressAsync(CancellationToken cancellation)
    {
        // The fields of the other form are not asked for here.
        ModelState.Clear();
        if (await LoadAsync() is not { } user)
            return Challenge();
        if (await users.IsLockedOutAsync(user))
            return await EndAsync(user);
        if (!EmailAddress.TryParse(NewMail, out var to, out var problem))
            ModelState.AddModelError(nameof(NewMail), string.IsNullOrWhiteSpace(NewMail) ? "新しいメールアドレスを入力してください。" : problem);
        else if (to.Value.Length > Company.MailMax)
            ModelState.AddModelError(nameof(NewMail), "メールアドレスが長すぎます。");
        else if (EmailAddress.Parse(user.Email!).Equals(to))
            ModelState.AddModelError(nameof(NewMail), "いまと同じメールアドレスです。");
        if (string.IsNullOrEmpty(MailPassword))
            ModelState.AddModelError(nameof(MailPassword), "パスワードを入力してください。");
        if (!ModelState.IsValid || to is null)
            return Page();
        if (MailPassword!.Length > TownAccounts.PasswordMax || !await users.CheckPasswordAsync(user, MailPassword))
        {
            await users.AccessFailedAsync(user);
            ModelState.AddModelError(nameof(MailPassword), "パスワードが違います。");
            return Page();
        }
        await users.ResetAccessFailedCountAsync(user);
        var sent = true;
        // Whether somebody else has the address is nothing this page tells, by its words or by its time.
        await EvenTime.RunAsync(clock, async () => sent = await changes.AskAsync(user, to, cancellation));
        Notice = sent
            ? $"{user.Email} と {to.Value} に、確認のメールを送りました。48時間のうちに、両方のメールで確かめてください。"
            : "確認のメールは、いま送ったところです。届かないときは、2分ほどおいて、もう一度お試しください。";
        return Redirect(MyLinks.Security);
    }

    public async Task<IActionResult> OnPostDeviceAsync(Guid id, CancellationToken cancellation)
    {
        var user = User.Id();
        if (!await devices.EndAsync(user, id, cancellation))
            return NotFound();
        Log.DeviceEnded(logger, user);
        Notice = "その端末をログアウトさせました。1分ほどで使えなくなります。";
        return Redirect(MyLinks.Security);
    }

    public async Task<IActionResult> OnPostEverywhereAsync()
    {
        var user = await users.GetUserAsync(User);
        return user is null ? Challenge() : await EndAsync(user);
    }

    private async Task<TownUser?> LoadAsync()
    {
        var user = await users.GetUserAsync(User);
        Address = user?.Email ?? "";
        HasAuthenticator = user?.TwoFactorEnabled == true;
        if (user is not null)
            Devices = await devices.OfAsync(user.Id, HttpContext.RequestAborted);
        return user;
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

        [LoggerMessage(Level = LogLevel.Information, Message = "Account {User} signed one of its devices out")]
        public static partial void DeviceEnded(ILogger logger, Guid user);
    }
}
