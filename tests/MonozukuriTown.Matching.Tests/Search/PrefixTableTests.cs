namespace MonozukuriTown.Matching.Tests.Search;

public sealed class PrefixTableTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void OneSlip_RandomWords_FindsWhatComparingEachDoes(int seed)
    {
        var random = new Random(seed);
        // Three letters, so that many words are near each other.
        string Word(int from, int to) => new([.. Enumerable.Range(0, random.Next(from, to)).Select(_ => "アイウ"[random.Next(3)])]);
        var texts = Enumerable.Range(0, 400).Select(_ => Word(1, 8)).ToArray();
        var table = new PrefixTable(texts, allTails: seed == 2);
        for (var i = 0; i < 200; i++)
        {
            var word = Word(2, 8);
            HashSet<int> whole = [], beginning = [];
            table.OneSlip(word, beginning: false, whole);
            table.OneSlip(word, beginning: true, beginning);
            // A word without a slip may be among them: the caller asks only when nobody has the word.
            Assert.Equal(texts.Where(t => OneApart(word, t)).Distinct().Order(StringComparer.Ordinal),
                whole.Select(t => texts[t]).Where(t => t != word).Distinct().Order(StringComparer.Ordinal));
            Assert.All(beginning, t => Assert.True(Enumerable.Range(0, texts[t].Length + 1).Any(n => texts[t][..n] == word || OneApart(word, texts[t][..n])), $"{word} {texts[t]}"));
            Assert.Subset(beginning, whole);
        }
    }

    [Fact]
    public void StartingWith_AllTails_FindsMiddlesInOrder()
    {
        var table = new PrefixTable(["カドマセイキ", "セイキ", "ルリセイキ", "カドワキ"], allTails: true);
        Assert.Equal([(1, 0), (0, 3), (2, 2)], table.StartingWith("セイキ").Select(p => (p.Text, p.Offset)).OrderBy(p => p.Offset == 0 ? -1 : p.Text));
        Assert.Equal([0, 3], table.StartingWith("カド").Select(p => p.Text));
        Assert.Empty(table.StartingWith("カドヤ"));
        Assert.Empty(new PrefixTable([], allTails: true).StartingWith("カ"));
    }

    [Fact]
    public void StartingWith_Nothing_IsEverything() => Assert.Equal(2, new PrefixTable(["イ", "ア"], allTails: false).StartingWith("").Count());

    // One too much, too little, another, or two swapped, written out.
    private static bool OneApart(string word, string text)
    {
        if (word == text)
            return false;
        for (var i = 0; i < word.Length; i++)
        {
            if (word.Remove(i, 1) == text || i + 1 < word.Length && word[..i] + word[i + 1] + word[i] + word[(i + 2)..] == text
                || text.Length == word.Length && word[..i] == text[..i] && word[(i + 1)..] == text[(i + 1)..])
                return true;
        }
        return Enumerable.Range(0, text.Length).Any(i => text.Remove(i, 1) == word);
    }
}
