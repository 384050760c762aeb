using System.Collections.Concurrent;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Jobs;
using MonozukuriTown.Core.Work;

namespace MonozukuriTown.Tests.Jobs;

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
