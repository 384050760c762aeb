using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Core.Searches;

/// <summary>A word and how often it was searched.</summary>
/// <param name="Last">The last day on which it was.</param>
public sealed record SearchedWord(SearchCountKind Kind, string Word, int Count, DateOnly Last);

/// <summary>What was searched in a period, most frequent first.</summary>
public sealed record SearchPeriod(DateOnly From, DateOnly To, int All, int Missed, IReadOnlyList<SearchedWord> Words);

public sealed class SearchFigures(TownDbContext db, TownClock clock)
{
    /// <param name="days">Today and the days before it; never more than are kept.</param>
    /// <param name="cancellation">Of the request.</param>
    public async Task<SearchPeriod> OfAsync(int days, CancellationToken cancellation)
    {
        var to = clock.Today;
        var from = to.AddDays(1 - Math.Clamp(days, 1, SearchCount.KeepDays));
        var words = await db.Set<SearchCount>().AsNoTracking().Where(c => c.Day >= from && c.Day <= to).GroupBy(c => new { c.Kind, c.Word })
            .Select(g => new SearchedWord(g.Key.Kind, g.Key.Word, g.Sum(c => c.Count), g.Max(c => c.Day))).ToListAsync(cancellation);
        int Sum(SearchCountKind kind) => words.Where(w => w.Kind == kind).Sum(w => w.Count);
        return new(from, to, Sum(SearchCountKind.All), Sum(SearchCountKind.Missed),
            [.. words.Where(w => w.Word.Length > 0).OrderByDescending(w => w.Count).ThenByDescending(w => w.Last).ThenBy(w => w.Word, StringComparer.Ordinal)]);
    }
}
