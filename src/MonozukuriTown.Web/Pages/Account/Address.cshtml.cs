using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Pages.Account;

/// <summary>Behind the links that a change of address mails to both: a yes or a no. A GET changes nothing.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
[MailedLinkPage]
public sealed partial class AddressModel(AddressChanges changes, ILogger<AddressModel> logger) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    /// <summary>This page. Made by the framework, its address would be in lower case, and a token is not.</summary>
    public string Here => MailedLinks.Prefix(LinkPurpose.ChangeAddress) + Token;

    /// <summary>What there is to say yes to; null once something was said, or for a link that is no good.</summary>
    public AddressHalf? Half { get; private set; }
    public AddressAnswer? Answer { get; private set; }
    public bool Refused { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        Half = await changes.FindAsync(Token, cancellation);
        return Half is null ? NotGood() : Page();
    }

    public async Task<IActionResult> OnPostConfirmAsync(CancellationToken cancellation)
    {
        Answer = await changes.ConfirmAsync(Token, cancellation);
        if (Answer is AddressAnswer.Changed)
            Log.Changed(logger);
        return Answer is AddressAnswer.Gone ? NotGood() : Page();
    }

    public async Task<IActionResult> OnPostRefuseAsync(CancellationToken cancellation)
    {
        Refused = await changes.RefuseAsync(Token, cancellation);
        return Refused ? Page() : NotGood();
    }

    private PageResult NotGood()
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "An account changed its address")]
        public static partial void Changed(ILogger logger);
    }
}
