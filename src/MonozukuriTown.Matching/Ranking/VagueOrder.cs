namespace MonozukuriTown.Matching;

/// <summary>An order that says too little is answered with two questions, not with a random list.</summary>
internal static class VagueOrder
{
    /// <summary>Text this close to a company's own words is a hint worth ranking by.</summary>
    private const float TellingText = 0.3f;

    private const int Answers = 8;

    /// <summary>The two questions after whose answer the fewest companies are left, counted over the catalog.</summary>
    public static IReadOnlyList<Question> Questions(CompanyCatalog catalog, RfqNeed need, IReadOnlyList<(float Rank, uint Tie, Standing Standing)> byText)
    {
        if (byText.Any(s => s.Standing.Score >= TellingText))
            return [];
        var vocabulary = catalog.Vocabulary;
        var candidates = new List<(Question Question, double Left)>();
        var groups = vocabulary.Processes.Where(p => p.IsGroup)
            .Select(p => (Process: p, Count: catalog.ProcessCounts[p.Index]))
            .Where(x => x.Count > 0).OrderByDescending(x => x.Count).ToList();
        if (groups.Count > 1)
            candidates.Add((new("どのような加工・製品をお考えですか。", [.. groups.Take(Answers).Select(g => (g.Process.Name, "process=" + g.Process.Id))]), Left(groups.Select(g => g.Count))));
        if (need.Materials.Count == 0)
        {
            var families = vocabulary.Materials.Where(m => m.Parent < 0)
                .Select(m => (Material: m, Count: Companies(catalog, m.Index)))
                .Where(x => x.Count > 0).OrderByDescending(x => x.Count).ToList();
            if (families.Count > 1)
                candidates.Add((new("材質は何ですか。", [.. families.Take(Answers).Select(f => (f.Material.Name, "material=" + f.Material.Id))]), Left(families.Select(f => f.Count))));
        }
        if (need.Quantity is null)
            candidates.Add((new("数量はどれくらいですか。", [("1～数個", "quantity=3"), ("数十～数百個", "quantity=100"), ("数千個以上", "quantity=5000"), ("毎月続けて", "quantity=1000/month")]),
                Left(new float[] { 3, 100, 5000, 1000 }.Select(n => Takes(catalog, (l, row) => HardFacts.Lot(n, n, l.Lot[row]) != Fit.Fails)))));
        if (need.Size.Count == 0)
            candidates.Add((new("大きさはどれくらいですか。", [("手のひらに乗る", "size=100x80x40"), ("両手で持てる", "size=400x300x200"), ("1 m くらい", "size=1000x600x400"), ("2 m 以上", "size=2500x1200x800")]),
                Left(new float[] { 100, 400, 1000, 2500 }.Select(n => Takes(catalog, (l, row) => !(n > l.Size[row].Longest))))));
        return [.. candidates.OrderBy(c => c.Left).Take(2).Select(c => c.Question)];
    }

    // An answer is given as often as companies stand behind it: the expected number left is the sum of squares over the sum.
    private static double Left(IEnumerable<int> counts)
    {
        double sum = 0, squares = 0;
        foreach (var n in counts)
        {
            sum += n;
            squares += (double)n * n;
        }
        return sum > 0 ? squares / sum : double.MaxValue;
    }

    private static int Takes(CompanyCatalog catalog, Func<LimitColumns, int, bool> within)
    {
        var n = 0;
        foreach (var block in catalog.Blocks)
        {
            for (var c = 0; c < block.Count; c++)
                n += within(block.Limits, block.FirstRows[c]) ? 1 : 0;
        }
        return n;
    }

    private static int Companies(CompanyCatalog catalog, int material)
    {
        var n = 0;
        foreach (var block in catalog.Blocks)
            n += block.Facets.Materials.TryGetValue(material, out var set) ? set.Count : 0;
        return n;
    }
}
