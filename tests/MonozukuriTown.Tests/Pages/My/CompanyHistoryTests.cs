using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Editing;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Pages.My;

public sealed class CompanyHistoryTests(TownApp app) : IClassFixture<TownApp>
{
    private const string Form = "form.section-form";

    private static readonly string Basic = MyLinks.Section(ListingSection.Basic, null), Work = MyLinks.Section(ListingSection.Capabilities, null);

    private async Task<(Company Company, HttpClient Browser)> Own(Action<CompanyBuilder>? set = null)
    {
        var company = await app.Data.Company(c =>
        {
            c.Listed().With("旋盤加工", "cut.turn", ["S45C"]);
            set?.Invoke(c);
        });
        return (company, await app.As(await app.NewUser(Roles.Member, company)));
    }

    private async Task<Company> Stored(Company company)
    {
        await using var db = app.Database.Open();
        return await db.Companies.AsNoTracking().WithParts().SingleAsync(c => c.Id == company.Id, TestContext.Current.CancellationToken);
    }

    private static async Task Save(HttpClient browser, string page, params (string, string?)[] fields)
    {
        var answer = await (await browser.Open(page)).Submit(Form, fields);
        Assert.True(answer.Location is not null, answer.Text(".error-summary"));
    }

    [Fact]
    public async Task EachSave_IsARevision_WithWhoWhenAndEachCell()
    {
        var (_, browser) = await Own();
        Assert.Contains("まだ変更はありません", (await browser.Open(MyLinks.History)).Text(), StringComparison.Ordinal);
        await Save(browser, Basic, ("f.summary", "はじめの紹介"), ("f.contact_person", "山田"));
        await Save(browser, Basic, ("f.summary", "つぎの紹介"), ("f.contact_person", "佐藤"));
        var page = await browser.Open(MyLinks.History);
        var newest = page.Text("main ol.plain-list > li");
        Assert.Contains("会社概要 第2版", newest, StringComparison.Ordinal);
        Assert.Contains("試験 Member", newest, StringComparison.Ordinal);
        Assert.Contains("ひとことの紹介： はじめの紹介→ つぎの紹介", newest, StringComparison.Ordinal);
        Assert.Contains("担当者： 山田→ 佐藤", newest, StringComparison.Ordinal);
        Assert.Equal(2, page.Document.QuerySelectorAll("main ol.plain-list > li").Length);
    }

    [Fact]
    public async Task Rows_AddedChangedAndRemoved_AreSeen_AndComeBackWithEverything()
    {
        var (company, browser) = await Own(c => c.With("研削", "fin.surf", ["SUS304"], x => (x.Limits.Tolerance, x.Note) = (0.005m, "ラップも可")));
        var (first, second) = (company.Capabilities[0].Id, company.Capabilities[1].Id);
        await Save(browser, Work, ($"r{first}.size", "300×200"), ("act", "save"));
        var page = await (await browser.Open(Work)).Submit(Form, ("act", $"remove:r{second}"));
        await page.Submit(Form, ($"r{first}.materials", "S45C、SS400"));
        await Save(browser, Work, ($"r{first}.process", "NC旋盤"));
        Assert.Single((await Stored(company)).Capabilities);

        var list = (await browser.Open(MyLinks.History)).Text();
        Assert.Contains("旋盤加工 S45C 加工できる大きさ： 300×200 mm", list, StringComparison.Ordinal);
        Assert.Contains("加工を削除： 研削", list, StringComparison.Ordinal);
        var compared = await browser.Open($"{MyLinks.History}?section=capabilities&from=1&to=3");
        Assert.Contains("加工を削除", compared.Text("[aria-labelledby=differences]"), StringComparison.Ordinal);
        Assert.Contains("S45C、SS400", compared.Text("[aria-labelledby=differences]"), StringComparison.Ordinal);

        var answer = await compared.Submit("form[action*=Restore]");
        Assert.Equal(MyLinks.History, answer.Location);
        page = await answer.Follow();
        Assert.Contains("第1版の内容に戻しました", page.Text("[role=status]"), StringComparison.Ordinal);
        Assert.Contains("第4版", page.Text("main ol.plain-list > li"), StringComparison.Ordinal);
        Assert.Contains("理由：第1版の内容に戻した", page.Text("main ol.plain-list > li"), StringComparison.Ordinal);
        var rows = (await Stored(company)).Capabilities;
        Assert.Equal(["旋盤加工", "研削"], rows.Select(r => r.Process));
        Assert.Equal((300m, "fin.surf", 0.005m, "ラップも可"), (rows[0].Limits.MaxLength, rows[1].ProcessId, rows[1].Limits.Tolerance, rows[1].Note));
        Assert.Equal(["SUS304"], rows[1].Materials);
        // Back to what it began with.
        await (await browser.Open($"{MyLinks.History}?section=capabilities&from=0")).Submit("form[action*=Restore]");
        Assert.Null((await Stored(company)).Capabilities[0].Limits.MaxLength);
    }

