using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Tables;

namespace MonozukuriTown.Core.Accounts;

/// <summary>An account as its keepers see it.</summary>
public sealed class AccountRow
{
    public Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Mail { get; init; }
    public string? Role { get; init; }
    public required IReadOnlyList<string> Companies { get; init; }
    public bool HasPassword { get; init; }
    public bool Confirmed { get; init; }
    public DateTimeOffset? LockedUntil { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

public sealed class AccountList(TownDbContext db)
{
    private static readonly ListSorts<AccountRow> Sorts = ListSorts.ById<AccountRow, Guid>(a => a.Id)
        .By("name", a => a.Name)
        .By("mail", a => a.Mail)
        .By("created", a => a.CreatedAt, descending: true);

    /// <param name="words">Of the name or the address.</param>
    public Task<Page<AccountRow>> PageAsync(string? words, string? role, PageQuery query, CancellationToken cancellation = default)
    {
        var accounts = db.Users.AsNoTracking().Containing(words, u => u.DisplayName, u => u.Email);
        if (!string.IsNullOrEmpty(role))
            accounts = accounts.Where(u => db.UserRoles.Any(l => l.UserId == u.Id && db.Roles.Any(r => r.Id == l.RoleId && r.Name == role)));
        return Sorts.PageAsync(Rows(accounts), query, cancellation, count: true);
    }

    public Task<AccountRow?> FindAsync(Guid id, CancellationToken cancellation = default) =>
        Rows(db.Users.AsNoTracking().Where(u => u.Id == id)).SingleOrDefaultAsync(cancellation);

    private IQueryable<AccountRow> Rows(IQueryable<TownUser> users) => users.Select(u => new AccountRow
    {
        Id = u.Id,
        Name = u.DisplayName,
        Mail = u.Email!,
        Role = db.UserRoles.Where(l => l.UserId == u.Id).Join(db.Roles, l => l.RoleId, r => r.Id, (_, r) => r.Name).FirstOrDefault(),
        Companies = db.CompanyUsers.Where(c => c.UserId == u.Id).OrderBy(c => c.CompanyId).Select(c => c.Company!.Name).ToList(),
        HasPassword = u.PasswordHash != null,
        Confirmed = u.EmailConfirmed,
        LockedUntil = u.LockoutEnd,
        CreatedAt = u.CreatedAt,
    });
}
