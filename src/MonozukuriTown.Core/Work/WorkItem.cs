using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;

namespace MonozukuriTown.Core.Work;

/// <summary>One reason for a member of staff to do something (今日やること). Shown merged per company.</summary>
public sealed class WorkItem : ICompanyRecord
{
    public const int ReasonMax = 200;

    public int Id { get; set; }
    public int? CompanyId { get; set; }
    public Company? Company { get; set; }

    /// <summary>Which feature opened it, e.g. "import.check". Unique with <see cref="Subject"/> while open.</summary>
    public required string Kind { get; set; }
    public required string Subject { get; set; }

    /// <summary>What to do, in words the clerk reads.</summary>
    public required string Reason { get; set; }
    public DateOnly Due { get; set; }
    public Guid? OwnerId { get; set; }
    public TownUser? Owner { get; set; }
    public DateTimeOffset OpenedAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Where to do it: a path on this site.</summary>
    public string? Link { get; set; }
}

public sealed class WorkItemConfiguration : IEntityTypeConfiguration<WorkItem>
{
    public void Configure(EntityTypeBuilder<WorkItem> builder)
    {
        builder.ToTable("WorkItem");
        builder.Property(w => w.Kind).HasMaxLength(64);
        builder.Property(w => w.Subject).HasMaxLength(128);
        builder.Property(w => w.Reason).HasMaxLength(WorkItem.ReasonMax);
        builder.Property(w => w.Link).HasMaxLength(300);
        builder.HasOne(w => w.Company).WithMany().HasForeignKey(w => w.CompanyId);
        builder.HasOne(w => w.Owner).WithMany().HasForeignKey(w => w.OwnerId);
        // Two features or two nodes that open the same work get one row.
        builder.HasIndex(w => new { w.Kind, w.Subject }).IsUnique().HasFilter("closed_at is null");
        builder.HasIndex(w => new { w.ClosedAt, w.Due });
    }
}
