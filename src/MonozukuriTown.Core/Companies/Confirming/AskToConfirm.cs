using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Jobs;
using MonozukuriTown.Core.Work;

namespace MonozukuriTown.Core.Companies.Confirming;

/// <summary>Each morning: asks the companies whose listing is due, the oldest first and so many a day; reminds; hands silence on to staff.</summary>
public sealed class AskToConfirm(TownDbContext db, FreshnessRequests requests, TodaysWork work, TownClock clock, IOptions<TownOptions> options) : IJob
{
    public static string Kind => "listings.confirm";

    public static string Title => "掲載内容の確認をお願いする";

    public static JobRound? Round => JobRound.Daily(new(7, 30));

    public async Task RunAsync(DueJob job, CancellationToken cancellation)
    {
        await FollowUpAsync(cancellation);
        await AskAsync(cancellation);
    }

    private async Task FollowUpAsync(CancellationToken cancellation)
    {
        var open = await db.FreshnessRequests.Include(r => r.Answer).Where(r => r.ClosedAt == null).OrderBy(r => r.Id).ToListAsync(cancellation);
        if (open.Count == 0)
            return;
        var ids = open.ConvertAll(r => r.CompanyId);
        var dates = (await db.Companies.Where(c => ids.Contains(c.Id) && c.Status == CompanyStatus.Listed).DatesAsync(cancellation)).ToDictionary(d => d.CompanyId);
        var now = clock.Now.ToUniversalTime();
        var before = now.AddDays(-options.Value.FreshnessReminderDays);
        foreach (var request in open)
        {
            // Paused or gone: nobody writes to them. Who comes back is reminded then.
            if (!dates.TryGetValue(request.CompanyId, out var of))
                continue;
            if (of.AllSince(request.AskedAt))
            {
                // On the company's own desk, or by an edit.
                request.ClosedAt = now;
                await work.CloseAsync(FreshnessRequests.StaleWork, FreshnessRequests.WorkSubject(request.CompanyId), cancellation);
            }
            else if (request.HandedOnAt is null && (request.Answer?.At ?? request.RemindedAt ?? request.AskedAt) <= before)
            {
                if (request is not { Answer: null, RemindedAt: null, Way: AskedBy.Mail }
                    || !await requests.RemindAsync(request, await LoadAsync(request.CompanyId, cancellation), cancellation))
                {
                    await requests.HandOnAsync(request, Silence(request), cancellation);
                }
            }
        }
    }

    private async Task AskAsync(CancellationToken cancellation)
    {
        var (months, today) = (options.Value.FreshnessMonths, clock.Today);
        // Counted, not assumed: the job may run twice on a day.
        var (midnight, last) = (TownClock.At(today), TownClock.At(today.AddMonths(-months).AddDays(1)));
        var room = options.Value.FreshnessPerDay - await db.FreshnessRequests.CountAsync(r => r.AskedAt >= midnight, cancellation);
        if (room <= 0)
            return;
        var dates = await db.Companies.Where(c => c.Status == CompanyStatus.Listed
            && !db.FreshnessRequests.Any(r => r.CompanyId == c.Id && r.AskedAt >= last)).DatesAsync(cancellation);
        foreach (var due in dates.Select(d => (d.CompanyId, Day: d.DueOn(months, today), d.Oldest)).Where(d => d.Day is not null)
            .OrderBy(d => d.Oldest ?? DateTimeOffset.MinValue).ThenBy(d => d.CompanyId).Take(room))
        {
            await requests.OpenAsync(await LoadAsync(due.CompanyId, cancellation), due.Day!.Value, cancellation);
        }
    }

    private Task<Company> LoadAsync(int company, CancellationToken cancellation) =>
        db.Companies.AsNoTracking().WithParts().SingleAsync(c => c.Id == company, cancellation);

    private static string Silence(FreshnessRequest request) => request switch
    {
        { Answer.Choice: FreshnessChoice.Edit } => "掲載を自分で直すとのお返事のあと、確認の済んでいないところがあります。電話で聞いてください。",
        { Way: AskedBy.Paper } => "返信票がまだ返ってきません。電話で掲載内容を聞いてください。",
        _ => "掲載内容の確認のお願いに、お返事がありません。電話で聞いてください。",
    };
}
