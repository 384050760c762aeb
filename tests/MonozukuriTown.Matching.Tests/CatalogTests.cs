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

    [Fact]
    public void With_ThousandsAtOnce_IsAsIfBuiltAnew()
    {
        var before = CompanyCatalog.Build(Town.Vocabulary, Enumerable.Range(0, 3000).Select(i => Town.Company($"K{i:0000}", "旋盤加工")));
        var after = before.With(
            [.. Enumerable.Range(1000, 4000).Select(i => Town.Company($"K{i:0000}", "曲げ加工"))],
            [.. Enumerable.Range(0, 500).Select(i => $"K{i:0000}"), "none"]);
        Assert.Equal((3000, 4500), (before.Count, after.Count));
        Assert.Equal((500, 4000), (Total(after, "旋盤"), Total(after, "曲げ")));
        Assert.Equal((3000, 0), (Total(before, "旋盤"), Total(before, "曲げ")));
        Assert.Null(after.Find("K0499"));
        Assert.Equal("K4999", after.Find("K4999")!.Key);
        Assert.InRange(after.Blocks.Length, 5, 6);
    }

    [Fact]
    public void With_AfterManyRemovals_LeavesFewBlocks()
    {
        var catalog = CompanyCatalog.Build(Town.Vocabulary, Enumerable.Range(0, 4000).Select(i => Town.Company($"K{i:0000}", "旋盤加工")));
        for (var from = 0; from < 3600; from += 300)
            catalog = catalog.With([], [.. Enumerable.Range(from, 300).Select(i => $"K{i * 7 % 4000:0000}")]);
        Assert.Equal(400, catalog.Count);
        Assert.Equal(1, catalog.Blocks.Length);
        Assert.Equal(400, Total(catalog, "旋盤"));
        // One that goes and comes, again and again, neither parts blocks nor joins them.
        for (var i = 0; i < 20; i++)
            catalog = catalog.WithChanged(Town.Company("new", "曲げ加工")).WithRemoved("new");
        Assert.Equal(1, catalog.Blocks.Length);
    }

    [Fact]
    public void With_OneThatCannotBeRead_TakesTheOthersIn()
    {
        var before = Town.Catalog(Town.Company("A", "旋盤加工"), Town.Company("B", "旋盤加工"));
        var broken = Town.Company("A", "曲げ加工") with { Certifications = [null!] };
        List<string> told = [];
        var after = before.With([broken, Town.Company("B", "曲げ加工")], [], (company, _) => told.Add(company.Key));
        Assert.Equal(["A"], told);
        Assert.Equal(["A"], Find(after, "旋盤"));
        Assert.Equal(["B"], Find(after, "曲げ"));
        var built = CompanyCatalog.Build(Town.Vocabulary, [broken, Town.Company("B", "曲げ加工")], unreadable: (company, _) => told.Add(company.Key));
        Assert.Equal((1, 2), (built.Count, told.Count));
        Assert.ThrowsAny<Exception>(() => before.WithChanged(broken));
    }

    private static int Total(CompanyCatalog catalog, string text) => CompanySearch.Search(catalog, new() { Text = text }).Total;

    private static IEnumerable<string> Find(CompanyCatalog catalog, string text) =>
        CompanySearch.Search(catalog, new() { Text = text }).Hits.Select(h => h.Company.Key);

    [Fact]
    public void Over_WhatBelongsTogether_IsTakenTogether()
    {
        var company = new LimitFacts { LengthMm = 500, WidthMm = 300, DiameterFromMm = 1, DiameterToMm = 50, ThicknessToMm = 6, LotFrom = 1, LotTo = 50, ToleranceMm = 0.01 };
        var row = new LimitFacts { WidthMm = 80, DiameterFromMm = 60, ThicknessFromMm = 9, LotFrom = 100 };
        Assert.Equal(row with { ToleranceMm = 0.01 }, row.Over(company));
        Assert.Equal(company, LimitFacts.None.Over(company));
    }
}
