using System.Net;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Pages;

public class SearchTests(SearchTests.Town app) : IClassFixture<SearchTests.Town>
{
    /// <summary>A portal with a few companies, and 25 more of one kind to turn pages with.</summary>
    public sealed class Town : TownApp, IAsyncLifetime
    {
        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await Data.Company(c => c.Listed().Named("株式会社飛燕精器", "ひえんせいき", "hien").Awarded().WithCertification("ISO9001", "iso9001")
                .With("旋盤加工", "cut.turn", ["SUS304"], x => (x.Limits.DiameterTo, x.Limits.MaxLength, x.Limits.Tolerance) = (65, 300, 0.005m))
                .Confirmed(ListingSection.Basic, new(2026, 10, 5, 0, 0, 0, TimeSpan.Zero))
                .Set(x => (x.City, x.Employees, x.Summary, x.VisitOk) = ("試験市", 11, "棒材からの複合加工です。", true)));
            await Data.Company(c => c.Listed().Named("有限会社砂丘研磨", "さきゅうけんま", "sakyu").With("円筒研磨", "fin.cyl", ["S45C"])
                .Confirmed(ListingSection.Basic, new(2024, 3, 5, 0, 0, 0, TimeSpan.Zero)).Set(x => x.City = "隣町市"));
            for (var i = 0; i < 25; i++)
                await Data.Company(c => c.Listed().With("射出成形", "mold.inj"));
            await CatalogFollows();
        }
    }

    [Fact]
    public async Task Words_FindWhatTheyMean_AndSayHowTheyWereUnderstood()
    {
        var page = await app.Visitor().Open("/companies?q=旋盤");

        Assert.Equal("1社見つかりました", page.Text(".results-count"));
        Assert.Equal("株式会社飛燕精器", page.Text(".company-name"));
        Assert.Equal("/companies/hien", page.Document.QuerySelector(".company-name a")!.GetAttribute("href"));
        Assert.Equal("試験市・従業員11人", page.Text(".company-place"));
        Assert.Equal("2026年10月に確認", page.Text(".fresh"));
        Assert.Equal("認定企業", page.Text(".badge-award"));
        Assert.Contains("φ65×300mm", page.Text(".hits"), StringComparison.Ordinal);
        Assert.Contains("±0.005mm", page.Text(".hits"), StringComparison.Ordinal);
        Assert.Contains("旋盤", page.Text(".hits b"), StringComparison.Ordinal);
        Assert.Contains("旋盤", page.Text(".understood .chip"), StringComparison.Ordinal);
        Assert.Equal("/companies", page.Document.QuerySelector(".understood .chip-remove")!.GetAttribute("href"));
    }

    [Fact]
    public async Task TwoCharacterWords_FindWhatTheyShould()
    {
        var page = await app.Visitor().Open("/companies?q=研磨");
        Assert.Contains("有限会社砂丘研磨", page.Text(), StringComparison.Ordinal);
        Assert.Contains("（1年以上前）", page.Text(".fresh-old"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWordOfSeveralMeanings_NamesThemAllOnOneChip()
    {
        var page = await app.Visitor().Open("/companies?q=研磨 SUS304");
        var chips = page.Document.QuerySelectorAll(".understood .chip-words").Select(c => c.TextContent).ToList();
        Assert.Equal(2, chips.Count);
        Assert.StartsWith("研磨 ＝ バフ研磨、", chips[0], StringComparison.Ordinal);
        Assert.All(new[] { "平面研削", "円筒研削", "内面研削", "鏡面研磨", "ラップ加工", "ホーニング" }, meaning => Assert.Contains(meaning, chips[0], StringComparison.Ordinal));
        Assert.Equal("/companies?q=SUS304", page.Document.QuerySelector(".understood .chip-remove")!.GetAttribute("href"), ignoreCase: true);

        Assert.Matches("^旋盤加工 ＝ .+ も含む$", (await app.Visitor().Open("/companies?q=旋盤")).Text(".understood .chip-words"));
    }

    [Fact]
    public async Task RegionsAndComponents_WriteJapaneseAsItIs()
    {
        var page = await app.Visitor().Open("/companies?q=旋盤");
        Assert.Contains(">株式会社飛燕精器</a>", page.Body, StringComparison.Ordinal);
        Assert.Contains("加工「", page.Body, StringComparison.Ordinal);
        Assert.Contains("この条件でしぼる", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("&#x", page.Body, StringComparison.Ordinal);

        // A listing's tables are Razor components: their renderer must use the pages' encoder, not one that writes &#x…; for every kanji.
        var listing = await app.Visitor().Open(page.Document.QuerySelector(".company-name a")!.GetAttribute("href")!);
        Assert.Contains("旋盤加工", listing.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("&#x", listing.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facets_NarrowAndSayTheirCounts()
    {
        var all = await app.Visitor().Open("/companies");
        Assert.Equal("27社見つかりました", all.Text(".results-count"));
        var town = all.Document.QuerySelector("input[name=town][value=試験市]")!;
        Assert.Equal("1社", town.ParentElement!.QuerySelector(".count")!.TextContent);

        var chosen = await all.Submit("#search", ("town", "試験市"));
        Assert.Equal("1社見つかりました", chosen.Text(".results-count"));
        Assert.True(chosen.Document.QuerySelector("input[name=town][value=試験市]")!.HasAttribute("checked"));
        Assert.Contains("1つ選択中", chosen.Text("[popovertarget=facets]"), StringComparison.Ordinal);
        Assert.Equal("試験市", chosen.Text(".understood .chip-words"));
    }

    [Theory]
    [InlineData("award=1", "株式会社飛燕精器")]
    [InlineData("visit=1", "株式会社飛燕精器")]
    [InlineData("cert=iso9001", "株式会社飛燕精器")]
    [InlineData("size=10-19", "株式会社飛燕精器")]
    [InlineData("process=cut", "株式会社飛燕精器")]
    [InlineData("process=fin&process=fin.cyl", "有限会社砂丘研磨")]
    [InlineData("material=sus304", "株式会社飛燕精器")]
    public async Task EachFacet_FindsItsCompany(string query, string company)
    {
        var page = await app.Visitor().Open("/companies?" + query);
        Assert.Equal("1社見つかりました", page.Text(".results-count"));
        Assert.Equal(company, page.Text(".company-name"));
    }

    [Fact]
    public async Task ALeafBesideItsGroup_IsWhatWasMeant()
    {
        var page = await app.Visitor().Open("/companies?process=cut&process=cut.mc");
        Assert.DoesNotContain("株式会社飛燕精器", page.Text(".company-list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sort_ByReading_PutsSaBeforeHi()
    {
        var page = await app.Visitor().Open("/companies?sort=kana");
        var names = page.Document.QuerySelectorAll(".company-name").Select(n => n.TextContent).ToList();
        Assert.Equal("有限会社砂丘研磨", names[0]);
        Assert.Equal("true", page.Document.QuerySelectorAll(".sort a").Single(a => a.TextContent == "五十音順").GetAttribute("aria-current"));
        // Nothing is more relevant than anything else where no words were given.
        Assert.DoesNotContain("関連の高い順", page.Text(".sort"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_KeepTheWholeSearch()
    {
        var first = await app.Visitor().Open("/companies?process=mold&sort=kana");
        Assert.Equal(20, first.Document.QuerySelectorAll(".company-card").Length);
        var next = first.Document.QuerySelector(".pager [rel=next]")!.GetAttribute("href")!;
        Assert.Equal("/companies?process=mold&sort=kana&page=2", next);
        var second = await app.Visitor().Open(next);
        Assert.Equal(5, second.Document.QuerySelectorAll(".company-card").Length);
        Assert.Equal("2", second.Document.QuerySelector(".pager [aria-current=page]")!.LastChild!.TextContent);
    }

    [Fact]
    public async Task PastTheLastPage_ASentenceAndTheWayBack()
    {
        var page = await app.Visitor().Open("/companies?page=999999");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("結果は2ページまでです", page.Text(), StringComparison.Ordinal);
        Assert.Equal("/companies?page=2", page.Document.QuerySelector(".empty a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task NothingFound_OffersNearWordsTheOrderFormAndThePhone()
    {
        var page = await app.Visitor().Open("/companies?q=旋盤&town=どこでもない村");
        Assert.Contains("「旋盤」に合う会社は、いま載っていません", page.Text(".empty"), StringComparison.Ordinal);
        Assert.Equal(CompaniesUrl("旋盤"), page.Document.QuerySelector(".empty .chip")!.GetAttribute("href"));
        Assert.NotNull(page.Document.QuerySelector("main a[href='/match']"));
        Assert.NotNull(page.Document.QuerySelector("main a.phone[href^='tel:']"));
    }

    [Fact]
    public async Task AMisspeltWord_LeadsToTheWordThatWasMeant()
    {
        var page = await app.Visitor().Open("/companies?q=射出整形");
        Assert.Contains("射出成形", page.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASlip_IsSearchedAsItWasMeant_AndTheBoxKeepsWhatWasTyped()
    {
        var page = await app.Visitor().Open("/companies?q=旋盤加光");
        Assert.Equal("「旋盤加光」に合う会社はないため、旋盤加工 でさがしました。", page.Text(".search-note"));
        Assert.Equal("株式会社飛燕精器", page.Text(".company-name"));
        Assert.Equal("旋盤加光", page.Document.QuerySelector("#q")!.GetAttribute("value"));
        Assert.Contains("旋盤加工", page.Text(".understood .chip"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneOfTwoWordsNobodyHas_IsSaid()
    {
        var page = await app.Visitor().Open("/companies?q=旋盤 ぬか漬け");
        Assert.Contains("「ぬか漬け」に合う会社はありません", page.Text(".search-note"), StringComparison.Ordinal);
        Assert.Equal("株式会社飛燕精器", page.Text(".company-name"));
    }

    [Fact]
    public async Task AFigure_RulesNobodyOut_AndTheOrderFormIsNamed()
    {
        var page = await app.Visitor().Open("/companies?q=φ20 旋盤");
        Assert.Equal("株式会社飛燕精器", page.Text(".company-name"));
        Assert.Equal("/match", page.Document.QuerySelector(".search-note a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task AnOrder_ShowsStaffHowTheRankCame_AndNobodyElse()
    {
        const string order = "SUS304 φ20×50 旋盤加工 10個 年内に";
        var seen = await (await (await app.As(Roles.City)).Open("/match")).Submit("form[action='/match']", ("text", order), ("act", "read"));
        var sum = seen.Document.QuerySelector(".match-card details table")!;
        Assert.Contains("旋盤加工", sum.TextContent, StringComparison.Ordinal);
        Assert.Equal("合計", sum.QuerySelector("tbody tr:last-child th")!.TextContent);

        var visitor = await (await app.Visitor().Open("/match")).Submit("form[action='/match']", ("text", order), ("act", "read"));
        Assert.NotNull(visitor.Document.QuerySelector(".match-card"));
        Assert.Null(visitor.Document.QuerySelector(".match-card details"));
    }

    [Theory]
    [InlineData("ひえんせいき", ".company-kana b", "ひえんせいき")]
    [InlineData("hien seiki", ".company-kana b", "ひえん")]
    [InlineData("飛燕", ".company-name b", "飛燕")]
    public async Task AName_IsFoundByReadingToo_AndMarkedWhereItMatched(string words, string place, string marked)
    {
        var page = await app.Visitor().Open(CompaniesUrl(words));
        Assert.Equal("株式会社飛燕精器", page.Text(".company-name"));
        Assert.StartsWith(marked, page.Document.QuerySelector(place)!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMark_NeverCarriesMarkup()
    {
        var page = await app.Visitor().Open(CompaniesUrl("<b>旋盤"));
        Assert.Empty(page.Document.QuerySelectorAll(".search-note b b, .chip b"));
        Assert.DoesNotContain("<b>旋盤</b>\"", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SearchResults_AreNotForSearchEngines_TheListIs()
    {
        Assert.Null((await app.Visitor().Open("/companies")).Document.QuerySelector("meta[name=robots]"));
        Assert.Equal("noindex", (await app.Visitor().Open("/companies?q=旋盤")).Document.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
    }

    public static TheoryData<string> Hostile => new(
        "q=" + new string('旋', 10_000),
        "q=%00",
        "q=%ED%A0%80",
        "q=%F0%9F%98%80%F0%9F",
        "q=<script>alert(1)</script>",
        "q=%E2%80%8B%EF%BB%BF",
        "q=a&q=b&q=c",
        "process=nowhere&material=%00&cert=<b>&town=" + new string('x', 5000) + "&size=-1",
        "page=-1",
        "page=0",
        "page=zwei",
        "page=99999999999999999999",
        "sort=drop%20table",
        "award=&visit=",
        string.Join('&', Enumerable.Range(0, 300).Select(i => $"process=p{i}")));

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task WhateverIsAsked_IsAnswered(string query)
    {
        var page = await app.Visitor().Open("/companies?" + query);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("会社をさがす", page.Text("h1"));
        Assert.DoesNotContain("<script>alert", page.Body, StringComparison.Ordinal);
        Assert.True(page.Document.QuerySelector(".results-count") is not null || page.Document.QuerySelector(".empty") is not null);
    }

    private static string CompaniesUrl(string words) => "/companies?q=" + Uri.EscapeDataString(words);
}
