namespace MonozukuriTown.Matching;

/// <summary>One word of a query: what it means in the vocabulary, and the characters to look for as they are.</summary>
internal sealed class SearchUnit
{
    /// <summary>A beginning stands for this many terms at most.</summary>
    private const int MostEndings = 32;

    /// <summary>A single kanji stands in more pairs; those that were seen first are the frequent ones.</summary>
    private const int MostPairs = 128;

    private SearchUnit(string folded, string typed, TextSpan span)
    {
        Folded = folded;
        Typed = typed;
        Span = span;
    }

    public string Folded { get; }

    /// <summary>As it stands in the query.</summary>
    public string Typed { get; }

    public TextSpan Span { get; }

    public List<Weighted> Processes { get; } = [];

    public List<int> Materials { get; } = [];

    public List<int> Certifications { get; } = [];

    /// <summary>Terms that must all occur in one company; of each group any.</summary>
    public List<int[]> Terms { get; } = [];

    /// <summary>Characters nobody has: only the vocabulary can find something.</summary>
    public bool IsUnknownText { get; private set; }

    public bool HasMeaning => Processes.Count + Materials.Count + Certifications.Count > 0;

    /// <summary>A word to look for in place of what was typed: FANUC for ファナック.</summary>
    public static SearchUnit Of(CompanyCatalog catalog, string word, SearchUnit typed)
    {
        var unit = new SearchUnit(FoldedText.Fold(word), typed.Typed, typed.Span);
        unit.LookUp(catalog, FoldedText.Of(word));
        return unit;
    }

    public static SearchUnit Of(CompanyCatalog catalog, FoldedText text, int start, int end)
    {
        var span = text.Span(start, end);
        var unit = new SearchUnit(text.Folded[start..end], text.Original[span.Start..span.End], span);
        unit.LookUp(catalog, FoldedText.Of(unit.Typed));
        return unit;
    }

    /// <summary>A word of the vocabulary in place of what was typed: せんばん is 旋盤.</summary>
    public static SearchUnit Of(CompanyCatalog catalog, LexiconEntry entry, string typed, TextSpan span)
    {
        var unit = new SearchUnit(entry.Folded, typed, span);
        unit.LookUp(catalog, FoldedText.Of(entry.Word));
        unit.Mean(entry);
        return unit;
    }

    public void Mean(LexiconEntry entry)
    {
        foreach (var m in entry.Meanings)
        {
            switch (m.Kind)
            {
                case MeaningKind.Process:
                    Processes.Add(new(m.Index, m.Weight));
                    break;
                case MeaningKind.Material:
                    Materials.Add(m.Index);
                    break;
                case MeaningKind.Certification:
                    Certifications.Add(m.Index);
                    break;
            }
        }
    }

    private void LookUp(CompanyCatalog catalog, FoldedText piece)
    {
        foreach (var (start, end) in TextAnalyzer.Pieces(piece))
        {
            var word = piece.Folded.AsSpan(start, end - start);
            var exact = catalog.Terms.Find(word);
            int[] found = word.Length == 1 && FoldedText.IsHan(word[0]) ? [.. catalog.Terms.PairsWith(word[0], MostPairs)]
                : exact >= 0 ? [exact]
                : word.Length >= 2 && (FoldedText.IsLatin(word[0]) || char.IsAsciiDigit(word[0])) ? [.. catalog.Terms.StartingWith(word, MostEndings)] : [];
            if (found.Length > 0)
                Terms.Add(found);
            else if (word.Length != 2 || FoldedText.IsKatakana(word[0]) == FoldedText.IsKatakana(word[1]))
                // しらさぎ精工: names are kept in kanji and in kana, so nobody has the pair where they meet.
                IsUnknownText = true;
        }
        IsUnknownText |= Terms.Count == 0;
    }
}

/// <summary>Words that stand together without a gap: 旋盤加工, VF-2, すずね. Its company may also have it as its name or as a machine.</summary>
internal sealed class SearchRun
{
    private const int MostModels = 64;

    // Three signs without a hyphen tell a machine; fewer begin too many.
    private const int ShortestModel = 3;

    public SearchRun(CompanyCatalog catalog, FoldedText text, int start, int end, List<SearchUnit> units)
    {
        Folded = text.Folded[start..end];
        Span = text.Span(start, end);
        Typed = text.Original[Span.Start..Span.End];
        Units = units;
        Name = NameQuery.Of(Folded);
        if (TextAnalyzer.ModelKey(Folded) is { } model)
        {
            Models = [.. catalog.Terms.StartingWith(model, MostModels)];
            if (model.Length <= ShortestModel && !Models.Contains(catalog.Terms.Find(model)))
                Models = [];
        }
        if (Name.Sound is { Length: >= 2 } sound && !units.TrueForAll(u => u.HasMeaning) && catalog.Vocabulary.Words.BySound(sound) is { } entry)
            Units = [SearchUnit.Of(catalog, entry, Typed, Span)];
        if (Units is [{ HasMeaning: false } only])
            Others = [.. catalog.Vocabulary.Words.OtherMakers(Folded).Select(m => SearchUnit.Of(catalog, m, only)).Where(u => !u.IsUnknownText)];
        IsFigure = Units.All(u => !u.HasMeaning) && Models.Length == 0 && Figure(Folded);
    }

