namespace MonozukuriTown.Matching;

/// <summary>The values of one facet in a block, to be counted: of few companies by what each of them has, of many by the sets of the values.</summary>
internal sealed class FacetColumn<TKey>
    where TKey : notnull
{
    // One value of one company takes about as long as this many words of a set.
    private const int WordsPerValue = 2;

    private readonly CompanySet[] sets;
    private readonly int[] totals;
    private readonly int[] starts;
    private readonly ushort[] values;

    public FacetColumn(IReadOnlyDictionary<TKey, CompanySet> facet, int companies)
    {
        Keys = [.. facet.Keys];
        sets = [.. facet.Values];
        totals = Array.ConvertAll(sets, s => s.Count);
        starts = new int[companies + 1];
        foreach (var set in sets)
        {
            foreach (var c in set)
                starts[c + 1]++;
        }
        for (var c = 0; c < companies; c++)
            starts[c + 1] += starts[c];
        values = new ushort[starts[^1]];
        var next = starts[..^1];
        for (var v = 0; v < sets.Length; v++)
        {
            foreach (var c in sets[v])
                values[next[c]++] = (ushort)v;
        }
    }

    public TKey[] Keys { get; }

    /// <summary>How many of these companies have each value, in the order of <see cref="Keys"/>.</summary>
    /// <param name="set">The companies.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="found">Room for the numbers, one a key.</param>
    public ReadOnlySpan<int> Count(CompanySet set, int count, Span<int> found)
    {
        var companies = starts.Length - 1;
        if (count == companies)
            return totals;
        found = found[..Keys.Length];
        found.Clear();
        if ((long)count * values.Length * WordsPerValue < (long)companies * Keys.Length * (CatalogBlock.MaxCompanies / 64))
        {
            foreach (var c in set)
            {
                foreach (var v in values.AsSpan(starts[c]..starts[c + 1]))
                    found[v]++;
            }
        }
        else
        {
            for (var v = 0; v < sets.Length; v++)
                found[v] = sets[v].CountAnd(set);
        }
        return found;
    }
}
