using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MonozukuriTown.Core.Audit;

namespace MonozukuriTown.Core.Searches;

public enum SearchCountKind
{
    /// <summary>Searches with words; the word is empty.</summary>
    All,

    /// <summary>Those of them that found nothing as they were typed; the word is empty.</summary>
    Missed,

    /// <summary>A process, by its id.</summary>
    Process,

    /// <summary>A material, by its id.</summary>
    Material,

    /// <summary>A certification, by its id.</summary>
    Certification,

    /// <summary>What found nothing, as it was typed.</summary>
    Unmet,
}

/// <summary>
/// How often something was searched on a day of the town. Nothing else is kept of a search: no time, no address, no person; free text only
/// where it found nothing, is short and can hardly be a number or an address of somebody.
/// </summary>
public sealed class SearchCount
{
    public const int WordMax = 64;

    /// <summary>Longer texts are not kept.</summary>
    public const int UnmetMax = 40;

    public const int KeepDays = 90;

    public DateOnly Day { get; set; }
    public SearchCountKind Kind { get; set; }
    public required string Word { get; set; }
    public int Count { get; set; }

    /// <summary>May this text be kept? A digit can be part of a telephone number, an @ of a mail address.</summary>
    public static bool MayKeep(string text) => text.Length is > 0 and <= UnmetMax && !text.Any(c => char.IsDigit(c) || char.IsControl(c) || c is '@' or '＠');
}

public sealed class SearchCountConfiguration : IEntityTypeConfiguration<SearchCount>
{
    public void Configure(EntityTypeBuilder<SearchCount> builder)
    {
        builder.ToTable("SearchCount").Unlogged();
        builder.HasKey(c => new { c.Day, c.Kind, c.Word });
        builder.Property(c => c.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(c => c.Word).HasMaxLength(SearchCount.WordMax);
    }
}
