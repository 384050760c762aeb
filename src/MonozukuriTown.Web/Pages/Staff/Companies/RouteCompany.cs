using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Web.Pages.Staff.Companies;

public static class RouteCompany
{
    /// <summary>The company that the address names, with its parts.</summary>
    public static async Task<(Company? Company, IActionResult? Instead)> OfRouteAsync(this TownDbContext db, RouteData route, CancellationToken cancellation) =>
        int.TryParse(route.Values["id"]?.ToString(), CultureInfo.InvariantCulture, out var id)
            && await db.Companies.AsNoTracking().WithParts().SingleOrDefaultAsync(c => c.Id == id, cancellation) is { } company
            ? (company, null) : (null, new NotFoundResult());
}
