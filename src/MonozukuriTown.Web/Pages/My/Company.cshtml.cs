using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Pages.My;

/// <summary>One's own listing, section by section, with everything that is kept from the public too.</summary>
public sealed class CompanyModel(OwnCompanies own, TownClock clock) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "company")]
    public int? CompanyId { get; set; }

    public IReadOnlyList<OwnCompany> Companies { get; private set; } = [];
    public Company? Company { get; private set; }

    public SectionState State(ListingSection section) => SectionState.Of(Company!, section, clock.Today);

    public async Task<IActionResult> OnGetAsync()
    {
        Companies = await own.OfAsync(User.Id(), HttpContext.RequestAborted);
        if (CompanyId is { } id && Companies.All(c => c.Id != id))
            return NotFound();
        if (CompanyId is not null || Companies.Count == 1)
            Company = await own.LoadAsync(CompanyId ?? Companies[0].Id, HttpContext.RequestAborted);
        return Page();
    }
}
