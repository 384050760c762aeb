using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Core.Jobs;

/// <summary>Forgets jobs that were over long ago.</summary>
public sealed class JobHousekeeping(TownDbContext db, TimeProvider clock) : IJob
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(90);

    public static string Kind => "jobs.forget";

    public static string Title => "90日より前に終わった予定の記録を消す";

    public static JobRound? Round => JobRound.Daily(new(3, 40));

    public async Task RunAsync(DueJob job, CancellationToken cancellation)
    {
        var before = clock.GetUtcNow() - Keep;
        await db.Set<TimedJob>().Where(j => (j.State == JobState.Done || j.State == JobState.GivenUp) && j.FinishedAt < before).ExecuteDeleteAsync(cancellation);
    }
}
