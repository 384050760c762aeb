namespace MonozukuriTown.Matching;

public enum SuggestionKind
{
    Company,
    Process,
    Material,
    Certification,
    Machine,
}

/// <summary>One proposal while somebody types.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What the search box holds when it is taken: the words typed before, and this one.</param>
/// <param name="Label">What to show: the company, the process, the machine.</param>
/// <param name="Slug">Address of the listing for a company; empty otherwise.</param>
public sealed record Suggestion(SuggestionKind Kind, string Text, string Label, string Slug);

/// <summary>
/// What somebody may be about to type: companies, words of the trade and machines that begin as the last word does, as written or as it
/// sounds; when nothing does, what is one slip away. Only what some company has. Safe to call from many threads.
/// </summary>
public static class SearchSuggester
{
    private const int CompaniesShown = 3;
    private const int MachinesShown = 2;
    private const int MostOfAKind = 8;

    // Enough to choose from; a single kana begins thousands of words.
    private const int MostLookedAt = 400;

    /// <param name="catalog">The companies now.</param>
    /// <param name="typed">As it stands in the box, up to <see cref="CompanySearch.LongestText"/> characters.</param>
    /// <param name="limit">Proposals at most.</param>
    public static IReadOnlyList<Suggestion> Suggest(CompanyCatalog catalog, string typed, int limit = 8)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(typed);
        var text = FoldedText.Of(typed.TrimStart(), CompanySearch.LongestText);
        var start = text.Folded.LastIndexOfAny([' ', '、', ',', '・', '/']) + 1;
        var last = text.Folded[start..];
        var before = text.Original[..text.OriginalStart(start)];
        if (text.Folded.Trim().Length == 0)
            return [];
        List<Suggestion> companies = [.. Companies(catalog, text.Folded)];
        List<Suggestion> words = [.. Words(catalog, last, before)];
        List<Suggestion> machines = [.. Machines(catalog, last, before)];
        if (companies.Count + words.Count + machines.Count == 0)
            return [.. Alike(catalog, text.Folded, last, before).DistinctBy(s => s.Label, StringComparer.Ordinal).Take(limit)];
        // Each kind gets its share; what one kind leaves goes to the words.
        var some = companies.Take(Math.Max(CompaniesShown, limit - words.Count - MachinesShown)).ToList();
        var tools = machines.Take(Math.Max(MachinesShown, limit - words.Count - some.Count)).ToList();
        // Who types a whole name's beginning wants the company first; a word of the trade comes first otherwise.
        IEnumerable<Suggestion> all = words.Count > 0 ? words.Take(limit - some.Count - tools.Count).Concat(some).Concat(tools) : some.Concat(tools);
        return [.. all.Take(limit)];
    }

    /// <summary>Words of the trade written like this one, best first, that some company has: for when nothing was found.</summary>
    public static IReadOnlyList<string> Nearest(CompanyCatalog catalog, string word, int limit)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(word);
        var folded = FoldedText.Fold(word);
        return [.. Alike(catalog, folded, folded, "").Where(s => s.Kind is not SuggestionKind.Company).Select(s => s.Label)
            .Concat(catalog.Vocabulary.Words.Nearest(folded).SelectMany(e => e.Meanings.Take(1).Where(m => Count(catalog, e, m) > 0).Select(m => e.IsAmbiguous ? e.Word : Name(catalog.Vocabulary, m))))
            .Distinct(StringComparer.Ordinal).Take(limit)];
    }

    private static IEnumerable<Suggestion> Companies(CompanyCatalog catalog, string folded)
    {
        var query = NameQuery.Of(folded);
        if (query.Written.Length < 2 && !query.Written.Any(FoldedText.IsHan))
            return [];
        List<(CompanyReading Reading, float Score)> found = [];
        Span<float> scores = stackalloc float[CatalogBlock.MaxCompanies];
        var met = new CompanySet();
        foreach (var block in catalog.Blocks)
        {
            scores.Clear();
            met.Clear();
            block.Names.Match(query, scores, met);
            foreach (var c in met)
                found.Add((block.Readings[c], scores[c]));
        }
        return found.OrderByDescending(f => f.Score).ThenBy(f => f.Reading.KanaKey, StringComparer.Ordinal).ThenBy(f => f.Reading.Facts.Key, StringComparer.Ordinal)
            .Take(MostOfAKind).Select(f => Of(f.Reading.Facts));
    }

    private static Suggestion Of(CompanyFacts company) => new(SuggestionKind.Company, company.Name, company.Name, company.Slug);

    // One proposal for each thing that is meant: the typed word, not every synonym of it.
    private static IEnumerable<Suggestion> Words(CompanyCatalog catalog, string last, string before)
    {
        if (last.Length == 0)
            return [];
        var sound = SoundKey.Of(last);
        Dictionary<(MeaningKind Kind, int Index), (string Word, int Count, bool Standard)> things = [];
        foreach (var entry in catalog.Vocabulary.Words.StartingWith(last, sound).Take(MostLookedAt))
        {
            foreach (var meaning in entry.IsAmbiguous ? entry.Meanings.Take(1) : entry.Meanings)
            {
                var count = Count(catalog, entry, meaning);
                if (count == 0)
                    continue;
                // 研磨 stays 研磨, NC旋盤 becomes 旋盤加工; of several ambiguous words of one meaning the first and shortest.
                var word = entry.IsAmbiguous ? entry.Word : Name(catalog.Vocabulary, meaning);
                var standard = FoldedText.Fold(word).StartsWith(last, StringComparison.Ordinal);
                if (!things.TryGetValue((meaning.Kind, meaning.Index), out var known) || standard && !known.Standard || standard == known.Standard && word.Length < known.Word.Length)
                    things[(meaning.Kind, meaning.Index)] = (word, count, standard);
            }
        }
        return things.OrderByDescending(t => t.Value.Standard).ThenByDescending(t => t.Value.Count).ThenBy(t => t.Value.Word, StringComparer.Ordinal)
            .DistinctBy(t => t.Value.Word, StringComparer.Ordinal)
            .Select(t => new Suggestion(KindOf(t.Key.Kind), before + t.Value.Word, t.Value.Word, ""));
    }

    private static IEnumerable<Suggestion> Machines(CompanyCatalog catalog, string last, string before)
    {
        // With a digit it can be a model number; without one, words and names say enough.
        if (TextAnalyzer.ModelKey(last) is not { Length: >= 3 } key)
            return [];
        return catalog.Terms.StartingWith(key, MostLookedAt)
            .Select(id => (Model: catalog.Terms.Model(id), Count: catalog.DocumentFrequency(TextField.Equipment, id)))
            .Where(m => m.Count > 0).OrderByDescending(m => m.Count).ThenBy(m => m.Model, StringComparer.Ordinal)
            .Take(MostOfAKind).Select(m => new Suggestion(SuggestionKind.Machine, before + m.Model, m.Model, ""));
    }

    private static IEnumerable<Suggestion> Alike(CompanyCatalog catalog, string folded, string last, string before)
    {
        if (last.Length >= 3)
        {
            foreach (var word in catalog.Vocabulary.Words.Alike(last, SoundKey.Of(last), beginning: last.Length >= 4).Take(MostLookedAt))
            {
                foreach (var suggestion in Words(catalog, FoldedText.Fold(word), before).Take(1))
                    yield return suggestion;
            }
        }
        var query = NameQuery.Of(folded);
        foreach (var block in catalog.Blocks.ToArray())
        {
            foreach (var company in block.Names.Alike(query))
                yield return Of(block.Readings[company].Facts);
        }
    }

    private static int Count(CompanyCatalog catalog, LexiconEntry entry, Meaning meaning)
    {
        var count = 0;
        foreach (var block in catalog.Blocks)
        {
            foreach (var m in entry.IsAmbiguous ? entry.Meanings : [meaning])
            {
                count += (m.Kind switch
                {
                    MeaningKind.Process => block.Facets.Processes,
                    MeaningKind.Material => block.Facets.Materials,
                    _ => block.Facets.Certifications,
                }).GetValueOrDefault(m.Index)?.Count ?? 0;
            }
        }
        return count;
    }

    private static string Name(Vocabulary vocabulary, Meaning meaning) => meaning.Kind switch
    {
        MeaningKind.Process => vocabulary.Processes[meaning.Index].Name,
        MeaningKind.Material => vocabulary.Materials[meaning.Index].Name,
        _ => vocabulary.Certifications[meaning.Index].Name,
    };

    private static SuggestionKind KindOf(MeaningKind kind) => kind switch
    {
        MeaningKind.Process => SuggestionKind.Process,
        MeaningKind.Material => SuggestionKind.Material,
        _ => SuggestionKind.Certification,
    };
}
