namespace MonozukuriTown.Matching;

/// <summary>Shows where a company meets a query: the same characters, or a word of the vocabulary that means the same.</summary>
internal sealed class Highlighter
{
    private readonly Vocabulary vocabulary;
    private readonly IReadOnlyList<SearchUnit> units;
    private readonly string[] words;
    private readonly Predicate<Meaning> isMeant;

    public Highlighter(Vocabulary vocabulary, SearchWords query)
    {
        this.vocabulary = vocabulary;
        units = [.. query.Runs.SelectMany(r => r.Units)];
        HashSet<string> distinct = new(StringComparer.Ordinal);
        foreach (var run in query.Runs)
        {
            distinct.Add(run.Folded);
            foreach (var unit in run.Units)
                distinct.Add(unit.Folded);
            // suzune stands as すずね in the reading.
            if (FoldedText.IsLatin(run.Folded[0]) && SoundKey.Kana(run.Folded) is { } kana)
                distinct.Add(kana);
        }
        isMeant = Meant;
        words = [.. distinct.Select(Squeezed).Where(w => w.Length > 0)];
    }

    public SearchHit Hit(CompanyReading reading, float score)
    {
        var highlights = new List<Highlight>();
        var capabilities = new List<string>();
        foreach (var line in words.Length > 0 ? reading.Lines(vocabulary) : [])
        {
            if (Spans(line) is not { Count: > 0 } spans)
                continue;
            highlights.Add(new(line.Field, line.Text, spans));
            if (line.Field is "capability")
                capabilities.Add(line.Text);
        }
        return new() { Company = reading.Facts, Score = Math.Round(score, 4), Capabilities = capabilities, Highlights = highlights };
    }

    private List<TextSpan> Spans(ShownLine line)
    {
        var folded = line.Folded;
        Span<bool> marked = folded.Length <= 256 ? stackalloc bool[folded.Length] : new bool[folded.Length];
        var any = false;
        foreach (var word in words)
        {
            for (var at = Next(folded, word[0], 0); at >= 0; at = Next(folded, word[0], at + 1))
            {
                var end = End(folded, word, at);
                if (end == 0)
                    continue;
                marked[at..end].Fill(true);
                any = true;
            }
        }
        foreach (var hit in line.Words)
        {
            if (!hit.Entry.Meanings.Exists(isMeant))
                continue;
            marked.Slice(hit.Start, hit.Length).Fill(true);
            any = true;
        }
        if (!any)
            return [];
        var text = FoldedText.Of(line.Text);
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

    // The next place where a word could begin that does so with this sign; -1: there is none.
    private static int Next(string text, char first, int from)
    {
        var at = text.AsSpan(from).IndexOfAny(first, first switch { 'a' => 'α', 'b' => 'β', _ => first });
        return at < 0 ? -1 : from + at;
    }

    // α-D21 is αD21: hyphens and blanks on either side are passed over. 0 when the word isn't there.
    private static int End(string text, string word, int start)
    {
        if (IsSign(word[0]) && start > 0 && IsSign(text[start - 1]))
            return 0;
        var matched = 0;
        for (var i = start; i < text.Length; i++)
        {
            if (Plain(text[i]) == word[matched])
            {
                if (++matched == word.Length)
                    return i + 1;
            }
            else if (matched == 0 || !IsSeparator(text[i]))
            {
                return 0;
            }
        }
        return 0;
    }

    private static string Squeezed(string word)
    {
        var plain = "";
        foreach (var c in word)
        {
            if (!IsSeparator(c))
                plain += Plain(c);
        }
        return plain;
    }

    private static char Plain(char c) => c switch { 'α' => 'a', 'β' => 'b', _ => c };

    private static bool IsSign(char c) => FoldedText.IsLatin(c) || char.IsAsciiDigit(c);

    private static bool IsSeparator(char c) => c is ' ' or '-' or '・' or '.' or '/';

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
