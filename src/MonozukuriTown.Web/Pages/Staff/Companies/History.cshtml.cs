using Microsoft.AspNetCore.Mvc;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Editing;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Web.Links;
using MonozukuriTown.Web.Pages.Shared;

namespace MonozukuriTown.Web.Pages.Staff.Companies;

/// <summary>The versions of a company's listing, for staff. What was said of persons is not shown here: who opens that is on record.</summary>
public sealed class HistoryModel(TownDbContext db, SectionForms forms, ListingEditor editor, ListingHistory history) : HistoryPage(forms, editor, history)
{
    public override string Address => StaffLinks.CompanyHistory(Company.Id);

    public override string Back => StaffLinks.Company(Company.Id);

    public override bool ForStaff => true;

    protected override Task<(Company? Company, IActionResult? Instead)> CompanyAsync() => db.OfRouteAsync(RouteData, HttpContext.RequestAborted);
}
