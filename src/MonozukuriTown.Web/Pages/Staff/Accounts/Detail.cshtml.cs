using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Staff.Accounts;

/// <summary>One account: its role, and whether it may come in. Nobody changes their own.</summary>
public sealed partial class DetailModel(
    AccountList list, AccountService accounts, UserManager<TownUser> users, TimeProvider clock, ILogger<DetailModel> logger) : PageModel
{
    private TownUser user = null!;

    [TempData]
    public string? Notice { get; set; }

    public AccountRow Row { get; private set; } = null!;

    public (string Class, string Words) State => AccountStates.Of(Row, clock.GetUtcNow());

    public bool Locked => Row.LockedUntil > clock.GetUtcNow();

    public bool Own => Row.Id == User.Id();

    public static IEnumerable<SelectListItem> RoleChoices => Roles.All.Select(r => new SelectListItem(Roles.Word(r), r));

    // By its name it would pass for a handler of the method "PAGE".
    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!Guid.TryParse(RouteData.Values["id"]?.ToString(), out var id) || await list.FindAsync(id, HttpContext.RequestAborted) is not { } row
            || await users.FindByIdAsync(id.ToString()) is not { } found)
        {
            context.Result = NotFound();
            return;
        }
        (Row, user) = (row, found);
        if (Own && HttpMethods.IsPost(Request.Method))
        {
            context.Result = Said("自分のアカウントは、ほかの管理者が変えます。");
            return;
        }
        await next();
    }

    public async Task<IActionResult> OnPostRoleAsync(string? role)
    {
        if (role is null || !Roles.All.Contains(role, StringComparer.Ordinal))
            return Said("役割を一覧から選んでください。");
        if (string.Equals(role, Row.Role, StringComparison.Ordinal))
            return Said("役割は、いまのままです。");
        var result = await accounts.SetRoleAsync(user, role, HttpContext.RequestAborted);
        if (result.Succeeded)
            Log.RoleChanged(logger, user.Id, role);
        return Said(result, $"役割を「{Roles.Word(role)}」に変えました。ログイン中なら、1分ほどでログアウトします。");
    }

    public async Task<IActionResult> OnPostLockAsync()
    {
        var result = await accounts.LockAsync(user, HttpContext.RequestAborted);
        if (result.Succeeded)
            Log.Locked(logger, user.Id);
        return Said(result, "ロックしました。ログイン中なら、1分ほどでログアウトします。");
    }

    public async Task<IActionResult> OnPostUnlockAsync()
    {
        var result = await accounts.UnlockAsync(user);
        if (result.Succeeded)
            Log.Unlocked(logger, user.Id);
        return Said(result, "ロックを解きました。");
    }

    public async Task<IActionResult> OnPostInviteAsync()
    {
        if (Row.HasPassword || Row.Role is null)
            return Said("このアカウントは、もう使われています。");
        await accounts.InviteAsync(user, Row.Role, HttpContext.RequestAborted);
        return Said("招待のメールを送ります。2分以内に送ったばかりのときは、送り直しません。");
    }

    private RedirectResult Said(IdentityResult result, string done) => Said(result.Succeeded ? done : result.Errors.First().Description);

    private RedirectResult Said(string notice)
    {
        Notice = notice;
        return Redirect(StaffLinks.Account(Row.Id));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Account {User} now has the role {Role}")]
        public static partial void RoleChanged(ILogger logger, Guid user, string role);

        [LoggerMessage(Level = LogLevel.Information, Message = "Account {User} was locked")]
        public static partial void Locked(ILogger logger, Guid user);

        [LoggerMessage(Level = LogLevel.Information, Message = "Account {User} was unlocked")]
        public static partial void Unlocked(ILogger logger, Guid user);
    }
}
