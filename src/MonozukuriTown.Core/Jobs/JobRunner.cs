using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Core.Work;

namespace MonozukuriTown.Core.Jobs;

/// <summary>
/// Does what is due, on every node. A job is begun under a lease that is committed first (so that attempts are counted even when the program dies
/// in the middle), and done in one transaction that holds its row: while it runs nobody else can take it up, however long it takes, and when its
/// program dies PostgreSQL lets the row go.
/// </summary>
public sealed partial class JobRunner(IServiceScopeFactory scopes, IEnumerable<JobKind> kinds, TimeProvider clock, ILogger<JobRunner> logger) : BackgroundService
{
    public const int AttemptsMax = 6;
    private const int Workers = 2;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RoundsEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    /// <summary>Covers the moment between the lease and the lock on the row.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan[] Waits = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6)];

    private readonly Dictionary<string, JobKind> _kinds = kinds.ToDictionary(k => k.Kind, StringComparer.Ordinal);

    public IEnumerable<JobKind> Kinds => _kinds.Values;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => WorkAsync(keepsRounds: worker == 0, stoppingToken)));

    private async Task WorkAsync(bool keepsRounds, CancellationToken stop)
    {
        long? rounds = null;
        var away = false;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (keepsRounds && (rounds is null || clock.GetElapsedTime(rounds.Value) >= RoundsEvery))
                {
                    await ScheduleRoundsAsync(stop);
                    rounds = clock.GetTimestamp();
                }
                var did = await RunNextAsync(stop);
                away = false;
                if (!did)
                    await Task.Delay(Poll, clock, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is DbException or TimeoutException or InvalidOperationException or DbUpdateException)
            {
                if (!away)
                    Log.DatabaseAway(logger, e);
                away = true;
                await Task.Delay(Poll, clock, CancellationToken.None);
            }
        }
    }

    /// <summary>Sees to it that each kind that comes round stands in the table once for its next time.</summary>
    public async Task ScheduleRoundsAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        List<JobKind> round = [.. _kinds.Values.Where(k => k.Round is not null)];
        if (round.Count == 0)
            return;
        string[] names = [.. round.Select(k => k.Kind)];
        DateTimeOffset[] dues = [.. round.Select(k => k.Round!.Next(now))];
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TownDbContext>().Database.ExecuteSqlAsync($"""
            insert into timed_job (id, kind, subject, due, next_attempt_at, state, attempts)
            select nextval('town_ids'), k.kind, '', k.due, k.due, 'Waiting', 0 from unnest({names}, {dues}) as k(kind, due)
            where not exists (select from timed_job j where j.kind = k.kind and j.subject = '' and j.state = 'Waiting')
            on conflict (kind, subject, due) do nothing
            """, cancellation);
    }

    /// <summary>Does one job that is due; false when there is none.</summary>
    public async Task<bool> RunNextAsync(CancellationToken cancellation)
    {
        if (await LeaseAsync(cancellation) is not { } leased)
            return false;
        if (leased.Job.Attempt > AttemptsMax)
        {
            await FailAsync(leased, "The program ended each time while this job was being done.", cancellation);
            return true;
        }
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(Limit);
            await DoAsync(leased, limit.Token);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            // Asked to stop in the middle: nothing of it was committed, and it does not count.
            await ReturnAsync(leased);
            throw;
        }
#pragma warning disable CA1031 // Whatever a job throws is about that job: it is written down, and the others go on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.Failed(logger, leased.Kind, leased.Job.Id, leased.Job.Attempt, e);
            await FailAsync(leased, $"{e.GetType().Name}: {e.GetBaseException().Message}", cancellation);
        }
        return true;
    }

    private async Task<Leased?> LeaseAsync(CancellationToken cancellation)
    {
        var lease = Guid.CreateVersion7();
        var now = clock.GetUtcNow();
        string[] known = [.. _kinds.Keys];
        await using var scope = scopes.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<TownDbContext>().Database.SqlQuery<LeasedRow>($"""
            update timed_job set lease = {lease}, lease_until = now() + {Lease}, attempts = attempts + 1
            where id = (
                select id from timed_job
                where state = 'Waiting' and next_attempt_at <= {now} and (lease_until is null or lease_until <= now()) and kind = any({known})
                order by next_attempt_at, id limit 1 for update skip locked)
            returning id, kind, subject, due, attempts
            """).ToListAsync(cancellation);
        return rows is [var row] ? new(row.Kind, lease, new(row.Id, row.Subject, row.Due, row.Attempts)) : null;
    }

    private async Task DoAsync(Leased leased, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().Name = "job:" + leased.Kind;
        var db = scope.ServiceProvider.GetRequiredService<TownDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var held = await db.Database.SqlQuery<long>(
            $"""select id as "Value" from timed_job where id = {leased.Job.Id} and lease = {leased.Lease} and state = 'Waiting' for update""").ToListAsync(cancellation);
        if (held.Count == 0)
            return; // given up by a person, or this node slept through its lease
        await _kinds[leased.Kind].Run(scope.ServiceProvider, leased.Job, cancellation);
        await db.SaveChangesAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"""
            update timed_job set state = 'Done', finished_at = {clock.GetUtcNow()}, lease = null, lease_until = null, problem = null where id = {leased.Job.Id}
            """, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task FailAsync(Leased leased, string problem, CancellationToken cancellation)
    {
        var stuck = leased.Job.Attempt >= AttemptsMax;
        var now = clock.GetUtcNow();
        var next = now + Waits[Math.Min(leased.Job.Attempt, Waits.Length) - 1];
        var state = stuck ? nameof(JobState.Stuck) : nameof(JobState.Waiting);
        var words = ShortText.Of(problem.Replace('\0', ' '), TimedJob.ProblemMax);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TownDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var mine = await db.Database.ExecuteSqlAsync($"""
            update timed_job set state = {state}, problem = {words}, next_attempt_at = {next}, finished_at = case when {stuck} then {now} end,
                lease = null, lease_until = null
            where id = {leased.Job.Id} and lease = {leased.Lease} and state = 'Waiting'
            """, cancellation);
        if (mine == 1 && stuck)
        {
            scope.ServiceProvider.GetRequiredService<Actor>().Name = "job:" + leased.Kind;
            await scope.ServiceProvider.GetRequiredService<TodaysWork>().OpenAsync(new WorkItem
            {
                Kind = TimedJobs.StuckWork,
                Subject = TimedJobs.WorkSubject(leased.Job.Id),
                Reason = $"予定の作業「{_kinds[leased.Kind].Title}」が{AttemptsMax}回続けて失敗し、止まっています。",
                Due = TownClock.DateOf(now),
                Link = "/staff/jobs",
            }, cancellation);
            await db.SaveChangesAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
    }

    private async Task ReturnAsync(Leased leased)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TownDbContext>().Database.ExecuteSqlAsync(
            $"update timed_job set attempts = attempts - 1, lease = null, lease_until = null where id = {leased.Job.Id} and lease = {leased.Lease} and state = 'Waiting'");
    }

    private sealed record Leased(string Kind, Guid Lease, DueJob Job);

    private sealed record LeasedRow(long Id, string Kind, string Subject, DateTimeOffset Due, int Attempts);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The timed jobs can't be read; they wait.")]
        public static partial void DatabaseAway(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "Job {Kind} {Id} failed at attempt {Attempt}.")]
        public static partial void Failed(ILogger logger, string kind, long id, int attempt, Exception exception);
    }
}
