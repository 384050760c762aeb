using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MonozukuriTown.Core.Companies;

namespace MonozukuriTown.Core.Certification;

/// <summary>One award of the town's own certification (its name is a setting), with its number and fiscal year.</summary>
public sealed class Award : ICompanyRecord
{
    public int Id { get; set; }
    public int CompanyId { get; set; }
    int? ICompanyRecord.CompanyId => CompanyId;
    public Company? Company { get; set; }

    /// <summary>Number on the certificate.</summary>
    public int Number { get; set; }

    /// <summary>Year in which the fiscal year of the award begins: 2023 is 令和5年度.</summary>
    public int FiscalYear { get; set; }

    /// <summary>Product or technique it was given for.</summary>
    public string? Title { get; set; }
}

public sealed class AwardConfiguration : IEntityTypeConfiguration<Award>
{
    public void Configure(EntityTypeBuilder<Award> builder)
    {
        builder.ToTable("Award");
        builder.Property(a => a.Title).HasMaxLength(Company.ShortTextMax);
        builder.HasIndex(a => a.Number).IsUnique();
        builder.HasOne(a => a.Company).WithMany().HasForeignKey(a => a.CompanyId);
    }
}
