using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Work;
using MonozukuriTown.Mail;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Staff.Accounts;

/// <summary>One account: its role, whether it may come in, how it comes back to a person who lost it, and who takes over its work. Nobody changes their own.</summary>
public sealed partial class DetailModel(
    AccountList list, AccountService accounts, AccountRestores restores, TodaysWork work, UserManager<TownUser> users, TimeProvider clock, ILogger<DetailModel> logger) : PageModel
{
    private TownUser user = null!;

    [BindProperty]
    public RestoreInput Restore { get; set; } = new();

    [TempData]
    public string? Notice { get; set; }

    public AccountRow Row { get; private set; } = null!;

    public (string Class, string Words) State => AccountStates.Of(Row, clock.GetUtcNow());

    public bool Locked => Row.LockedUntil > clock.GetUtcNow();

    public bool Own => Row.Id == User.Id();

    public bool IsStaff => Row.Role is { } role && Roles.Staff.Contains(role, StringComparer.Ordinal);

    /// <summary>Where the person can be called back.</summary>
    public IReadOnlyList<ListedTel> Tels { get; private set; } = [];

    public IEnumerable<SelectListItem> TelChoices => Tels
        .Select(t => new SelectListItem($"{t.Tel}（{t.Company}）", t.CompanyId?.ToString(CultureInfo.InvariantCulture))).Prepend(new("選んでください", ""));

    /// <summary>The form was filled in, and not well.</summary>
    public bool Restoring { get; private set; }

    /// <summary>Open work that is this person's.</summary>
    public int Works { get; private set; }

    public IReadOnlyList<Colleague> Colleagues { get; private set; } = [];

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

    public async Task OnGetAsync()
    {
        ModelState.Clear();
        await LoadAsync();
    }

    /// <summary>After a call-back to a number of the listing.</summary>
    public async Task<IActionResult> OnPostRestoreAsync()
    {
        await LoadAsync();
        if (!Row.HasPassword || (Tels.Count == 0 && !IsStaff))
            return Said("このアカウントは、ここからは取り戻せません。");
        if (AccountService.IsLockedByAdmin(user, clock))
            return Said("ロックされています。取り戻すときは、先にロックを解いてください。");
        var tel = Tels.Count > 0 ? Tels.FirstOrDefault(t => t.CompanyId == Restore.Company) : OfficeTel();
        if (tel is null && Tels.Count == 0)
            ModelState.AddModelError("Restore.OfficeTel", "折り返した番号を書いてください。");
        else if (tel is null)
            ModelState.AddModelError("Restore.Company", "折り返した番号を選んでください。");
        var spoke = TypedText.Line(Restore.Spoke, AccountRestores.SpokeMax);
        if (spoke.Length == 0)
            ModelState.AddModelError("Restore.Spoke", "話した相手を書いてください。");
        EmailAddress? mail = null;
        if (!string.IsNullOrWhiteSpace(Restore.Mail) && !EmailAddress.TryParse(Restore.Mail, out mail, out var problem))
            ModelState.AddModelError("Restore.Mail", problem);
        if (ModelState.IsValid && tel is not null)
        {
            var result = await restores.RestoreAsync(
                user, new CallBack { Tel = tel, Spoke = spoke, Note = TypedText.Line(Restore.Note, AccountRestores.NoteMax), NewMail = mail }, HttpContext.RequestAborted);
            if (result.Succeeded)
            {
                Log.Restored(logger, user.Id);
                return Said($"アカウントを取り戻しました。{user.Email} に、新しいパスワードを決めるリンクを送ります。");
            }
            // Name and address are one, so one error of each two is enough.
            ModelState.AddModelError("Restore.Mail", result.Errors.First().Description);
        }
        Restoring = true;
        return Page();
    }

    /// <summary>All that somebody who leaves has not done yet.</summary>
    public async Task<IActionResult> OnPostHandOverAsync(Guid? to, bool thenLock)
    {
        await LoadAsync();
        if (Colleagues.FirstOrDefault(c => c.Id == to) is not { } colleague)
            return Said("引き継ぐ人を一覧から選んでください。");
        var count = await work.HandOverAsync(user.Id, colleague.Id, HttpContext.RequestAborted);
        Log.HandedOver(logger, count, user.Id, colleague.Id);
        var done = $"{count}件の仕事を、{colleague.Name}さんに引き継ぎました。";
        if (!thenLock)
            return Said(done);
        var locked = await accounts.LockAsync(user, HttpContext.RequestAborted);
        return Said(locked.Succeeded ? $"{done}アカウントをロックしました。" : $"{done}{locked.Errors.First().Description}");
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

    // Of a colleague there is no listing: the number comes from the office's own list.
    private ListedTel? OfficeTel() => TypedText.Line(Restore.OfficeTel, Core.Companies.Company.PhoneMax) is { Length: > 0 } typed ? new(null, "", typed, null) : null;

    private async Task LoadAsync()
    {
        Tels = await restores.TelsAsync(user.Id, HttpContext.RequestAborted);
        Works = await work.CountOfAsync(user.Id, HttpContext.RequestAborted);
        Colleagues = [.. (await accounts.StaffAsync(HttpContext.RequestAborted)).Where(c => c.Id != user.Id)];
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

        [LoggerMessage(Level = LogLevel.Information, Message = "Account {User} was given back after a call")]
        public static partial void Restored(ILogger logger, Guid user);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Count} rows of work of account {User} went to {Colleague}")]
        public static partial void HandedOver(ILogger logger, int count, Guid user, Guid colleague);
    }

    public sealed class RestoreInput
    {
        /// <summary>The one whose listed number was called.</summary>
        public int? Company { get; set; }

        /// <summary>The colleague's, from the office's list.</summary>
        [StringLength(Core.Companies.Company.PhoneMax, ErrorMessage = "電話番号が長すぎます。")]
        public string? OfficeTel { get; set; }

        [StringLength(AccountRestores.SpokeMax, ErrorMessage = "話した相手は{1}文字までにしてください。")]
        public string? Spoke { get; set; }

        [StringLength(AccountRestores.NoteMax, ErrorMessage = "確かめたことは{1}文字までにしてください。")]
        public string? Note { get; set; }

        [StringLength(Core.Companies.Company.MailMax, ErrorMessage = "メールアドレスが長すぎます。")]
        public string? Mail { get; set; }
    }
}
