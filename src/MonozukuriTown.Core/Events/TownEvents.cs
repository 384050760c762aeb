using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Core.Events;

/// <summary>Published events, as the public pages show them.</summary>
public sealed class TownEvents(TownDbContext db, TimeProvider time)
{
    private IQueryable<TownEvent> Published => db.Events.AsNoTracking().Where(e => e.Published);

    /// <summary>Those that are not over yet, the nearest first.</summary>
    public Task<List<TownEvent>> ComingAsync(int most, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return Published.Where(e => e.EndsAt >= now).OrderBy(e => e.StartsAt).ThenBy(e => e.Id).Take(most).ToListAsync(cancellation);
    }

    /// <summary>Those that are over, the latest first.</summary>
    public Task<List<TownEvent>> PastAsync(int most, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return Published.Where(e => e.EndsAt < now).OrderByDescending(e => e.StartsAt).ThenByDescending(e => e.Id).Take(most).ToListAsync(cancellation);
    }

    public Task<TownEvent?> FindAsync(string slug, CancellationToken cancellation) =>
        slug.Length > TownEvent.SlugMax || slug.Contains('\0', StringComparison.Ordinal) || slug.Any(char.IsSurrogate)
            ? Task.FromResult<TownEvent?>(null)
            : Published.SingleOrDefaultAsync(e => e.Slug == slug, cancellation);

    /// <summary>Slugs of all published events.</summary>
    public Task<List<string>> SlugsAsync(CancellationToken cancellation) =>
        Published.OrderBy(e => e.Id).Select(e => e.Slug).ToListAsync(cancellation);
}
