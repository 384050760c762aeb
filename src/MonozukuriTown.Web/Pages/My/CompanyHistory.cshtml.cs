using Microsoft.AspNetCore.Mvc;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Editing;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;
using MonozukuriTown.Web.Pages.Shared;

namespace MonozukuriTown.Web.Pages.My;

/// <summary>What one's own listing was, who changed it, and back to it.</summary>
public sealed class CompanyHistoryModel(OwnCompanies own, SectionForms forms, ListingEditor editor, ListingHistory history) : HistoryPage(forms, editor, history)
{
    [BindProperty(SupportsGet = true, Name = "company")]
    public int? CompanyId { get; set; }

    public override string Address => MyLinks.Of(MyLinks.History, CompanyId);

    public override string Back => MyLinks.Of(MyLinks.Company, CompanyId);

    protected override Task<(Company? Company, IActionResult? Instead)> CompanyAsync() => own.ChosenAsync(User.Id(), CompanyId, MyLinks.Company, HttpContext.RequestAborted);
}
