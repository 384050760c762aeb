using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MonozukuriTown.Core.Audit;

namespace MonozukuriTown.Core.Links;

/// <summary>What a mailed link lets its holder do. A link is good for its own purpose and no other.</summary>
public enum LinkPurpose
{
    Leave,
    EventReply,
    Freshness,
    OrderAnswer,
    GuestOrder,
    RollCall,
    CheckIn,
    PasswordReset,
    ConfirmAddress,
    ChangeAddress,
}

/// <summary>
/// A link that was, or will be, mailed to somebody. Its token is computed from the id and the purpose under the town's secret:
/// nothing in this table opens anything.
/// </summary>
public sealed class MailedLink
{
    /// <summary>A list's key and an address fit in.</summary>
    public const int SubjectMax = 320;

    public long Id { get; set; }
    public LinkPurpose Purpose { get; set; }

    /// <summary>What it is about, in the words of its feature: a user's id, "event/12/person/7".</summary>
    public required string Subject { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Null: never. Leaving a mailing must work for as long as the mail is kept.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>When it was used, where once is all it is good for. Two uses at the same moment: the second save fails.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}

public sealed class MailedLinkConfiguration : IEntityTypeConfiguration<MailedLink>
{
    public void Configure(EntityTypeBuilder<MailedLink> builder)
    {
        builder.ToTable("MailedLink").Unlogged();
        builder.Property(l => l.Purpose).HasConversion<string>().HasMaxLength(32);
        builder.Property(l => l.Subject).HasMaxLength(MailedLink.SubjectMax);
        builder.Property(l => l.UsedAt).IsConcurrencyToken();
        builder.HasIndex(l => new { l.Purpose, l.Subject });
        builder.HasIndex(l => l.ExpiresAt);
    }
}
