namespace MonozukuriTown.Matching.Tests.Text;

/// <summary>What every engine behind <see cref="ITextIndex"/> has to keep. An engine's tests are a class that names its builder, nothing more.</summary>
public abstract class TextIndexContract
{
    private const double Tolerance = 1e-3;
    private static readonly float[] Averages = [5.5f, 12, 4, 30.25f, 8, 60, 2];

    protected abstract ITextIndexBuilder Builder { get; }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 200)]
    [InlineData(3, 1024)]
    public void Score_RandomBlock_IsBm25ForEveryDocument(int seed, int size)
    {
        var documents = RandomDocuments(seed, size);
        var index = Builder.Build(documents);
        var random = new Random(seed);
        for (var query = 0; query < 25; query++)
        {
            var terms = RandomTerms(random, 1 + query);
            AssertAlike(Expected(documents, terms), Score(index, terms));
        }
    }

    [Fact]
    public void Score_LengthsOneTokenApart_AreToldApart()
    {
        // One lossy byte would call all of these the same.
        var documents = Enumerable.Range(100, 40).Select(length => Document((TextField.Text, 1, 1), (TextField.Text, 2, length - 1))).ToList();
        var scores = Score(Builder.Build(documents), [new(TextField.Text, 1, 10)]);
        for (var i = 1; i < scores.Length; i++)
            Assert.True(scores[i] < scores[i - 1], $"{i}: {scores[i]} is not below {scores[i - 1]}");
    }

    [Fact]
    public void Build_NoDocuments_KnowsNothing()
    {
        var index = Builder.Build([]);
        Assert.Equal(0, index.Count);
        Assert.Equal(0, index.DocumentFrequency(TextField.Name, 1));
        Assert.Equal(0, index.TotalLength(TextField.Name));
        Assert.Empty(Score(index, [new(TextField.Name, 1, 1)]));
    }

    [Fact]
    public void Build_EmptyDocuments_KeepTheirNumbers()
    {
        var index = Builder.Build([Document(), Document((TextField.Name, 7, 1)), Document(), Document((TextField.Name, 7, 2)), Document()]);
        Assert.Equal(5, index.Count);
        var scores = Score(index, [new(TextField.Name, 7, 1)]);
        Assert.Equal([false, true, false, true, false], scores.Select(s => s > 0));
    }

    [Fact]
    public void Build_OnlyEmptyDocuments_ScoresNothing()
    {
        var index = Builder.Build([Document(), Document()]);
        Assert.Equal(2, index.Count);
        Assert.Equal([0f, 0f], Score(index, [new(TextField.Other, 3, 5)]));
    }

    [Fact]
    public void Score_UnknownTermsAndFields_ScoreNothing()
    {
        var index = Builder.Build([Document((TextField.Name, 1, 1))]);
        Assert.Equal([0f], Score(index, [new(TextField.Name, 2, 1), new(TextField.Text, 1, 1), new(TextField.Name, int.MaxValue, 1), new(TextField.Name, -1, 1)]));
        Assert.Equal(0, index.DocumentFrequency(TextField.Text, 1));
        Assert.Equal(0, index.DocumentFrequency(TextField.Name, -1));
        Assert.Equal(0, index.DocumentFrequency(TextField.Name, int.MaxValue));
    }

    [Fact]
    public void Score_NoTerms_LeavesTheScores()
    {
        var index = Builder.Build([Document((TextField.Name, 1, 1))]);
        float[] scores = [3.5f];
        index.Score([], Averages, scores, []);
        Assert.Equal([3.5f], scores);
    }

    [Fact]
    public void Score_WhatStandsThere_IsAddedTo()
    {
        var index = Builder.Build([Document((TextField.Name, 1, 1)), Document((TextField.Name, 2, 1))]);
        float[] scores = [1, 2, 9];
        index.Score([new(TextField.Name, 1, 1)], Averages, scores, []);
        Assert.Equal(1 + Bm25.Score(1, 1, 1, Averages[0]), scores[0], Tolerance);
        // A document without the term, and what lies beyond the block.
        Assert.Equal([2f, 9f], scores[1..]);
    }

    [Fact]
    public void Score_Found_IsWhoHasAnyOfTheTerms()
    {
        var documents = RandomDocuments(4, 200);
        var index = Builder.Build(documents);
        var random = new Random(4);
        for (var query = 0; query < 25; query++)
        {
            var terms = RandomTerms(random, 1 + query % 4);
            var found = new ulong[4];
            // Who is in the set already stays in it.
            found[3] = 1UL << 7;
            index.Score(terms, Averages, new float[200], found);
            Assert.Equal(Enumerable.Range(0, 200).Where(d => d == 199 || terms.Any(t => documents[d].CountOf(t.Field, t.Term) > 0)),
                Enumerable.Range(0, 256).Where(d => (found[d / 64] >> d % 64 & 1) != 0));
        }
    }

    [Fact]
    public void Score_TermGivenTwice_CountsTwice()
    {
        var index = Builder.Build([Document((TextField.Name, 1, 3))]);
        var once = Score(index, [new(TextField.Name, 1, 2)])[0];
        Assert.Equal(2 * once, Score(index, [new(TextField.Name, 1, 2), new(TextField.Name, 1, 2)])[0], Tolerance);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(1000)]
    [InlineData(TextDocument.MaxCount)]
    public void Score_RepeatedTerm_CountsExactly(int count)
    {
        var index = Builder.Build([Document((TextField.Text, 1, count), (TextField.Text, 2, 1))]);
        Assert.Equal(Bm25.Score(100, count, count + 1, Averages[(int)TextField.Text]), Score(index, [new(TextField.Text, 1, 100)])[0], Tolerance);
        Assert.Equal(count + 1, index.TotalLength(TextField.Text));
    }

    [Fact]
    public void Score_SameTermInEveryField_FieldsAreApart()
    {
        var fields = Enum.GetValues<TextField>();
        var documents = fields.Select(f => Document((f, 1, (int)f + 1))).Append(Document([.. fields.Select(f => (f, 1, 2))])).ToList();
        var index = Builder.Build(documents);
        foreach (var field in fields)
        {
            AssertAlike(Expected(documents, [new(field, 1, 3)]), Score(index, [new(field, 1, 3)]));
            Assert.Equal(2, index.DocumentFrequency(field, 1));
            Assert.Equal((int)field + 1 + 2, index.TotalLength(field));
        }
        WeightedTerm[] all = [.. fields.Select(f => new WeightedTerm(f, 1, (int)f + 0.5f))];
        AssertAlike(Expected(documents, all), Score(index, all));
    }

    [Fact]
    public void Score_MoreTermsThanAnyQueryHas_AllCount()
    {
        var documents = RandomDocuments(5, 64);
        WeightedTerm[] terms = [.. Enumerable.Range(0, 3000).Select(i => new WeightedTerm((TextField)(i % TextDocument.FieldCount), i % 400, 0.5f))];
        AssertAlike(Expected(documents, terms), Score(Builder.Build(documents), terms));
    }

    [Fact]
    public void Score_AverageBelowOne_CountsAsOne()
    {
        var index = Builder.Build([Document((TextField.Name, 1, 1), (TextField.Name, 2, 4))]);
        float[] scores = [0];
        index.Score([new(TextField.Name, 1, 1)], new float[TextDocument.FieldCount], scores, []);
        Assert.Equal(Bm25.Score(1, 1, 5, 1), scores[0], Tolerance);
    }

    [Fact]
    public void Score_TooLittleRoom_IsRefused()
    {
        var index = Builder.Build([Document((TextField.Name, 1, 1)), Document()]);
        Assert.ThrowsAny<ArgumentException>(() => index.Score([new(TextField.Name, 1, 1)], Averages, new float[1], []));
        Assert.ThrowsAny<ArgumentException>(() => index.Score([new(TextField.Name, 1, 1)], Averages.AsSpan(1), new float[2], []));
        Assert.ThrowsAny<ArgumentException>(() => Builder.Build(RandomDocuments(1, 65)).Score([new(TextField.Name, 1, 1)], Averages, new float[65], new ulong[1]));
    }

    [Fact]
    public void Build_TooManyDocuments_IsRefused() =>
        Assert.ThrowsAny<ArgumentException>(() => Builder.Build(Enumerable.Repeat(Document(), ushort.MaxValue + 2).ToList()));

    [Fact]
    public void Counts_RandomBlock_AreThoseOfTheDocuments()
    {
        var documents = RandomDocuments(6, 300);
        var index = Builder.Build(documents);
        Assert.Equal(300, index.Count);
        foreach (var field in Enum.GetValues<TextField>())
        {
            Assert.Equal(documents.Sum(d => (long)d.Lengths[(int)field]), index.TotalLength(field));
            for (var term = 0; term < 60; term++)
                Assert.Equal(documents.Count(d => d.CountOf(field, term) > 0), index.DocumentFrequency(field, term));
        }
    }

    [Fact]
    public void Build_Twice_GivesTheSameScoresToTheBit()
    {
        var documents = RandomDocuments(7, 500);
        var terms = RandomTerms(new Random(7), 12);
        var first = Score(Builder.Build(documents), terms);
        Assert.Equal(first, Score(Builder.Build(documents), terms));
    }

    [Fact]
    public void Score_ManyThreadsAtOnce_GivesWhatOneGives()
    {
        var documents = RandomDocuments(8, 400);
        var index = Builder.Build(documents);
        var queries = Enumerable.Range(0, 32).Select(i => RandomTerms(new Random(i), 8)).ToArray();
        var alone = Array.ConvertAll(queries, q => Score(index, q));
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            Assert.Equal(alone[i % 32], Score(index, queries[i % 32]));
            Assert.Equal(documents.Count(d => d.CountOf(TextField.Text, i % 40) > 0), index.DocumentFrequency(TextField.Text, i % 40));
        });
    }

    [Fact]
    public void Build_ManyThreadsAtOnce_GivesWhatOneGives()
    {
        var terms = RandomTerms(new Random(9), 8);
        var alone = Enumerable.Range(0, 8).Select(i => Score(Builder.Build(RandomDocuments(i, 50)), terms)).ToArray();
        var builder = Builder;
        Parallel.For(0, 8, i => Assert.Equal(alone[i], Score(builder.Build(RandomDocuments(i, 50)), terms)));
    }

    [Fact]
    public void Search_DemoTown_RanksAsTheBuiltInEngineDoes()
    {
        var companies = JsonLines.ReadCompanies(Path.Combine(Town.Root, "seeds", "demo", "companies.jsonl"));
        var own = CompanyCatalog.Build(Town.Vocabulary, companies, Builder);
        var builtIn = CompanyCatalog.Build(Town.Vocabulary, companies, new BuiltInTextIndexBuilder());
        foreach (var text in new[] { "研磨", "旋盤加工", "SUS304 板金", "ロボドリル", "食品機械 ホッパー", "精密部品", "アルミ 切削 5軸", "製作所", "門真", "シャフト" })
        {
            var query = new SearchQuery { Text = text, PageSize = 100 };
            var (expected, found) = (CompanySearch.Search(builtIn, query).Hits, CompanySearch.Search(own, query).Hits);
            Assert.Equal(expected.Select(h => h.Company.Key), found.Select(h => h.Company.Key));
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Score, pair.Second.Score, Tolerance));
        }
    }

    [Fact]
    public void Name_Always_SaysWhichEngineRuns() => Assert.Equal(Builder.Name, CompanyCatalog.Build(Town.Vocabulary, [], Builder).Engine);

    private static float[] Score(ITextIndex index, WeightedTerm[] terms)
    {
        var scores = new float[index.Count];
        index.Score(terms, Averages, scores, []);
        return scores;
    }

    // The formula written out once more, in double precision, so that no engine is compared with itself.
    private static double[] Expected(IReadOnlyList<TextDocument> documents, WeightedTerm[] terms) => [.. documents.Select(d => terms.Sum(t =>
    {
        double tf = d.CountOf(t.Field, t.Term);
        return tf == 0 ? 0 : t.Weight * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * d.Lengths[(int)t.Field] / Averages[(int)t.Field]));
    }))];

    private static void AssertAlike(double[] expected, float[] scores)
    {
        Assert.Equal(expected.Length, scores.Length);
        for (var d = 0; d < scores.Length; d++)
            Assert.Equal(expected[d], scores[d], Tolerance);
        var order = Enumerable.Range(0, scores.Length).OrderByDescending(d => scores[d]).ThenBy(d => d).ToList();
        for (var i = 1; i < order.Count; i++)
            Assert.True(expected[order[i]] <= expected[order[i - 1]] + 1e-5, $"{order[i]} is ranked below {order[i - 1]}");
    }

    private static TextDocument Document(params (TextField Field, int Term, int Count)[] terms) =>
        new([.. terms.OrderBy(t => t.Term).ThenBy(t => t.Field).Select(t => new TermCount(t.Field, t.Term, t.Count))]);

    private static List<TextDocument> RandomDocuments(int seed, int size)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, size).Select(_ =>
        {
            Dictionary<(TextField, int), int> counts = [];
            for (var i = random.Next(120); i > 0; i--)
            {
                // Few terms often, many seldom, as in texts.
                var key = ((TextField)random.Next(TextDocument.FieldCount), (int)(400 * Math.Pow(random.NextDouble(), 3)));
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }
            return Document([.. counts.Select(c => (c.Key.Item1, c.Key.Item2, c.Value))]);
        })];
    }

    private static WeightedTerm[] RandomTerms(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new WeightedTerm((TextField)random.Next(TextDocument.FieldCount), random.Next(400), 0.1f + 3 * random.NextSingle()))];
}
