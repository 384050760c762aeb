using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MonozukuriTown.Core.Audit;

public enum ChangeKind
{
    Added,
    Changed,
    Removed,

    /// <summary>Nothing changed: somebody opened what is personal.</summary>
    Viewed,
}

/// <summary>
/// One row changed by one person at one moment. Revisions of a listing, import undo, the staff feed and the audit are views of this
/// table; the application's role may add to it and read it, nothing else.
/// </summary>
public sealed class ChangeLogEntry
{
    public const int ReasonMax = 500;

    public long Id { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>One save: everything that was changed together.</summary>
    public Guid Batch { get; set; }
    public Guid? UserId { get; set; }

    /// <summary>Who, when it was no signed-in person: a job, an import, a mailed link.</summary>
    public required string Actor { get; set; }
    public string? Reason { get; set; }
    public ChangeKind Kind { get; set; }

    /// <summary>Name of the entity class, e.g. "Capability".</summary>
    public required string Entity { get; set; }
    public required string EntityId { get; set; }
    public int? CompanyId { get; set; }

    /// <summary>{"Property":[old,new]} as JSON; personal properties are in <see cref="ChangeLogPersonal"/>.</summary>
    public required string Cells { get; set; }
    public ChangeLogPersonal? Personal { get; set; }
}

/// <summary>The personal half of a change: kept apart so that it alone can be erased (database function erase_personal_changes).</summary>
public sealed class ChangeLogPersonal
{
    public long ChangeId { get; set; }
    public required string Cells { get; set; }
}

public sealed class ChangeLogConfiguration : IEntityTypeConfiguration<ChangeLogEntry>, IEntityTypeConfiguration<ChangeLogPersonal>
{
    public void Configure(EntityTypeBuilder<ChangeLogEntry> builder)
    {
        builder.ToTable("ChangeLog").Unlogged();
        builder.Property(e => e.Cells).HasColumnType("jsonb");
        builder.Property(e => e.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(e => e.Entity).HasMaxLength(64);
        builder.Property(e => e.EntityId).HasMaxLength(128);
        builder.Property(e => e.Actor).HasMaxLength(200);
        builder.Property(e => e.Reason).HasMaxLength(ChangeLogEntry.ReasonMax);
        builder.HasIndex(e => new { e.CompanyId, e.At });
        builder.HasIndex(e => new { e.Entity, e.EntityId });
        builder.HasIndex(e => e.Batch);
        builder.HasIndex(e => e.At);
        builder.HasOne(e => e.Personal).WithOne().HasForeignKey<ChangeLogPersonal>(p => p.ChangeId);
    }

    public void Configure(EntityTypeBuilder<ChangeLogPersonal> builder)
    {
        builder.ToTable("ChangeLogPersonal").Unlogged();
        builder.HasKey(p => p.ChangeId);
        builder.Property(p => p.ChangeId).ValueGeneratedNever();
        builder.Property(p => p.Cells).HasColumnType("jsonb");
    }
}
