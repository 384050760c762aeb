using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Data;
using Npgsql;

namespace MonozukuriTown.Core.Companies;

/// <summary>What a person saw when saying 変わりなし: the section at this version (0: never saved or confirmed).</summary>
public readonly record struct SeenSection(ListingSection Section, int Version)
{
    public override string ToString() => $"{Section}:{Version}";

    public static bool TryParse(string? text, out SeenSection seen)
    {
        seen = default;
        if (text?.Split(':') is not [var name, var number] || !Enum.TryParse<ListingSection>(name, out var section) || !Enum.IsDefined(section)
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return false;
        }
        seen = new(section, version);
        return true;
    }
}

public sealed class ListingSections(TownDbContext db, TimeProvider clock)
{
    /// <summary>
    /// 変わりなし for all of these or, when one was changed since it was seen, for none: nobody confirms what they did not read.
    /// </summary>
    public Task<bool> ConfirmAsync(int companyId, IReadOnlyCollection<SeenSection> seen, CancellationToken cancellation = default) =>
        ConfirmAsync(companyId, seen, clock.GetUtcNow(), cancellation);

    /// <summary>The same for what was said at that moment; a later confirmation stands.</summary>
    public async Task<bool> ConfirmAsync(int companyId, IReadOnlyCollection<SeenSection> seen, DateTimeOffset at, CancellationToken cancellation = default)
    {
        var rows = await db.CompanySections.Where(s => s.CompanyId == companyId).ToDictionaryAsync(s => s.Section, cancellation);
        // All are looked at before the first is touched: a refusal leaves nothing behind that a later save would write.
        if (seen.Any(s => s.Version != (rows.TryGetValue(s.Section, out var row) ? row.Version : 0)))
            return false;
        foreach (var (section, _) in seen)
        {
            if (!rows.TryGetValue(section, out var row))
                db.Add(rows[section] = row = new CompanySection { CompanyId = companyId, Section = section });
            if (row.ConfirmedAt is not { } later || later < at)
                row.ConfirmedAt = at;
        }
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        // Somebody saved the section, or its first version, at the same moment.
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            foreach (var (section, _) in seen)
                db.Entry(rows[section]).State = EntityState.Detached;
            return false;
        }
    }

    /// <summary>Whether the company says anything there. The sections load with their rows.</summary>
    public static bool IsFilled(Company company, ListingSection section) => section switch
    {
        ListingSection.Basic => true,
        ListingSection.Capabilities => company.Capabilities.Count > 0,
        ListingSection.Equipment => company.Equipment.Count > 0,
        ListingSection.Products => company.Products.Count > 0,
        ListingSection.Certifications => company.Certifications.Count > 0,
        ListingSection.Hosting => company.VisitOk,
        ListingSection.English => !string.IsNullOrEmpty(company.NameEn),
        _ => false,
    };

    /// <summary>The parts of a listing in the order of its page; photos come with their own pages.</summary>
    public static IReadOnlyList<ListingSection> Shown { get; } =
    [
        ListingSection.Basic, ListingSection.Capabilities, ListingSection.Equipment, ListingSection.Products,
        ListingSection.Certifications, ListingSection.Hosting, ListingSection.English,
    ];

    /// <summary>By the word in its address: /my/company/equipment.</summary>
    public static bool TryParse(string? word, out ListingSection section)
    {
        section = Shown.FirstOrDefault(s => string.Equals(s.ToString(), word, StringComparison.OrdinalIgnoreCase), ListingSection.Photos);
        return section != ListingSection.Photos;
    }

    public static string Word(ListingSection section) => section switch
    {
        ListingSection.Basic => "会社概要",
        ListingSection.Capabilities => "加工対応範囲",
        ListingSection.Equipment => "保有設備",
        ListingSection.Products => "製品・事例",
        ListingSection.Photos => "写真",
        ListingSection.Certifications => "認証",
        ListingSection.Hosting => "見学の受け入れ",
        ListingSection.English => "英語の表示",
        _ => throw new ArgumentOutOfRangeException(nameof(section), section, "This section has no name."),
    };
}
