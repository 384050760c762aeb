using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Core.Work;

/// <summary>今日やること: any feature opens a row and closes it when the reason is gone.</summary>
public sealed class TodaysWork(TownDbContext db, TimeProvider clock, WorkingDays workingDays)
{
    /// <summary>
    /// Adds the row to the caller's unit of work; saved with it. An open row of the same kind and subject is renewed instead: what is to be
    /// done is said once. What falls due while the town hall is closed is due when it opens again.
    /// </summary>
    public async Task OpenAsync(WorkItem item, CancellationToken cancellation = default)
    {
        item.Due = workingDays.Add(item.Due, 0);
        var open = await Find(item.Kind, item.Subject, cancellation);
        if (open is null)
        {
            item.OpenedAt = clock.GetUtcNow();
            db.WorkItems.Add(item);
            return;
        }
        open.Reason = item.Reason;
        open.Link = item.Link;
        if (item.Due < open.Due)
            open.Due = item.Due;
    }

    /// <summary>Closes the row if it is open. Saved by the caller.</summary>
    public async Task CloseAsync(string kind, string subject, CancellationToken cancellation = default)
    {
        if (await Find(kind, subject, cancellation) is { } open)
            open.ClosedAt = clock.GetUtcNow();
    }

    /// <summary>What is open: due first, and what belongs to one company together.</summary>
    public async Task<IReadOnlyList<WorkGroup>> OpenGroupsAsync(CancellationToken cancellation = default)
    {
        var rows = await db.WorkItems.AsNoTracking().Include(w => w.Company).Include(w => w.Owner)
            .Where(w => w.ClosedAt == null).OrderBy(w => w.Due).ThenBy(w => w.Id).ToListAsync(cancellation);
        return [.. rows.GroupBy(w => w.CompanyId is { } id ? $"c{id}" : $"w{w.Id}", StringComparer.Ordinal)
            .Select(g => new WorkGroup([.. g])).OrderBy(g => g.Due)];
    }

    /// <summary>済み: closes what the clerk saw. A reason that came up meanwhile stays open.</summary>
    /// <returns>How many were still open.</returns>
    public Task<int> DoneAsync(IReadOnlyCollection<int> items, CancellationToken cancellation = default) =>
        ChangeAsync(items, item => item.ClosedAt = clock.GetUtcNow(), cancellation);

    /// <summary>あとで: due again on that day, or when the town hall opens after it.</summary>
    /// <returns>How many were still open, and the day.</returns>
    public async Task<(int Open, DateOnly Due)> PostponeAsync(IReadOnlyCollection<int> items, DateOnly day, CancellationToken cancellation = default)
    {
        var due = workingDays.Add(day, 0);
        return (await ChangeAsync(items, item => item.Due = due, cancellation), due);
    }

    /// <summary>担当を替える.</summary>
    public Task<int> AssignAsync(IReadOnlyCollection<int> items, Guid owner, CancellationToken cancellation = default) =>
        ChangeAsync(items, item => item.OwnerId = owner, cancellation);

    /// <summary>How much of what is open is this person's.</summary>
    public Task<int> CountOfAsync(Guid person, CancellationToken cancellation = default) =>
        db.WorkItems.CountAsync(w => w.ClosedAt == null && w.OwnerId == person, cancellation);

    /// <summary>引き継ぎ: all that is open and one person's becomes another's. What is done stays the first one's.</summary>
    /// <returns>How much it was.</returns>
    public async Task<int> HandOverAsync(Guid from, Guid to, CancellationToken cancellation = default)
    {
        var open = await db.WorkItems.Where(w => w.ClosedAt == null && w.OwnerId == from).ToListAsync(cancellation);
        open.ForEach(item => item.OwnerId = to);
        await db.SaveChangesAsync(cancellation);
        return open.Count;
    }

    private async Task<int> ChangeAsync(IReadOnlyCollection<int> items, Action<WorkItem> change, CancellationToken cancellation)
    {
        var open = await db.WorkItems.Where(w => w.ClosedAt == null && items.Contains(w.Id)).ToListAsync(cancellation);
        open.ForEach(change);
        await db.SaveChangesAsync(cancellation);
        return open.Count;
    }

    private async Task<WorkItem?> Find(string kind, string subject, CancellationToken cancellation) =>
        db.WorkItems.Local.FirstOrDefault(w => w.ClosedAt is null
            && string.Equals(w.Kind, kind, StringComparison.Ordinal) && string.Equals(w.Subject, subject, StringComparison.Ordinal))
        ?? await db.WorkItems.FirstOrDefaultAsync(w => w.ClosedAt == null && w.Kind == kind && w.Subject == subject, cancellation);
}

/// <summary>One row of the desk: a company, or a matter without one, with every reason.</summary>
public sealed record WorkGroup(IReadOnlyList<WorkItem> Items)
{
    public DateOnly Due => Items.Min(i => i.Due);

    public Company? Company => Items[0].Company;

    /// <summary>On this person's list: theirs, or nobody's yet.</summary>
    public bool IsFor(Guid person) => Items.Any(i => i.OwnerId is null || i.OwnerId == person);

    public IEnumerable<string> Owners => Items.Select(i => i.Owner?.DisplayName).OfType<string>().Distinct(StringComparer.Ordinal);
}
