using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.WebUtilities;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Tables;
using MonozukuriTown.Mail;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Staff.Accounts;

/// <summary>Who can sign in, and inviting somebody.</summary>
public sealed class IndexModel(AccountList list, AccountService accounts, CompanyList companies, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Role { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Before { get; set; }

    [BindProperty]
    public Invitation Input { get; set; } = new();

    [TempData]
    public string? Notice { get; set; }

    public Page<AccountRow> Rows { get; private set; } = null!;

    public static IEnumerable<SelectListItem> RoleChoices => Roles.All.Select(r => new SelectListItem(Roles.Word(r), r)).Prepend(new("選んでください", ""));

    public static IEnumerable<SelectListItem> RoleFilters => Roles.All.Select(r => new SelectListItem(Roles.Word(r), r)).Prepend(new("すべて", ""));

    public (string State, string Words) State(AccountRow row) => AccountStates.Of(row, clock.GetUtcNow());

    public Task OnGetAsync()
    {
        ModelState.Clear();
        return LoadAsync();
    }

    public async Task<IActionResult> OnPostInviteAsync()
    {
        var company = await CheckAsync();
        if (ModelState.IsValid)
        {
            var result = await accounts.AddAsync(
                new NewAccount { Mail = EmailAddress.Parse(Input.Mail).Value, Name = Input.Name.Trim(), Role = Input.Role, Password = null, CompanyId = company }, HttpContext.RequestAborted);
            if (result.Succeeded)
            {
                Notice = $"{Input.Name.Trim()}さんに、招待のメールを送ります。";
                return Redirect(StaffLinks.Accounts);
            }
            // Name and address are one, so one error of each two is enough.
            ModelState.AddModelError("Input.Mail", result.Errors.First().Description);
        }
        await LoadAsync();
        return Page();
    }

    public string Address(string? sort = null, string? after = null, string? before = null) =>
        QueryHelpers.AddQueryString(StaffLinks.Accounts, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["q"] = Q,
            ["role"] = Role,
            ["sort"] = sort ?? Sort,
            ["after"] = after,
            ["before"] = before,
        }.Where(p => !string.IsNullOrEmpty(p.Value)));

    private async Task<int?> CheckAsync()
    {
        if (Input.Mail is { Length: > 0 } && !EmailAddress.TryParse(Input.Mail, out _, out var wrong))
            ModelState.AddModelError("Input.Mail", wrong);
        if (Input.Role is { Length: > 0 } && !Roles.All.Contains(Input.Role, StringComparer.Ordinal))
            ModelState.AddModelError("Input.Role", "役割を一覧から選んでください。");
        var isMember = string.Equals(Input.Role, Roles.Member, StringComparison.Ordinal);
        if (string.IsNullOrWhiteSpace(Input.Company))
        {
            if (isMember)
                ModelState.AddModelError("Input.Company", "掲載企業のアカウントには、会社が要ります。会社の名前を書いてください。");
            return null;
        }
        if (!isMember)
        {
            ModelState.AddModelError("Input.Company", "会社を結びつけるのは、掲載企業のアカウントだけです。空にしてください。");
            return null;
        }
        var (id, problem) = await companies.OneMeantAsync(Input.Company.Trim(), HttpContext.RequestAborted);
        if (problem is not null)
            ModelState.AddModelError("Input.Company", problem);
        return id;
    }

    private async Task LoadAsync() =>
        Rows = await list.PageAsync(Q, Role, new PageQuery { Sort = Sort, After = After, Before = Before }, HttpContext.RequestAborted);

    public sealed class Invitation
    {
        [Required(ErrorMessage = "氏名を入力してください。")]
        [StringLength(TownUser.NameMax, ErrorMessage = "氏名が長すぎます。")]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "メールアドレスを入力してください。")]
        [StringLength(Core.Companies.Company.MailMax, ErrorMessage = "メールアドレスが長すぎます。")]
        public string Mail { get; set; } = "";

        [Required(ErrorMessage = "役割を選んでください。")]
        public string Role { get; set; } = "";

        [StringLength(Core.Companies.Company.NameMax, ErrorMessage = "会社の名前が長すぎます。")]
        public string? Company { get; set; }
    }
}
