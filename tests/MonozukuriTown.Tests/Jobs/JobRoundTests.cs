using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Jobs;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Jobs;

/// <summary>What comes round by itself, and what is forgotten again.</summary>
public sealed class JobRoundTests : JobTests
{
    [Fact]
    public async Task Round_ClocksThatStepAndDiffer_EachMomentIsDoneOnce()
    {
        var behind = new TestClock();
        behind.Advance(TimeSpan.FromMinutes(-7));
        var (node, other) = (Node(), Node(behind));
        await node.ScheduleRoundsAsync(Stop);
        await other.ScheduleRoundsAsync(Stop);
        Clock.Advance(TimeSpan.FromMinutes(16));
        await RunAllAsync(node);
        Assert.Equal(1, Script.Rounds);
        // The Clock steps back an hour (somebody set it), and the other node was behind all along: 10:15 has been done.
        await node.ScheduleRoundsAsync(Stop);
        Clock.Advance(TimeSpan.FromHours(-1));
        behind.Advance(TimeSpan.FromMinutes(16));
        await node.ScheduleRoundsAsync(Stop);
        await other.ScheduleRoundsAsync(Stop);
        await RunAllAsync(node);
        await RunAllAsync(other);
        Assert.Equal(1, Script.Rounds);
        // A night without power: what was missed is done once, not once for each quarter of an hour.
        Clock.Advance(TimeSpan.FromHours(12));
        await RunAllAsync(node);
        await node.ScheduleRoundsAsync(Stop);
        await RunAllAsync(node);
        Assert.Equal(2, Script.Rounds);
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
        await using (var db = Open())
        {
            TimedJob Row(string subject, JobState state, int days) => new()
            {
                Kind = "x",
                Subject = subject,
                Due = Clock.GetUtcNow(),
                NextAttemptAt = Clock.GetUtcNow(),
                State = state,
                FinishedAt = Clock.GetUtcNow().AddDays(-days),
            };
            db.AddRange(Row("old", JobState.Done, 91), Row("young", JobState.Done, 89), Row("stuck", JobState.Stuck, 300), Row("given", JobState.GivenUp, 91));
            await db.SaveChangesAsync(Stop);
        }
        await Houses[0].InScope(async services =>
        {
            await services.GetRequiredService<JobHousekeeping>().RunAsync(new(0, "", Clock.GetUtcNow(), 1), Stop);
            return 0;
        });
        await using var after = Open();
        Assert.Equal(["stuck", "waiting", "young"], await after.Set<TimedJob>().OrderBy(j => j.Subject).Select(j => j.Subject).ToListAsync(Stop));
    }
}
