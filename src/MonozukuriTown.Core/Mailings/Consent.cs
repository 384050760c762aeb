using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Mail;

namespace MonozukuriTown.Core.Mailings;

/// <summary>How somebody told us.</summary>
public enum MailWay
{
    /// <summary>The page behind the link in a mail.</summary>
    Link,

    /// <summary>The mail program's own button (RFC 8058).</summary>
    OneClick,
    Phone,
    Counter,
    Letter,
    Mail,

    /// <summary>A mail server's report: mail comes back, or was called spam.</summary>
    Report,
    Form,
    Import,
}

/// <summary>
/// One line of the record that the law on mailings asks for: who agreed to a list or refused it, when, how, and to what wording. Lines are only
/// added; what counts today stands in <see cref="Suppression"/>.
/// </summary>
public sealed class Consent
{
    public const int WordingMax = 500;

    public int Id { get; set; }
    public required string AddressKey { get; set; }

    /// <summary>Null: every list.</summary>
    public string? List { get; set; }

    /// <summary>False: refused.</summary>
    public bool Given { get; set; }
    public DateTimeOffset At { get; set; }
    public MailWay Way { get; set; }

    /// <summary>What the person read or said.</summary>
    public required string Wording { get; set; }

    /// <summary>The member of staff who wrote it down for them.</summary>
    public Guid? EnteredBy { get; set; }
}

public sealed class ConsentConfiguration : IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<Consent> builder)
    {
        // A record of its own: the change log would hold every line twice.
        builder.ToTable("Consent").Unlogged();
        builder.Property(c => c.AddressKey).HasMaxLength(EmailAddress.MaxLength).Personal();
        builder.Property(c => c.List).HasMaxLength(OutgoingMail.ListMax);
        builder.Property(c => c.Way).HasConversion<string>().HasMaxLength(16);
        builder.Property(c => c.Wording).HasMaxLength(Consent.WordingMax).Personal();
        builder.HasIndex(c => new { c.AddressKey, c.At });
    }
}
