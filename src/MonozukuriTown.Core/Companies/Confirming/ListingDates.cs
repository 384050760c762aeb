using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Calendar;

namespace MonozukuriTown.Core.Companies.Confirming;

/// <summary>When each part of a listing that says anything was last confirmed. All that is said of a listing's freshness is worked out here.</summary>
/// <param name="Start">When it was listed: what was never confirmed counts from there.</param>
/// <param name="Filled">The parts that say something; null: never confirmed.</param>
public sealed record ListingDates(int CompanyId, DateOnly Start, IReadOnlyList<DateTimeOffset?> Filled)
{
    /// <summary>The part confirmed longest ago: the listing as a whole is no fresher than that. Null when no part was ever confirmed.</summary>
    public DateTimeOffset? Oldest => Filled.Min();

    /// <summary>Every part was confirmed then or later.</summary>
    public bool AllSince(DateTimeOffset moment) => Filled.All(at => at >= moment);

    /// <summary>
    /// The latest day on which the company was to be asked: so many months after its oldest confirmation, and every so many months again while nothing
    /// is heard. Null when that has yet to come.
    /// </summary>
    public DateOnly? DueOn(int months, DateOnly today)
    {
        var from = Filled.Any(at => at is null) ? Start : TownClock.DateOf(Oldest!.Value);
        DateOnly? due = null;
        for (var times = 1; from.AddMonths(months * times) is var day && day <= today; times++)
            due = day;
        return due;
    }

    public static ListingDates Of(Company company) => new(company.Id, company.ListedOn ?? TownClock.DateOf(company.CreatedAt),
        [.. ListingSections.Shown.Where(s => ListingSections.IsFilled(company, s)).Select(s => company.Sections.Find(row => row.Section == s)?.ConfirmedAt)]);
}

public static class ListingDatesOfMany
{
    /// <summary>The same for many companies without loading their parts.</summary>
    public static async Task<IReadOnlyList<ListingDates>> DatesAsync(this IQueryable<Company> companies, CancellationToken cancellation = default)
    {
        var rows = await companies.AsNoTracking().Select(c => new
        {
            c.Id,
            c.ListedOn,
            c.CreatedAt,
            c.VisitOk,
            c.NameEn,
            Capabilities = c.Capabilities.Any(),
            Equipment = c.Equipment.Any(),
            Products = c.Products.Any(),
            Certifications = c.Certifications.Any(),
            Sections = c.Sections.ToList(),
        }).ToListAsync(cancellation);
        return rows.ConvertAll(c =>
        {
            (ListingSection Section, bool Filled)[] parts =
            [
                (ListingSection.Basic, true), (ListingSection.Capabilities, c.Capabilities), (ListingSection.Equipment, c.Equipment), (ListingSection.Products, c.Products),
                (ListingSection.Certifications, c.Certifications), (ListingSection.Hosting, c.VisitOk), (ListingSection.English, !string.IsNullOrEmpty(c.NameEn)),
            ];
            return new ListingDates(c.Id, c.ListedOn ?? TownClock.DateOf(c.CreatedAt),
                [.. parts.Where(p => p.Filled).Select(p => c.Sections.Find(row => row.Section == p.Section)?.ConfirmedAt)]);
        });
    }
}
