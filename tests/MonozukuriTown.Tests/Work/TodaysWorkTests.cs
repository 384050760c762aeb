using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Work;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Work;

public sealed class TodaysWorkTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateOnly Monday = new(2026, 11, 30);
    private static readonly WorkingDays WorkingDays = new(Holidays.Load(TownHome.Seeds("reference", "holidays.csv")));

    private readonly TestClock clock = new();

    [Fact]
    public async Task Open_SameMatterTwice_IsOneRowWithTheNewWordsAndTheEarlierDay()
    {
        await Do(work => work.OpenAsync(Item("a", "前の言い方", Monday)));
        await Do(work => work.OpenAsync(Item("a", "今の言い方", Monday.AddDays(5))));

        await using var db = database.Open();
        var row = Assert.Single(await db.WorkItems.Where(w => w.Subject == "a").ToListAsync(Cancel));
        Assert.Equal(("今の言い方", Monday), (row.Reason, row.Due));
    }

    [Theory]
    [InlineData("2026-11-22", "2026-11-24")]
    [InlineData("2026-12-30", "2027-01-04")]
    [InlineData("2026-11-25", "2026-11-25")]
    public async Task Open_DueWhileTheTownHallIsClosed_IsDueWhenItOpens(string asked, string due)
    {
        await Do(work => work.OpenAsync(Item(asked, "電話する", DateOnly.Parse(asked))));

        await using var db = database.Open();
        Assert.Equal(DateOnly.Parse(due), (await db.WorkItems.SingleAsync(w => w.Subject == asked, Cancel)).Due);
    }

    [Fact]
    public async Task Open_AfterItWasClosed_IsNewWork()
    {
        await Do(work => work.OpenAsync(Item("b", "一度目", Monday)));
        await Do(work => work.CloseAsync("test", "b"));
        await Do(work => work.OpenAsync(Item("b", "二度目", Monday)));

        await using var db = database.Open();
        var rows = await db.WorkItems.Where(w => w.Subject == "b").OrderBy(w => w.Id).ToListAsync(Cancel);
        Assert.Equal([("一度目", true), ("二度目", false)], rows.Select(w => (w.Reason, w.ClosedAt is not null)));
    }

    [Fact]
    public async Task Open_ByTwoNodesAtOnce_TheDatabaseKeepsOne()
    {
        await using var first = database.Open();
        await using var second = database.Open();
        await new TodaysWork(first, clock, WorkingDays).OpenAsync(Item("c", "一", Monday), Cancel);
        await new TodaysWork(second, clock, WorkingDays).OpenAsync(Item("c", "二", Monday), Cancel);
        await first.SaveChangesAsync(Cancel);

        await Assert.ThrowsAsync<DbUpdateException>(() => second.SaveChangesAsync(Cancel));
    }

    [Fact]
    public async Task OpenGroups_TwoReasonsOfOneCompany_AreOneRowDueByTheEarlier()
    {
        var company = await database.Data.Company();
        await Do(work => work.OpenAsync(Item("d1", "電話する", Monday.AddDays(3), company.Id)));
        await Do(work => work.OpenAsync(Item("d2", "訪問する", Monday.AddDays(1), company.Id)));

        await using var db = database.Open();
        var groups = await new TodaysWork(db, clock, WorkingDays).OpenGroupsAsync(Cancel);

        var group = Assert.Single(groups, g => g.Items[0].CompanyId == company.Id);
        Assert.Equal(Monday.AddDays(1), group.Due);
        Assert.Equal(["訪問する", "電話する"], group.Items.Select(i => i.Reason));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static WorkItem Item(string subject, string reason, DateOnly due, int? company = null) =>
        new() { Kind = "test", Subject = subject, Reason = reason, Due = due, CompanyId = company };

    private async Task Do(Func<TodaysWork, Task> act)
    {
        await using var db = database.Open();
        await act(new TodaysWork(db, clock, WorkingDays));
        await db.SaveChangesAsync(Cancel);
    }
}
