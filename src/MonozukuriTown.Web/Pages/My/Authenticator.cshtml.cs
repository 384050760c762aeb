using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.My;

/// <summary>The app whose codes are the second step of signing in, and the codes on paper. Staff are led here and can't go without.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
public sealed partial class AuthenticatorModel(
    UserManager<TownUser> users, SignInManager<TownUser> signIn, Authenticators authenticators, IOptions<TownOptions> town, ILogger<AuthenticatorModel> logger) : PageModel
{
    private TownUser user = null!;
    private string key = "";

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? CodesPassword { get; set; }

    [BindProperty]
    public string? OffPassword { get; set; }

    /// <summary>The key on offer.</summary>
    [BindProperty]
    public string? Sealed { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Back { get; set; }

    public bool IsOn => user.TwoFactorEnabled;

    public bool MustSetUp => SecondFactor.IsMissing(User);

    public bool IsRequired => !town.Value.Demo && (MustSetUp || User.IsStaff());

    public int CodesLeft { get; private set; }

    /// <summary>Shown this once.</summary>
    public IReadOnlyList<string>? Codes { get; private set; }

    public string Done { get; private set; } = "";

    public string Next => Url.IsLocalUrl(Back) ? Back : MyLinks.Security;

    public string KeyInFours => string.Join(' ', key.Chunk(4).Select(c => new string(c)));

    public string Picture => Totp.Address(key, town.Value.Name, user.Email!);

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : Challenge();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await LoadAsync())
            return Challenge();
        if (authenticators.Unseal(user, Request.Form["Sealed"]) is null)
        {
            ModelState.AddModelError(nameof(Code), "時間が過ぎました。下の新しい図を、もう一度読み取ってください。");
            return Page();
        }
        if (await RefusedAsync(nameof(Password), Password) is { } refused)
            return refused;
        if (await authenticators.TurnOnAsync(user, key, Authenticators.Typed(Code), cancellation) is not { } codes)
        {
            await users.AccessFailedAsync(user);
            ModelState.AddModelError(nameof(Code), "数字が違います。アプリに次の数字が出てから、もう一度入力してください。");
            return Page();
        }
        Log.TurnedOn(logger, user.Id);
        await ComeInAsync();
        (Codes, Done) = (codes, "認証アプリを登録しました。次のログインから、確認コードを入力します。");
        return Page();
    }

    public async Task<IActionResult> OnPostCodesAsync(CancellationToken cancellation)
    {
        if (!await LoadAsync())
            return Challenge();
        if (!IsOn)
            return Redirect(MyLinks.Authenticator);
        if (await RefusedAsync(nameof(CodesPassword), CodesPassword) is { } refused)
            return refused;
        (Codes, Done) = (await authenticators.RenewAsync(user, cancellation), "予備コードを作り直しました。前の予備コードは使えません。");
        Log.Renewed(logger, user.Id);
        return Page();
    }

    public async Task<IActionResult> OnPostOffAsync(CancellationToken cancellation)
    {
        if (!await LoadAsync())
            return Challenge();
        if (!IsOn || IsRequired)
            return Redirect(MyLinks.Authenticator);
        if (await RefusedAsync(nameof(OffPassword), OffPassword) is { } refused)
            return refused;
        await authenticators.TurnOffAsync(user, cancellation);
        await signIn.RefreshSignInAsync(user);
        Log.TurnedOff(logger, user.Id);
        return Redirect(MyLinks.Security);
    }

    private async Task<bool> LoadAsync()
    {
        if (await users.GetUserAsync(User) is not { } found)
            return false;
        user = found;
        key = authenticators.Unseal(user, Sealed) ?? Totp.NewKey();
        Sealed = authenticators.Seal(user, key);
        ModelState.Remove(nameof(Sealed));
        CodesLeft = IsOn ? await users.CountRecoveryCodesAsync(user) : 0;
        return true;
    }

    // Who sits at somebody else's open browser doesn't know the password; guessing it counts like guessing at the door.
    private async Task<IActionResult?> RefusedAsync(string field, string? password)
    {
        if (await users.IsLockedOutAsync(user))
        {
            await users.UpdateSecurityStampAsync(user);
            await signIn.SignOutAsync();
            return Redirect(QueryHelpers.AddQueryString(AccountLinks.SignIn, "done", "everywhere"));
        }
        if (string.IsNullOrEmpty(password))
        {
            ModelState.AddModelError(field, "パスワードを入力してください。");
            return Page();
        }
        if (password.Length > TownAccounts.PasswordMax || !await users.CheckPasswordAsync(user, password))
        {
            await users.AccessFailedAsync(user);
            ModelState.AddModelError(field, "パスワードが違います。");
            return Page();
        }
        return null;
    }

    private async Task ComeInAsync()
    {
        await users.ResetAccessFailedCountAsync(user);
        var now = await HttpContext.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        await signIn.SignInWithClaimsAsync(
            user, new AuthenticationProperties { IsPersistent = now.Properties?.IsPersistent == true }, [new Claim(SecondFactor.Method, SecondFactor.Passed)]);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Account {User} signs in with an authenticator from now on")]
        public static partial void TurnedOn(ILogger logger, Guid user);

        [LoggerMessage(Level = LogLevel.Information, Message = "Account {User} signs in without an authenticator from now on")]
        public static partial void TurnedOff(ILogger logger, Guid user);

        [LoggerMessage(Level = LogLevel.Information, Message = "Account {User} made new recovery codes")]
        public static partial void Renewed(ILogger logger, Guid user);
    }
}
