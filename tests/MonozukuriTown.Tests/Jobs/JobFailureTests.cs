using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Jobs;
using MonozukuriTown.Tests.Mailings;

namespace MonozukuriTown.Tests.Jobs;

/// <summary>Jobs that fail, are killed, stopped or given up.</summary>
public sealed class JobFailureTests : JobTests
{
    [Fact]
    public async Task Run_KilledInTheMiddle_NothingOfItStaysAndItIsDoneAgain()
    {
        var (dead, other) = (Node(), Node());
        Script.Act = async _ =>
        {
            if (Script.Begun.Count == 1)
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
        Script.BeforeLock = async () =>
        {
            if ((await RowAsync("slept")).Lease is null)
                return;
            Script.BeforeLock = null;
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
        Script.Act = _ => throw new InvalidOperationException("その会社はありません");
        await AddAsync("poison");
        List<double> waits = [];
        for (var attempt = 1; attempt < JobRunner.AttemptsMax; attempt++)
        {
            Assert.True(await node.RunNextAsync(Stop));
            Assert.False(await node.RunNextAsync(Stop));
            var row = await RowAsync("poison");
            Assert.Equal((JobState.Waiting, attempt), (row.State, row.Attempts));
            Assert.Contains("その会社はありません", row.Problem, StringComparison.Ordinal);
            waits.Add((row.NextAttemptAt - Clock.GetUtcNow()).TotalMinutes);
            Clock.Advance(row.NextAttemptAt - Clock.GetUtcNow());
        }
        Assert.Equal([1, 5, 30, 120, 360], waits);
        Assert.True(await node.RunNextAsync(Stop));
        var stuck = await RowAsync("poison");
        Assert.Equal(JobState.Stuck, stuck.State);
        Assert.Equal(0, await EffectsAsync("poison"));
        await using (var db = Open())
            Assert.Equal($"予定の作業「{ScriptedJob.Title}」が6回続けて失敗し、止まっています。", (await db.WorkItems.SingleAsync(w => w.Kind == "job.stuck" && w.ClosedAt == null, Stop)).Reason);
        Clock.Advance(TimeSpan.FromDays(30));
        Assert.False(await node.RunNextAsync(Stop));

        Script.Act = null;
        Assert.True(await With((jobs, _) => jobs.RunAgainAsync(stuck.Id, Stop)));
        Assert.False(await With((jobs, _) => jobs.RunAgainAsync(stuck.Id, Stop)));
        await using (var db = Open())
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
        Assert.Empty(Script.Begun);
        Assert.Equal(JobState.Stuck, (await RowAsync("deadly")).State);
    }

    [Fact]
    public async Task GiveUp_WaitingJob_IsNeverDone()
    {
        var node = Node();
        await AddAsync("no", Clock.GetUtcNow().AddHours(1));
        var id = (await RowAsync("no")).Id;
        Assert.True(await With((jobs, _) => jobs.GiveUpAsync(id, Stop)));
        Clock.Advance(TimeSpan.FromHours(2));
        await RunAllAsync(node);
        Assert.Equal(JobState.GivenUp, (await RowAsync("no")).State);
        Assert.Empty(Script.Begun);
    }

    [Fact]
    public async Task GiveUp_JobThatIsBeingDone_SaysSoAtOnceAndItIsDone()
    {
        var node = Node();
        var gate = new TaskCompletionSource();
        Script.Act = _ => gate.Task;
        await AddAsync("busy");
        var id = (await RowAsync("busy")).Id;
        var running = node.RunNextAsync(Stop);
        await MailHouse.UntilAsync(() => Task.FromResult(!Script.Begun.IsEmpty), "it has begun");
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
        Script.Act = _ => throw new InvalidOperationException(string.Concat(Enumerable.Repeat("🔩", 400)));
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
        Script.Act = async cancellation =>
        {
            await stop.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
        };
        await AddAsync("stopped");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.RunNextAsync(stop.Token));
        Assert.Equal((JobState.Waiting, 0), ((await RowAsync("stopped")).State, (await RowAsync("stopped")).Attempts));
        Script.Act = null;
        await RunAllAsync(other);
        Assert.Equal(1, await EffectsAsync("stopped"));
    }
}
