namespace MonozukuriTown.Matching;

/// <summary>Shows where a company meets a query: the same characters, or a word of the vocabulary that means the same.</summary>
internal sealed class Highlighter
{
    // A word that may mean something else as well is no answer.
    private const double Sure = 0.5;

    // A card shows no more of one kind.
    private const int MostOfAKind = 3;

    private readonly Vocabulary vocabulary;
    private readonly string[] words;
    private readonly bool[] processes;
    private readonly bool[] materials;
    private readonly bool[] certifications;

    public Highlighter(Vocabulary vocabulary, SearchWords query)
    {
        this.vocabulary = vocabulary;
        (processes, materials, certifications) = (new bool[vocabulary.Processes.Count], new bool[vocabulary.Materials.Count], new bool[vocabulary.Certifications.Count]);
        HashSet<string> distinct = new(StringComparer.Ordinal);
        foreach (var run in query.Runs)
        {
            distinct.Add(run.Folded);
            foreach (var unit in run.Units)
            {
                distinct.Add(unit.Folded);
                Mean(unit);
            }
            // suzune stands as すずね in the reading.
            if (FoldedText.IsLatin(run.Folded[0]) && SoundKey.Kana(run.Folded) is { } kana)
                distinct.Add(kana);
        }
        words = [.. distinct.Select(Squeezed).Where(w => w.Length > 0)];
    }

    /// <summary>The company with the texts that answer, the first few of each kind.</summary>
    public SearchHit Hit(CompanyReading reading, float score)
    {
        List<Highlight> highlights = [];
        var (field, shown) = ("", 0);
        foreach (var line in words.Length > 0 ? reading.Lines(vocabulary) : [])
        {
            if (!string.Equals(line.Field, field, StringComparison.Ordinal))
                (field, shown) = (line.Field, 0);
            if (shown < MostOfAKind && Spans(line) is { Count: > 0 } spans)
            {
                highlights.Add(new(line.Field, line.Text, spans));
                shown++;
            }
        }
        return new() { Company = reading.Facts, Score = Math.Round(score, 4), Highlights = highlights };
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
            if (!IsMeant(hit.Entry))
                continue;
            marked.Slice(hit.Start, hit.Length).Fill(true);
            any = true;
        }
        if (!any)
            return [];
        // What folds to itself needs no way back.
        var text = ReferenceEquals(line.Text, line.Folded) ? null : FoldedText.Of(line.Text);
        var spans = new List<TextSpan>();
        for (var i = 0; i < marked.Length; i++)
        {
            if (!marked[i])
                continue;
            var start = i;
            while (i < marked.Length && marked[i])
                i++;
            spans.Add(text?.Span(start, i) ?? new(start, i));
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

    private void Mean(SearchUnit unit)
    {
        foreach (var process in unit.Processes)
        {
            if (process.Weight < Sure)
                continue;
            processes[process.Index] = true;
            foreach (var leaf in vocabulary.Leaves(vocabulary.Processes[process.Index]))
                processes[leaf.Index] = true;
        }
        foreach (var material in unit.Materials)
            MeanFamily(material);
        foreach (var certification in unit.Certifications)
            certifications[certification] = true;
    }

    private void MeanFamily(int material)
    {
        materials[material] = true;
        foreach (var member in vocabulary.Members(vocabulary.Materials[material]))
            MeanFamily(member.Index);
    }

    private bool IsMeant(LexiconEntry entry)
    {
        foreach (var m in entry.Meanings)
        {
            if (m.Kind switch
            {
                MeaningKind.Process => m.Weight >= Sure && processes[m.Index],
                MeaningKind.Material => materials[m.Index],
                MeaningKind.Certification => certifications[m.Index],
                _ => false,
            })
                return true;
        }
        return false;
    }
}
