using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Core.Mailings;

/// <summary>How many rows are in a state, and since when the oldest of them waits.</summary>
public sealed record QueueCount(MailState State, int Count, DateTimeOffset Oldest);

/// <summary>What staff see of the outgoing rows, and what a person alone decides.</summary>
public sealed class MailDesk(TownDbContext db, TimeProvider clock)
{
    public const int ListMax = 100;

    public async Task<IReadOnlyList<QueueCount>> CountsAsync(CancellationToken cancellation) =>
        await db.Set<OutgoingMail>().GroupBy(m => m.State)
            .Select(g => new QueueCount(g.Key, g.Count(), g.Min(m => m.CreatedAt))).ToListAsync(cancellation);

    public async Task<IReadOnlyList<MailSwitch>> SwitchesAsync(CancellationToken cancellation) =>
        await db.Set<MailSwitch>().AsNoTracking().OrderBy(s => s.Lane).ToListAsync(cancellation);

    /// <summary>Rows somebody should look at: uncertain and failed, the newest first.</summary>
    public async Task<IReadOnlyList<OutgoingMail>> TroubledAsync(CancellationToken cancellation) =>
        await db.Set<OutgoingMail>().AsNoTracking().Include(m => m.Body)
            .Where(m => m.State == MailState.Uncertain || m.State == MailState.Failed)
            .OrderByDescending(m => m.Id).Take(ListMax).ToListAsync(cancellation);

    /// <summary>Pauses or resumes a lane.</summary>
    public async Task SwitchAsync(MailLane lane, bool run, CancellationToken cancellation)
    {
        var row = await db.Set<MailSwitch>().SingleAsync(s => s.Lane == lane, cancellation);
        row.State = run ? SwitchState.Running : SwitchState.Paused;
        row.Reason = null;
        row.ChangedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>
    /// A person's decision about an uncertain or failed mail: once more. One statement, so that two people who press at once send it once.
    /// False when it is in another state by now.
    /// </summary>
    public async Task<bool> SendAgainAsync(long id, CancellationToken cancellation) =>
        await db.Database.ExecuteSqlAsync($"""
            update outgoing_mail set state = 'Queued', lease = null, lease_until = null, next_attempt_at = now(),
                history = history || jsonb_build_object('at', finished_at, 'code', server_code, 'words', server_words, 'again', true),
                server_code = null, server_words = null, finished_at = null
            where id = {id} and state in ('Uncertain', 'Failed')
            """, cancellation) == 1;
}
