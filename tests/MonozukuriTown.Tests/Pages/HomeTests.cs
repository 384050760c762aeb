using System.Net;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Events;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Pages;

public class HomeTests(TownApp app) : IClassFixture<TownApp>
{
    [Fact]
    public async Task Get_CountsTheTownsCompanies_AndShowsTheNewest()
    {
        await app.Data.Company(c => c.Listed(new DateOnly(2026, 10, 1)).Named("株式会社新顔製作所", "しんがおせいさくしょ").Set(x => x.City = "試験市").With("旋盤加工", "cut.turn").Awarded());
        await app.Data.Company(c => c.Listed(new DateOnly(2026, 10, 2)).Named("株式会社隣町工業", "となりまちこうぎょう").Set(x => x.City = "試験市場町"));
        await app.Data.Company(c => c.Named("株式会社下書き", "したがき").Set(x => x.City = "試験市"));
        await app.CatalogFollows();

        var page = await app.Visitor().Open("/");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("試験の1社から、作れる会社をさがす", page.Text("h1"));
        Assert.Equal(["株式会社隣町工業", "株式会社新顔製作所"], page.Document.QuerySelectorAll(".company-name a").Select(a => a.TextContent).Take(2));
        Assert.StartsWith("切削", page.Text(".tile-name"), StringComparison.Ordinal);
        Assert.Equal("1社", page.Text(".tile-count"));
        Assert.Contains("いま1社です", page.Text("[aria-labelledby=award]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ShowsComingPublishedEvents_NotPastOnesNorDrafts()
    {
        await Event("past", "終わった定例会", new DateOnly(2026, 9, 30), published: true);
        await Event("coming", "11月定例会", new DateOnly(2026, 11, 25), published: true);
        await Event("draft", "まだ内緒の会", new DateOnly(2026, 11, 26), published: false);

        var page = await app.Visitor().Open("/");

        Assert.Equal("11月定例会", page.Text(".news-list a"));
        Assert.Equal("2026年11月25日（水）", page.Text(".news-list time"));
        Assert.Single(page.Document.QuerySelectorAll(".news-list li"));
    }

    [Fact]
    public async Task TheOrderBox_LeadsToTheOrdersPage()
    {
        await app.Data.Company(c => c.Listed().Named("有限会社成形屋", "せいけいや").With("射出成形", "mold.inj"));
        await app.CatalogFollows();
        var home = await app.Visitor().Open("/");
        var result = await home.Submit(".find-panel-order form", ("text", "射出成形で箱を1000個"));
        Assert.Equal(HttpStatusCode.OK, result.Status);
        Assert.Contains("有限会社成形屋", result.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignedIn_TheMenuLeadsToOnesOwnPages()
    {
        Assert.Contains("ログイン", (await app.Visitor().Open("/")).Text("#menu"), StringComparison.Ordinal);
        Assert.Contains("自社のページ", (await (await app.As(Roles.Member)).Open("/")).Text("#menu"), StringComparison.Ordinal);
        Assert.Contains("職員用のページ", (await (await app.As(Roles.City)).Open("/")).Text("#menu"), StringComparison.Ordinal);
    }

    private Task<TownEvent> Event(string slug, string title, DateOnly day, bool published) => app.Data.Add(new TownEvent
    {
        Slug = slug,
        Title = title,
        Kind = "定例会",
        StartsAt = TownClock.At(day, new(15, 0)),
        EndsAt = TownClock.At(day, new(17, 0)),
        Published = published,
    });
}

public class EmptyTownTests(TownApp app) : IClassFixture<TownApp>
{
    [Theory]
    [InlineData("/", "まだ載っている会社はありません")]
    [InlineData("/companies", "まだ載っている会社はありません")]
    [InlineData("/events", "いま決まっている催しはありません")]
    [InlineData("/meisters", "認定された会社はまだ載っていません")]
    public async Task EveryList_SaysWhatWillComeHere(string address, string sentence)
    {
        var page = await app.Visitor().Open(address);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(sentence, page.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drafts_AreNotFound()
    {
        await app.Data.Company(c => c.Named("株式会社下書き", "したがき").With("旋盤加工", "cut.turn"));
        await app.CatalogFollows();
        Assert.DoesNotContain("株式会社下書き", (await app.Visitor().Open("/companies?q=旋盤")).Body, StringComparison.Ordinal);
    }
}
