using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Account;

/// <summary>A GET shows a button; only the POST ends the session.</summary>
[AllowAnonymous]
public sealed class SignOutModel(SignInManager<TownUser> signIn) : PageModel
{
    /// <summary>Where the next to sign in wants to go.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Back { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        await signIn.SignOutAsync();
        var signedOut = QueryHelpers.AddQueryString(AccountLinks.SignIn, "done", "out");
        return Redirect(Url.IsLocalUrl(Back) ? QueryHelpers.AddQueryString(signedOut, "back", Back) : signedOut);
    }
}
