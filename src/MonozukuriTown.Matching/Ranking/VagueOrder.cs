namespace MonozukuriTown.Matching;

/// <summary>An order that says too little is answered with two questions, not with a random list.</summary>
internal static class VagueOrder
{
    /// <summary>Text this close to a company's own words is a hint worth ranking by.</summary>
    private const float TellingText = 0.3f;

    public static IReadOnlyList<Question> Questions(CompanyCatalog catalog, RfqNeed need, IReadOnlyList<(float Rank, Standing Standing)> byText)
    {
        if (byText.Any(s => s.Standing.Score >= TellingText))
            return [];
        var vocabulary = catalog.Vocabulary;
        var questions = new List<Question>();
        var groups = vocabulary.Processes.Where(p => p.IsGroup)
            .Select(p => (Process: p, Count: catalog.ProcessCounts[p.Index]))
            .Where(x => x.Count > 0).OrderByDescending(x => x.Count).Take(8).ToList();
        if (groups.Count > 1)
            questions.Add(new("どのような加工・製品をお考えですか。", [.. groups.Select(g => (g.Process.Name, "process=" + g.Process.Id))]));
        if (need.Materials.Count == 0)
        {
            var families = vocabulary.Materials.Where(m => m.Parent < 0)
                .Select(m => (Material: m, Count: Companies(catalog, m.Index)))
                .Where(x => x.Count > 0).OrderByDescending(x => x.Count).Take(8).ToList();
            questions.Add(new("材質は何ですか。", [.. families.Select(f => (f.Material.Name, "material=" + f.Material.Id))]));
        }
        else
        {
            questions.Add(new("数量はどれくらいですか。", [("1～数個", "quantity=3"), ("数十～数百個", "quantity=100"), ("数千個以上", "quantity=5000"), ("毎月続けて", "quantity=1000/month")]));
        }
        return questions;
    }

    private static int Companies(CompanyCatalog catalog, int material)
    {
        var n = 0;
        foreach (var block in catalog.Blocks)
            n += block.Facets.Materials.TryGetValue(material, out var set) ? set.Count : 0;
        return n;
    }
}
