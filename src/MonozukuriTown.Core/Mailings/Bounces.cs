using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Mail;
using MonozukuriTown.Mail.Bounces;

namespace MonozukuriTown.Core.Mailings;

/// <summary>What became of a message to the bounce address.</summary>
public enum BounceOutcome
{
    /// <summary>A letter, an absence note, good news, a mail still on its way: nothing to do.</summary>
    NothingToDo,

    /// <summary>Its return path is none of ours, or the mail is no longer known: whatever it says counts for nothing.</summary>
    NotOurs,
    KnownAlready,
    Counted,
    Suppressed,
}

/// <summary>
/// Takes what comes to the bounce address. Whose mail it is about is proven by the return path only we can make; the report's own words about
/// addresses are a stranger's. A dead address gets no mailings any more, and somebody calls the company.
/// </summary>
public sealed partial class Bounces(
    TownDbContext db, Suppressions suppressions, DeadAddressWork calls, LinkKey key, TimeProvider clock, IOptions<MailOptions> options, ILogger<Bounces> logger)
{
    private readonly BounceAddress? _address = EmailAddress.TryParse(options.Value.Bounce, out var mailbox) ? new(mailbox, key.Mark) : null;

    /// <summary>Reads a message to its end and does what follows from it, in one transaction.</summary>
    public async Task<BounceOutcome> TakeAsync(Stream message, CancellationToken cancellation = default)
    {
        var octets = await ReadAsync(message, cancellation);
        var report = BounceReader.Read(octets);
        if (report.Kind is BounceKind.None or BounceKind.AutoReply or BounceKind.Delivered or BounceKind.Delayed)
        {
            Log.NothingToDo(logger, report.Kind);
            return BounceOutcome.NothingToDo;
        }
        if (_address?.Find(report) is not { } mailId ||
            await db.Set<OutgoingMail>().AsNoTracking().Where(m => m.Id == mailId).Select(m => new { m.AddressKey, m.RecipientName }).SingleOrDefaultAsync(cancellation) is not { } mail)
        {
            Log.NotOurs(logger, report.Kind);
            return BounceOutcome.NotOurs;
        }
        var source = SourceKey(octets, mailId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Reports are few, and two about one company open one row of today's work.
        await db.TakeTurnsAsync("bounces", cancellation);
        if (await db.Set<Bounce>().AnyAsync(b => b.SourceKey == source, cancellation))
            return BounceOutcome.KnownAlready;
        // One recipient each: the report has one, or its gravest is the one it is about.
        var bounce = New(mailId, mail.AddressKey, source, report.Kind, report.Recipients.FirstOrDefault(r => r.Kind == report.Kind));
        await TakeAsync(bounce, mail.RecipientName, report.Recipients.Any(r => r.AddressIsDead), cancellation);
        await transaction.CommitAsync(cancellation);
        return bounce.Effect == BounceEffect.Suppressed ? BounceOutcome.Suppressed : BounceOutcome.Counted;
    }

    /// <summary>
    /// A mail that a server refused for its address when it was handed over: what a report of it would do is done at once, for none will come. True when
    /// that stopped mailings to the address.
    /// </summary>
    public async Task<bool> TakeAsync(LeasedMail mail, MailResult refusal, CancellationToken cancellation = default)
    {
        if (BounceReader.OfRefusal(mail.Address, refusal) is not { } said)
            return false;
        var source = string.Create(CultureInfo.InvariantCulture, $"refused/{mail.Id}/{mail.Attempts}");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.TakeTurnsAsync("bounces", cancellation);
        if (await db.Set<Bounce>().AnyAsync(b => b.SourceKey == source, cancellation))
            return false;
        var stopped = await TakeAsync(New(mail.Id, EmailAddress.Parse(mail.Address).Key, source, BounceKind.Refused, said), mail.RecipientName, said.AddressIsDead, cancellation);
        await transaction.CommitAsync(cancellation);
        return stopped;
    }

    private Bounce New(long mailId, string address, string source, BounceKind kind, BounceRecipient? said) => new()
    {
        SourceKey = source,
        At = clock.GetUtcNow(),
        MailId = mailId,
        AddressKey = address,
        Kind = kind,
        Reason = said?.Reason ?? BounceReason.Unknown,
        Status = said?.Status is { Length: <= 16 } status ? status : null,
        Words = ShortText.Of(MailStore.Storable(said?.Words) ?? "", MailResult.WordsMax),
    };

    // True when it stopped mailings that nothing had stopped before.
    private async Task<bool> TakeAsync(Bounce bounce, string name, bool dead, CancellationToken cancellation)
    {
        db.Add(bounce);
        var complaint = bounce.Kind == BounceKind.Complaint;
        var stopped = false;
        if (complaint || dead || await CountAsync(bounce, cancellation) >= options.Value.BouncesMax)
        {
            bounce.Effect = BounceEffect.Suppressed;
            stopped = await suppressions.StageAsync(new()
            {
                AddressKey = bounce.AddressKey,
                List = null,
                Reason = complaint ? SuppressionReason.Complained : SuppressionReason.Bounced,
                Way = MailWay.Report,
                Note = complaint ? "迷惑メールとして通報されました。" + bounce.Words : bounce.Words,
            }, cancellation);
            if (!complaint)
                await calls.OpenAsync(bounce.AddressKey, name, bounce.MailId, cancellation);
        }
        await db.SaveChangesAsync(cancellation);
        Log.Taken(logger, bounce.MailId, bounce.Kind, bounce.Reason, bounce.Effect);
        return stopped;
    }

    // As much as is looked at; whoever pipes a message in is to see it taken whole.
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream message, CancellationToken cancellation)
    {
        var kept = new byte[BounceReader.OctetsMax];
        var count = await message.ReadAtLeastAsync(kept, kept.Length, throwOnEndOfStream: false, cancellation);
        if (count == kept.Length)
            await message.CopyToAsync(Stream.Null, cancellation);
        return kept.AsMemory(0, count);
    }

    // Mails that came back lately, this one included: many reports about one mail are one, and one that was lifted by a person starts anew.
    private async Task<int> CountAsync(Bounce bounce, CancellationToken cancellation)
    {
        var (address, mailId) = (bounce.AddressKey, bounce.MailId);
        var lifted = await db.Set<Suppression>().Where(s => s.AddressKey == address && s.Reason == SuppressionReason.Bounced && s.LiftedAt != null).MaxAsync(s => s.LiftedAt, cancellation);
        var since = bounce.At.AddDays(-options.Value.BounceDays);
        if (lifted > since)
            since = lifted.Value;
        return await db.Set<Bounce>().Where(b => b.AddressKey == address && b.At > since && b.MailId != mailId && b.Kind != BounceKind.Complaint)
            .Select(b => b.MailId).Distinct().CountAsync(cancellation) + 1;
    }

    // A report keeps its Message-ID however often it is handed in; about another mail of ours it is another report.
    private static string SourceKey(ReadOnlyMemory<byte> octets, long mailId)
    {
        var id = MimeReader.Read(octets)["Message-ID"].Trim();
        var hash = id.Length > 0 ? SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{mailId}/{id}"))) : SHA256.HashData(octets.Span);
        return Convert.ToHexStringLower(hash);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A message to the bounce address asks for nothing ({Kind}).")]
        public static partial void NothingToDo(ILogger logger, BounceKind kind);

        [LoggerMessage(2, LogLevel.Warning, "A message to the bounce address ({Kind}) names no mail of ours; it counts for nothing.")]
        public static partial void NotOurs(ILogger logger, BounceKind kind);

        [LoggerMessage(3, LogLevel.Information, "Mail {Mail} came back ({Kind}, {Reason}): {Effect}.")]
        public static partial void Taken(ILogger logger, long mail, BounceKind kind, BounceReason reason, BounceEffect effect);
    }
}