    public string Folded { get; }

    public string Typed { get; }

    public TextSpan Span { get; }

    public IReadOnlyList<SearchUnit> Units { get; }

    public NameQuery Name { get; }

    /// <summary>Each of these stands for the whole run as well: other names of a maker.</summary>
    public IReadOnlyList<SearchUnit> Others { get; } = [];

    /// <summary>Terms of model numbers that begin so.</summary>
    public int[] Models { get; } = [];

    /// <summary>φ20, 300x200, 5個: an order says it, a listing seldom in these signs. It lifts who has it and rules nobody out.</summary>
    public bool IsFigure { get; }

    private static bool Figure(string folded)
    {
        var digits = false;
        for (var i = 0; i < folded.Length; i++)
        {
            var c = folded[i];
            digits |= char.IsAsciiDigit(c);
            // A letter in front (t2, l300) or a unit behind (mm, kg, pcs).
            if (!char.IsAsciiDigit(c) && c is not ('.' or 'φ' or '±' or 'x' or '~' or '-' or '+' or 'μ' or 'm' or 'c' or 'k' or 'g' or '個' or '本' or '枚' or 'コ' or 'ケ')
                && !(i == 0 && c is 't' or 'l' or 'd' or 'w' or 'h') && !(digits && c is 'p' or 's'))
                return false;
        }
        return digits;
    }
}

/// <summary>A query as words: those of the vocabulary first, what is left between them as it is.</summary>
internal sealed class SearchWords
{
    private SearchWords(FoldedText text, List<SearchRun> runs)
    {
        Text = text;
        Runs = runs;
        Whole = runs.Count > 1 ? NameQuery.Of(text.Folded) : null;
    }

    public FoldedText Text { get; }

    public IReadOnlyList<SearchRun> Runs { get; }

    /// <summary>Several runs can be one name: Suzune Seiki.</summary>
    public NameQuery? Whole { get; }

    public static SearchWords Of(CompanyCatalog catalog, string query)
    {
        var text = FoldedText.Of(query, CompanySearch.LongestText);
        var gaps = Gaps(text.Folded);
        List<(int Start, int End, SearchUnit Unit)> units = [];
        var i = 0;
        foreach (var hit in LexiconScanner.Scan(catalog.Vocabulary.Lexicon, text))
        {
            Plain(catalog, text, gaps, i, hit.Start, units);
            var unit = SearchUnit.Of(catalog, text, hit.Start, hit.End);
            unit.Mean(hit.Entry);
            units.Add((hit.Start, hit.End, unit));
            i = hit.End;
        }
        Plain(catalog, text, gaps, i, text.Length, units);

        List<SearchRun> runs = [];
        for (var first = 0; first < units.Count;)
        {
            var last = first;
            while (last + 1 < units.Count && (units[last + 1].Start == units[last].End || IsModel(catalog, text, units[last], units[last + 1])))
                last++;
            runs.Add(new(catalog, text, units[first].Start, units[last].End, units[first..(last + 1)].ConvertAll(u => u.Unit)));
            first = last + 1;
        }
        return new(text, runs);
    }

    // LB 3000 is LB3000 where somebody has such a machine.
    private static bool IsModel(CompanyCatalog catalog, FoldedText text, (int Start, int End, SearchUnit Unit) word, (int Start, int End, SearchUnit Unit) number) =>
        !word.Unit.HasMeaning && !number.Unit.HasMeaning && FoldedText.IsLatin(text[word.End - 1]) && char.IsAsciiDigit(text[number.Start])
        && TextAnalyzer.ModelKey(text.Folded[word.Start..number.End]) is { } key && catalog.Terms.StartingWith(key, 1).Count > 0;

    private static void Plain(CompanyCatalog catalog, FoldedText text, bool[] gaps, int from, int to, List<(int Start, int End, SearchUnit Unit)> units)
    {
        var i = from;
        while (i < to)
        {
            while (i < to && gaps[i])
                i++;
            var start = i;
            while (i < to && !gaps[i])
                i++;
            if (i == start)
                continue;
            var unit = SearchUnit.Of(catalog, text, start, i);
            // Beside a word of the vocabulary, a particle or an ending nobody has says nothing: 旋盤の研磨, 旋盤できますか.
            var grammar = (from > 0 || to < text.Length) && Enumerable.Range(start, i - start).All(k => FoldedText.IsHiragana(text.Written(k)));
            if (!grammar || i - start > 2 && !unit.IsUnknownText)
                units.Add((start, i, unit));
        }
    }

    // Blanks and marks; 株式会社 too, unless it is all there is.
    private static bool[] Gaps(string folded)
    {
        var gaps = new bool[folded.Length];
        for (var i = 0; i < folded.Length; i++)
            gaps[i] = folded[i] is ' ' or '\n' or '、' or '。' or ',' or '・' or '/' or '(' or ')' or '「' or '」' or '"';
        var bare = (bool[])gaps.Clone();
        for (var i = 0; i < folded.Length; i++)
        {
            var form = LegalForm.At(folded, i);
            if (form > 0)
                bare.AsSpan(i, form).Fill(true);
        }
        return Array.TrueForAll(bare, g => g) ? gaps : bare;
    }
}
