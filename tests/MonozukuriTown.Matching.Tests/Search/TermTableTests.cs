namespace MonozukuriTown.Matching.Tests.Search;

public sealed class TermTableTests
{
    [Fact]
    public void StartingWith_WhileTheTableGrows_FindsWhatComparingEachDoes()
    {
        var random = new Random(1);
        var table = new TermTable();
        List<string> all = [];
        for (var round = 0; round < 12; round++)
        {
            for (var i = 0; i < 300; i++)
            {
                var term = new string([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => "abc研磨"[random.Next(5)])]);
                Assert.Equal(term, table[table.Add(term)]);
                all.Add(term);
            }
            foreach (var prefix in new[] { "a", "ab", "研", "研磨", "c磨a", "zz", "" })
            {
                Assert.Equal(all.Where(t => t.StartsWith(prefix, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal),
                    table.StartingWith(prefix, int.MaxValue).Select(i => table[i]).Order(StringComparer.Ordinal));
            }
        }
        Assert.Equal(3, table.StartingWith("a", 3).Count);
    }

    [Fact]
    public void PairsWith_Character_FindsItInBothPlacesOnce()
    {
        var table = new TermTable();
        foreach (var term in new[] { "研磨", "東研", "研", "研研", "研磨機", "旋盤" })
            table.Add(term);
        Assert.Equal(["研磨", "東研", "研", "研研"], table.PairsWith('研', 10).Select(i => table[i]));
        Assert.Empty(table.PairsWith('鋳', 10));
    }
}
