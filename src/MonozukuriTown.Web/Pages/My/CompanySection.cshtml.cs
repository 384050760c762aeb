using Microsoft.AspNetCore.Mvc;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Editing;
using MonozukuriTown.Matching;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;
using MonozukuriTown.Web.Pages.Shared;

namespace MonozukuriTown.Web.Pages.My;

/// <summary>A company edits a section of its own listing.</summary>
public sealed class CompanySectionModel(OwnCompanies own, CapabilityOffers offers, Vocabulary vocabulary, SectionForms forms, ListingEditor editor, ListingHistory history)
    : SectionPage(forms, editor, history)
{
    [BindProperty(SupportsGet = true, Name = "company")]
    public int? CompanyId { get; set; }

    protected override Vocabulary Vocabulary => vocabulary;

    protected override string Back(Company company) => MyLinks.Of(MyLinks.Company, CompanyId);

    protected override async Task<string> SavedAsync(SectionForm form, Company company)
    {
        var said = await base.SavedAsync(form, company);
        return form.Section == ListingSection.Equipment && (await offers.OfAsync(company, HttpContext.RequestAborted)).Any(o => o.IsOpen)
            ? said + "設備から読み取った加工があります。下でお答えください。" : said;
    }

    protected override Task<(Company? Company, IActionResult? Instead)> CompanyAsync() => own.ChosenAsync(User.Id(), CompanyId, MyLinks.Company, HttpContext.RequestAborted);
}
