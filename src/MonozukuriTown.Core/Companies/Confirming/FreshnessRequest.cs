using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Links;

namespace MonozukuriTown.Core.Companies.Confirming;

/// <summary>How a company was asked.</summary>
public enum AskedBy
{
    Mail,

    /// <summary>返信票, for companies that prefer FAX.</summary>
    Paper,

    /// <summary>There is no address to write to, or it wants no such mail.</summary>
    Phone,
}

/// <summary>
/// One time of asking a company whether its listing is still true. <see cref="Due"/> follows from the dates of its sections, so however often and
/// wherever the job runs, the unique index lets each time be asked once.
/// </summary>
public sealed class FreshnessRequest : ICompanyRecord
{
    public int Id { get; set; }
    public int CompanyId { get; set; }
    public Company? Company { get; set; }
    int? ICompanyRecord.CompanyId => CompanyId;
    public DateOnly Due { get; set; }
    public AskedBy Way { get; set; }
    public DateTimeOffset AskedAt { get; set; }
    public DateTimeOffset? RemindedAt { get; set; }

    /// <summary>When nothing more was to be hoped from writing: since then it is today's work.</summary>
    public DateTimeOffset? HandedOnAt { get; set; }

    /// <summary>Answered, confirmed in another way, or overtaken by the next.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>The first one; no other counts.</summary>
    public FreshnessAnswer? Answer { get; set; }
}

public enum FreshnessChoice
{
    /// <summary>変わりなし.</summary>
    Same,

    /// <summary>直す.</summary>
    Edit,

    /// <summary>電話ください.</summary>
    Call,
}

public enum AnsweredBy
{
    /// <summary>The page behind the link.</summary>
    Link,
    Phone,
    Visit,

    /// <summary>返信票, entered by staff.</summary>
    Fax,
    Counter,
}

/// <summary>What a company said about its listing: by the mailed link, or to staff with or without having been asked.</summary>
public sealed class FreshnessAnswer : ICompanyRecord
{
    public const int TextMax = 1000;
    public const int WhoMax = 60;
    public const int TimeMax = 60;

    public int Id { get; set; }
    public int CompanyId { get; set; }
    int? ICompanyRecord.CompanyId => CompanyId;

    /// <summary>What it answers. Unique: of two answers at the same moment the second is refused.</summary>
    public int? RequestId { get; set; }

    /// <summary>The day it was said, which staff may write down later.</summary>
    public DateTimeOffset At { get; set; }
    public AnsweredBy Way { get; set; }
    public FreshnessChoice Choice { get; set; }

    /// <summary>Confirmed by it.</summary>
    public List<ListingSection> Sections { get; set; } = [];

    /// <summary>Whom staff spoke with.</summary>
    public string? Who { get; set; }

    /// <summary>What is to be put right, or what the call is about.</summary>
    public string? Text { get; set; }

    /// <summary>When a call suits.</summary>
    public string? CallTime { get; set; }

    /// <summary>The link it was given by: whom it was mailed to stands in its subject.</summary>
    public long? LinkId { get; set; }

    /// <summary>The member of staff who wrote it down.</summary>
    public Guid? EnteredBy { get; set; }
    public TownUser? Clerk { get; set; }
}

public sealed class FreshnessConfiguration : IEntityTypeConfiguration<FreshnessRequest>, IEntityTypeConfiguration<FreshnessAnswer>
{
    public void Configure(EntityTypeBuilder<FreshnessRequest> builder)
    {
        builder.ToTable("FreshnessRequest");
        builder.Property(r => r.Way).HasConversion<string>().HasMaxLength(16);
        builder.HasOne(r => r.Company).WithMany().HasForeignKey(r => r.CompanyId);
        builder.HasOne(r => r.Answer).WithOne().HasForeignKey<FreshnessAnswer>(a => a.RequestId);
        builder.HasIndex(r => new { r.CompanyId, r.Due }).IsUnique();
        builder.HasIndex(r => r.ClosedAt).HasFilter("closed_at is null");
    }

    public void Configure(EntityTypeBuilder<FreshnessAnswer> builder)
    {
        builder.ToTable("FreshnessAnswer");
        builder.Property(a => a.Way).HasConversion<string>().HasMaxLength(16);
        builder.Property(a => a.Choice).HasConversion<string>().HasMaxLength(16);
        builder.PrimitiveCollection(a => a.Sections).ElementType().HasConversion<string>();
        builder.Property(a => a.Who).HasMaxLength(FreshnessAnswer.WhoMax).Personal();
        builder.Property(a => a.Text).HasMaxLength(FreshnessAnswer.TextMax).Personal();
        builder.Property(a => a.CallTime).HasMaxLength(FreshnessAnswer.TimeMax).Personal();
        builder.HasOne<Company>().WithMany().HasForeignKey(a => a.CompanyId);
        builder.HasOne<MailedLink>().WithMany().HasForeignKey(a => a.LinkId);
        builder.HasOne(a => a.Clerk).WithMany().HasForeignKey(a => a.EnteredBy);
        builder.HasIndex(a => a.RequestId).IsUnique();
        builder.HasIndex(a => new { a.CompanyId, a.At });
    }
}
