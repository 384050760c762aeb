using Microsoft.AspNetCore.Mvc;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Editing;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Matching;
using MonozukuriTown.Web.Links;
using MonozukuriTown.Web.Pages.Shared;

namespace MonozukuriTown.Web.Pages.Staff.Companies;

/// <summary>Staff edit a section for a company that rang up; why is kept, and it counts as confirmed only when the company said so.</summary>
public sealed class SectionModel(TownDbContext db, Vocabulary vocabulary, SectionForms forms, ListingEditor editor, ListingHistory history) : SectionPage(forms, editor, history)
{
    protected override Vocabulary Vocabulary => vocabulary;

    protected override bool ForStaff => true;

    protected override string Back(Company company) => StaffLinks.Company(company.Id);

    protected override Task<(Company? Company, IActionResult? Instead)> CompanyAsync() => db.OfRouteAsync(RouteData, HttpContext.RequestAborted);
}
