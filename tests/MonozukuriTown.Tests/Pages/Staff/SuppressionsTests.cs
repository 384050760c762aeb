using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Pages.Staff;

public sealed class SuppressionsTests(TownApp app) : IClassFixture<TownApp>
{
    private const string Form = "form[action*=Add]";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<List<Suppression>> RowsAsync(string address)
    {
        await using var db = app.Database.Open();
        return await db.Set<Suppression>().Where(s => s.AddressKey == address).OrderBy(s => s.Id).ToListAsync(Stop);
    }

    [Fact]
    public async Task Add_ByTelephone_KeepsWhoWhenAndHow()
    {
        var city = await app.As(Roles.City);
        var page = await city.Open("/staff/mailbox/suppressions");
        var after = await (await page.Submit(Form, ("Input.Mail", " Tanaka@Kenma.example.jp "), ("Input.List", MailList.Newsletter), ("Input.Who", "田中"), ("Input.Note", "多すぎるとのこと"))).Follow();
        Assert.Contains("tanaka@kenma.example.jp への配信を止めて、記録しました。", after.Text(".notice"), StringComparison.Ordinal);
        var row = Assert.Single(await RowsAsync("tanaka@kenma.example.jp"));
        Assert.Equal((MailList.Newsletter, SuppressionReason.Asked, MailWay.Phone), (row.List, row.Reason, row.Way));
        Assert.Equal("令和8年10月28日 電話 田中 様：多すぎるとのこと", row.Note);
        Assert.Equal((await app.UserOf(Roles.City)).Id, row.EnteredBy);
        Assert.Contains("断る 電話（記録 試験 City）", after.Text("section[aria-labelledby=record]"), StringComparison.Ordinal);
        Assert.Contains("すでに止まっています", (await (await page.Submit(Form, ("Input.Mail", "tanaka@kenma.example.jp"), ("Input.List", MailList.Newsletter))).Follow()).Text(".notice"), StringComparison.Ordinal);
        await using var db = app.Database.Open();
        Assert.True(await db.ChangeLog.AnyAsync(c => c.Entity == nameof(Suppression), Stop));
    }

    [Theory]
    [InlineData("Input.Mail", "", "止めるアドレスを入力してください。")]
    [InlineData("Input.Mail", "tanaka", "メールアドレスに「@」がありません。")]
    [InlineData("Input.Day", "2026-10-29", "きょうまで")]
    [InlineData("Input.Reason", "Left", "お申し出の内容を選んでください。")]
    [InlineData("Input.Way", "Link", "どうやって聞いたかを選んでください。")]
    [InlineData("Input.List", "none", "止めるものを選んでください。")]
    public async Task Add_Wrong_SaysWhatToMendAndKeepsWhatWasTyped(string field, string value, string says)
    {
        var page = await (await app.As(Roles.City)).Open("/staff/mailbox/suppressions");
        List<(string, string?)> fields = [("Input.Mail", "kept@example.jp"), ("Input.Note", "書いたメモ")];
        fields.RemoveAll(f => f.Item1 == field);
        fields.Add((field, value));
        var answer = await page.Submit(Form, [.. fields]);
        Assert.Contains(says, answer.Text(), StringComparison.Ordinal);
        Assert.Contains("書いたメモ", answer.Text(Form), StringComparison.Ordinal);
        Assert.Empty(await RowsAsync("kept@example.jp"));
    }

    [Fact]
    public async Task Lift_WithoutSayingWhy_StaysAndWithItIsOnRecord()
    {
        var row = await app.Data.Add(new Suppression { AddressKey = "lift@example.jp", Reason = SuppressionReason.Asked, Way = MailWay.Phone, Since = app.Clock.GetUtcNow() });
        var city = await app.As(Roles.City);
        var page = await city.Open("/staff/mailbox/suppressions?q=lift@example.jp");
        var form = $"form[action*=Lift]:has(input[value='{row.Id}'])";
        Assert.Contains("配信停止はそのままです", (await (await page.Submit(form)).Follow()).Text(".notice"), StringComparison.Ordinal);
        Assert.Null(Assert.Single(await RowsAsync("lift@example.jp")).LiftedAt);
        await page.Submit(form, ("note", "本人より電話"), ("way", "Phone"));
        Assert.Contains("すでに解かれています", (await (await page.Submit(form, ("note", "もう一度"), ("way", "Phone"))).Follow()).Text(".notice"), StringComparison.Ordinal);
        var lifted = Assert.Single(await RowsAsync("lift@example.jp"));
        Assert.Equal((app.Clock.GetUtcNow(), "本人より電話"), (lifted.LiftedAt, lifted.LiftNote));
        Assert.Contains("本人より電話", (await city.Open("/staff/mailbox/suppressions?lifted=true&q=lift")).Text("table"), StringComparison.Ordinal);
        await using var db = app.Database.Open();
        Assert.True((await db.Set<Consent>().SingleAsync(c => c.AddressKey == "lift@example.jp", Stop)).Given);
    }

    [Fact]
    public async Task Record_IsAppendOnlyForTheSite()
    {
        await app.Data.Add(new Consent { AddressKey = "kept@kenma.example.jp", Given = true, At = app.Clock.GetUtcNow(), Way = MailWay.Form, Wording = "受け取る" });
        await using var db = app.Database.Open();
        await Assert.ThrowsAnyAsync<Npgsql.PostgresException>(() => db.Database.ExecuteSqlAsync($"delete from consent", Stop));
        await Assert.ThrowsAnyAsync<Npgsql.PostgresException>(() => db.Database.ExecuteSqlAsync($"update consent set given = false", Stop));
    }
}
