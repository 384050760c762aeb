using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Imports;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Imports;

public class ImportUndoTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly ImportDesk _desk = new(database.Connection);
    private readonly string _id = $"U{database.Data.Next()}-";

    private string Row(string suffix, string more = "") => $$"""{"id":"{{_id}}{{suffix}}","name":"株式会社{{_id}}{{suffix}}","kana":"しけん","ward_or_city":"門真市"{{more}}}""" + "\n";

    private const string Full = ""","processes":["旋盤","マシニング"],"equipment":[{"maker":"ツガミ","model":"M08SY","kind":"NC旋盤","count":6}],"max_size_mm":[300,200.25,100],"tolerance_mm":0.02,"certs":["ISO9001"],"materials":["SUS304"],"email":"a@example.jp","visit_ok":true,"contact_method":"fax","products":["軸"],"sections_confirmed":{"basic":"2026-10"},"sites":[{"name":"第二工場","city":"守口市"}],"listed_on":"2025-04-01" """;

    [Fact]
    public async Task Undo_OfNewCompanies_LeavesNothing()
    {
        var state = await _desk.StateAsync();
        var run = await _desk.BringAsync(Row("A", Full) + Row("B", Full));
        Assert.NotEqual(state, await _desk.StateAsync());
        Assert.Equal(new ImportResult(true, "取り込みを取り消し、前の内容に戻しました。"), await _desk.UndoAsync(run.Id));
        Assert.Equal(state, await _desk.StateAsync());
    }

    [Fact]
    public async Task Undo_OfChanges_RestoresEveryCellAndRow()
    {
        await _desk.BringAsync(Row("C", Full));
        var state = await _desk.StateAsync();
        var run = await _desk.BringAsync(Row("C", ""","processes":["円筒研磨","旋盤"],"equipment":[{"kind":"ボール盤","count":1}],"max_size_mm":[1,2,3],"tolerance_mm":0.5,"certs":["謎認証"],"materials":["アルミ","銅"],"email":"b@example.jp","visit_ok":false,"contact_method":"mail","products":["歯車"],"sites":[{"name":"第三工場","city":"大東市"}],"listed_on":"2026-01-01","sections_confirmed":{"basic":"2026-09","products":"2026-08"},"name":"新しい名前","kana":"あたらしい","employees":3"""));
        Assert.NotEqual(state, await _desk.StateAsync());
        Assert.True((await _desk.UndoAsync(run.Id)).Done);
        Assert.Equal(state, await _desk.StateAsync());
    }

    [Fact]
    public async Task Undo_KeepsWhatPeopleEditedSince()
    {
        await _desk.BringAsync(Row("D", ""","employees":5,"summary":"まえ","processes":["旋盤"]"""));
        var run = await _desk.BringAsync(Row("D", ""","employees":6,"summary":"あと","processes":["旋盤","マシニング"]""") + Row("E") + Row("F"));
        await _desk.EditAsync(_id + "D", c => c.Summary = "会社が直した");
        await _desk.EditAsync(_id + "D", c => c.Capabilities.Single(p => p.Process is "マシニング").Note = "得意");
        await _desk.EditAsync(_id + "E", c => c.Employees = 9);
        var result = await _desk.UndoAsync(run.Id);
        Assert.True(result.Done);
        Assert.Contains("2社", result.Sentence, StringComparison.Ordinal);
        var d = await _desk.CompanyAsync(_id + "D");
        Assert.Equal((5, "会社が直した"), (d.Employees, d.Summary));
        Assert.Equal(["旋盤", "マシニング"], d.Capabilities.Select(c => c.Process));
        Assert.Equal(9, (await _desk.CompanyAsync(_id + "E")).Employees);
        await using var db = database.Open();
        Assert.False(await db.Companies.AnyAsync(c => c.ExternalId == _id + "F", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Undo_TakesOnlyTheNewest_OneAfterTheOther()
    {
        var state = await _desk.StateAsync();
        var first = await _desk.BringAsync(Row("G"));
        _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await _desk.BringAsync(Row("H"));
        Assert.Contains("いちばん新しい", (await _desk.UndoAsync(first.Id)).Sentence, StringComparison.Ordinal);
        Assert.True((await _desk.UndoAsync(second.Id)).Done);
        Assert.False((await _desk.UndoAsync(second.Id)).Done);
        Assert.True((await _desk.UndoAsync(first.Id)).Done);
        Assert.Equal(state, await _desk.StateAsync());
    }

    [Fact]
    public async Task Undo_OfTwoImportsOfTheSameCompany_LeavesNothing()
    {
        var state = await _desk.StateAsync();
        var first = await _desk.BringAsync(Row("L", Full));
        _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await _desk.BringAsync(Row("L", ""","employees":3,"processes":["円筒研磨"]"""));
        Assert.True((await _desk.UndoAsync(second.Id)).Done);
        Assert.DoesNotContain("直した", (await _desk.UndoAsync(first.Id)).Sentence, StringComparison.Ordinal);
        Assert.Equal(state, await _desk.StateAsync());
    }

    [Fact]
    public async Task Undo_ThenTheSameFile_ComesInAgain()
    {
        var run = await _desk.BringAsync(Row("I", Full));
        await _desk.UndoAsync(run.Id);
        await _desk.BringAsync(Row("I", Full));
        Assert.Equal(2, (await _desk.CompanyAsync(_id + "I")).Capabilities.Count);
    }

    [Fact]
    public async Task Undo_OfACompanyOthersNowUse_IsRefusedWhole()
    {
        var run = await _desk.BringAsync(Row("J") + Row("K"));
        var company = await _desk.CompanyAsync(_id + "K");
        // A row nobody logs (made without the interceptor), as bookkeeping is.
        await database.Data.Add(new Core.Work.WorkItem { CompanyId = company.Id, Kind = "test", Subject = _id, Reason = "確かめる" });
        var state = await _desk.StateAsync();
        var result = await _desk.UndoAsync(run.Id);
        Assert.False(result.Done);
        Assert.Contains("取り消せません", result.Sentence, StringComparison.Ordinal);
        Assert.Equal(state, await _desk.StateAsync());
    }
}