    [Fact]
    public async Task Restore_AfterSomebodySaved_ChangesNothing()
    {
        var (company, browser) = await Own();
        await Save(browser, Basic, ("f.summary", "一"));
        await Save(browser, Basic, ("f.summary", "二"));
        var page = await browser.Open($"{MyLinks.History}?section=basic&from=1&to=2");
        await Save(browser, Basic, ("f.summary", "三"));
        var answer = await (await page.Submit("form[action*=Restore]")).Follow();
        Assert.Contains("ほかの人が保存しました", answer.Text("[role=status]"), StringComparison.Ordinal);
        Assert.Equal("三", (await Stored(company)).Summary);
    }

    [Fact]
    public async Task SecondEditor_SeesBothVersions_AndNothingIsLost()
    {
        var (company, first) = await Own();
        var id = company.Capabilities[0].Id;
        var colleague = await app.NewUser(Roles.Member);
        await app.Data.Keeper(company, colleague, CompanyUserKind.Editor);
        var second = await app.As(colleague);
        var (mine, theirs) = (await second.Open(Work), await first.Open(Work));
        theirs = await theirs.Submit(Form, ("act", "add"));
        Assert.NotNull((await theirs.Submit(Form, ($"r{id}.tolerance", "0.01"), ($"r{id}.note", "先の補足"), ("n2.process", "マシニング"))).Location);

        mine = await mine.Submit(Form, ("act", "add"));
        var answer = await mine.Submit(Form, ($"r{id}.tolerance", "0.05"), ($"r{id}.materials", "S45C、SUS304"), ("n2.process", "ワイヤーカット"));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var table = answer.Text("[aria-labelledby=merge]");
        Assert.Contains("試験 Memberさん", table, StringComparison.Ordinal);
        Assert.True(table.Contains("±0.05 mm±0.01 mm選んでください", StringComparison.Ordinal), table);
        Assert.Contains("先の補足", table, StringComparison.Ordinal);
        Assert.Equal("0.01", Assert.Single((await Stored(company)).Capabilities, c => c.Id == id).Limits.Tolerance?.ToString("0.##"));
        // Nothing chosen: what I typed. The rest of both is there.
        Assert.NotNull((await answer.Submit(Form)).Location);
        var rows = (await Stored(company)).Capabilities;
        Assert.Equal(["旋盤加工", "ワイヤーカット", "マシニング"], rows.Select(r => r.Process));
        Assert.Equal((0.05m, "先の補足"), (rows[0].Limits.Tolerance, rows[0].Note));
        Assert.Equal(["S45C", "SUS304"], rows[0].Materials);
    }

    [Fact]
    public async Task SecondEditor_TakesTheirs()
    {
        var (company, browser) = await Own();
        var mine = await browser.Open(Basic);
        await Save(browser, Basic, ("f.summary", "先の紹介"), ("f.tel", "06-1111-2222"));
        var answer = await mine.Submit(Form, ("f.summary", "あとの紹介"), ("f.fax", "06-3333-4444"));
        Assert.Equal("あとの紹介", answer.Document.QuerySelector("#f_summary")!.GetAttribute("value"));
        Assert.NotNull((await answer.Submit(Form, ("take.f.summary", "theirs:先の紹介"))).Location);
        var stored = await Stored(company);
        Assert.Equal(("先の紹介", "06-1111-2222", "06-3333-4444"), (stored.Summary, stored.Tel, stored.Fax));
    }

    [Fact]
    public async Task SecondEditor_RowsTakenOutAndChanged_AreNotLost()
    {
        var (company, browser) = await Own(c => c.With("研削", "fin.surf").With("ワイヤーカット", "edm.wire"));
        var keys = company.Capabilities.ConvertAll(c => $"r{c.Id}");
        var mine = await browser.Open(Work);
        // They take out the first and change the third; I change the first and take out the third.
        var theirs = await (await browser.Open(Work)).Submit(Form, ("act", $"remove:{keys[0]}"));
        Assert.NotNull((await theirs.Submit(Form, ($"{keys[2]}.note", "先の補足"))).Location);
        mine = await mine.Submit(Form, ("act", $"remove:{keys[2]}"), ($"{keys[0]}.note", "あとの補足"));
        var answer = await mine.Submit(Form);
        var text = answer.Text("[aria-labelledby=merge]");
        Assert.Contains("（消された行）", text, StringComparison.Ordinal);
        var saved = await answer.Submit(Form);
        Assert.True(saved.Location is not null, saved.Text());
        Assert.Equal([("旋盤加工", "あとの補足"), ("研削", null), ("ワイヤーカット", "先の補足")], (await Stored(company)).Capabilities.Select(c => (c.Process, c.Note)));
    }

