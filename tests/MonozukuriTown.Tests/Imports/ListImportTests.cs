using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Imports;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Imports;

public class ListImportTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly ImportDesk _desk = new(database.Connection);
    private readonly string _id = $"L{database.Data.Next()}-";

    private async Task<int> CompanyAsync(string suffix) =>
        (await database.Data.Company(c => c.Listed().Set(x => (x.ExternalId, x.Name) = (_id + suffix, $"株式会社{_id}{suffix}")))).Id;

    [Fact]
    public async Task Members_WithDates_ComeInAndComeAgainWithoutDoubles()
    {
        var id = await CompanyAsync("A");
        var file = $"企業ID,企業名,入会日,退会日,退会理由,世話人\n{_id}A,,2020-04-01,,,はい\n{_id}A,,平成24年7月25日,2018/4/1,多忙,\n";
        await _desk.BringAsync(file, ImportKind.Members);
        await using var db = database.Open();
        var rows = await db.Memberships.Where(m => m.CompanyId == id).OrderBy(m => m.JoinedOn).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([(new DateOnly(2012, 7, 25), new DateOnly(2018, 4, 1), "多忙", false), (new DateOnly(2020, 4, 1), null, null, true)],
            rows.Select(m => (m.JoinedOn, m.LeftOn, m.LeaveReason, m.Steward)));
        var (run, _) = await _desk.CheckAsync(file, ImportKind.Members);
        Assert.Equal((0, 0, 2), (run.Added, run.Changed, run.Unchanged));
    }

    [Fact]
    public async Task Members_AnOldListAgain_DoesNotBringBackWhoLeft()
    {
        await CompanyAsync("B");
        await _desk.BringAsync($"企業ID,入会日\n{_id}B,2020-04-01\n", ImportKind.Members);
        var left = await _desk.BringAsync($"企業ID,入会日,退会日\n{_id}B,2020-04-01,2026-04-01\n", ImportKind.Members);
        var (run, _) = await _desk.CheckAsync($"企業ID,入会日\n{_id}B,2020-04-01\n", ImportKind.Members);
        Assert.Equal((0, 0, 1), (run.Added, run.Changed, run.Unchanged));
        Assert.Equal((0, 1), (left.Added, left.Changed));
    }

    [Theory]
    [InlineData("X,2020-04-01,", "この企業IDの会社はありません")]
    [InlineData("C,,", "「入会日」がありません")]
    [InlineData("C,いつか,", "日付として")]
    [InlineData("C,2020-04-01,2019-04-01", "退会日が入会日より前")]
    [InlineData("C,2016-04-01,", "重なります")]
    public async Task Members_BadRow_IsRefused(string row, string reason)
    {
        if (!await database.Open().Companies.AnyAsync(c => c.ExternalId == _id + "C", TestContext.Current.CancellationToken))
            await CompanyAsync("C");
        await _desk.BringAsync($"企業ID,入会日,退会日\n{_id}C,2015-04-01,2017-04-01\n", ImportKind.Members);
        var (_, report) = await _desk.CheckAsync($"企業ID,入会日,退会日\n{_id}{row}\n", ImportKind.Members);
        Assert.Contains(reason, Assert.Single(report.Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_ByNameAlone_WhenItIsClear()
    {
        await CompanyAsync("D");
        var (_, report) = await _desk.CheckAsync($"企業名,入会日\n㈱{_id}D,2020-04-01\n{_id}ない,2020-04-01\n", ImportKind.Members);
        Assert.Equal($"株式会社{_id}D", Assert.Single(report.Added).Name);
        Assert.Contains("先に会社を", Assert.Single(report.Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Awards_ComeInWithFiscalYear_AndUndo()
    {
        var id = await CompanyAsync("E");
        var number = 700_000 + id;
        var state = await _desk.StateAsync();
        var run = await _desk.BringAsync($"企業ID,認定番号,認定年度,認定製品・技術\n{_id}E,{number},平成23年度,電極\n", ImportKind.Awards);
        await using (var db = database.Open())
        {
            var award = await db.Awards.SingleAsync(a => a.Number == number, TestContext.Current.CancellationToken);
            Assert.Equal((id, 2011, "電極"), (award.CompanyId, award.FiscalYear, award.Title));
        }
        Assert.True((await _desk.UndoAsync(run.Id)).Done);
        Assert.Equal(state, await _desk.StateAsync());
    }

    [Fact]
    public async Task Redirects_ComeInChangeAndUndo()
    {
        await CompanyAsync("F");
        await CompanyAsync("G");
        await _desk.BringAsync($"旧URL,企業ID\nhttps://old.example.jp/{_id}?id=1#top,{_id}F\n", ImportKind.Redirects);
        var state = await _desk.StateAsync();
        var run = await _desk.BringAsync($"旧URL,企業ID\n/{_id}?id=1,{_id}G\n/{_id}/2,{_id}F\n", ImportKind.Redirects);
        Assert.Equal((1, 1), (run.Added, run.Changed));
        Assert.True((await _desk.UndoAsync(run.Id)).Done);
        Assert.Equal(state, await _desk.StateAsync());
    }

    [Theory]
    [InlineData("company.php")]
    [InlineData("/")]
    [InlineData("//evil.example")]
    [InlineData("/a b")]
    public async Task Redirects_NoPath_IsRefused(string path)
    {
        if (!await database.Open().Companies.AnyAsync(c => c.ExternalId == _id + "H", TestContext.Current.CancellationToken))
            await CompanyAsync("H");
        var (_, report) = await _desk.CheckAsync($"旧URL,企業ID\n{path},{_id}H\n", ImportKind.Redirects);
        Assert.Contains("「/」で始まる", Assert.Single(report.Refused).Reason, StringComparison.Ordinal);
    }
}
