using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Core.Accounts;

public sealed record OwnCompany(int Id, string Name);

/// <summary>The companies whose listing a person keeps; most keep one.</summary>
public sealed class OwnCompanies(TownDbContext db)
{
    public async Task<IReadOnlyList<OwnCompany>> OfAsync(Guid user, CancellationToken cancellation = default) =>
        await db.CompanyUsers.Where(c => c.UserId == user).OrderBy(c => c.Company!.SortKey).ThenBy(c => c.CompanyId)
            .Select(c => new OwnCompany(c.CompanyId, c.Company!.Name)).ToListAsync(cancellation);

    /// <summary>One of them with all its parts.</summary>
    public Task<Company> LoadAsync(int company, CancellationToken cancellation = default) =>
        db.Companies.AsNoTracking().WithParts().SingleAsync(c => c.Id == company, cancellation);
}
