namespace MonozukuriTown.Matching.Tests;

/// <summary>A thousand of the orders that <c>deploy/bench fuzz</c> sends by the hundred thousand; how long each may take is measured there.</summary>
public class FuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Match_OfAnyText_AnswersWithFactsThatStandInIt(int seed)
    {
        var orders = new OrderFuzz(Town.Vocabulary, seed);
        var catalog = Town.Catalog(Town.Company("A", "旋盤加工", "溶接"), Town.Company("B", "射出成形"));
        var reader = new RfqReader(Town.Vocabulary);
        for (var i = 0; i < 500; i++)
        {
            var text = orders.Next();
            var need = reader.Read(text);
            Assert.All(need.Facts, f => Assert.True(f.Span is not { } s || s.Start >= 0 && s.Start < s.End && s.End <= text.Length, $"seed {seed}, order {i}: {f.Kind} {f.Value} at {f.Span}"));
            var result = Matcher.Match(catalog, need);
            Assert.All(result.Matches, m => Assert.True(double.IsFinite(m.Score), $"seed {seed}, order {i}: {m.Score}"));
            var chips = need.Facts.Select(NeedChip.Write).ToList();
            Assert.NotNull(reader.FromChips(text, chips));
        }
    }

    [Fact]
    public void Read_OfOneWordOverAndOver_AnswersWithFactsThatStandInIt()
    {
        var reader = new RfqReader(Town.Vocabulary);
        Assert.All(new OrderFuzz(Town.Vocabulary, 3).Repetitions(each: 400), text =>
            Assert.All(reader.Read(text).Facts, f => Assert.True(f.Span is not { } s || s.Start >= 0 && s.Start < s.End && s.End <= text.Length, $"{text[..40]}: {f.Kind} {f.Value} at {f.Span}")));
    }
}
