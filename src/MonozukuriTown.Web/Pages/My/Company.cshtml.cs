using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.My;

/// <summary>One's own listing, section by section, with everything that is kept from the public too, and what its machines imply.</summary>
public sealed class CompanyModel(OwnCompanies own, CapabilityOffers offers, TownClock clock) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "company")]
    public int? CompanyId { get; set; }

    [TempData]
    public string? Notice { get; set; }

    public IReadOnlyList<OwnCompany> Companies { get; private set; } = [];
    public Company? Company { get; private set; }

    /// <summary>Waiting for an answer.</summary>
    public IReadOnlyList<OfferRow> Offers { get; private set; } = [];

    public SectionState State(ListingSection section) => SectionState.Of(Company!, section, clock.Today);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        if (Company is null)
            return Page();
        Offers = [.. (await offers.OfAsync(Company, HttpContext.RequestAborted)).Where(o => o.IsOpen)];
        // On record is what a person of the company was shown, not what a browser fetched in advance.
        if (HttpMethods.IsGet(Request.Method) && !Request.Headers.ContainsKey("Sec-Purpose"))
            await offers.ShownAsync(Company.Id, Offers, HttpContext.RequestAborted);
        return Page();
    }

    /// <param name="process">Id of the offered process.</param>
    /// <param name="answer"><c>yes</c> or <c>no</c>.</param>
    public async Task<IActionResult> OnPostOfferAsync(string? process, string? answer)
    {
        if (!await LoadAsync() || Company is null)
            return NotFound();
        if (string.IsNullOrEmpty(process) || answer is not ("yes" or "no"))
            return BadRequest();
        var name = (await offers.OfAsync(Company, HttpContext.RequestAborted)).FirstOrDefault(o => string.Equals(o.Process.Id, process, StringComparison.Ordinal))?.Process.Name;
        if (name is null)
            return NotFound();
        Notice = answer is "yes"
            ? await offers.ConfirmAsync(Company.Id, process, HttpContext.RequestAborted) ? $"「{name}」を加工対応範囲に加えました。" : Late(name)
            : await offers.DeclineAsync(Company.Id, process, HttpContext.RequestAborted) ? $"「{name}」を外しました。設備から推定して示すことは、もうありません。" : Late(name);
        return Redirect(MyLinks.Of(MyLinks.Company, CompanyId));
    }

    private static string Late(string name) => $"「{name}」には、すでにお答えいただいています。";

    private async Task<bool> LoadAsync()
    {
        Companies = await own.OfAsync(User.Id(), HttpContext.RequestAborted);
        if (CompanyId is { } id && Companies.All(c => c.Id != id))
            return false;
        if (CompanyId is not null || Companies.Count == 1)
            Company = await own.LoadAsync(CompanyId ?? Companies[0].Id, HttpContext.RequestAborted);
        return true;
    }
}
