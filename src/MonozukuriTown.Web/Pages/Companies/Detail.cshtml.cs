using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Web.Components;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Companies;

/// <summary>The page of one company.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = PageCache.Companies)]
public sealed class DetailModel(Listings listings, TownClock clock, IOptions<TownOptions> town) : PageModel
{
    private const int CertificationsShown = 3;

    public Listing Listing { get; private set; } = null!;
    public DateOnly Today { get; private set; }
    public IReadOnlyList<CapabilityRow> Capabilities { get; private set; } = [];
    public IReadOnlyList<(string Name, IHtmlContent Value)> Overview { get; private set; } = [];

    /// <summary>Null where this viewer may not see it.</summary>
    public string? Tel { get; private set; }

    /// <summary>How the company likes to be reached, when it is not by telephone and this viewer can see the way.</summary>
    public string? PreferredContact { get; private set; }

    public IHtmlContent JsonLd { get; private set; } = HtmlString.Empty;

    public string ShortCertifications
    {
        get
        {
            var names = Listing.Company.Certifications.ConvertAll(c => c.Name);
            return string.Join('、', names.Take(CertificationsShown)) + (names.Count > CertificationsShown ? $" ほか{names.Count - CertificationsShown}件" : "");
        }
    }

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancellation)
    {
        if (await listings.FindAsync(slug, cancellation) is not { } listing)
            return await MovedAsync(slug, cancellation);
        if (listing.Company.Status is not CompanyStatus.Listed)
            return Gone(listing.Company.Status);
        Listing = listing;
        Today = clock.Today;
        var company = listing.Company;
        Capabilities = company.Capabilities.ConvertAll(c => CapabilityRow.Of(c, company));
        var viewer = await ViewerAsync(cancellation);
        Tel = viewer.MaySee(company.TelVisibility) && !string.IsNullOrEmpty(company.Tel) ? company.Tel : null;
        PreferredContact = company.ContactMethod switch
        {
            ContactMethod.Fax when company.Fax is not null && viewer.MaySee(company.FaxVisibility) => "FAX",
            ContactMethod.Mail when company.Email is not null && viewer.MaySee(company.EmailVisibility) => "メール",
            _ => null,
        };
        Overview = CompanyOverview.Of(listing, viewer, town.Value);
        JsonLd = new HtmlString(ListingJsonLd.Of(listing, town.Value));
        return Page();
    }

    private async Task<IActionResult> MovedAsync(string slug, CancellationToken cancellation)
    {
        // Addresses are typed from paper, too: /companies/Suzune-Seiki.
        var lower = slug.ToLowerInvariant();
        if (!string.Equals(lower, slug, StringComparison.Ordinal) && await listings.FindAsync(lower, cancellation) is { Company.Status: CompanyStatus.Listed })
            return RedirectPermanent(CompanyLinks.Detail(lower));
        return await listings.FindMovedAsync(slug, cancellation) switch
        {
            { Status: CompanyStatus.Listed } moved => RedirectPermanent(CompanyLinks.Detail(moved.Slug)),
            { } other => Gone(other.Status),
            null => NotFound(),
        };
    }

    private StatusCodeResult Gone(CompanyStatus status) =>
        status is CompanyStatus.Left ? StatusCode(StatusCodes.Status410Gone) : NotFound();

    private async Task<Viewer> ViewerAsync(CancellationToken cancellation)
    {
        if (User.IsInRole(Roles.Admin) || User.IsInRole(Roles.City) || User.IsInRole(Roles.Advisor))
            return Viewer.Staff;
        return User.IsInRole(Roles.Member) && Guid.TryParse(User.FindFirstValue(ClaimTypes.NameIdentifier), out var user)
            && await listings.IsNetworkMemberAsync(user, cancellation) ? Viewer.Member : Viewer.Anybody;
    }
}
