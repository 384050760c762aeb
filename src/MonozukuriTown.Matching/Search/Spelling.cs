namespace MonozukuriTown.Matching;

/// <summary>
/// Slips of the fingers: one character too much, too little, wrong, or two in the wrong order; in Japanese also a wrong conversion
/// (旋盤加光). A correction counts only when companies meet it.
/// </summary>
internal static class Spelling
{
    private const int MostTried = 6;

    // A word met by this few may be a slip that somebody else made as well.
    private const int Few = 2;
    private const int ManyMore = 8;

    /// <summary>The query with its unmet runs put right; null when that isn't possible.</summary>
    public static SearchPass? Correct(CompanyCatalog catalog, SearchPass pass)
    {
        var words = pass.Words;
        bool IsUnmet(int run) => pass.RunCounts[run] == 0 && !words.Runs[run].IsFigure;
        // Words of the trade are spelt right: that nobody does 錫めっき is an answer, and 銅めっき is not what was meant.
        if (Enumerable.Range(0, words.Runs.Count).Any(r => IsUnmet(r) && words.Runs[r].Units.All(u => u.HasMeaning)))
            return null;
        if (words.Whole is { } whole && Array.Exists(pass.RunCounts, n => n == 0) && Best(catalog, Names(catalog, whole)) is { } name)
            return new(catalog, SearchWords.Of(catalog, name));
        var text = words.Text.Original;
        var changed = false;
        // From the end, so that the places of the others stay.
        for (var r = words.Runs.Count - 1; r >= 0; r--)
        {
            if (!IsUnmet(r))
                continue;
            if (Best(catalog, Candidates(catalog, words.Runs[r])) is not { } better)
                return null;
            text = string.Concat(text.AsSpan(0, words.Runs[r].Span.Start), better, text.AsSpan(words.Runs[r].Span.End));
            changed = true;
        }
        if (!changed)
            return null;
        var corrected = new SearchPass(catalog, SearchWords.Of(catalog, text));
        return corrected.Total > 0 ? corrected : null;
    }

    /// <summary>For a single word that few meet and that means nothing: a word of the trade that many more meet.</summary>
    public static string? Suggest(CompanyCatalog catalog, SearchPass pass)
    {
        if (pass.Total > Few || pass.Words.Runs is not [{ Models.Length: 0 } run] || run.Units.Any(u => u.HasMeaning))
            return null;
        var better = Best(catalog, Candidates(catalog, run));
        return better is not null && Count(catalog, better) >= pass.Total * ManyMore ? better : null;
    }

    private static IEnumerable<string> Candidates(CompanyCatalog catalog, SearchRun run)
    {
        var words = catalog.Vocabulary.Words;
        if (IsTellable(run.Folded))
        {
            foreach (var word in words.Alike(run.Folded, run.Name.Sound))
                yield return word;
            foreach (var name in Names(catalog, run.Name))
                yield return name;
        }
        if (run.Units.Count < 2)
            yield break;
        // SUS304板禁: the steel is right, only the rest is not.
        foreach (var unit in run.Units)
        {
            if (unit.HasMeaning || !IsTellable(unit.Folded))
                continue;
            foreach (var word in words.Alike(unit.Folded, null))
                yield return string.Concat(run.Typed.AsSpan(0, unit.Span.Start - run.Span.Start), word, run.Typed.AsSpan(unit.Span.End - run.Span.Start));
        }
    }

    // Three signs with a kanji among them or four others; of two any one wrong would be another word.
    private static bool IsTellable(string folded) => folded.Length >= 4 || folded.Length == 3 && folded.Any(FoldedText.IsHan);

    private static IEnumerable<string> Names(CompanyCatalog catalog, NameQuery query)
    {
        HashSet<string> given = new(StringComparer.Ordinal);
        for (var b = 0; b < catalog.Blocks.Length; b++)
        {
            foreach (var company in catalog.Blocks[b].Names.Alike(query))
            {
                var name = catalog.Blocks[b].Readings[company].Facts.Name;
                if (given.Add(name))
                    yield return name;
            }
        }
    }

    private static string? Best(CompanyCatalog catalog, IEnumerable<string> candidates)
    {
        var best = (Word: (string?)null, Count: 0);
        foreach (var word in candidates.Distinct(StringComparer.Ordinal).Take(MostTried))
        {
            var count = Count(catalog, word);
            if (count > best.Count)
                best = (word, count);
        }
        return best.Word;
    }

    private static int Count(CompanyCatalog catalog, string text) => new SearchPass(catalog, SearchWords.Of(catalog, text)).Total;
}
