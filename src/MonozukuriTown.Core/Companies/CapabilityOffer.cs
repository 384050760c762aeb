using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MonozukuriTown.Core.Companies;

public enum OfferState
{
    /// <summary>Told or not, the company has not answered; once told it is shown as 推定.</summary>
    Offered,

    /// <summary>当社で対応しています: it became a line of 加工対応範囲.</summary>
    Confirmed,

    /// <summary>うちではしていない: never offered or shown again, whatever is imported or read anew.</summary>
    Declined,
}

public enum ToldBy
{
    Desk,
    Mail,
}

/// <summary>
/// What became of a process that a company's machines imply (推定). What machines imply is worked out anew each time; only what the company
/// was told and what it answered is kept, by company and process, so that no import and no new reading forgets it.
/// </summary>
public sealed class CapabilityOffer : ICompanyRecord
{
    public const int ProcessMax = 40;
    public const int MachineMax = 200;

    public int CompanyId { get; set; }
    int? ICompanyRecord.CompanyId => CompanyId;

    /// <summary>Id in the vocabulary.</summary>
    public required string ProcessId { get; set; }
    public OfferState State { get; set; }

    /// <summary>The machine that was named when it was offered.</summary>
    public required string Machine { get; set; }

    /// <summary>When it was put into a mail to the company. Told it is when the mail was accepted.</summary>
    public DateTimeOffset? MailedAt { get; set; }
    public DateTimeOffset? ToldAt { get; set; }
    public ToldBy? ToldBy { get; set; }
    public DateTimeOffset? AnsweredAt { get; set; }
}

public sealed class CapabilityOfferConfiguration : IEntityTypeConfiguration<CapabilityOffer>
{
    public void Configure(EntityTypeBuilder<CapabilityOffer> builder)
    {
        builder.ToTable("CapabilityOffer");
        builder.HasKey(o => new { o.CompanyId, o.ProcessId });
        builder.Property(o => o.ProcessId).HasMaxLength(CapabilityOffer.ProcessMax);
        builder.Property(o => o.State).HasConversion<string>().HasMaxLength(16).IsConcurrencyToken();
        builder.Property(o => o.Machine).HasMaxLength(CapabilityOffer.MachineMax);
        builder.Property(o => o.ToldBy).HasConversion<string>().HasMaxLength(16);
        builder.HasOne<Company>().WithMany().HasForeignKey(o => o.CompanyId);
    }
}
