using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Mailings;

namespace MonozukuriTown.Web.Pages.Staff.Mailbox;

/// <summary>A mail's HTML as it is, for the frame: nothing in it may run, load or lead anywhere.</summary>
public sealed class HtmlModel(PickupMailbox mailbox, IWebHostEnvironment environment, IOptions<TownOptions> town) : PageModel
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

    public IActionResult OnGet(string name)
    {
        if (!IndexModel.MayRead(mailbox, environment, town.Value) || mailbox.Read(name)?.Find("text/html") is not { } html)
            return NotFound();
        Response.Headers.ContentSecurityPolicy = Policy;
        return Content(html.Text, "text/html; charset=utf-8");
    }
}
