namespace MonozukuriTown.Matching.Tests;

public sealed class CatalogTests
{
    [Fact]
    public void WithChanged_KnownCompany_ReplacesItAndLeavesTheOldCatalogAlone()
    {
        var before = Town.Catalog(Town.Company("A", "旋盤加工"), Town.Company("B", "曲げ加工"));
        var after = before.WithChanged(Town.Company("A", "レーザー切断"));
        Assert.Equal(2, after.Count);
        Assert.Equal(["A"], Find(after, "レーザー切断"));
        Assert.Empty(Find(after, "旋盤"));
        Assert.Equal(["A"], Find(before, "旋盤"));
    }

    [Fact]
    public void WithRemoved_LastOfItsBlock_LeavesAnEmptyCatalog()
    {
        var catalog = Town.Catalog(Town.Company("A", "旋盤加工"));
        Assert.Equal(0, catalog.WithRemoved("A").Count);
        Assert.Same(catalog, catalog.WithRemoved("none"));
    }

    [Fact]
    public void Build_MoreThanABlock_FindsEveryCompanyOnce()
    {
        var catalog = CompanyCatalog.Build(Town.Vocabulary, Enumerable.Range(0, 2500).Select(i => Town.Company($"K{i:0000}", i % 2 == 0 ? "旋盤加工" : "曲げ加工")));
        Assert.Equal(2500, catalog.Count);
        Assert.Equal(1250, CompanySearch.Search(catalog, new() { Text = "旋盤" }).Total);
        Assert.Equal("K2400", catalog.Find("K2400")!.Key);
        Assert.Equal(2501, catalog.WithChanged(Town.Company("new", "曲げ加工")).Count);
    }

    [Fact]
    public void WithChanged_Always_RanksAsARebuiltCatalogDoes()
    {
        var companies = JsonLines.ReadCompanies(Path.Combine(Town.Data, "firms-small.jsonl")).ToList();
        var edited = companies[3] with { Summary = "φ40の旋盤加工とシャフト" };
        var changed = CompanyCatalog.Build(Town.Vocabulary, companies).WithChanged(edited);
        companies[3] = edited;
        var rebuilt = CompanyCatalog.Build(Town.Vocabulary, companies);
        foreach (var order in new[] { "S45C φ40×120 旋盤加工 10個", "アルミ削り出し 5個", "ステンレス板金 t1.5" })
        {
            var need = Town.Read(order);
            Assert.Equal(
                Matcher.Match(rebuilt, need).Matches.Select(m => (m.Company.Key, m.Score)),
                Matcher.Match(changed, need).Matches.Select(m => (m.Company.Key, m.Score)));
        }
    }

    private static IEnumerable<string> Find(CompanyCatalog catalog, string text) =>
        CompanySearch.Search(catalog, new() { Text = text }).Hits.Select(h => h.Company.Key);
}
