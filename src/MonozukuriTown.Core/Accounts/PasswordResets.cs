using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts.Mails;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail;

namespace MonozukuriTown.Core.Accounts;

/// <summary>A forgotten password: a mailed link, good once and for an hour, that lets its holder choose a new one.</summary>
public sealed class PasswordResets(TownDbContext db, UserManager<TownUser> users, MailedLinks links, Outbox outbox, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Nobody's mailbox is filled by somebody who keeps asking.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(2);

    /// <summary>Mails a link if the address has an account. What the page says must not depend on it.</summary>
    public async Task AskAsync(string mail, CancellationToken cancellation = default)
    {
        if (!EmailAddress.TryParse(mail, out var address) || await users.FindByEmailAsync(address.Value) is not { } user)
            return;
        var subject = Subject(user);
        var since = clock.GetUtcNow() - Between;
        if (await db.Set<MailedLink>().AnyAsync(l => l.Purpose == LinkPurpose.PasswordReset && l.Subject == subject && l.CreatedAt > since, cancellation))
            return;
        await links.EndAsync(LinkPurpose.PasswordReset, subject, cancellation);
        var link = links.Add(LinkPurpose.PasswordReset, subject, Lifetime);
        await outbox.AddAsync<PasswordResetMail>(new PersonalMail
        {
            Kind = "account.reset",
            Subject = link.Id.ToString(CultureInfo.InvariantCulture),
            To = address,
            ToName = user.DisplayName,
            Title = "パスワードの再設定",
            Parameters = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(PasswordResetMail.Name)] = user.DisplayName,
                [nameof(PasswordResetMail.Minutes)] = (int)Lifetime.TotalMinutes,
            },
            Links = new Dictionary<string, MailedLink>(StringComparer.Ordinal) { ["reset"] = link },
        });
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Whether this token still lets somebody choose a password.</summary>
    public async Task<bool> IsGoodAsync(string token, CancellationToken cancellation = default) =>
        await OpenAsync(token, cancellation) is not null;

    /// <summary>Sets the password and uses the link up; null when the link is good no more, somebody else's use of it this moment included.</summary>
    public async Task<IdentityResult?> SetAsync(string token, string password, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await OpenAsync(token, cancellation) is not var (link, user))
            return null;
        links.Use(link);
        // Whoever holds the mailbox may come in: a lock after wrong guesses ends here.
        user.LockoutEnd = null;
        user.AccessFailedCount = 0;
        var result = await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), password);
        if (result.Errors.Any(e => e.Code is nameof(IdentityErrorDescriber.ConcurrencyFailure)))
            return null;
        if (result.Succeeded)
            await transaction.CommitAsync(cancellation);
        return result;
    }

    private async Task<(MailedLink Link, TownUser User)?> OpenAsync(string token, CancellationToken cancellation)
    {
        if (await links.FindAsync(LinkPurpose.PasswordReset, token, cancellation) is not { UsedAt: null } link)
            return null;
        return await users.FindByIdAsync(link.Subject) is { } user ? (link, user) : null;
    }

    private static string Subject(TownUser user) => user.Id.ToString("D", CultureInfo.InvariantCulture);
}
