using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Mail;

namespace MonozukuriTown.Core.Mailings;

public enum MailLane
{
    /// <summary>What somebody waits for: passwords, orders, roll calls. Never held up by an opt-out and overtakes mailings.</summary>
    Essential,

    /// <summary>What somebody may leave: newsletters, notices.</summary>
    Mailing,
}

public enum MailState
{
    Queued,

    /// <summary>In a dispatcher's hands, nothing sent yet: after its lease it is taken up again.</summary>
    Leased,

    /// <summary>From before the first octet of the body until the result is on record.</summary>
    Sending,
    Sent,

    /// <summary>Refused for now, waits for its next attempt.</summary>
    Deferred,
    Failed,

    /// <summary>Not sent: the address left, or mail to it comes back.</summary>
    Suppressed,

    /// <summary>Sent or not, nobody can say. Only a person decides to send it again.</summary>
    Uncertain,
}

/// <summary>
/// One mail to one address. Written in the transaction of what caused it, sent by <see cref="MailDispatcher"/>.
/// From <see cref="MailState.Leased"/> on only the dispatcher's SQL changes it.
/// </summary>
public sealed class OutgoingMail
{
    public const int KindMax = 64;
    public const int SubjectMax = 128;
    public const int NameMax = 200;
    public const int ListMax = 64;

    public long Id { get; set; }
    public MailLane Lane { get; set; }
    public MailState State { get; set; }

    /// <summary>What kind of mail, e.g. "account.reset". A personal mail is unique on kind, <see cref="Subject"/> and address.</summary>
    public required string Kind { get; set; }

    /// <summary>What it is about: the id of an order or a link. (The mail's subject line is <see cref="MailBody.Title"/>.)</summary>
    public required string Subject { get; set; }

    /// <summary>The mailing it belongs to: unique on mailing and address. Null for a personal mail.</summary>
    public int? MailingId { get; set; }

    /// <summary>The list a person can leave, named in the footer; null for essential mail.</summary>
    public string? List { get; set; }

    public required string Address { get; set; }

    /// <summary>The one spelling of the address that uniqueness and suppression compare.</summary>
    public required string AddressKey { get; set; }
    public required string RecipientName { get; set; }

    public long BodyId { get; set; }
    public MailBody? Body { get; set; }

    /// <summary>Values for the body's placeholders: <c>{"会社名":"…"}</c>.</summary>
    public Dictionary<string, string> Fields { get; set; } = [];

    /// <summary>Mailed links for the body's placeholders: <c>{"reset":"PasswordReset/123"}</c>; the links themselves are made at hand-over.</summary>
    public Dictionary<string, string> Links { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Not before (the database's clock; left alone: at once); while it is leased, when the lease ends.</summary>
    public DateTimeOffset NextAttemptAt { get; set; }
    public int Attempts { get; set; }

    /// <summary>Fence: only the batch that leased the row may move it on.</summary>
    public Guid? Lease { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    public int? ServerCode { get; set; }

    /// <summary>What the server said last.</summary>
    public string? ServerWords { get; set; }

    /// <summary>Earlier attempts as JSON: <c>[{"at":…,"state":…,"code":…,"words":…}]</c>.</summary>
    public string History { get; set; } = "[]";
}

/// <summary>What a mail says, rendered once; shared by all rows of a mailing.</summary>
public sealed class MailBody
{
    public const int TitleMax = 300;

    public long Id { get; set; }
    public required string Title { get; set; }
    public required string Text { get; set; }
    public string? Html { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Since when text and HTML are gone: they are not kept for ever.</summary>
    public DateTimeOffset? ErasedAt { get; set; }
}

public sealed class OutgoingMailConfiguration : IEntityTypeConfiguration<OutgoingMail>, IEntityTypeConfiguration<MailBody>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> builder)
    {
        builder.ToTable("OutgoingMail").Unlogged();
        builder.Property(m => m.Lane).HasConversion<string>().HasMaxLength(16);
        builder.Property(m => m.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(m => m.Kind).HasMaxLength(OutgoingMail.KindMax);
        builder.Property(m => m.Subject).HasMaxLength(OutgoingMail.SubjectMax);
        builder.Property(m => m.List).HasMaxLength(OutgoingMail.ListMax);
        builder.Property(m => m.Address).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(m => m.AddressKey).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(m => m.RecipientName).HasMaxLength(OutgoingMail.NameMax);
        builder.Property(m => m.Fields).HasStringMap();
        builder.Property(m => m.Links).HasStringMap();
        builder.Property(m => m.NextAttemptAt).HasDefaultValueSql("now()");
        builder.Property(m => m.ServerWords).HasMaxLength(MailResult.WordsMax);
        builder.Property(m => m.History).HasColumnType("jsonb");
        builder.HasOne(m => m.Body).WithMany().HasForeignKey(m => m.BodyId).OnDelete(DeleteBehavior.Restrict);

        builder.HasIndex(m => new { m.Kind, m.Subject, m.AddressKey }).IsUnique().HasFilter("mailing_id is null");
        builder.HasIndex(m => new { m.MailingId, m.AddressKey }).IsUnique().HasFilter("mailing_id is not null");
        builder.HasIndex(m => new { m.Lane, m.NextAttemptAt, m.Id }).HasFilter("state in ('Queued', 'Deferred', 'Leased')").HasDatabaseName("ix_outgoing_mail_waiting");
        builder.HasIndex(m => m.LeaseUntil).HasFilter("state = 'Sending'").HasDatabaseName("ix_outgoing_mail_sending");
        // A row is written three times on its way out, and each index is written with it: a mail that was sent stands in none but those that keep it single.
        builder.HasIndex(m => new { m.State, m.Id }).HasFilter("state in ('Failed', 'Uncertain', 'Suppressed')").HasDatabaseName("ix_outgoing_mail_troubled");
        // A mailing's rows share one body: nobody looks them up by it one by one.
        builder.HasIndex(m => m.BodyId).HasFilter("mailing_id is null");
    }

    public void Configure(EntityTypeBuilder<MailBody> builder)
    {
        builder.ToTable("MailBody").Unlogged();
        builder.Property(b => b.Title).HasMaxLength(MailBody.TitleMax);
        builder.HasIndex(b => b.CreatedAt).HasFilter("erased_at is null");
    }
}
