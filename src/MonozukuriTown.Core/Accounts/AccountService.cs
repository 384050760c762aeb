using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Mail;
using Npgsql;

namespace MonozukuriTown.Core.Accounts;

/// <summary>An account that somebody with the right to do so makes for another person.</summary>
public sealed record NewAccount
{
    public required string Mail { get; init; }
    public required string Name { get; init; }
    public required string Role { get; init; }

    /// <summary>Null: the person is mailed a link to choose one.</summary>
    public required string? Password { get; init; }

    /// <summary>The company whose listing this person keeps.</summary>
    public int? CompanyId { get; init; }
    public CompanyUserKind Kind { get; init; } = CompanyUserKind.Owner;
}

public sealed record Colleague(Guid Id, string Name);

public sealed class AccountService(TownDbContext db, UserManager<TownUser> users, AccountMails mails, TimeProvider clock)
{
    private static readonly TimeSpan LockedForGood = TimeSpan.FromDays(365 * 100);

    private static readonly IdentityError LastAdministrator = new()
    {
        Code = nameof(LastAdministrator),
        Description = "このアカウントのほかに、ログインできる管理者がいません。先に、別の管理者を決めてください。",
    };

    /// <summary>Account, role and company in one transaction. The address counts as confirmed: whoever makes the account vouches for it.</summary>
    public async Task<IdentityResult> AddAsync(NewAccount account, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var mail = EmailAddress.TryParse(account.Mail, out var address) ? address.Value : account.Mail;
        var user = new TownUser
        {
            Id = Guid.CreateVersion7(),
            UserName = mail,
            Email = mail,
            EmailConfirmed = true,
            DisplayName = account.Name,
            CreatedAt = clock.GetUtcNow(),
        };
        IdentityResult result;
        try
        {
            result = account.Password is { } password ? await users.CreateAsync(user, password) : await users.CreateAsync(user);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Somebody else made the same account in this moment.
            return IdentityResult.Failed(users.ErrorDescriber.DuplicateEmail(mail));
        }
        if (result.Succeeded)
            result = await users.AddToRoleAsync(user, account.Role);
        if (!result.Succeeded)
            return result;
        if (account.CompanyId is { } company)
        {
            db.CompanyUsers.Add(new CompanyUser { CompanyId = company, UserId = user.Id, Kind = account.Kind });
            await db.SaveChangesAsync(cancellation);
        }
        if (account.Password is null)
            await InviteAsync(user, account.Role, cancellation);
        await transaction.CommitAsync(cancellation);
        return result;
    }

    /// <summary>Mails the link to choose a password; an older one ends.</summary>
    public async Task InviteAsync(TownUser user, string role, CancellationToken cancellation = default) => await mails.InviteAsync(
        user, role, await db.CompanyUsers.Where(c => c.UserId == user.Id).Select(c => c.Company!.Name).FirstOrDefaultAsync(cancellation), cancellation);

    /// <summary>The account's one role. Ends its sessions: what it was allowed is not what it is allowed.</summary>
    public Task<IdentityResult> SetRoleAsync(TownUser user, string role, CancellationToken cancellation = default) =>
        InTurnAsync(user, string.Equals(role, Roles.Admin, StringComparison.Ordinal), async () =>
        {
            var result = await users.RemoveFromRolesAsync(user, await users.GetRolesAsync(user));
            if (result.Succeeded)
                result = await users.AddToRoleAsync(user, role);
            return result.Succeeded ? await users.UpdateSecurityStampAsync(user) : result;
        }, cancellation);

    /// <summary>Until somebody unlocks it. Ends its sessions.</summary>
    public Task<IdentityResult> LockAsync(TownUser user, CancellationToken cancellation = default) => InTurnAsync(user, staysAdmin: false, () =>
    {
        user.LockoutEnd = clock.GetUtcNow() + LockedForGood;
        return users.UpdateSecurityStampAsync(user);
    }, cancellation);

    // Of two administrators who lock each other out at the same moment the second is refused: nobody would be left who can let them in again.
    private async Task<IdentityResult> InTurnAsync(TownUser user, bool staysAdmin, Func<Task<IdentityResult>> change, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.TakeTurnsAsync("administrators", cancellation);
        if (!staysAdmin && await IsLastAdminAsync(user.Id, cancellation))
            return IdentityResult.Failed(LastAdministrator);
        var result = await change();
        if (result.Succeeded)
            await transaction.CommitAsync(cancellation);
        return result;
    }

    private async Task<bool> IsLastAdminAsync(Guid id, CancellationToken cancellation)
    {
        var forGood = clock.GetUtcNow() + LockedForGood / 2;
        var admins = db.Users.Where(u => db.UserRoles.Any(l => l.UserId == u.Id && db.Roles.Any(r => r.Id == l.RoleId && r.Name == Roles.Admin)));
        return await admins.AnyAsync(u => u.Id == id, cancellation)
            && !await admins.AnyAsync(u => u.Id != id && u.PasswordHash != null && (u.LockoutEnd == null || u.LockoutEnd < forGood), cancellation);
    }

    public async Task<IdentityResult> UnlockAsync(TownUser user)
    {
        user.LockoutEnd = null;
        return await users.ResetAccessFailedCountAsync(user) is { Succeeded: false } failed ? failed : await users.UpdateAsync(user);
    }

    /// <summary>Locked by a person, not by wrong guesses for a quarter of an hour.</summary>
    public static bool IsLockedByAdmin(TownUser user, TimeProvider clock) => user.LockoutEnd > clock.GetUtcNow() + LockedForGood / 2;

    /// <summary>Those who share the desk's work, by name.</summary>
    public async Task<IReadOnlyList<Colleague>> StaffAsync(CancellationToken cancellation = default) => await (
        from user in db.Users
        where db.UserRoles.Any(link => link.UserId == user.Id && db.Roles.Any(role => role.Id == link.RoleId && Roles.Staff.Contains(role.Name)))
        orderby user.DisplayName, user.Id
        select new Colleague(user.Id, user.DisplayName)).ToListAsync(cancellation);
}
