using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Jobs;
using MonozukuriTown.Core.Searches;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Searches;

public class SearchLogTests(SearchLogTests.Town app) : IClassFixture<SearchLogTests.Town>
{
    public sealed class Town : TownApp, IAsyncLifetime
    {
        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await Data.Company(c => c.Listed().Named("株式会社飛燕精器", "ひえんせいき", "hien").With("旋盤加工", "cut.turn", ["SUS304"]));
            await CatalogFollows();
        }
    }

    private SearchLog Log => app.Services.GetRequiredService<SearchLog>();

    [Fact]
    public async Task Searches_AreCountedByWordAndDay_AlsoThoseTheCacheAnswers()
    {
        app.Clock.Set(new(2026, 11, 2), new(9, 0));
        for (var i = 0; i < 3; i++)
            await app.Visitor().Open("/companies?q=旋盤 SUS304");
        await Log.WriteAsync(TestContext.Current.CancellationToken);
        await app.Visitor().Open("/companies?q=旋盤 SUS304");
        await Log.WriteAsync(TestContext.Current.CancellationToken);

        var counts = await Counts(new(2026, 11, 2));
        Assert.Equal(4, counts[(SearchCountKind.All, "")]);
        Assert.Equal(4, counts[(SearchCountKind.Process, "cut.turn")]);
        Assert.Equal(4, counts[(SearchCountKind.Material, "sus304")]);
        Assert.DoesNotContain((SearchCountKind.Missed, ""), counts);
    }

    [Fact]
    public async Task TurningPagesSortingNarrowingAndPrefetching_IsNoSearchOfItsOwn()
    {
        app.Clock.Set(new(2026, 11, 3), new(9, 0));
        foreach (var query in new[] { "q=旋盤&page=2", "q=旋盤&sort=kana", "q=旋盤&town=試験市", "q=", "process=cut" })
            await app.Visitor().Open("/companies?" + query);
        var browser = app.Visitor();
        browser.DefaultRequestHeaders.Add("Sec-Purpose", "prefetch;prerender");
        await browser.Open("/companies?q=旋盤");
        await Log.WriteAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await Counts(new(2026, 11, 3)));
    }

    [Fact]
    public async Task WhatFoundNothing_IsKeptOnlyWhereItCanHardlyBeAPerson()
    {
        app.Clock.Set(new(2026, 11, 4), new(9, 0));
        foreach (var words in new[] { "鬼怒川ぬか漬け", "06-1234-5678 の会社", "taro@example.jp", "０９０ー１２３", new string('鰯', 41) })
            await app.Visitor().Open("/companies?q=" + Uri.EscapeDataString(words));
        await Log.WriteAsync(TestContext.Current.CancellationToken);

        var counts = await Counts(new(2026, 11, 4));
        Assert.Equal("鬼怒川ぬか漬け", Assert.Single(counts.Keys, k => k.Kind is SearchCountKind.Unmet).Word);
        Assert.Equal(5, counts[(SearchCountKind.All, "")]);
    }

    [Fact]
    public async Task ACorrectedSearch_CountsAsMissedAndTeachesTheTypedWord()
    {
        app.Clock.Set(new(2026, 11, 5), new(9, 0));
        await app.Visitor().Open("/companies?q=旋盤加光");
        await Log.WriteAsync(TestContext.Current.CancellationToken);
        var counts = await Counts(new(2026, 11, 5));
        Assert.Equal(1, counts[(SearchCountKind.Missed, "")]);
        Assert.Equal(1, counts[(SearchCountKind.Unmet, "旋盤加光")]);
        Assert.Equal(1, counts[(SearchCountKind.Process, "cut.turn")]);
    }

    [Fact]
    public async Task AfterNinetyDays_NothingIsLeft()
    {
        app.Clock.Set(new(2026, 6, 1), new(9, 0));
        await app.Visitor().Open("/companies?q=むかしの言葉");
        await Log.WriteAsync(TestContext.Current.CancellationToken);
        app.Clock.Set(new(2026, 8, 30), new(9, 0));
        await Forget();
        Assert.NotEmpty(await Counts(new(2026, 6, 1)));
        app.Clock.Set(new(2026, 8, 31), new(9, 0));
        await Forget();
        Assert.Empty(await Counts(new(2026, 6, 1)));
    }

    [Fact]
    public void Forgetting_ComesRoundByItself() =>
        Assert.Contains(app.Services.GetServices<JobKind>(), k => k.Kind == ForgetSearches.Kind && k.Round is not null);

    [Fact]
    public async Task Page_ShowsPeriodsWordsAndNearest_AndTheEngine()
    {
        app.Clock.Set(new(2026, 12, 20), new(9, 0));
        await app.Visitor().Open("/companies?q=旋盤可能な木箱屋");
        await app.Visitor().Open("/companies?q=旋盤");
        await Log.WriteAsync(TestContext.Current.CancellationToken);
        app.Clock.Set(new(2026, 12, 28), new(9, 0));
        var desk = await app.As(Roles.Advisor);

        var week = await desk.Open("/staff/searches?days=7");
        Assert.Contains("この期間にはありません", week.Text(), StringComparison.Ordinal);
        var month = await desk.Open("/staff/searches?days=30");
        Assert.Contains("旋盤加工", month.Text("[aria-labelledby=known] table"), StringComparison.Ordinal);
        Assert.Contains("built-in", month.Text("[aria-labelledby=kept]"), StringComparison.Ordinal);
        var file = await desk.Open("/staff/searches?days=30&handler=csv");
        Assert.Contains("旋盤加工", file.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await desk.Open("/staff/searches?days=12345")).Status);
    }

    [Theory]
    [InlineData("旋", "加工", "旋盤加工", "/companies?q=")]
    [InlineData("せんば", "加工", "旋盤加工", "/companies?q=")]
    [InlineData("ひえん", "会社", "株式会社飛燕精器", "/companies/hien")]
    [InlineData("hien", "会社", "株式会社飛燕精器", "/companies/hien")]
    [InlineData("SUS3", "材質", "SUS304", "/companies?q=")]
    public async Task Suggestions_ProposeWhatBeginsSo(string typed, string kind, string label, string url)
    {
        var page = await app.Visitor().Open("/suggestions?q=" + Uri.EscapeDataString(typed));
        using var json = JsonDocument.Parse(page.Body);
        var found = json.RootElement.EnumerateArray().First(p => p.GetProperty("label").GetString() == label);
        Assert.Equal(kind, found.GetProperty("kind").GetString());
        Assert.StartsWith(url, found.GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%00")]
    [InlineData("%ED%A0%80")]
    [InlineData("%E3%80%80")]
    [InlineData("<script>")]
    [InlineData("()*\\'%22")]
    public async Task Suggestions_WhateverIsTyped_IsAnswered(string typed)
    {
        var page = await app.Visitor().Open("/suggestions?q=" + typed);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.StartsWith("[", page.Body, StringComparison.Ordinal);
    }

    private async Task Forget()
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ForgetSearches>().RunAsync(new(0, "", app.Clock.GetUtcNow(), 1), TestContext.Current.CancellationToken);
    }

    private async Task<Dictionary<(SearchCountKind Kind, string Word), int>> Counts(DateOnly day)
    {
        await using var db = app.Database.Open();
        return await db.Set<SearchCount>().Where(c => c.Day == day).ToDictionaryAsync(c => (c.Kind, c.Word), c => c.Count, TestContext.Current.CancellationToken);
    }
}
