namespace MonozukuriTown.Matching;

/// <summary>
/// Turns text into weighted tokens: words of the vocabulary as <c>p:</c>, <c>m:</c>, <c>c:</c> terms with their id, Latin words and
/// numbers whole, Japanese in bigrams. The same for companies and queries, so that 旋削 finds 旋盤加工.
/// </summary>
internal sealed class TextAnalyzer(Vocabulary vocabulary, TermTable terms)
{
    private readonly Dictionary<(TextField Field, int Term), int> counts = [];

    public void Begin() => counts.Clear();

    public TextDocument End()
    {
        var list = new TermCount[counts.Count];
        var i = 0;
        foreach (var ((field, term), count) in counts)
            list[i++] = new(field, term, Math.Min(count, TextDocument.MaxCount));
        Array.Sort(list, (a, b) => a.Term != b.Term ? a.Term.CompareTo(b.Term) : ((int)a.Field).CompareTo((int)b.Field));
        return new(list);
    }

    public void AddProcess(TextField field, Process process) => Count(field, terms.Add(ProcessTerm(process)));

    public void AddMaterial(TextField field, Material material) => Count(field, terms.Add(MaterialTerm(material)));

    /// <summary>The words of a model number, and the number without its hyphens from each of them on: ロボドリル α-D21MiB5 is also αD21MiB5.</summary>
    public void AddModel(TextField field, string model)
    {
        var text = FoldedText.Of(model);
        Add(field, text, null);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != ' ' && (i == 0 || text[i - 1] == ' ') && ModelKey(text.Folded[i..]) is { } key)
                Count(field, terms.AddModel(key, model[text.OriginalStart(i)..].Trim()));
        }
    }

    /// <summary>A model number as a term: no hyphens, α typed as a. Null without a digit, that is a word then.</summary>
    public static string? ModelKey(string folded)
    {
        var key = MachineIndex.Squeeze(folded);
        return key.Any(char.IsAsciiDigit) && key.Any(char.IsLetter) ? TermTable.ModelMark + key.Replace('α', 'a').Replace('β', 'b') : null;
    }

    /// <summary>Adds a text; <paramref name="hits"/> are the vocabulary's words in it, if they count.</summary>
    public void Add(TextField field, FoldedText text, List<LexiconHit>? hits)
    {
        foreach (var hit in hits ?? [])
        {
            foreach (var m in hit.Entry.Meanings)
            {
                if (TermOf(m) is { } term)
                    Count(field, terms.Add(term));
            }
        }
        foreach (var (start, end) in Pieces(text))
            Count(field, terms.Add(text.Folded.AsSpan(start, end - start)));
    }

    /// <summary>The vocabulary term of a meaning; null for what only implies.</summary>
    public string? TermOf(Meaning meaning) => meaning.Kind switch
    {
        MeaningKind.Process => ProcessTerm(vocabulary.Processes[meaning.Index]),
        MeaningKind.Material => MaterialTerm(vocabulary.Materials[meaning.Index]),
        MeaningKind.Certification => "c:" + vocabulary.Certifications[meaning.Index].Id,
        _ => null,
    };

    public static string ProcessTerm(Process process) => "p:" + process.Id;

    public static string MaterialTerm(Material material) => "m:" + material.Id;

    /// <summary>Folded ranges that are terms by themselves: Latin words, numbers, bigrams of Japanese, a lone character.</summary>
    public static IEnumerable<(int Start, int End)> Pieces(FoldedText text)
    {
        var i = 0;
        while (i < text.Length)
        {
            if (FoldedText.IsLatin(text[i]) || char.IsAsciiDigit(text[i]))
            {
                var start = i;
                while (i < text.Length && (FoldedText.IsLatin(text[i]) || char.IsAsciiDigit(text[i]) || text[i] == '.' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1])))
                    i++;
                yield return (start, i);
                continue;
            }
            if (!IsJapanese(text[i]))
            {
                i++;
                continue;
            }
            var run = i;
            while (i < text.Length && IsJapanese(text[i]))
                i++;
            if (i - run == 1)
                yield return (run, i);
            for (var j = run; j + 1 < i; j++)
                yield return (j, j + 2);
        }
    }

    private static bool IsJapanese(char c) => FoldedText.IsKatakana(c) || FoldedText.IsHan(c) || char.IsLetter(c) && !FoldedText.IsLatin(c);

    private void Count(TextField field, int term) => counts[(field, term)] = counts.GetValueOrDefault((field, term)) + 1;
}
