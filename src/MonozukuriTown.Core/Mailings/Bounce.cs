using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Mail;
using MonozukuriTown.Mail.Bounces;

namespace MonozukuriTown.Core.Mailings;

/// <summary>What a report made us do.</summary>
public enum BounceEffect
{
    /// <summary>Counted against the address; not enough yet.</summary>
    Counted,

    /// <summary>Mailings to the address stopped, by this one or by those before it.</summary>
    Suppressed,
}

/// <summary>不達: a report that came back for one mail of ours.</summary>
public sealed class Bounce
{
    public long Id { get; set; }

    /// <summary>SHA-256 of what tells one report from another: handed in twice, it is taken once.</summary>
    public required string SourceKey { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>The mail it is about: proven by the return path, not by what the report says.</summary>
    public long MailId { get; set; }

    /// <summary>The address that mail went to.</summary>
    public required string AddressKey { get; set; }
    public BounceKind Kind { get; set; }
    public BounceReason Reason { get; set; }
    public BounceEffect Effect { get; set; }
    public string? Status { get; set; }
    public required string Words { get; set; }
}

public sealed class BounceConfiguration : IEntityTypeConfiguration<Bounce>
{
    public void Configure(EntityTypeBuilder<Bounce> builder)
    {
        builder.ToTable("Bounce").Unlogged();
        builder.Property(b => b.SourceKey).HasMaxLength(64);
        builder.Property(b => b.AddressKey).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(b => b.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(b => b.Reason).HasConversion<string>().HasMaxLength(16);
        builder.Property(b => b.Effect).HasConversion<string>().HasMaxLength(16);
        builder.Property(b => b.Status).HasMaxLength(16);
        builder.Property(b => b.Words).HasMaxLength(MailResult.WordsMax);
        builder.HasIndex(b => b.SourceKey).IsUnique();
        builder.HasIndex(b => new { b.AddressKey, b.At });
        builder.HasIndex(b => b.MailId);
    }
}
