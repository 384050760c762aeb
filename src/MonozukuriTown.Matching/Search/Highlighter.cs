namespace MonozukuriTown.Matching;

/// <summary>Shows where a company meets a query: the same characters, or a word of the vocabulary that means the same.</summary>
internal sealed class Highlighter(Vocabulary vocabulary, IReadOnlyList<SearchUnit> units)
{
    public SearchHit Hit(CompanyReading reading, float score)
    {
        var facts = reading.Facts;
        var highlights = new List<Highlight>();
        Add(highlights, "name", facts.Name);
        Add(highlights, "summary", facts.Summary);
        foreach (var product in facts.Products)
            Add(highlights, "product", product);
        foreach (var machine in facts.Equipment)
            Add(highlights, "equipment", string.Join(' ', new[] { machine.Maker, machine.Model, machine.Kind }.Where(x => x.Length > 0)));
        var capabilities = new List<string>();
        foreach (var capability in facts.Capabilities)
        {
            var name = vocabulary.FindProcess(capability.Process)?.Name ?? capability.Process;
            var spans = Spans(name);
            if (spans.Count == 0)
                continue;
            capabilities.Add(name);
            highlights.Add(new("capability", name, spans));
        }
        return new() { Company = facts, Score = Math.Round(score, 4), Capabilities = capabilities, Highlights = highlights };
    }

    private void Add(List<Highlight> highlights, string field, string text)
    {
        if (text.Length > 0 && Spans(text) is { Count: > 0 } spans)
            highlights.Add(new(field, text, spans));
    }

    private List<TextSpan> Spans(string original)
    {
        if (units.Count == 0)
            return [];
        var text = FoldedText.Of(original);
        var marked = new bool[text.Length];
        foreach (var unit in units)
        {
            for (var at = Find(text, unit.Folded, 0); at >= 0; at = Find(text, unit.Folded, at + 1))
                Array.Fill(marked, true, at, unit.Folded.Length);
        }
        foreach (var hit in LexiconScanner.Scan(vocabulary.Lexicon, text))
        {
            if (hit.Entry.Meanings.Exists(Meant))
                Array.Fill(marked, true, hit.Start, hit.Length);
        }
        var spans = new List<TextSpan>();
        for (var i = 0; i < marked.Length; i++)
        {
            if (!marked[i])
                continue;
            var start = i;
            while (i < marked.Length && marked[i])
                i++;
            spans.Add(text.Span(start, i));
        }
        return spans;
    }

    private static int Find(FoldedText text, string word, int from) =>
        word.Length == 0 || from >= text.Length ? -1 : text.Folded.IndexOf(word, from, StringComparison.Ordinal);

    private bool Meant(Meaning m)
    {
        foreach (var unit in units)
        {
            if (m.Kind == MeaningKind.Process && m.Weight >= 0.5 && unit.Processes.Exists(p => p.Weight >= 0.5 && (p.Index == m.Index || vocabulary.Processes[m.Index].Parent == p.Index))
                || m.Kind == MeaningKind.Material && unit.Materials.Exists(x => IsWithin(m.Index, x))
                || m.Kind == MeaningKind.Certification && unit.Certifications.Contains(m.Index))
                return true;
        }
        return false;
    }

    private bool IsWithin(int material, int family)
    {
        for (var i = material; i >= 0; i = vocabulary.Materials[i].Parent)
        {
            if (i == family)
                return true;
        }
        return false;
    }
}
