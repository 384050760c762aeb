using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Jobs;
using MonozukuriTown.Tests.Mailings;

namespace MonozukuriTown.Tests.Jobs;

/// <summary>A job is done when it is due, and once, however many nodes there are.</summary>
public sealed class TimedJobTests : JobTests
{
    [Fact]
    public async Task Run_BeforeAndAfterItsTime_OnlyWhenDueAndOnce()
    {
        var node = Node();
        await AddAsync("later", Clock.GetUtcNow().AddMinutes(10));
        await RunAllAsync(node);
        Assert.Equal(JobState.Waiting, (await RowAsync("later")).State);
        Clock.Advance(TimeSpan.FromMinutes(10));
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
        var due = Clock.GetUtcNow();
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
        var due = Clock.GetUtcNow().AddDays(1);
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
        Assert.Equal(40, Script.Begun.Count);
        await using var db = Open();
        Assert.Equal(40, await db.Set<TimedJob>().CountAsync(j => j.State == JobState.Done && j.Attempts == 1, Stop));
        Assert.Equal(40, await db.WorkItems.CountAsync(w => w.Kind == ScriptedJob.Kind, Stop));
    }

    [Fact]
    public async Task Run_StillAtWorkWhenItsLeaseIsOver_IsNotTakenUpByAnother()
    {
        var (slow, other) = (Node(), Node());
        var gate = new TaskCompletionSource();
        Script.Act = _ => gate.Task;
        await AddAsync("slow");
        var running = slow.RunNextAsync(Stop);
        await MailHouse.UntilAsync(() => Task.FromResult(!Script.Begun.IsEmpty), "it has begun");
        Assert.False(await other.RunNextAsync(Stop));
        gate.SetResult();
        Assert.True(await running);
        Assert.Equal((JobState.Done, 1), ((await RowAsync("slow")).State, (await RowAsync("slow")).Attempts));
    }
}
