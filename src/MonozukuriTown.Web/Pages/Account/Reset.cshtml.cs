using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Mail;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Pages.Account;

/// <summary>Asks for a link by mail. The page says the same for every address, after the same time.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
public sealed class ResetModel(AccountMails mails, TimeProvider clock) : PageModel
{
    [BindProperty]
    [Required(ErrorMessage = "メールアドレスを入力してください。")]
    [StringLength(EmailAddress.MaxLength, ErrorMessage = "メールアドレスが長すぎます。")]
    public string Mail { get; set; } = "";

    public bool Asked { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        EmailAddress? address = null;
        if (ModelState.IsValid && !EmailAddress.TryParse(Mail, out address, out var problem))
            ModelState.AddModelError(nameof(Mail), problem);
        if (!ModelState.IsValid || address is null)
            return Page();
        await EvenTime.RunAsync(clock, () => mails.AskResetAsync(address, cancellation));
        Asked = true;
        return Page();
    }
}
