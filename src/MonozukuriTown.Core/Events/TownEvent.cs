using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MonozukuriTown.Core.Events;

/// <summary>Something that people come to: 定例会, 会員大会, a seminar, a visit.</summary>
public sealed class TownEvent
{
    public const int SlugMax = 80;
    public const int TitleMax = 120;
    public const int SummaryMax = 600;

    public int Id { get; set; }
    public required string Slug { get; set; }
    public required string Title { get; set; }

    /// <summary>定例会, 会員大会, 世話人会, 部会, 見学会, セミナー …</summary>
    public required string Kind { get; set; }
    public DateTimeOffset StartsAt { get; set; }
    public DateTimeOffset EndsAt { get; set; }
    public string? Place { get; set; }
    public string? Summary { get; set; }
    public bool Published { get; set; }
}

public sealed class TownEventConfiguration : IEntityTypeConfiguration<TownEvent>
{
    public void Configure(EntityTypeBuilder<TownEvent> builder)
    {
        builder.ToTable("Event", t => t.HasCheckConstraint("ck_event_times", "ends_at >= starts_at"));
        builder.Property(e => e.Slug).HasMaxLength(TownEvent.SlugMax);
        builder.Property(e => e.Title).HasMaxLength(TownEvent.TitleMax);
        builder.Property(e => e.Kind).HasMaxLength(20);
        builder.Property(e => e.Place).HasMaxLength(120);
        builder.Property(e => e.Summary).HasMaxLength(TownEvent.SummaryMax);
        builder.HasIndex(e => e.Slug).IsUnique();
        builder.HasIndex(e => e.StartsAt);
    }
}
