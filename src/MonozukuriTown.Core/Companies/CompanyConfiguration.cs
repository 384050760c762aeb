using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MonozukuriTown.Core.Audit;

namespace MonozukuriTown.Core.Companies;

public sealed class CompanyConfiguration : IEntityTypeConfiguration<Company>, IEntityTypeConfiguration<CompanySite>,
    IEntityTypeConfiguration<Capability>, IEntityTypeConfiguration<Equipment>, IEntityTypeConfiguration<Product>,
    IEntityTypeConfiguration<CompanyCertification>, IEntityTypeConfiguration<CompanySection>, IEntityTypeConfiguration<OldSlug>,
    IEntityTypeConfiguration<OldAddress>, IEntityTypeConfiguration<CatalogChange>
{
    public void Configure(EntityTypeBuilder<Company> builder)
    {
        builder.ToTable("Company");
        builder.Property(c => c.ExternalId).HasMaxLength(40);
        builder.Property(c => c.Status).HasConversion<string>().HasMaxLength(16);
        builder.Property(c => c.Name).HasMaxLength(Company.NameMax);
        builder.Property(c => c.Kana).HasMaxLength(Company.KanaMax);
        builder.Property(c => c.SortKey).HasMaxLength(Company.KanaMax).UseCollation("C");
        builder.Property(c => c.NameEn).HasMaxLength(Company.ShortTextMax);
        builder.Property(c => c.Slug).HasMaxLength(Company.SlugMax);
        builder.Property(c => c.CorporateNumber).HasMaxLength(13).IsFixedLength();
        builder.Property(c => c.InvoiceNumber).HasMaxLength(14).IsFixedLength();
        builder.Property(c => c.Representative).HasMaxLength(Company.ShortTextMax).Personal();
        builder.Property(c => c.ContactPerson).HasMaxLength(Company.ShortTextMax).Personal();
        builder.Property(c => c.ContactPersonVisibility).HasConversion<string>().HasMaxLength(16);
        builder.Property(c => c.ContactMethod).HasConversion<string>().HasMaxLength(16);
        builder.Property(c => c.Tel).HasMaxLength(Company.PhoneMax);
        builder.Property(c => c.TelVisibility).HasConversion<string>().HasMaxLength(16);
        builder.Property(c => c.Fax).HasMaxLength(Company.PhoneMax);
        builder.Property(c => c.FaxVisibility).HasConversion<string>().HasMaxLength(16);
        builder.Property(c => c.Email).HasMaxLength(Company.MailMax).Personal();
        builder.Property(c => c.EmailVisibility).HasConversion<string>().HasMaxLength(16);
        builder.Property(c => c.Web).HasMaxLength(Company.WebMax);
        builder.Property(c => c.PostalCode).HasMaxLength(8);
        builder.Property(c => c.City).HasMaxLength(Company.WordMax);
        builder.Property(c => c.Town).HasMaxLength(Company.WordMax);
        builder.Property(c => c.Address).HasMaxLength(Company.AddressMax);
        builder.Property(c => c.ClosedDays).HasMaxLength(Company.ShortTextMax);
        builder.Property(c => c.Summary).HasMaxLength(Company.SummaryMax);
        builder.Property(c => c.PrText).HasMaxLength(Company.PrTextMax);
        builder.ComplexProperty(c => c.Limits, MapLimits);

        builder.HasIndex(c => c.ExternalId).IsUnique();
        builder.HasIndex(c => c.Slug).IsUnique();
        builder.HasIndex(c => c.CorporateNumber).IsUnique();
        builder.HasIndex(c => new { c.SortKey, c.Id });
        builder.HasIndex(c => c.Status);
        builder.HasMany(c => c.Sites).WithOne().HasForeignKey(s => s.CompanyId);
        builder.HasMany(c => c.Capabilities).WithOne().HasForeignKey(s => s.CompanyId);
        builder.HasMany(c => c.Equipment).WithOne().HasForeignKey(s => s.CompanyId);
        builder.HasMany(c => c.Products).WithOne().HasForeignKey(s => s.CompanyId);
        builder.HasMany(c => c.Certifications).WithOne().HasForeignKey(s => s.CompanyId);
        builder.HasMany(c => c.Sections).WithOne().HasForeignKey(s => s.CompanyId);
    }

    public void Configure(EntityTypeBuilder<CompanySite> builder)
    {
        builder.ToTable("CompanySite");
        builder.Property(s => s.Name).HasMaxLength(Company.NameMax);
        builder.Property(s => s.PostalCode).HasMaxLength(8);
        builder.Property(s => s.City).HasMaxLength(Company.WordMax);
        builder.Property(s => s.Town).HasMaxLength(Company.WordMax);
        builder.Property(s => s.Address).HasMaxLength(Company.AddressMax);
        builder.Property(s => s.Tel).HasMaxLength(Company.PhoneMax);
    }

    public void Configure(EntityTypeBuilder<Capability> builder)
    {
        builder.ToTable("Capability");
        builder.Property(c => c.Process).HasMaxLength(Company.WordMax);
        builder.Property(c => c.ProcessId).HasMaxLength(40);
        builder.Property(c => c.Note).HasMaxLength(Company.ShortTextMax);
        builder.ComplexProperty(c => c.Limits, MapLimits);
    }

    public void Configure(EntityTypeBuilder<Equipment> builder)
    {
        builder.ToTable("Equipment");
        builder.Property(e => e.Maker).HasMaxLength(Company.WordMax);
        builder.Property(e => e.Model).HasMaxLength(Company.WordMax);
        builder.Property(e => e.Kind).HasMaxLength(Company.WordMax);
        builder.Property(e => e.Size).HasMaxLength(Company.WordMax);
    }

    public void Configure(EntityTypeBuilder<Product> builder)
    {
        builder.ToTable("Product");
        builder.Property(p => p.Name).HasMaxLength(Company.NameMax);
        builder.Property(p => p.Description).HasMaxLength(Company.PrTextMax);
    }

    public void Configure(EntityTypeBuilder<CompanyCertification> builder)
    {
        builder.ToTable("CompanyCertification");
        builder.Property(c => c.Name).HasMaxLength(Company.WordMax);
        builder.Property(c => c.CertificationId).HasMaxLength(40);
    }

    public void Configure(EntityTypeBuilder<CompanySection> builder)
    {
        builder.ToTable("CompanySection");
        builder.HasKey(s => new { s.CompanyId, s.Section });
        builder.Property(s => s.Section).HasConversion<string>().HasMaxLength(16);
        builder.Property(s => s.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<OldSlug> builder)
    {
        builder.ToTable("OldSlug");
        builder.HasKey(s => s.Slug);
        builder.Property(s => s.Slug).HasMaxLength(Company.SlugMax);
        builder.HasOne(s => s.Company).WithMany().HasForeignKey(s => s.CompanyId);
    }

    public void Configure(EntityTypeBuilder<OldAddress> builder)
    {
        builder.ToTable("OldAddress");
        builder.HasKey(s => s.Path);
        builder.Property(s => s.Path).HasMaxLength(OldAddress.PathMax);
        builder.HasOne(s => s.Company).WithMany().HasForeignKey(s => s.CompanyId);
    }

    public void Configure(EntityTypeBuilder<CatalogChange> builder)
    {
        builder.ToTable("CatalogChange").Unlogged();
        builder.Property(c => c.Id).UseIdentityAlwaysColumn();
        builder.Property(c => c.Xid).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()");
        builder.Property(c => c.At).HasDefaultValueSql("now()");
        // The company as well: the trigger asks once a row whether this transaction has noted it already.
        builder.HasIndex(c => new { c.Xid, c.CompanyId });
    }

    private static void MapLimits(ComplexPropertyBuilder<MakingLimits> limits)
    {
        limits.Property(l => l.MaxLength).HasPrecision(9, 3);
        limits.Property(l => l.MaxWidth).HasPrecision(9, 3);
        limits.Property(l => l.MaxHeight).HasPrecision(9, 3);
        limits.Property(l => l.DiameterFrom).HasPrecision(9, 3);
        limits.Property(l => l.DiameterTo).HasPrecision(9, 3);
        limits.Property(l => l.ThicknessFrom).HasPrecision(9, 3);
        limits.Property(l => l.ThicknessTo).HasPrecision(9, 3);
        limits.Property(l => l.Tolerance).HasPrecision(9, 5);
        limits.Property(l => l.RoughnessRa).HasPrecision(9, 4);
    }
}
