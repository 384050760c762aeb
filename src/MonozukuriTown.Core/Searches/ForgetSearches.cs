using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Jobs;

namespace MonozukuriTown.Core.Searches;

/// <summary>Keeps the promise of the privacy page: what was searched is forgotten after 90 days.</summary>
public sealed class ForgetSearches(TownDbContext db, TownClock clock) : IJob
{
    public static string Kind => "searches.forget";

    public static string Title => $"{SearchCount.KeepDays}日より前の検索の記録を消す";

    public static JobRound? Round => JobRound.Daily(new(3, 50));

    public Task RunAsync(DueJob job, CancellationToken cancellation)
    {
        var oldest = clock.Today.AddDays(-SearchCount.KeepDays);
        return db.Database.ExecuteSqlAsync($"delete from search_count where day < {oldest}", cancellation);
    }
}
