using System.Globalization;

namespace MonozukuriTown.Matching.Tests;

/// <summary>What people type into the search box, over the demo town: <c>Data/searches.csv</c> says who must be found first, or among the first ten.</summary>
public sealed class SearchQualityTests(ITestOutputHelper output)
{
    private static readonly Lazy<CompanyCatalog> Demo = new(() =>
        CompanyCatalog.Build(Town.Vocabulary, JsonLines.ReadCompanies(Path.Combine(Town.Root, "seeds", "demo", "companies.jsonl"))));

    public static TheoryData<string, string, string, string> Searches()
    {
        var data = new TheoryData<string, string, string, string>();
        foreach (var row in File.ReadLines(Path.Combine(Town.Data, "searches.csv")).Skip(1).Select(l => l.Split(',')))
            data.Add(row[0], row[1], row[2], row[3]);
        return data;
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void Search_DemoTown_FindsWhoIsMeant(string kind, string query, string first, string among)
    {
        var result = CompanySearch.Search(Demo.Value, new() { Text = query, PageSize = 100 });
        var keys = result.Hits.Select(h => h.Company.Key).ToList();
        var shown = string.Create(CultureInfo.InvariantCulture, $"{kind}: {query} → {result.CorrectedTo} [{string.Join(' ', keys.Take(12))}] of {result.Total}, missing {string.Join(' ', result.Missing)}");
        output.WriteLine(shown);
        if (first.Length > 0)
            Assert.True(keys.FirstOrDefault() == first, shown);
        foreach (var key in among.Split('|', StringSplitOptions.RemoveEmptyEntries))
            Assert.True(keys.Contains(key), $"{key} is not found: {shown}");
        if (first.Length + among.Length == 0)
            Assert.True(keys.Count == 0, shown);
    }
}
