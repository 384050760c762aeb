using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Mail;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Pages.Account;

[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
public sealed class ResetModel(PasswordResets resets) : PageModel
{
    [BindProperty]
    [Required(ErrorMessage = "メールアドレスを入力してください。")]
    [StringLength(EmailAddress.MaxLength, ErrorMessage = "メールアドレスが長すぎます。")]
    public string Mail { get; set; } = "";

    public bool Asked { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (ModelState.IsValid && !EmailAddress.TryParse(Mail, out _, out var problem))
            ModelState.AddModelError(nameof(Mail), problem);
        if (!ModelState.IsValid)
            return Page();
        await resets.AskAsync(Mail, cancellation);
        Asked = true;
        return Page();
    }
}
