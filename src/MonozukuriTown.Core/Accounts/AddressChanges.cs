using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts.Mails;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail;
using Npgsql;

namespace MonozukuriTown.Core.Accounts;

/// <summary>One half of a change of address: what the link mailed to one of the two addresses opens.</summary>
/// <param name="IsNew">The link was mailed to the new address.</param>
/// <param name="OtherConfirmed">The other address has said yes already.</param>
public sealed record AddressHalf(TownUser User, MailedLink Link, bool IsNew, EmailAddress To, bool OtherConfirmed);

public enum AddressAnswer
{
    /// <summary>Said yes; the other address has not yet.</summary>
    Waiting,
    Changed,

    /// <summary>The link is no good any more: used, or the change was given up this moment.</summary>
    Gone,

    /// <summary>Another account has the address by now. Nothing was changed.</summary>
    Taken,
}

/// <summary>
/// Another address for an account, once both addresses said yes: neither a forgotten open window nor a mistyped address takes an account away.
/// The two links hold all there is to it, so nothing about it is stored but them.
/// </summary>
public sealed class AddressChanges(
    TownDbContext db, UserManager<TownUser> users, Outbox outbox, MailedLinks links, Actor actor, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(2);

    private const string Old = "old";
    private const string New = "new";
    private const int PairLength = 8;

    /// <summary>Mails both addresses. An address that another account has gets a mail that says so, and nobody else is told.</summary>
    /// <returns>False: it was asked for a moment ago, and those mails are on their way.</returns>
    public async Task<bool> AskAsync(TownUser user, EmailAddress to, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.TakeTurnsAsync($"address/{user.Id}", cancellation);
        var lately = clock.GetUtcNow() - AccountMails.Between;
        if (await Open(user.Id).AnyAsync(l => l.CreatedAt > lately, cancellation))
            return false;
        await EndAsync(user.Id, cancellation);
        var pair = RandomNumberGenerator.GetHexString(PairLength, lowercase: true);
        var from = EmailAddress.Parse(user.Email!);
        var taken = await users.FindByEmailAsync(to.Value) is not null;
        await SendAsync<AddressFromMail>(user, from, links.Add(LinkPurpose.ChangeAddress, Subject(Old, user.Id, pair, to), Lifetime), "メールアドレスの変更の確認", to);
        // Only the holder of the address learns that it is known.
        if (taken)
            await SendAsync<AddressTakenMail>(user: null, to, link: null, "このメールアドレスは登録ずみです", to);
        else
            await SendAsync<AddressToMail>(user, to, links.Add(LinkPurpose.ChangeAddress, Subject(New, user.Id, pair, to), Lifetime), "メールアドレスの変更の確認", to);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>What a link opens; null for one that is not ours, used, expired, given up, or of an account that an administrator locked.</summary>
    public async Task<AddressHalf?> FindAsync(string? token, CancellationToken cancellation = default)
    {
        if (await links.FindAsync(LinkPurpose.ChangeAddress, token, cancellation) is not { UsedAt: null } link
            || link.Subject.Split('/', 4) is not [var side, var id, var pair, var mail]
            || await users.FindByIdAsync(id) is not { } user || AccountService.IsLockedByAdmin(user, clock))
        {
            return null;
        }
        var to = EmailAddress.Parse(mail);
        var isNew = side is New;
        var other = Subject(isNew ? Old : New, user.Id, pair, to);
        return new(user, link, isNew, to, await db.Set<MailedLink>().AnyAsync(l => l.Purpose == LinkPurpose.ChangeAddress && l.Subject == other && l.UsedAt != null, cancellation));
    }

    /// <summary>One address says yes. The second that does changes the account's, ends its sessions and tells the old one.</summary>
    public async Task<AddressAnswer> ConfirmAsync(string? token, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await InTurnAsync(token, cancellation) is not { } half)
            return AddressAnswer.Gone;
        links.Use(half.Link);
        if (!half.OtherConfirmed)
        {
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return AddressAnswer.Waiting;
        }
        var user = half.User;
        await SendAsync<AddressChangedMail>(user, EmailAddress.Parse(user.Email!), link: null, "メールアドレスを変えました", half.To);
        actor.Reason = "両方のメールアドレスで、変更を確かめました";
        (user.Email, user.UserName, user.EmailConfirmed) = (half.To.Value, half.To.Value, true);
        if (!await SaveAsync(user))
            return AddressAnswer.Taken;
        await transaction.CommitAsync(cancellation);
        return AddressAnswer.Changed;
    }

    /// <summary>心あたりがない: neither link is good any more.</summary>
    /// <returns>False: it was none before.</returns>
    public async Task<bool> RefuseAsync(string? token, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await InTurnAsync(token, cancellation) is not { } half)
            return false;
        await EndAsync(half.User.Id, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Ends what was asked for and not confirmed yet, in the caller's unit of work.</summary>
    public async Task EndAsync(Guid user, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        foreach (var link in await Open(user).ToListAsync(cancellation))
            link.ExpiresAt = now;
    }

    // Both halves at the same moment: the second sees that the first is done.
    private async Task<AddressHalf?> InTurnAsync(string? token, CancellationToken cancellation)
    {
        if (await FindAsync(token, cancellation) is not { } seen)
            return null;
        await db.TakeTurnsAsync($"address/{seen.User.Id}", cancellation);
        db.ChangeTracker.Clear();
        return await FindAsync(token, cancellation);
    }

    private async Task<bool> SaveAsync(TownUser user)
    {
        try
        {
            if ((await users.UpdateSecurityStampAsync(user)).Succeeded)
                return true;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Somebody registered the address in this moment.
        }
        db.ChangeTracker.Clear();
        return false;
    }

    private IQueryable<MailedLink> Open(Guid user)
    {
        var now = clock.GetUtcNow();
        string old = $"{Old}/{user}/", @new = $"{New}/{user}/";
        return db.Set<MailedLink>().Where(l => l.Purpose == LinkPurpose.ChangeAddress && (l.Subject.StartsWith(old) || l.Subject.StartsWith(@new))
            && l.UsedAt == null && l.ExpiresAt > now);
    }

    private static string Subject(string side, Guid user, string pair, EmailAddress to) => $"{side}/{user}/{pair}/{to.Value}";

    private async Task SendAsync<TMail>(TownUser? user, EmailAddress to, MailedLink? link, string title, EmailAddress address)
        where TMail : IComponent
    {
        Dictionary<string, object?> parameters = new(StringComparer.Ordinal) { [nameof(AddressFromMail.Address)] = address.Value };
        if (user is not null)
            parameters[nameof(AddressFromMail.Name)] = user.DisplayName;
        await outbox.AddAsync<TMail>(new PersonalMail
        {
            Kind = "account.address",
            Subject = link?.Id.ToString(CultureInfo.InvariantCulture) ?? Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
            To = to,
            ToName = user?.DisplayName ?? "",
            Title = title,
            Parameters = parameters,
            Links = link is null ? new(StringComparer.Ordinal) : new Dictionary<string, MailedLink>(StringComparer.Ordinal) { ["open"] = link },
        });
    }
}
