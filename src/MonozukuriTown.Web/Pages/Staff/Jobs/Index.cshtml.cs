using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MonozukuriTown.Core.Jobs;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Staff.Jobs;

/// <summary>What the portal does by itself at its time: due, done, and what stands still until a person decides.</summary>
public sealed class IndexModel(TimedJobs jobs, JobRunner runner, TimeProvider clock) : PageModel
{
    private const int WaitingShown = 100;
    private const int OverShown = 50;

    [TempData]
    public string? Notice { get; set; }

    public IReadOnlyList<TimedJob> Stuck { get; private set; } = [];
    public IReadOnlyList<TimedJob> Waiting { get; private set; } = [];
    public IReadOnlyList<TimedJob> Over { get; private set; } = [];

    /// <summary>Waiting ones beyond those shown.</summary>
    public int More { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Stuck = await jobs.ListAsync(JobState.Stuck, int.MaxValue, cancellation);
        Waiting = await jobs.ListAsync(JobState.Waiting, WaitingShown, cancellation);
        More = (await jobs.CountsAsync(cancellation)).GetValueOrDefault(JobState.Waiting) - Waiting.Count;
        var done = await jobs.ListAsync(JobState.Done, OverShown, cancellation);
        var given = await jobs.ListAsync(JobState.GivenUp, OverShown, cancellation);
        Over = [.. done.Concat(given).OrderByDescending(j => j.FinishedAt).Take(OverShown)];
    }

    public async Task<IActionResult> OnPostAgainAsync(long id, CancellationToken cancellation) =>
        Told(await jobs.RunAgainAsync(id, cancellation), "もう一度します。済むと「済んだもの」に移ります。");

    public async Task<IActionResult> OnPostGiveUpAsync(long id, CancellationToken cancellation)
    {
        if (await jobs.GiveUpAsync(id, cancellation))
            return Told(true, "取りやめました。");
        var busy = await jobs.IsBeingDoneAsync(id, cancellation);
        return Told(busy, "この作業は、いま行っているところなので、取りやめられません。しばらくしてから、結果を確かめてください。");
    }

    /// <summary>A kind that a newer program wrote has no name here.</summary>
    public string TitleOf(TimedJob job) => runner.Kinds.FirstOrDefault(k => string.Equals(k.Kind, job.Kind, StringComparison.Ordinal))?.Title ?? job.Kind;

    public string StateOf(TimedJob job) => job switch
    {
        { Lease: not null } => "しています",
        { Problem: { } problem, Attempts: > 0 } => $"{job.Attempts}回失敗し、やり直しを待っています（{problem}）",
        _ when job.NextAttemptAt <= clock.GetUtcNow() => "まもなくします",
        _ => "待っています",
    };

    private RedirectResult Told(bool changed, string notice)
    {
        Notice = changed ? notice : "ほかの人が先に決めたか、すでに済んでいます。";
        return Redirect(StaffLinks.Jobs);
    }
}
