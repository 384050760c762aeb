using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Core.Certification;

/// <summary>One award with the company that holds it.</summary>
public sealed record AwardRow(int Number, int FiscalYear, string? Title, string Company, string Slug);

/// <summary>Reads awards for the public pages.</summary>
public sealed class Awards(TownDbContext db)
{
    /// <summary>Awards of listed companies by number.</summary>
    public Task<List<AwardRow>> ListedAsync(CancellationToken cancellation) => db.Awards
        .Where(a => a.Company!.Status == CompanyStatus.Listed)
        .OrderBy(a => a.Number)
        .Select(a => new AwardRow(a.Number, a.FiscalYear, a.Title, a.Company!.Name, a.Company.Slug))
        .ToListAsync(cancellation);
}
