using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Jobs;
using MonozukuriTown.Core.Work;
using MonozukuriTown.Tests.Mailings;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Jobs;

public sealed class TimedJobTests : IAsyncLifetime
{
    private readonly TestDatabase database = new();
    private readonly TestClock clock = new();
    private readonly JobScript script = new();
    private readonly List<MailHouse> houses = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => database.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var house in houses)
            await house.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>A node of the town: its own services on the one database.</summary>
    private JobRunner Node(TestClock? its = null)
    {
        var house = new MailHouse(database, new ScriptedTransport(), more: services =>
        {
            services.AddSingleton<TimeProvider>(its ?? clock);
            services.AddSingleton(script);
            services.AddScoped(_ =>
            {
                script.BeforeLock?.Invoke().GetAwaiter().GetResult();
                return new Actor();
            });
            services.AddScoped<TimedJobs>();
            services.AddJobRunner();
            services.AddJob<ScriptedJob>();
            services.AddJob<RoundJob>();
        });
        houses.Add(house);
        return house.Get<JobRunner>();
    }

    private Task<T> With<T>(Func<TimedJobs, TownDbContext, Task<T>> act) =>
        houses[0].InScope(services => act(services.GetRequiredService<TimedJobs>(), services.GetRequiredService<TownDbContext>()));

    private Task<int> AddAsync(string subject, DateTimeOffset? due = null) => With(async (jobs, db) =>
    {
        await jobs.AddAsync<ScriptedJob>(subject, due ?? clock.GetUtcNow(), Stop);
        return await db.SaveChangesAsync(Stop);
    });

    private async Task<TimedJob> RowAsync(string subject)
    {
        await using var db = database.Open();
        return await db.Set<TimedJob>().SingleAsync(j => j.Subject == subject, Stop);
    }

    private async Task<int> EffectsAsync(string subject)
    {
        await using var db = database.Open();
        return await db.WorkItems.CountAsync(w => w.Kind == ScriptedJob.Kind && w.Subject.StartsWith(subject + "/"), Stop);
    }

    private async Task RunAllAsync(JobRunner node)
    {
        while (await node.RunNextAsync(Stop))
            Assert.True(script.Begun.Count < 500, "it never ends");
    }

    [Fact]
    public async Task Run_BeforeAndAfterItsTime_OnlyWhenDueAndOnce()
    {
        var node = Node();
        await AddAsync("later", clock.GetUtcNow().AddMinutes(10));
        await RunAllAsync(node);
        Assert.Equal(JobState.Waiting, (await RowAsync("later")).State);
        clock.Advance(TimeSpan.FromMinutes(10));
        await RunAllAsync(node);
        await RunAllAsync(node);
        var row = await RowAsync("later");
        Assert.Equal((JobState.Done, 1), (row.State, row.Attempts));
        Assert.NotNull(row.FinishedAt);
        Assert.Equal(1, await EffectsAsync("later"));
    }

    [Fact]
    public async Task Add_TheSameTwice_IsOneJobAlsoWhenItIsDone()
    {
        var node = Node();
        var due = clock.GetUtcNow();
        Assert.Equal(1, await AddAsync("twice", due));
        Assert.Equal(0, await AddAsync("twice", due));
        Assert.Equal(1, await With(async (jobs, db) =>
        {
            await jobs.AddAsync<ScriptedJob>("pair", due, Stop);
            await jobs.AddAsync<ScriptedJob>("pair", due, Stop);
            return await db.SaveChangesAsync(Stop);
        }));
        await RunAllAsync(node);
        Assert.Equal(0, await AddAsync("twice", due));
        await RunAllAsync(node);
        Assert.Equal(1, await EffectsAsync("twice"));
        Assert.Equal(1, await EffectsAsync("pair"));
    }

    [Fact]
    public async Task Add_AtTheSameMoment_TheIndexRefusesTheSecond()
    {
        Node();
        var due = clock.GetUtcNow().AddDays(1);
        await With(async (jobs, db) =>
        {
            await jobs.AddAsync<ScriptedJob>("race", due, Stop);
            // Somebody else is quicker: this one looked before.
            Assert.Equal(1, await AddAsync("race", due));
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Stop));
            return 0;
        });
        Assert.Equal(due, (await RowAsync("race")).Due);
    }

    [Fact]
    public async Task Run_ByManyNodesAtOnce_EachJobIsDoneOnce()
    {
        List<JobRunner> nodes = [Node(), Node(), Node()];
        for (var i = 0; i < 40; i++)
            await AddAsync($"j{i:00}");
        await Task.WhenAll(nodes.Concat(nodes).Select(RunAllAsync));
        Assert.Equal(40, script.Begun.Count);
        await using var db = database.Open();
        Assert.Equal(40, await db.Set<TimedJob>().CountAsync(j => j.State == JobState.Done && j.Attempts == 1, Stop));
        Assert.Equal(40, await db.WorkItems.CountAsync(w => w.Kind == ScriptedJob.Kind, Stop));
    }

    [Fact]
    public async Task Run_StillAtWorkWhenItsLeaseIsOver_IsNotTakenUpByAnother()
    {
        var (slow, other) = (Node(), Node());
        var gate = new TaskCompletionSource();
        script.Act = _ => gate.Task;
        await AddAsync("slow");
        var running = slow.RunNextAsync(Stop);
        await MailHouse.UntilAsync(() => Task.FromResult(!script.Begun.IsEmpty), "it has begun");
        Assert.False(await other.RunNextAsync(Stop));
        gate.SetResult();
        Assert.True(await running);
        Assert.Equal((JobState.Done, 1), ((await RowAsync("slow")).State, (await RowAsync("slow")).Attempts));
    }

    [Fact]
    public async Task Run_KilledInTheMiddle_NothingOfItStaysAndItIsDoneAgain()
    {
        var (dead, other) = (Node(), Node());
        script.Act = async _ =>
        {
            if (script.Begun.Count == 1)
            {
                // What kill -9 looks like from the database: the connection is gone, nothing was rolled back by hand.
                await SqlAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state = 'idle in transaction'");
            }
        };
        await AddAsync("killed");
        // The dead node's own attempt to write its failure down is part of what a killed program can't do.
        await dead.RunNextAsync(Stop);
        await SqlAsync("update timed_job set lease = gen_random_uuid(), lease_until = now() - interval '1 second', next_attempt_at = due, problem = null");
        Assert.Equal(0, await EffectsAsync("killed"));
        await RunAllAsync(other);
        Assert.Equal((JobState.Done, 2), ((await RowAsync("killed")).State, (await RowAsync("killed")).Attempts));
        Assert.Equal(1, await EffectsAsync("killed"));
    }

    [Fact]
    public async Task Run_NodeThatSleptThroughItsLease_CommitsNothing()
    {
        var (sleeper, other) = (Node(), Node());
        await AddAsync("slept");
        script.BeforeLock = async () =>
        {
            if ((await RowAsync("slept")).Lease is null)
                return;
            script.BeforeLock = null;
            await SqlAsync("update timed_job set lease_until = now() - interval '1 second'");
            Assert.True(await other.RunNextAsync(Stop));
        };
        Assert.True(await sleeper.RunNextAsync(Stop));
        Assert.Equal((JobState.Done, 2), ((await RowAsync("slept")).State, (await RowAsync("slept")).Attempts));
        Assert.Equal(1, await EffectsAsync("slept"));
    }

    [Fact]
    public async Task Run_FailsEachTime_WaitsLongerThenStandsStillUntilAPersonDecides()
    {
        var node = Node();
        script.Act = _ => throw new InvalidOperationException("その会社はありません");
        await AddAsync("poison");
        List<double> waits = [];
        for (var attempt = 1; attempt < JobRunner.AttemptsMax; attempt++)
        {
            Assert.True(await node.RunNextAsync(Stop));
            Assert.False(await node.RunNextAsync(Stop));
            var row = await RowAsync("poison");
            Assert.Equal((JobState.Waiting, attempt), (row.State, row.Attempts));
            Assert.Contains("その会社はありません", row.Problem, StringComparison.Ordinal);
            waits.Add((row.NextAttemptAt - clock.GetUtcNow()).TotalMinutes);
            clock.Advance(row.NextAttemptAt - clock.GetUtcNow());
        }
        Assert.Equal([1, 5, 30, 120, 360], waits);
        Assert.True(await node.RunNextAsync(Stop));
        var stuck = await RowAsync("poison");
        Assert.Equal(JobState.Stuck, stuck.State);
        Assert.Equal(0, await EffectsAsync("poison"));
        await using (var db = database.Open())
            Assert.Equal($"予定の作業「{ScriptedJob.Title}」が6回続けて失敗し、止まっています。", (await db.WorkItems.SingleAsync(w => w.Kind == "job.stuck" && w.ClosedAt == null, Stop)).Reason);
        clock.Advance(TimeSpan.FromDays(30));
        Assert.False(await node.RunNextAsync(Stop));

        script.Act = null;
        Assert.True(await With((jobs, _) => jobs.RunAgainAsync(stuck.Id, Stop)));
        Assert.False(await With((jobs, _) => jobs.RunAgainAsync(stuck.Id, Stop)));
        await using (var db = database.Open())
            Assert.False(await db.WorkItems.AnyAsync(w => w.Kind == "job.stuck" && w.ClosedAt == null, Stop));
        await RunAllAsync(node);
        Assert.Equal(JobState.Done, (await RowAsync("poison")).State);
        Assert.Equal(1, await EffectsAsync("poison"));
        Assert.False(await With((jobs, _) => jobs.GiveUpAsync(stuck.Id, Stop)));
    }

    [Fact]
    public async Task Run_EndsItsProgramEachTime_StandsStillToo()
    {
        var node = Node();
        await AddAsync("deadly");
        await SqlAsync($"update timed_job set attempts = {JobRunner.AttemptsMax}, lease = gen_random_uuid(), lease_until = now() - interval '1 second'");
        Assert.True(await node.RunNextAsync(Stop));
        Assert.Empty(script.Begun);
        Assert.Equal(JobState.Stuck, (await RowAsync("deadly")).State);
    }

    [Fact]
    public async Task GiveUp_WaitingJob_IsNeverDone()
    {
        var node = Node();
        await AddAsync("no", clock.GetUtcNow().AddHours(1));
        var id = (await RowAsync("no")).Id;
        Assert.True(await With((jobs, _) => jobs.GiveUpAsync(id, Stop)));
        clock.Advance(TimeSpan.FromHours(2));
        await RunAllAsync(node);
        Assert.Equal(JobState.GivenUp, (await RowAsync("no")).State);
        Assert.Empty(script.Begun);
    }

    [Fact]
    public async Task GiveUp_JobThatIsBeingDone_SaysSoAtOnceAndItIsDone()
    {
        var node = Node();
        var gate = new TaskCompletionSource();
        script.Act = _ => gate.Task;
        await AddAsync("busy");
        var id = (await RowAsync("busy")).Id;
        var running = node.RunNextAsync(Stop);
        await MailHouse.UntilAsync(() => Task.FromResult(!script.Begun.IsEmpty), "it has begun");
        // Where it waited for the job, this would wait for ever.
        Assert.False(await With((jobs, _) => jobs.GiveUpAsync(id, Stop)));
        Assert.True(await With((jobs, _) => jobs.IsBeingDoneAsync(id, Stop)));
        gate.SetResult();
        Assert.True(await running);
        Assert.Equal(JobState.Done, (await RowAsync("busy")).State);
        Assert.False(await With((jobs, _) => jobs.IsBeingDoneAsync(id, Stop)));
    }

    [Fact]
    public async Task Run_FailsWithALongProblem_KeepsItsBeginningInWholeCharacters()
    {
        var node = Node();
        script.Act = _ => throw new InvalidOperationException(string.Concat(Enumerable.Repeat("🔩", 400)));
        await AddAsync("long");
        Assert.True(await node.RunNextAsync(Stop));
        var problem = (await RowAsync("long")).Problem!;
        Assert.EndsWith("🔩…", problem, StringComparison.Ordinal);
        Assert.InRange(problem.Length, TimedJob.ProblemMax - 1, TimedJob.ProblemMax);
    }

    [Fact]
    public async Task Stop_InTheMiddle_CountsNoAttemptAndLeavesNothing()
    {
        var (stopped, other) = (Node(), Node());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        script.Act = async cancellation =>
        {
            await stop.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
        };
        await AddAsync("stopped");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.RunNextAsync(stop.Token));
        Assert.Equal((JobState.Waiting, 0), ((await RowAsync("stopped")).State, (await RowAsync("stopped")).Attempts));
        script.Act = null;
        await RunAllAsync(other);
        Assert.Equal(1, await EffectsAsync("stopped"));
    }

    [Fact]
    public async Task Round_ClocksThatStepAndDiffer_EachMomentIsDoneOnce()
    {
        var behind = new TestClock();
        behind.Advance(TimeSpan.FromMinutes(-7));
        var (node, other) = (Node(), Node(behind));
        await node.ScheduleRoundsAsync(Stop);
        await other.ScheduleRoundsAsync(Stop);
        clock.Advance(TimeSpan.FromMinutes(16));
        await RunAllAsync(node);
        Assert.Equal(1, script.Rounds);
        // The clock steps back an hour (somebody set it), and the other node was behind all along: 10:15 has been done.
        await node.ScheduleRoundsAsync(Stop);
        clock.Advance(TimeSpan.FromHours(-1));
        behind.Advance(TimeSpan.FromMinutes(16));
        await node.ScheduleRoundsAsync(Stop);
        await other.ScheduleRoundsAsync(Stop);
        await RunAllAsync(node);
        await RunAllAsync(other);
        Assert.Equal(1, script.Rounds);
        // A night without power: what was missed is done once, not once for each quarter of an hour.
        clock.Advance(TimeSpan.FromHours(12));
        await RunAllAsync(node);
        await node.ScheduleRoundsAsync(Stop);
        await RunAllAsync(node);
        Assert.Equal(2, script.Rounds);
    }

    [Fact]
    public void Daily_ByTheTownsClock_NotUtc()
    {
        var round = JobRound.Daily(new(3, 40));
        Assert.Equal(new DateTimeOffset(2026, 10, 27, 18, 40, 0, TimeSpan.Zero), round.Next(new DateTimeOffset(2026, 10, 27, 18, 39, 59, TimeSpan.Zero)));
        Assert.Equal(new DateTimeOffset(2026, 10, 28, 18, 40, 0, TimeSpan.Zero), round.Next(new DateTimeOffset(2026, 10, 27, 18, 40, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task Housekeeping_OldRecords_AreForgottenAndNoOthers()
    {
        Node();
        await AddAsync("waiting");
        await using (var db = database.Open())
        {
            TimedJob Row(string subject, JobState state, int days) => new()
            {
                Kind = "x",
                Subject = subject,
                Due = clock.GetUtcNow(),
                NextAttemptAt = clock.GetUtcNow(),
                State = state,
                FinishedAt = clock.GetUtcNow().AddDays(-days),
            };
            db.AddRange(Row("old", JobState.Done, 91), Row("young", JobState.Done, 89), Row("stuck", JobState.Stuck, 300), Row("given", JobState.GivenUp, 91));
            await db.SaveChangesAsync(Stop);
        }
        await houses[0].InScope(async services =>
        {
            await services.GetRequiredService<JobHousekeeping>().RunAsync(new(0, "", clock.GetUtcNow(), 1), Stop);
            return 0;
        });
        await using var after = database.Open();
        Assert.Equal(["stuck", "waiting", "young"], await after.Set<TimedJob>().OrderBy(j => j.Subject).Select(j => j.Subject).ToListAsync(Stop));
    }

    private async Task SqlAsync(string sql)
    {
        await using var db = database.Open();
#pragma warning disable EF1002 // Words of this file only.
        await db.Database.ExecuteSqlRawAsync(sql, Stop);
#pragma warning restore EF1002
    }
}

/// <summary>What the tests' job does, and what it saw.</summary>
public sealed class JobScript
{
    private int rounds;

    public ConcurrentQueue<DueJob> Begun { get; } = new();
    public Func<CancellationToken, Task>? Act { get; set; }

    /// <summary>When a scope is made: for the lease, and again between the lease and the lock on the row.</summary>
    public Func<Task>? BeforeLock { get; set; }
    public int Rounds => rounds;

    public void Round() => Interlocked.Increment(ref rounds);
}

/// <summary>Leaves a row of today's work for each time it was done.</summary>
public sealed class ScriptedJob(TownDbContext db, JobScript script, TimeProvider clock) : IJob
{
    public static string Kind => "test.scripted";

    public static string Title => "試験の作業";

    public async Task RunAsync(DueJob job, CancellationToken cancellation)
    {
        script.Begun.Enqueue(job);
        db.WorkItems.Add(new WorkItem { Kind = Kind, Subject = $"{job.Subject}/{job.Attempt}", Reason = "した", OpenedAt = clock.GetUtcNow() });
        await db.SaveChangesAsync(cancellation);
        if (script.Act is { } act)
            await act(cancellation);
    }
}

public sealed class RoundJob(JobScript script) : IJob
{
    public static string Kind => "test.round";

    public static string Title => "15分ごとの作業";

    public static JobRound? Round => JobRound.Every(TimeSpan.FromMinutes(15));

    public Task RunAsync(DueJob job, CancellationToken cancellation)
    {
        script.Round();
        return Task.CompletedTask;
    }
}
