using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Mail;

namespace MonozukuriTown.Core.Mailings;

public enum SuppressionReason
{
    /// <summary>The person left by link or one click.</summary>
    Left,

    /// <summary>The person said so by telephone or in writing, entered by staff.</summary>
    Asked,

    /// <summary>Mail to the address comes back for good.</summary>
    Bounced,
    Complained,
}

/// <summary>
/// 配信停止: no mailings to this address, of one list or of all. No import and no new subscription undoes it; only a person lifts it, on record.
/// Each reason has a row of its own: that an address works again does not undo that its owner left.
/// </summary>
public sealed class Suppression
{
    public const int NoteMax = 500;

    public int Id { get; set; }
    public required string AddressKey { get; set; }

    /// <summary>Null: every list.</summary>
    public string? List { get; set; }
    public SuppressionReason Reason { get; set; }
    public MailWay Way { get; set; }
    public DateTimeOffset Since { get; set; }

    /// <summary>The server's words, or who called and what they said.</summary>
    public string? Note { get; set; }

    /// <summary>The member of staff who entered it.</summary>
    public Guid? EnteredBy { get; set; }
    public DateTimeOffset? LiftedAt { get; set; }
    public MailWay? LiftWay { get; set; }
    public Guid? LiftedBy { get; set; }
    public string? LiftNote { get; set; }
}

public sealed class SuppressionConfiguration : IEntityTypeConfiguration<Suppression>
{
    public void Configure(EntityTypeBuilder<Suppression> builder)
    {
        builder.ToTable("Suppression");
        builder.Property(s => s.AddressKey).HasMaxLength(EmailAddress.MaxLength).Personal();
        builder.Property(s => s.List).HasMaxLength(OutgoingMail.ListMax);
        builder.Property(s => s.Reason).HasConversion<string>().HasMaxLength(16);
        builder.Property(s => s.Way).HasConversion<string>().HasMaxLength(16);
        builder.Property(s => s.LiftWay).HasConversion<string>().HasMaxLength(16);
        builder.Property(s => s.Note).HasMaxLength(Suppression.NoteMax).Personal();
        builder.Property(s => s.LiftNote).HasMaxLength(Suppression.NoteMax).Personal();
        builder.HasIndex(s => new { s.AddressKey, s.List, s.Reason }).IsUnique().AreNullsDistinct(false).HasFilter("lifted_at is null");
    }
}
