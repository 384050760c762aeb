using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Work;

namespace MonozukuriTown.Core.Jobs;

/// <summary>Schedules timed jobs, shows them, and takes a person's decision about those that don't go on by themselves.</summary>
public sealed class TimedJobs(TownDbContext db, TodaysWork work, Actor actor, TimeProvider clock)
{
    internal const string StuckWork = "job.stuck";

    /// <summary>
    /// A row in the caller's unit of work, saved with it; nothing when it is there already, done or not. Of two callers at the same moment the
    /// unique index refuses the second.
    /// </summary>
    public async Task AddAsync<TJob>(string subject, DateTimeOffset due, CancellationToken cancellation = default)
        where TJob : IJob
    {
        bool Same(TimedJob job) => string.Equals(job.Kind, TJob.Kind, StringComparison.Ordinal) && string.Equals(job.Subject, subject, StringComparison.Ordinal) && job.Due == due;

        var kind = TJob.Kind;
        if (db.Set<TimedJob>().Local.Any(Same) || await db.Set<TimedJob>().AnyAsync(j => j.Kind == kind && j.Subject == subject && j.Due == due, cancellation))
            return;
        db.Add(new TimedJob { Kind = kind, Subject = subject, Due = due, NextAttemptAt = due });
    }

    public async Task<IReadOnlyDictionary<JobState, int>> CountsAsync(CancellationToken cancellation = default) =>
        await db.Set<TimedJob>().GroupBy(j => j.State).ToDictionaryAsync(g => g.Key, g => g.Count(), cancellation);

    /// <summary>Waiting ones: the next first. All others: the latest first.</summary>
    public async Task<IReadOnlyList<TimedJob>> ListAsync(JobState state, int most, CancellationToken cancellation = default)
    {
        var jobs = db.Set<TimedJob>().AsNoTracking().Where(j => j.State == state);
        jobs = state == JobState.Waiting ? jobs.OrderBy(j => j.NextAttemptAt).ThenBy(j => j.Id) : jobs.OrderByDescending(j => j.FinishedAt).ThenByDescending(j => j.Id);
        return await jobs.Take(most).ToListAsync(cancellation);
    }

    /// <summary>Once more, now. False when it is no longer one that stands still.</summary>
    public Task<bool> RunAgainAsync(long id, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        return DecideAsync(id, $"""
            update timed_job set state = 'Waiting', attempts = 0, next_attempt_at = {now}, finished_at = null, decided_by = {actor.UserId}
            where id = {id} and state in ('Stuck', 'GivenUp')
            """, cancellation);
    }

    /// <summary>Never. False when it was done meanwhile, or is being done: nobody waits for that here, it may take long.</summary>
    public Task<bool> GiveUpAsync(long id, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        return DecideAsync(id, $"""
            update timed_job set state = 'GivenUp', lease = null, lease_until = null, finished_at = {now}, decided_by = {actor.UserId}
            where id = (select id from timed_job where id = {id} and state in ('Waiting', 'Stuck') for update skip locked)
            """, cancellation);
    }

    /// <summary>Begun, and not over yet.</summary>
    public Task<bool> IsBeingDoneAsync(long id, CancellationToken cancellation = default) =>
        db.Set<TimedJob>().AnyAsync(j => j.Id == id && j.State == JobState.Waiting && j.Lease != null, cancellation);

    private async Task<bool> DecideAsync(long id, FormattableString sql, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Database.ExecuteSqlAsync(sql, cancellation) == 0)
            return false;
        await work.CloseAsync(StuckWork, WorkSubject(id), cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    internal static string WorkSubject(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
