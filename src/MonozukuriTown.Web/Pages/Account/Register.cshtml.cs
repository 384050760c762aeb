using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Mail;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Pages.Account;

/// <summary>
/// A buyer's account. The password is chosen behind the mailed link, so nobody can prepare an account at somebody else's address.
/// The page says the same for every address, after the same time.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
public sealed class RegisterModel(AccountMails mails, Actor actor, TimeProvider clock) : PageModel
{
    [BindProperty]
    [Required(ErrorMessage = "お名前を入力してください。")]
    [StringLength(TownUser.NameMax, ErrorMessage = "お名前が長すぎます。60文字までで入力してください。")]
    public string Name { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "メールアドレスを入力してください。")]
    [StringLength(Company.MailMax, ErrorMessage = "メールアドレスが長すぎます。")]
    public string Mail { get; set; } = "";

    [BindProperty]
    public bool Agree { get; set; }

    public bool Sent { get; private set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!Agree)
            ModelState.AddModelError(nameof(Agree), "個人情報の取り扱いをお読みになり、同意の欄に印を付けてください。");
        // What was left empty is bound as null.
        // The mail greets by this name, whoever typed it: it carries no address to anybody.
        if (Name is { } name && (name.Any(char.IsControl) || name.Contains("://", StringComparison.Ordinal) || name.Contains("www.", StringComparison.OrdinalIgnoreCase)))
            ModelState.AddModelError(nameof(Name), "お名前に使えない文字があります。");
        EmailAddress? address = null;
        if (Mail is { Length: > 0 } && !EmailAddress.TryParse(Mail, out address, out var problem))
            ModelState.AddModelError(nameof(Mail), problem);
        if (!ModelState.IsValid || address is null)
            return Page();
        actor.Reason = "本人の登録。個人情報の取り扱いに同意";
        await EvenTime.RunAsync(clock, () => mails.RegisterAsync(address, Name.Trim()));
        Sent = true;
        return Page();
    }
}
