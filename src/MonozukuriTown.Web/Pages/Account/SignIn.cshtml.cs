using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
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

namespace MonozukuriTown.Web.Pages.Account;

[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
public sealed partial class SignInModel(
    SignInManager<TownUser> signIn, UserManager<TownUser> users, IPasswordHasher<TownUser> hasher, ILogger<SignInModel> logger) : PageModel
{
    /// <summary>Of TempData: the address of somebody whom a mailed link brought here. (In the query it would stand in logs.)</summary>
    public const string KnownMail = "mail";

    // Verified for an address nobody has, so that the answer takes as long as for one that somebody has.
    private static readonly TownUser Nobody = new() { DisplayName = "" };
    private static string? nobodysHash;

    [BindProperty]
    [Required(ErrorMessage = "メールアドレスを入力してください。")]
    [StringLength(Company.MailMax, ErrorMessage = "メールアドレスが長すぎます。")]
    public string Mail { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "パスワードを入力してください。")]
    [StringLength(TownAccounts.PasswordMax, ErrorMessage = "パスワードが長すぎます。")]
    public string Password { get; set; } = "";

    [BindProperty]
    public bool Remember { get; set; }

    /// <summary>Where the person was going; only addresses of this site count.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Back { get; set; }

    /// <summary>What happened before: <c>?done=reset</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    public string? Notice => Done switch
    {
        "reset" => "新しいパスワードを登録しました。新しいパスワードでログインしてください。",
        "late" => "時間が過ぎました。もう一度、パスワードからお願いします。",
        "out" => "ログアウトしました。",
        "everywhere" => "すべての端末からログアウトしました。",
        _ => null,
    };

    public IActionResult OnGet()
    {
        if (User.Identity?.IsAuthenticated == true)
            return SecondFactor.IsMissing(User) ? Redirect(StaffLinks.Desk) : Home(User.IsInRole);
        Mail = TempData[KnownMail] as string ?? "";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
            return Page();
        // As it is kept: typed in full width it is the same address.
        var user = await users.FindByEmailAsync(EmailAddress.TryParse(Mail, out var address) ? address.Value : Mail.Trim());
        if (user is null)
        {
            SpendAHash();
            return Refuse();
        }
        var result = await signIn.PasswordSignInAsync(user, Password, Remember, lockoutOnFailure: true);
        if (result.IsLockedOut)
            Log.LockedOut(logger, user.Id);
        if (result.RequiresTwoFactor)
            return Redirect(QueryHelpers.AddQueryString(AccountLinks.Code, new Dictionary<string, string?>(StringComparer.Ordinal) { ["back"] = Url.IsLocalUrl(Back) ? Back : null, ["remember"] = Remember ? "true" : null }));
        if (!result.Succeeded)
        {
            // These are refused before their password is looked at, which a clock would tell from the others.
            if (result.IsNotAllowed || result.IsLockedOut || user.PasswordHash is null)
                SpendAHash();
            return Refuse();
        }
        var roles = await users.GetRolesAsync(user);
        return Home(role => roles.Contains(role, StringComparer.Ordinal));
    }

    private void SpendAHash()
    {
        nobodysHash ??= hasher.HashPassword(Nobody, "nobody");
        hasher.VerifyHashedPassword(Nobody, nobodysHash, Password);
    }

    // One sentence for every reason: it never says whether the address is known, or that it is locked.
    private PageResult Refuse()
    {
        ModelState.AddModelError(nameof(Mail), "メールアドレスかパスワードが違います。10回続けて間違えると、15分のあいだログインできません。");
        return Page();
    }

    private IActionResult Home(Func<string, bool> isInRole) => Url.IsLocalUrl(Back) ? LocalRedirect(Back) : Redirect(DeskOf(isInRole));

    public static string DeskOf(Func<string, bool> isInRole) =>
        Roles.Staff.Any(isInRole) ? StaffLinks.Desk : isInRole(Roles.Member) ? MyLinks.Desk : SiteLinks.Home;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Account {User} is locked after failed sign-ins")]
        public static partial void LockedOut(ILogger logger, Guid user);
    }
}
