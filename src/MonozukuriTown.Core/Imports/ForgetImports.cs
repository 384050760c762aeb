using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Jobs;

namespace MonozukuriTown.Core.Imports;

/// <summary>Files of checks that came to nothing hold data about persons, and no purpose any more: the page promises that they go within a day.</summary>
public sealed class ForgetImports(TownDbContext db, TimeProvider clock) : IJob
{
    // With the hour between two rounds it is a day at most.
    private static readonly TimeSpan Keep = TimeSpan.FromHours(23);

    public static string Kind => "imports.forget";

    public static string Title => "取り込まなかったファイルを一日で消す";

    public static JobRound? Round => JobRound.Every(TimeSpan.FromHours(1));

    public async Task RunAsync(DueJob job, CancellationToken cancellation)
    {
        // Not while one of them is being applied.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({ImportService.Gate})", cancellation);
        var before = clock.GetUtcNow() - Keep;
        await db.Database.ExecuteSqlAsync($"delete from import_run where status = {nameof(ImportStatus.Checked)} and checked_at < {before}", cancellation);
    }
}
