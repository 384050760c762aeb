using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Confirming;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Network;

namespace MonozukuriTown.Core.Indicators;

/// <summary>How the town stands on a day, counted from the rows.</summary>
/// <param name="Listed">Companies listed, wherever they are.</param>
/// <param name="ListedInTown">Of these, in the town itself.</param>
/// <param name="Confirmed">Listed companies that said within twelve months of every part of their listing that it is true.</param>
public sealed record TownState(DateOnly AsOf, int Listed, int ListedInTown, int Confirmed, int Members, int Awards);

public sealed class TownFigures(TownDbContext db, TownClock clock)
{
    public const int FreshMonths = 12;

    public async Task<TownState> TodayAsync(TownOptions town, CancellationToken cancellation = default)
    {
        var today = clock.Today;
        var fresh = TownClock.At(today.AddMonths(-FreshMonths));
        var listed = db.Companies.Where(c => c.Status == CompanyStatus.Listed);
        var cities = await listed.GroupBy(c => c.City).Select(g => new { City = g.Key, Count = g.Count() }).ToListAsync(cancellation);
        return new(
            today,
            cities.Sum(c => c.Count),
            cities.Where(c => town.Holds(c.City)).Sum(c => c.Count),
            (await listed.DatesAsync(cancellation)).Count(d => d.AllSince(fresh)),
            await db.Memberships.AsOf(today).CountAsync(cancellation),
            await db.Awards.Select(a => a.CompanyId).Distinct().CountAsync(cancellation));
    }
}
