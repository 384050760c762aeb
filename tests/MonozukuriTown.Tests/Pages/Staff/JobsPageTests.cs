using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Jobs;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Pages.Staff;

public sealed class JobsPageTests(TownApp app) : IClassFixture<TownApp>
{
    private async Task<TimedJob> JobAsync(JobState state, string subject, string kind = "test.unknown") => await app.Data.Add(new TimedJob
    {
        Kind = kind,
        Subject = subject,
        State = state,
        Attempts = state == JobState.Stuck ? 6 : 1,
        Problem = state == JobState.Stuck ? "IOException: 試験の失敗" : null,
        Due = app.Clock.GetUtcNow().AddHours(1),
        NextAttemptAt = app.Clock.GetUtcNow().AddHours(1),
        FinishedAt = state == JobState.Waiting ? null : app.Clock.GetUtcNow(),
    });

    private async Task<JobState> StateAsync(long id)
    {
        await using var db = app.Database.Open();
        return (await db.Set<TimedJob>().SingleAsync(j => j.Id == id, TestContext.Current.CancellationToken)).State;
    }

    [Fact]
    public async Task Open_JobsOfEachState_AreNamedInWords()
    {
        await JobAsync(JobState.Stuck, "event/1");
        await JobAsync(JobState.Done, "event/2", JobHousekeeping.Kind);
        var page = await (await app.As(Roles.City)).Open("/staff/jobs");
        Assert.Contains("6回続けて失敗して止まっています", page.Text(), StringComparison.Ordinal);
        Assert.Contains("IOException: 試験の失敗", page.Text(), StringComparison.Ordinal);
        Assert.Contains(JobHousekeeping.Title + "（event/2）", page.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Again_StuckJob_WaitsOnceMoreAndASecondPressSaysSo()
    {
        var job = await JobAsync(JobState.Stuck, "again");
        var city = await app.As(Roles.City);
        var page = await city.Open("/staff/jobs");
        var form = $"form[action*='Again']:has(input[value='{job.Id}'])";
        Assert.Contains("もう一度します", (await (await page.Submit(form)).Follow()).Text(".notice"), StringComparison.Ordinal);
        Assert.Equal(JobState.Waiting, await StateAsync(job.Id));
        await using (var db = app.Database.Open())
            Assert.Equal((await app.UserOf(Roles.City)).Id, (await db.Set<TimedJob>().SingleAsync(j => j.Id == job.Id, TestContext.Current.CancellationToken)).DecidedBy);
        Assert.Contains("ほかの人が先に", (await (await page.Submit(form)).Follow()).Text(".notice"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GiveUp_WaitingJob_SaysWhatWillHappenAndIsTakenBackByAgain()
    {
        var job = await JobAsync(JobState.Waiting, "giveup");
        var city = await app.As(Roles.City);
        var page = await city.Open("/staff/jobs");
        Assert.Contains("この作業を取りやめます。", page.Text(), StringComparison.Ordinal);
        var after = await (await page.Submit($"form[action*='GiveUp']:has(input[value='{job.Id}'])")).Follow();
        Assert.Equal(JobState.GivenUp, await StateAsync(job.Id));
        await after.Submit($"form[action*='Again']:has(input[value='{job.Id}'])");
        Assert.Equal(JobState.Waiting, await StateAsync(job.Id));
    }

    [Fact]
    public async Task GiveUp_JobThatIsBeingDone_SaysSo()
    {
        var job = await JobAsync(JobState.Waiting, "busy");
        var page = await (await app.As(Roles.City)).Open("/staff/jobs");
        await using var db = app.Database.Open();
        // As a node holds it while it does the job.
        await db.Database.ExecuteSqlAsync($"update timed_job set lease = gen_random_uuid(), lease_until = now() + interval '1 minute' where id = {job.Id}", TestContext.Current.CancellationToken);
        await using var held = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await db.Database.ExecuteSqlAsync($"select from timed_job where id = {job.Id} for update", TestContext.Current.CancellationToken);
        var after = await (await page.Submit($"form[action*='GiveUp']:has(input[value='{job.Id}'])")).Follow();
        Assert.Contains("いま行っているところ", after.Text(".notice"), StringComparison.Ordinal);
        Assert.Equal(JobState.Waiting, await StateAsync(job.Id));
    }
}
