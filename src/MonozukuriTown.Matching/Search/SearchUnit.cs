namespace MonozukuriTown.Matching;

/// <summary>One word of a query: what it means in the vocabulary, and the characters to look for as they are.</summary>
internal sealed class SearchUnit
{
    public required string Folded { get; init; }

    public required TextSpan Span { get; init; }

    public List<Weighted> Processes { get; } = [];

    public List<int> Materials { get; } = [];

    public List<int> Certifications { get; } = [];

    /// <summary>Terms that must all occur in one company, as written.</summary>
    public List<int[]> Terms { get; } = [];

    /// <summary>Characters nobody has: only the vocabulary can find something.</summary>
    public bool IsUnknownText { get; set; }

    /// <summary>Splits a query into words: vocabulary words first, spaces between the rest.</summary>
    public static List<SearchUnit> Split(CompanyCatalog catalog, FoldedText text)
    {
        var units = new List<SearchUnit>();
        var hits = LexiconScanner.Scan(catalog.Vocabulary.Lexicon, text);
        var i = 0;
        foreach (var hit in hits)
        {
            Plain(catalog, text, i, hit.Start, units);
            var unit = Make(catalog, text, hit.Start, hit.End);
            foreach (var m in hit.Entry.Meanings)
                Mean(unit, m);
            units.Add(unit);
            i = hit.End;
        }
        Plain(catalog, text, i, text.Length, units);
        return units;
    }

    private static void Mean(SearchUnit unit, Meaning m)
    {
        switch (m.Kind)
        {
            case MeaningKind.Process:
                unit.Processes.Add(new(m.Index, m.Weight));
                break;
            case MeaningKind.Material:
                unit.Materials.Add(m.Index);
                break;
            case MeaningKind.Certification:
                unit.Certifications.Add(m.Index);
                break;
        }
    }

    private static void Plain(CompanyCatalog catalog, FoldedText text, int from, int to, List<SearchUnit> units)
    {
        var i = from;
        while (i < to)
        {
            while (i < to && IsGap(text[i]))
                i++;
            var start = i;
            while (i < to && !IsGap(text[i]))
                i++;
            // Between two words of the vocabulary, a particle says nothing: 旋盤の研磨.
            if (i > start && !(i - start <= 2 && Enumerable.Range(start, i - start).All(k => FoldedText.IsHiragana(text.Written(k))) && (from > 0 || to < text.Length)))
                units.Add(Make(catalog, text, start, i));
        }
    }

    private static bool IsGap(char c) => c is ' ' or '\n' or '、' or '。' or ',' or '・' or '/' or '(' or ')' or '「' or '」';

    private static SearchUnit Make(CompanyCatalog catalog, FoldedText text, int start, int end)
    {
        var folded = text.Folded[start..end];
        var unit = new SearchUnit { Folded = folded, Span = text.Span(start, end) };
        var piece = FoldedText.Of(text.Original[unit.Span.Start..unit.Span.End]);
        foreach (var (s, e) in TextAnalyzer.Pieces(piece))
        {
            var word = piece.Folded[s..e];
            var exact = catalog.Terms.Find(word);
            var found = exact >= 0 ? [exact] : word.Length >= 2 && (FoldedText.IsLatin(word[0]) || char.IsAsciiDigit(word[0])) ? catalog.Terms.StartingWith(word, 24).ToArray() : [];
            if (found.Length > 0)
                unit.Terms.Add(found);
            else
                unit.IsUnknownText = true;
        }
        // Model numbers with other hyphens: αD21 and α-D21MiB.
        var squeezed = MachineIndex.Squeeze(folded);
        if (unit.IsUnknownText && squeezed.Length >= 3 && catalog.Terms.StartingWith(squeezed, 24) is { Count: > 0 } models)
        {
            unit.Terms.Clear();
            unit.Terms.Add([.. models]);
            unit.IsUnknownText = false;
        }
        return unit;
    }
}