    [Fact]
    public async Task SixPeopleAtOnce_MergeOnThePage_AndLoseNothing()
    {
        var (company, _) = await Own();
        List<TestPage> pages = [];
        for (var i = 0; i < 6; i++)
        {
            var user = await app.NewUser(Roles.Member);
            await app.Data.Keeper(company, user, CompanyUserKind.Editor);
            pages.Add(await (await (await app.As(user)).Open(Work)).Submit(Form, ("act", "add")));
        }
        await Task.WhenAll(pages.Select((page, i) => Task.Run(async () =>
        {
            var answer = await page.Submit(Form, ("n2.process", "旋盤"), ("n2.note", $"編集者{i}"));
            while (answer.Location is null)
            {
                Assert.Contains("先に保存しました", answer.Text("[aria-labelledby=merge]"), StringComparison.Ordinal);
                answer = await answer.Submit(Form);
            }
        }, TestContext.Current.CancellationToken)));
        Assert.Equal(Enumerable.Range(0, 6).Select(i => $"編集者{i}"), (await Stored(company)).Capabilities.Skip(1).Select(c => c.Note!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ThirtyEditorsAtOnce_LoseNothing()
    {
        var (company, _) = await Own();
        const int Editors = 30;
        var form = app.Services.GetRequiredService<SectionForms>()[ListingSection.Capabilities]!;
        var merges = 0;
        // All begin with the same version; each adds a line of its own, and merges until it is in.
        await Task.WhenAll(Enumerable.Range(0, Editors).Select(i => Task.Run(async () =>
        {
            var (text, seen) = (form.TextOf(company), new SeenSection(ListingSection.Capabilities, 0));
            text.Rows.Add(new RowText("n2") { Cells = { ["process"] = "旋盤", ["in_house"] = "自社", ["note"] = $"編集者{i}" } });
            while ((await app.Use<ListingEditor, SaveOutcome>(e => e.SaveAsync(new() { CompanyId = company.Id, Seen = seen, Text = text }))).Result is var result && result != SaveResult.Saved)
            {
                Assert.Equal(SaveResult.Overtaken, result);
                Interlocked.Increment(ref merges);
                var before = await app.Use<ListingHistory, SectionText?>(h => h.AtAsync(company.Id, seen.Section, seen.Version));
                Assert.NotNull(before);
                var now = await Stored(company);
                text = MergedSection.Of(form, before, text, form.TextOf(now)).Text;
                seen = seen with { Version = now.Sections.Single().Version };
            }
        }, TestContext.Current.CancellationToken)));
        var stored = await Stored(company);
        Assert.Equal(Enumerable.Range(0, Editors).Select(i => $"編集者{i}").Order(StringComparer.Ordinal), stored.Capabilities.Skip(1).Select(c => c.Note!).Order(StringComparer.Ordinal));
        Assert.Equal(Editors, stored.Sections.Single().Version);
        Assert.True(merges >= Editors - 1, $"{merges} merges: the editors did not meet.");
    }

    [Fact]
    public async Task ThirtySavesAtOneMoment_OneIsTaken()
    {
        var (company, _) = await Own();
        var results = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Task.Run(() => app.Use<ListingEditor, SaveOutcome>(editor => editor.SaveAsync(new()
        {
            CompanyId = company.Id,
            Seen = new(ListingSection.English, 0),
            Text = new() { Fields = { ["name_en"] = $"Company {i}" } },
        })))));
        Assert.Single(results, r => r.Result == SaveResult.Saved);
        Assert.Equal(29, results.Count(r => r.Result == SaveResult.Overtaken));
        Assert.Equal(1, (await Stored(company)).Sections.Single().Version);
    }

    [Theory]
    [InlineData("?section=nothing")]
    [InlineData("?section=basic&from=7")]
    [InlineData("?section=photos")]
    public async Task WhatIsNoVersion_IsNotThere(string query)
    {
        var (_, browser) = await Own();
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Open(MyLinks.History + query)).Status);
    }

    [Fact]
    public async Task SomebodyElsesHistory_IsNotThere()
    {
        var (company, browser) = await Own();
        await Save(browser, Basic, ("f.summary", "一"));
        var page = await browser.Open($"{MyLinks.History}?section=basic&from=0&to=1");
        var (_, stranger) = await Own();
        var theirs = MyLinks.Of(MyLinks.History, company.Id);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Open(theirs)).Status);
        var own = await stranger.Open(MyLinks.Section(ListingSection.Basic, null));
        own.Document.QuerySelector(Form)!.SetAttribute("action", theirs + "&handler=Restore");
        Assert.Equal(HttpStatusCode.NotFound, (await own.Submit(Form, ("version", "0"), ("seen", "Basic:1"))).Status);
        Assert.Equal("一", (await Stored(company)).Summary);
        Assert.NotNull(page);
    }
}
