namespace MonozukuriTown.Matching.Tests.Search;

public sealed class SearchSuggesterTests
{
    private static readonly Lazy<CompanyCatalog> Demo = new(() =>
        CompanyCatalog.Build(Town.Vocabulary, JsonLines.ReadCompanies(Path.Combine(Town.Root, "seeds", "demo", "companies.jsonl"))));

    [Theory]
    [InlineData("旋", SuggestionKind.Process, "旋盤加工")]
    [InlineData("せんばん", SuggestionKind.Process, "旋盤加工")]
    [InlineData("senba", SuggestionKind.Process, "旋盤加工")]
    [InlineData("けん", SuggestionKind.Process, "研磨")]
    [InlineData("NC旋", SuggestionKind.Process, "旋盤加工")]
    [InlineData("ステン", SuggestionKind.Material, "ステンレス")]
    [InlineData("sus3", SuggestionKind.Material, "SUS304")]
    [InlineData("iso9", SuggestionKind.Certification, "ISO9001")]
    [InlineData("銅鐸", SuggestionKind.Company, "株式会社銅鐸電極工業")]
    [InlineData("どうた", SuggestionKind.Company, "株式会社銅鐸電極工業")]
    [InlineData("dotak", SuggestionKind.Company, "株式会社銅鐸電極工業")]
    [InlineData("株式会社銅鐸", SuggestionKind.Company, "株式会社銅鐸電極工業")]
    [InlineData("α-D2", SuggestionKind.Machine, "α-D21MiB5")]
    [InlineData("ad21", SuggestionKind.Machine, "α-D21MiB5")]
    [InlineData("旋盤加光", SuggestionKind.Process, "旋盤加工")]
    [InlineData("銅鍬電極工業", SuggestionKind.Company, "株式会社銅鐸電極工業")]
    public void Suggest_WhatIsBegun_ProposesIt(string typed, SuggestionKind kind, string label)
    {
        var found = SearchSuggester.Suggest(Demo.Value, typed);
        Assert.True(found.Any(s => s.Kind == kind && s.Label == label), string.Join(' ', found.Select(s => $"{s.Kind}:{s.Label}")));
        Assert.InRange(found.Count, 1, 8);
        Assert.Equal(found.Count, found.Select(s => (s.Kind, s.Text)).Distinct().Count());
    }

    [Fact]
    public void Suggest_SecondWord_KeepsTheFirst() =>
        Assert.Contains(SearchSuggester.Suggest(Demo.Value, "ステンレス 板"), s => s.Text == "ステンレス 精密板金" || s.Text.StartsWith("ステンレス 板", StringComparison.Ordinal));

    [Fact]
    public void Suggest_EveryWord_FindsACompanyWhenItIsSearched()
    {
        foreach (var typed in new[] { "あ", "め", "プ", "s", "溶", "金", "m", "ば" })
        {
            foreach (var s in SearchSuggester.Suggest(Demo.Value, typed))
                Assert.True(CompanySearch.Search(Demo.Value, new() { Text = s.Text }).Total > 0, $"{typed} → {s.Text}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("　")]
    [InlineData("\ud800")]
    [InlineData("x")]
    [InlineData("(")]
    [InlineData("鰯鰯鰯鰯鰯")]
    public void Suggest_Oddities_DoNotThrow(string typed) => Assert.NotNull(SearchSuggester.Suggest(Demo.Value, typed));

    [Theory]
    [InlineData("射出整形", "射出成形")]
    [InlineData("旋盤加光", "旋盤加工")]
    public void Nearest_OfAMiswrittenWord_IsTheWord(string typed, string word) => Assert.Contains(word, SearchSuggester.Nearest(Demo.Value, typed, 3));
}
