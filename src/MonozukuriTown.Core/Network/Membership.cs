using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MonozukuriTown.Core.Companies;

namespace MonozukuriTown.Core.Network;

/// <summary>A company's time in the 企業ネットワーク. A company that left and came back has two.</summary>
public sealed class Membership : ICompanyRecord
{
    public int Id { get; set; }
    public int CompanyId { get; set; }
    int? ICompanyRecord.CompanyId => CompanyId;
    public Company? Company { get; set; }
    public DateOnly JoinedOn { get; set; }

    /// <summary>First day on which it is no member any more.</summary>
    public DateOnly? LeftOn { get; set; }
    public string? LeaveReason { get; set; }

    /// <summary>世話人.</summary>
    public bool Steward { get; set; }
}

public sealed class MembershipConfiguration : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.ToTable("Membership", t => t.HasCheckConstraint("ck_membership_dates", "left_on is null or left_on >= joined_on"));
        builder.Property(m => m.LeaveReason).HasMaxLength(Company.ShortTextMax);
        builder.HasOne(m => m.Company).WithMany().HasForeignKey(m => m.CompanyId);
        // One open membership a company, whoever saves first.
        builder.HasIndex(m => m.CompanyId).IsUnique().HasFilter("left_on is null");
        builder.HasIndex(m => new { m.CompanyId, m.JoinedOn }).IsUnique();
    }
}

public static class Memberships
{
    /// <summary>Who was a member at the start of <paramref name="day"/>: the one rule behind every count.</summary>
    public static IQueryable<Membership> AsOf(this IQueryable<Membership> memberships, DateOnly day) =>
        memberships.Where(m => m.JoinedOn <= day && (m.LeftOn == null || m.LeftOn > day));
}
