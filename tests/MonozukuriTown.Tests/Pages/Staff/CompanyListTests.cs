using System.Net;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Tables;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Pages.Staff;

public class CompanyListTests(TownApp app) : IClassFixture<TownApp>
{
    private static string[] Names(TestPage page) => [.. page.Document.QuerySelectorAll("tbody th").Select(e => e.TextContent.Trim())];

    private Task<Company> Add(string name, string kana, Action<CompanyBuilder>? set = null) => app.Data.Company(c =>
    {
        c.Named(name, kana).Set(x => x.SortKey = Gojuon.SortKey(kana, name));
        set?.Invoke(c);
    });

    [Fact]
    public async Task List_IsFiltered_Sorted_AndNarrowedByWords()
    {
        await Add("緑川精機", "みどりかわせいき", c => c.Listed().Set(x => (x.City, x.Employees) = ("一覧市", 5)).Member().Awarded(901));
        await Add("青木鍍金", "あおきめっき", c => c.Set(x => (x.City, x.Employees) = ("一覧市", 50)).Confirmed(ListingSection.Basic, app.Clock.GetUtcNow()));
        var browser = await app.As(Roles.City);
        Assert.Equal(["青木鍍金", "緑川精機"], Names(await browser.Open($"{StaffLinks.Companies}?city=一覧市")));
        Assert.Equal(["緑川精機", "青木鍍金"], Names(await browser.Open($"{StaffLinks.Companies}?city=一覧市&sort=-kana")));
        Assert.Equal(["緑川精機", "青木鍍金"], Names(await browser.Open($"{StaffLinks.Companies}?city=一覧市&sort=employees")));
        Assert.Equal(["緑川精機", "青木鍍金"], Names(await browser.Open($"{StaffLinks.Companies}?city=一覧市&sort=confirmed")));
        Assert.Equal(["緑川精機"], Names(await browser.Open($"{StaffLinks.Companies}?city=一覧市&status=Listed")));
        Assert.Equal(["青木鍍金"], Names(await browser.Open($"{StaffLinks.Companies}?q=あおき")));
        var row = (await browser.Open($"{StaffLinks.Companies}?q=緑川")).Text("tbody tr");
        Assert.Contains("掲載中 まだ 0 会員 第901号", row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ＡＢＣ工業㈱", "abc工業")]
    [InlineData("ABC精機", "ａｂｃ精機")]
    [InlineData("ﾄﾞｳﾀｸ鋳造", "ドウタク")]
    [InlineData("百％_社", "百%_")]
    public async Task List_NarrowedByWords_WhateverWidthTheNameAndTheWordsHave(string name, string words)
    {
        await Add(name, "はば", c => c.Set(x => x.City = "幅市"));
        Assert.Equal([name], Names(await (await app.As(Roles.City)).Open($"{StaffLinks.Companies}?city=幅市&q={Uri.EscapeDataString(words)}")));
    }

    [Fact]
    public async Task List_GoesOnPageByPage_AndBack()
    {
        for (var i = 0; i < 53; i++)
            await Add($"頁{i:00}", $"ぺーじ{i:00}", c => c.Set(x => x.City = "頁市"));
        var browser = await app.As(Roles.Advisor);
        var first = await browser.Open($"{StaffLinks.Companies}?city=頁市");
        Assert.Equal(50, Names(first).Length);
        Assert.Contains("53社のうち50社", first.Text(".table-foot"), StringComparison.Ordinal);
        var second = await browser.Open(first.Document.QuerySelector(".pager a")!.GetAttribute("href")!);
        Assert.Equal(["頁50", "頁51", "頁52"], Names(second));
        Assert.Equal(Names(first), Names(await browser.Open(second.Document.QuerySelector(".pager a")!.GetAttribute("href")!)));
    }

    [Theory]
    [InlineData("?status=Nonsense&after=nonsense&sort=nonsense")]
    [InlineData("?q=%27%25_&before=x")]
    public async Task List_AskedForNonsense_ShowsAPage(string query) =>
        Assert.Equal(HttpStatusCode.OK, (await (await app.As(Roles.City)).Open(StaffLinks.Companies + query)).Status);

    [Fact]
    public async Task Csv_HoldsAllRows_GuardedAgainstFormulas_WithoutPersons()
    {
        await Add("=HYPERLINK(\"x\")", "はいぱー", c => c.Listed().Set(x => (x.City, x.ContactPerson) = ("表市", "窓口 一郎")));
        for (var i = 0; i < 60; i++)
            await Add($"表{i:00}", $"ひょう{i:00}", c => c.Set(x => x.City = "表市"));
        var answer = await (await app.As(Roles.City)).GetAsync(new Uri($"{StaffLinks.Companies}?city=表市&handler=csv", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Contains("attachment", answer.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var table = await CsvTable.ReadAsync(body, TestContext.Current.CancellationToken);
        Assert.Equal(61, table.Rows.Count);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("'=HYPERLINK", text, StringComparison.Ordinal);
        Assert.DoesNotContain("窓口 一郎", text, StringComparison.Ordinal);

        var excel = await (await app.As(Roles.City)).GetAsync(new Uri($"{StaffLinks.Companies}?city=表市&handler=xlsx", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.EndsWith(".xlsx", excel.Content.Headers.ContentDisposition!.FileNameStar, StringComparison.Ordinal);
        var same = TableFile.Read(await excel.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(table.Headers, same.Headers);
        Assert.Equal(table.Rows.Select(r => string.Join('|', r.Cells)), same.Rows.Select(r => string.Join('|', r.Cells)));
    }
}
