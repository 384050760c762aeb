using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts.Mails;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail;
using Npgsql;

namespace MonozukuriTown.Core.Accounts;

/// <summary>A number somebody can be called back at, because it stands in the listing.</summary>
/// <param name="CompanyId">Null: a colleague's, from the office's own list.</param>
/// <param name="ChangedAt">When it was changed, where that is not long ago: whoever took the account may have changed it.</param>
public sealed record ListedTel(int? CompanyId, string Company, string Tel, DateTimeOffset? ChangedAt);

/// <summary>The call by which staff made sure who it is.</summary>
public sealed record CallBack
{
    public required ListedTel Tel { get; init; }

    /// <summary>Whom they spoke to.</summary>
    public required string Spoke { get; init; }
    public required string Note { get; init; }

    /// <summary>The account's address from now on; null: as it is.</summary>
    public required EmailAddress? NewMail { get; init; }
}

/// <summary>
/// An account that its person lost (the address is gone, or somebody else is in) comes back to them after a call to the number in the listing: all that
/// let anybody in ends, and a link for a new password goes to their address.
/// </summary>
public sealed class AccountRestores(
    TownDbContext db, UserManager<TownUser> users, AccountMails mails, AddressChanges changes, Authenticators authenticators, Outbox outbox, ChangeHistory history, Actor actor, TimeProvider clock)
{
    public const int SpokeMax = 60;
    public const int NoteMax = 200;

    private static readonly TimeSpan Lately = TimeSpan.FromDays(60);

    /// <summary>The numbers of the companies whose listing this person keeps.</summary>
    public async Task<IReadOnlyList<ListedTel>> TelsAsync(Guid user, CancellationToken cancellation = default)
    {
        var since = clock.GetUtcNow() - Lately;
        var companies = await db.CompanyUsers.Where(k => k.UserId == user).OrderBy(k => k.CompanyId).Select(k => new
        {
            k.CompanyId,
            k.Company!.Name,
            k.Company.Tel,
            Changed = db.ChangeLog.Where(e => e.CompanyId == k.CompanyId && e.Entity == nameof(Companies.Company) && e.Kind == ChangeKind.Changed && e.At > since
                && EF.Functions.JsonExists(e.Cells, nameof(Companies.Company.Tel))).Max(e => (DateTimeOffset?)e.At),
        }).ToListAsync(cancellation);
        return [.. companies.Where(c => !string.IsNullOrWhiteSpace(c.Tel)).Select(c => new ListedTel(c.CompanyId, c.Name, c.Tel!, c.Changed))];
    }

    /// <summary>Ends the password, the authenticator, every session and every open link, and mails the one that opens the account again; on record with the call.</summary>
    public async Task<IdentityResult> RestoreAsync(TownUser user, CallBack call, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.TakeTurnsAsync($"address/{user.Id}", cancellation);
        await changes.EndAsync(user.Id, cancellation);
        if (call.NewMail is { } mail && EmailAddress.Parse(user.Email!) is var before && !before.Equals(mail))
        {
            await outbox.AddAsync<AddressChangedMail>(new PersonalMail
            {
                Kind = "account.restored",
                Subject = actor.Batch.ToString(),
                To = before,
                ToName = user.DisplayName,
                Title = "メールアドレスを変えました",
                Parameters = new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    [nameof(AddressChangedMail.Name)] = user.DisplayName,
                    [nameof(AddressChangedMail.Address)] = mail.Value,
                },
            }, cancellation);
            (user.Email, user.UserName) = (mail.Value, mail.Value);
        }
        (user.PasswordHash, user.LockoutEnd, user.AccessFailedCount) = (null, null, 0);
        await authenticators.ClearAsync(user, cancellation);
        await mails.RestoreAsync(user, cancellation);
        actor.Reason = "折り返しの電話で本人を確かめました";
        history.AccountRestored(user.Id, user.DisplayName, call.Tel.CompanyId, call.Tel.Tel, call.Spoke, call.Note);
        try
        {
            var result = await users.UpdateSecurityStampAsync(user);
            if (result.Succeeded)
                await transaction.CommitAsync(cancellation);
            return result;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return IdentityResult.Failed(users.ErrorDescriber.DuplicateEmail(user.Email!));
        }
    }
}
