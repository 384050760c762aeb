using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Companies;

namespace MonozukuriTown.Core.Accounts;

/// <summary>Anybody who can sign in.</summary>
public sealed class TownUser : IdentityUser<Guid>
{
    public const int NameMax = 60;

    public required string DisplayName { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}

public enum CompanyUserKind
{
    Owner,
    Editor,
}

/// <summary>Who may edit which company's listing. One person can keep several companies.</summary>
public sealed class CompanyUser : ICompanyRecord
{
    public int CompanyId { get; set; }
    int? ICompanyRecord.CompanyId => CompanyId;
    public Company? Company { get; set; }
    public Guid UserId { get; set; }
    public TownUser? User { get; set; }
    public CompanyUserKind Kind { get; set; }
}

public sealed class AccountsConfiguration : IEntityTypeConfiguration<TownUser>, IEntityTypeConfiguration<CompanyUser>,
    IEntityTypeConfiguration<IdentityUserToken<Guid>>, IEntityTypeConfiguration<IdentityUserPasskey<Guid>>
{
    public void Configure(EntityTypeBuilder<TownUser> builder)
    {
        builder.Property(u => u.DisplayName).HasMaxLength(TownUser.NameMax).Personal();
        builder.Property(u => u.UserName).Personal();
        builder.Property(u => u.NormalizedUserName).Unlogged();
        builder.Property(u => u.Email).Personal();
        builder.Property(u => u.NormalizedEmail).Unlogged();
        builder.Property(u => u.PhoneNumber).Personal();
        builder.Property(u => u.PasswordHash).Unlogged();
        builder.Property(u => u.SecurityStamp).Unlogged();
        builder.Property(u => u.ConcurrencyStamp).Unlogged();
        builder.Property(u => u.AccessFailedCount).Unlogged();
    }

    public void Configure(EntityTypeBuilder<CompanyUser> builder)
    {
        builder.ToTable("CompanyUser");
        builder.HasKey(c => new { c.CompanyId, c.UserId });
        builder.Property(c => c.Kind).HasConversion<string>().HasMaxLength(16);
        builder.HasOne(c => c.Company).WithMany().HasForeignKey(c => c.CompanyId);
        builder.HasOne(c => c.User).WithMany().HasForeignKey(c => c.UserId);
    }

    // Authenticator keys, recovery codes and credential public keys: never in a log.
    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> builder) => builder.Unlogged();

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> builder) => builder.Unlogged();

}
