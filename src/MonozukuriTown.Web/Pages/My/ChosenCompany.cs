using Microsoft.AspNetCore.Mvc;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;

namespace MonozukuriTown.Web.Pages.My;

public static class ChosenCompany
{
    /// <summary>The company a person works on with its parts; or what is shown instead.</summary>
    /// <param name="choose">Where somebody says which, who keeps none or several.</param>
    public static async Task<(Company? Company, IActionResult? Instead)> ChosenAsync(this OwnCompanies own, Guid user, int? company, string choose, CancellationToken cancellation)
    {
        var companies = await own.OfAsync(user, cancellation);
        // Somebody else's company is not there.
        if (company is { } id && companies.All(c => c.Id != id))
            return (null, new NotFoundResult());
        return company is null && companies.Count != 1
            ? (null, new RedirectResult(choose))
            : (await own.LoadAsync(company ?? companies[0].Id, cancellation), null);
    }
}
