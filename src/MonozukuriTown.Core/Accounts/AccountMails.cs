using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Accounts.Mails;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail;
using Npgsql;

namespace MonozukuriTown.Core.Accounts;

/// <summary>An account whose owner holds a link that was mailed to its address.</summary>
public sealed record MailedAccount(TownUser User, MailedLink Link);

/// <summary>
/// The mails about an account, and what their links do. None of it tells the one who asks whether an address is known: that stands in the mail.
/// </summary>
public sealed class AccountMails(
    TownDbContext db, UserManager<TownUser> users, Outbox outbox, MailedLinks links, IOptions<TownOptions> town, TimeProvider clock)
{
    public static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(1);
    public static readonly TimeSpan ConfirmLifetime = TimeSpan.FromHours(24);
    public static readonly TimeSpan InviteLifetime = TimeSpan.FromDays(7);

    /// <summary>Whoever keeps asking for somebody else's address fills no mailbox.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(2);

    private static readonly KeyValuePair<string, object?>[] Minutes = [new(nameof(PasswordResetMail.Minutes), (int)ResetLifetime.TotalMinutes)];

    /// <summary>Mails a link for a new password, where there is such an account.</summary>
    public async Task AskResetAsync(EmailAddress address, CancellationToken cancellation = default)
    {
        if (await users.FindByEmailAsync(address.Value) is { } user && !AccountService.IsLockedByAdmin(user, clock))
            await SendAsync<PasswordResetMail>(user, LinkPurpose.PasswordReset, ResetLifetime, "account.reset", "パスワードの再設定", Minutes, cancellation);
    }

    /// <summary>
    /// Registers a buyer: the account has no password and is no use until the address is proven. A known address gets a mail that says so.
    /// </summary>
    public async Task RegisterAsync(EmailAddress address, string name, CancellationToken cancellation = default)
    {
        try
        {
            await RegisterOnceAsync(address, name, cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // A second press at the same moment loses the race for the address; its mail is on the way already.
        }
    }

    private async Task RegisterOnceAsync(EmailAddress address, string name, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await users.FindByEmailAsync(address.Value);
        if (user is { EmailConfirmed: true })
        {
            if (!AccountService.IsLockedByAdmin(user, clock))
                await SendAsync<KnownAddressMail>(user, LinkPurpose.PasswordReset, ResetLifetime, "account.known", "すでに登録ずみです", Minutes, cancellation);
            await transaction.CommitAsync(cancellation);
            return;
        }
        if (user is null)
        {
            user = new TownUser { Id = Guid.CreateVersion7(), UserName = address.Value, Email = address.Value, DisplayName = name, CreatedAt = clock.GetUtcNow() };
            if (!(await users.CreateAsync(user)).Succeeded || !(await users.AddToRoleAsync(user, Roles.Buyer)).Succeeded)
                return;
        }
        else
        {
            user.DisplayName = name;
        }
        await SendAsync<ConfirmMail>(user, LinkPurpose.ConfirmAddress, ConfirmLifetime, "account.confirm", "アカウントの登録を終えてください", [], cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Mails a new account's owner the link to choose a password. Saved with it.</summary>
    public Task InviteAsync(TownUser user, string role, string? company, CancellationToken cancellation = default) =>
        SendAsync<InviteMail>(user, LinkPurpose.ConfirmAddress, InviteLifetime, "account.invite", $"{town.Value.Name}のアカウントのご案内",
            [new(nameof(InviteMail.Role), Roles.Word(role)), new(nameof(InviteMail.Company), company)], cancellation);

    /// <summary>The account a link opens; null for a link that is not ours, used, expired, replaced, or of an account that an administrator locked.</summary>
    public async Task<MailedAccount?> FindAsync(LinkPurpose purpose, string? token, CancellationToken cancellation = default) =>
        await links.FindAsync(purpose, token, cancellation) is { UsedAt: null } link
        && await users.FindByIdAsync(link.Subject) is { } user && !AccountService.IsLockedByAdmin(user, clock)
            ? new(user, link)
            : null;

    /// <summary>
    /// A new password, once, by the link: it proves the address, ends a lockout after wrong guesses and every session. One save for all of
    /// it; null when somebody else used the link this moment.
    /// </summary>
    public async Task<IdentityResult?> SetPasswordAsync(MailedAccount account, string password)
    {
        var (user, link) = account;
        links.Use(link);
        user.EmailConfirmed = true;
        user.LockoutEnd = null;
        user.AccessFailedCount = 0;
        var result = await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), password);
        if (!result.Succeeded)
            db.ChangeTracker.Clear();
        return result.Errors.Any(e => e.Code is nameof(IdentityErrorDescriber.ConcurrencyFailure)) ? null : result;
    }

    /// <summary>Mails the link by which an account that was lost is taken up again, however lately another was sent. Saved by the caller.</summary>
    public Task RestoreAsync(TownUser user, CancellationToken cancellation = default) =>
        AddAsync<RestoreMail>(user, LinkPurpose.PasswordReset, ConfirmLifetime, "account.restore", "アカウントを取り戻す手続き", [], cancellation);

    private async Task SendAsync<TMail>(TownUser user, LinkPurpose purpose, TimeSpan lifetime, string kind, string title,
        IEnumerable<KeyValuePair<string, object?>> parameters, CancellationToken cancellation)
        where TMail : IComponent
    {
        var subject = user.Id.ToString();
        var lately = clock.GetUtcNow() - Between;
        if (await db.Set<MailedLink>().AnyAsync(l => l.Purpose == purpose && l.Subject == subject && l.CreatedAt > lately && l.UsedAt == null, cancellation))
            return;
        await AddAsync<TMail>(user, purpose, lifetime, kind, title, parameters, cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    private async Task AddAsync<TMail>(TownUser user, LinkPurpose purpose, TimeSpan lifetime, string kind, string title,
        IEnumerable<KeyValuePair<string, object?>> parameters, CancellationToken cancellation)
        where TMail : IComponent
    {
        var subject = user.Id.ToString();
        await links.EndAsync(purpose, subject, cancellation);
        var link = links.Add(purpose, subject, lifetime);
        await outbox.AddAsync<TMail>(new PersonalMail
        {
            Kind = kind,
            Subject = link.Id.ToString(CultureInfo.InvariantCulture),
            To = EmailAddress.Parse(user.Email!),
            ToName = user.DisplayName,
            Title = title,
            Parameters = parameters.Append(new("Name", user.DisplayName)).ToDictionary(StringComparer.Ordinal),
            Links = new Dictionary<string, MailedLink>(StringComparer.Ordinal) { ["open"] = link },
        }, cancellation);
    }
}
