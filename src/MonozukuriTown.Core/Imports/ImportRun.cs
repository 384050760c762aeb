using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MonozukuriTown.Core.Audit;

namespace MonozukuriTown.Core.Imports;

public enum ImportKind
{
    Companies,
    Members,
    Awards,
    Redirects,
}

public enum ImportStatus
{
    /// <summary>Read and compared; nothing was written.</summary>
    Checked,
    Applied,
    Undone,
}

/// <summary>One file somebody brought. What it changed is in the change log under <see cref="Batch"/>.</summary>
public sealed class ImportRun
{
    public const int FileNameMax = 200;

    public int Id { get; set; }
    public ImportKind Kind { get; set; }
    public ImportStatus Status { get; set; }
    public required string FileName { get; set; }

    /// <summary>How the file was written: "UTF-8（BOM付き）", "Shift_JIS（CP932）".</summary>
    public required string Format { get; set; }
    public int Rows { get; set; }
    public int Added { get; set; }
    public int Changed { get; set; }
    public int Unchanged { get; set; }
    public int Refused { get; set; }

    /// <summary>Batch of the change log that all of its changes carry.</summary>
    public Guid Batch { get; set; }

    /// <summary>Batch that took it back again.</summary>
    public Guid? UndoBatch { get; set; }
    public Guid? UserId { get; set; }
    public DateTimeOffset CheckedAt { get; set; }
    public DateTimeOffset? AppliedAt { get; set; }
    public DateTimeOffset? UndoneAt { get; set; }
    public ImportFile? File { get; set; }
}

/// <summary>The file and its report, kept from the check to the applying, a day at most: both hold data about persons.</summary>
public sealed class ImportFile
{
    public int ImportRunId { get; set; }
    public required byte[] Content { get; set; }

    /// <summary><see cref="ImportReport"/> as JSON.</summary>
    public required string Report { get; set; }
}

public sealed class ImportRunConfiguration : IEntityTypeConfiguration<ImportRun>, IEntityTypeConfiguration<ImportFile>
{
    public void Configure(EntityTypeBuilder<ImportRun> builder)
    {
        builder.ToTable("ImportRun").Unlogged();
        builder.Property(r => r.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(r => r.Status).HasConversion<string>().HasMaxLength(16);
        builder.Property(r => r.FileName).HasMaxLength(ImportRun.FileNameMax);
        builder.Property(r => r.Format).HasMaxLength(40);
        builder.HasIndex(r => r.CheckedAt);
        builder.HasOne(r => r.File).WithOne().HasForeignKey<ImportFile>(f => f.ImportRunId);
    }

    public void Configure(EntityTypeBuilder<ImportFile> builder)
    {
        builder.ToTable("ImportFile").Unlogged();
        builder.HasKey(f => f.ImportRunId);
        builder.Property(f => f.ImportRunId).ValueGeneratedNever();
    }
}
