namespace MonozukuriTown.Matching;

/// <summary>Places an order may name, and what lies within what: 大阪市鶴見区 in 大阪市 in 大阪府. From <c>regions.csv</c>.</summary>
public sealed class RegionTable
{
    private readonly Dictionary<string, string> within;
    private readonly List<(string Word, string Name)> names;

    /// <param name="within">The place each lies in; empty for the outermost.</param>
    /// <param name="aliases">Other words for a place, folded.</param>
    internal RegionTable(Dictionary<string, string> within, IReadOnlyDictionary<string, string> aliases)
    {
        this.within = within;
        names = [.. within.Keys.Select(n => (FoldedText.Fold(n), n)).Concat(aliases.Select(a => (a.Key, a.Value)))];
    }

    /// <summary>Folded words for places and for some more towns with the place each names, the longest first: 大阪 stands in 東大阪 too.</summary>
    internal IReadOnlyList<(string Word, string Name)> Names(IEnumerable<string> towns) =>
        [.. names.Concat(towns.Select(t => (Word: FoldedText.Fold(t), Name: t))).DistinctBy(n => n.Word, StringComparer.Ordinal)
            .OrderByDescending(n => Short(n.Word).Length).ThenByDescending(n => n.Word.Length).ThenBy(n => n.Word, StringComparer.Ordinal)];

    /// <summary>大東 is 大東市 as well.</summary>
    internal static string Short(string word) => word.EndsWith('市') && word.Length > 2 ? word[..^1] : word;

    /// <summary>Whether a town lies in a region, or is it.</summary>
    public bool Contains(string region, string town)
    {
        for (var place = town; place.Length > 0; place = within.GetValueOrDefault(place, ""))
        {
            if (string.Equals(place, region, StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}
