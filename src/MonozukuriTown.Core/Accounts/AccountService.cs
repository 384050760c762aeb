using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Core.Accounts;

/// <summary>An account that somebody with the right to do so makes for another person.</summary>
public sealed record NewAccount
{
    public required string Mail { get; init; }
    public required string Name { get; init; }
    public required string Role { get; init; }
    public required string Password { get; init; }

    /// <summary>The company whose listing this person keeps.</summary>
    public int? CompanyId { get; init; }
    public CompanyUserKind Kind { get; init; } = CompanyUserKind.Owner;
}

public sealed class AccountService(TownDbContext db, UserManager<TownUser> users, RoleManager<IdentityRole<Guid>> roles, TimeProvider clock)
{
    /// <summary>Account, role and company in one transaction. The address counts as confirmed: whoever makes the account vouches for it.</summary>
    public async Task<IdentityResult> AddAsync(NewAccount account, CancellationToken cancellation = default)
    {
        await EnsureRolesAsync();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = new TownUser
        {
            Id = Guid.CreateVersion7(),
            UserName = account.Mail,
            Email = account.Mail,
            EmailConfirmed = true,
            DisplayName = account.Name,
            CreatedAt = clock.GetUtcNow(),
        };
        var result = await users.CreateAsync(user, account.Password);
        if (result.Succeeded)
            result = await users.AddToRoleAsync(user, account.Role);
        if (!result.Succeeded)
            return result;
        if (account.CompanyId is { } company)
        {
            db.CompanyUsers.Add(new CompanyUser { CompanyId = company, UserId = user.Id, Kind = account.Kind });
            await db.SaveChangesAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
        return result;
    }

    public async Task EnsureRolesAsync()
    {
        var known = await db.Roles.Select(r => r.Name).ToListAsync();
        foreach (var role in Roles.All.Where(r => !known.Contains(r, StringComparer.Ordinal)))
            await roles.CreateAsync(new IdentityRole<Guid>(role) { Id = Guid.CreateVersion7() });
    }
}
