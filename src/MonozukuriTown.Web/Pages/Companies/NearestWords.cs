using MonozukuriTown.Matching;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Companies;

/// <summary>What to offer when nothing was found: the same search with less, words that are written alike, and kindred processes.</summary>
public static class NearestWords
{
    private const int Most = 6;
    private const int AlikesShown = 3;

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
            foreach (var name in SearchSuggester.Nearest(catalog, word.Label, AlikesShown))
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
}
