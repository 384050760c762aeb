using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Matching;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Companies;

/// <summary>What to offer when nothing was found: the same search with less, words that are written alike, and kindred processes.</summary>
public static class NearestWords
{
    private const int Most = 6;

    /// <summary>Share of equal letter pairs above which two words are probably one, misspelt.</summary>
    private const double Alike = 0.5;

    public static IReadOnlyList<(string Text, string Url, int Count)> Find(CompanyCatalog catalog, CompanySearchAddress address, SearchResult result)
    {
        List<(string Text, string Url, int Count)> found = [];
        void Offer(string text, CompanySearchAddress other)
        {
            if (found.Count >= Most || found.Exists(f => string.Equals(f.Text, text, StringComparison.Ordinal)))
                return;
            var total = CompanySearch.Search(catalog, other.ToQuery(catalog.Vocabulary, pageSize: 1)).Total;
            if (total > 0)
                found.Add((text, other.Url(), total));
        }

        if (address.Chosen > 0 && address.Words.Length > 0)
            Offer(address.Words, new CompanySearchAddress { Words = address.Words });
        foreach (var word in result.Understood.DistinctBy(u => u.Span))
            Offer(word.Label, new CompanySearchAddress { Words = word.Label });
        foreach (var word in result.Understood.Where(u => u.Kind == NeedKind.Word))
        {
            foreach (var name in Alikes(catalog.Vocabulary, word.Label))
                Offer(name, new CompanySearchAddress { Words = name });
        }
        foreach (var id in result.Understood.Where(u => u.Kind == NeedKind.Process).Select(u => u.Id).Concat(address.Processes))
        {
            if (catalog.Vocabulary.FindProcess(id) is not { } process)
                continue;
            var group = process.IsGroup ? process : catalog.Vocabulary.Processes[process.Parent];
            Offer(group.Name, new CompanySearchAddress { Processes = [group.Id] });
        }
        return found;
    }

    private static IEnumerable<string> Alikes(Vocabulary vocabulary, string word)
    {
        var pairs = Pairs(word);
        if (pairs.Count == 0)
            return [];
        return vocabulary.Processes.Select(p => (p.Name, Words: p.Synonyms.Prepend(p.Name)))
            .Concat(vocabulary.Materials.Select(m => (m.Name, Words: m.Synonyms.Prepend(m.Name))))
            .Select(entry => (entry.Name, Likeness: entry.Words.Max(w => Likeness(pairs, Pairs(w)))))
            .Where(x => x.Likeness >= Alike).OrderByDescending(x => x.Likeness).ThenBy(x => x.Name, StringComparer.Ordinal)
            .Select(x => x.Name).Take(3);
    }

    // Dice's coefficient over pairs of letters.
    private static double Likeness(HashSet<(char, char)> a, HashSet<(char, char)> b) =>
        b.Count == 0 ? 0 : 2.0 * a.Count(b.Contains) / (a.Count + b.Count);

    private static HashSet<(char, char)> Pairs(string word)
    {
        var folded = Kana.ToKatakana(word).ToUpperInvariant();
        HashSet<(char, char)> pairs = [];
        for (var i = 1; i < folded.Length; i++)
            pairs.Add((folded[i - 1], folded[i]));
        return pairs;
    }
}
