namespace MonozukuriTown.Matching;

/// <summary>Places an order may name, and what lies within what: 大阪市鶴見区 in 大阪市 in 大阪府. From <c>regions.csv</c>.</summary>
public sealed class RegionTable
{
    private readonly Dictionary<string, string> within;

    /// <param name="within">The place each lies in; empty for the outermost.</param>
    /// <param name="aliases">Other words for a place, folded.</param>
    internal RegionTable(Dictionary<string, string> within, IReadOnlyDictionary<string, string> aliases)
    {
        this.within = within;
        // The longest first: 大阪 stands in 東大阪 too.
        Names = [.. within.Keys.Select(n => (Word: FoldedText.Fold(n), Name: n)).Concat(aliases.Select(a => (Word: a.Key, Name: a.Value)))
            .OrderByDescending(n => n.Word.Length).ThenBy(n => n.Word, StringComparer.Ordinal)];
    }

    /// <summary>Folded words for places with the place each names, the longest first.</summary>
    internal IReadOnlyList<(string Word, string Name)> Names { get; }

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
