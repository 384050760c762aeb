namespace MonozukuriTown.Matching.Tests;

public sealed class SearchTests
{
    private static readonly CompanyCatalog Small = CompanyCatalog.Build(Town.Vocabulary, JsonLines.ReadCompanies(Path.Combine(Town.Data, "firms-small.jsonl")));

    [Theory]
    [InlineData("研磨", "S05")]
    [InlineData("旋盤", "S01")]
    [InlineData("旋盤", "S04")]
    [InlineData("鈑金", "S03")]
    [InlineData("メッキ", "S06")]
    [InlineData("mekki", "S06")]
    [InlineData("zzgrmbl", null)]
    [InlineData("anodizing", "S07")]
    [InlineData("アオバ", "S01")]
    [InlineData("青葉精機", "S01")]
    [InlineData("バネ", "S09")]
    [InlineData("インジェクション", "S08")]
    [InlineData("取説", "S11")]
    public void Search_ShortAndSynonymousWords_FindWhatTheyShould(string text, string? expected)
    {
        var keys = CompanySearch.Search(Small, new() { Text = text }).Hits.Select(h => h.Company.Key).ToList();
        if (expected is null)
            Assert.Empty(keys);
        else
            Assert.Contains(expected, keys);
    }

    [Fact]
    public void Search_SeveralWords_AllHaveToBeMet()
    {
        var result = CompanySearch.Search(Small, new() { Text = "板金 ステンレス" });
        Assert.Equal(["S03"], result.Hits.Select(h => h.Company.Key));
    }

    [Fact]
    public void Search_Nothing_ShowsEverybodyWithFacets()
    {
        var result = CompanySearch.Search(Small, new() { Sort = SearchSort.Kana, PageSize = 5 });
        Assert.Equal(12, result.Total);
        Assert.Equal(5, result.Hits.Count);
        Assert.Equal(["S01", "S12", "S11", "S02", "S04"], result.Hits.Select(h => h.Company.Key));
        Assert.Equal(8, result.Facets.Towns.Single(t => t.Id == "門真市").Count);
        Assert.Equal(12, result.Facets.EmployeeClasses.Sum(c => c.Count));
        Assert.All(result.Facets.Processes, p => Assert.Empty(p.Children));
        var chosen = CompanySearch.Search(Small, new() { Processes = ["cut"] });
        Assert.Contains(chosen.Facets.Processes.Single(p => p.Id == "cut").Children, c => c is { Id: "cut.turn", Count: 2 });
    }

    [Fact]
    public void Search_Paging_ShowsEachCompanyOnce()
    {
        var keys = Enumerable.Range(1, 5).SelectMany(p => CompanySearch.Search(Small, new() { Page = p, PageSize = 3 }).Hits).Select(h => h.Company.Key).ToList();
        Assert.Equal(12, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(12, keys.Count);
    }

    [Fact]
    public void Search_Facet_NarrowsTheOthersButNotItself()
    {
        var result = CompanySearch.Search(Small, new() { Towns = ["大東市"] });
        Assert.Equal(4, result.Total);
        Assert.Equal(8, result.Facets.Towns.Single(t => t.Id == "門真市").Count);
        Assert.True(result.Facets.Towns.Single(t => t.Id == "大東市").Selected);
        Assert.Equal(4, result.Facets.EmployeeClasses.Sum(c => c.Count));
    }

    [Fact]
    public void Search_TwoFacets_NarrowEachOther()
    {
        var result = CompanySearch.Search(Small, new() { Towns = ["門真市"], Processes = ["cut"] });
        Assert.All(result.Hits, h => Assert.Equal("門真市", h.Company.Town));
        Assert.Contains(result.Hits, h => h.Company.Key == "S02");
    }

    [Fact]
    public void Search_UnknownFacetValue_ShowsNobody() => Assert.Equal(0, CompanySearch.Search(Small, new() { Processes = ["no.such"] }).Total);

    [Fact]
    public void Search_Synonym_IsExplainedAndHighlighted()
    {
        var result = CompanySearch.Search(Small, new() { Text = "旋削" });
        var understood = Assert.Single(result.Understood);
        Assert.Equal("cut.turn", understood.Id);
        Assert.NotEmpty(understood.Also);
        var hit = result.Hits.Single(h => h.Company.Key == "S01");
        Assert.Contains(hit.Highlights, h => h is { Field: "capability", Text: "旋盤加工" });
        var mark = hit.Highlights.First(h => h.Field == "capability");
        Assert.Equal("旋盤加工", mark.Text[mark.Spans[0].Start..mark.Spans[0].End]);
    }

    [Fact]
    public void Search_WordOfTheTradeNobodyHas_IsNotTakenForAnother()
    {
        var steel = CompanyCatalog.Build(Town.Vocabulary, [new() { Key = "C1", Name = "甲製作所", Materials = ["S45C"], Capabilities = [new() { Process = "旋盤" }] }]);
        Assert.Equal(1, CompanySearch.Search(steel, new() { Text = "S45C" }).Total);
        var result = CompanySearch.Search(steel, new() { Text = "S55C" });
        Assert.Null(result.CorrectedTo);
        Assert.Equal(0, result.Total);
    }

    [Theory]
    [InlineData("\ud800")]
    [InlineData("()*\"'%_")]
    [InlineData("　")]
    [InlineData("ｱ")]
    public void Search_OddText_DoesNotThrow(string text) => Assert.NotNull(CompanySearch.Search(Small, new() { Text = text, Page = -1, PageSize = 0 }));

    [Fact]
    public void Search_LongText_IsCut() => Assert.NotNull(CompanySearch.Search(Small, new() { Text = new string('研', 10_000) }));

    [Fact]
    public void KanaOrder_MarksOnlyDecideTies() =>
        Assert.Equal(["かき", "がき", "かきく", "カーキ色"], new[] { "カーキ色", "がき", "かきく", "かき" }.OrderBy(KanaOrder.Key, StringComparer.Ordinal));
}
