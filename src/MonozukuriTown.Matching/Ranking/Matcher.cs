namespace MonozukuriTown.Matching;

/// <summary>Ranks the companies of a catalog for a need. Hard facts decide before words do; unknown is not "cannot".</summary>
public static class Matcher
{
    /// <summary>Rows of a result unless told otherwise.</summary>
    public const int DefaultLimit = 20;

    public static MatchResult Match(CompanyCatalog catalog, RfqNeed need, int limit = DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(need);
        throw new NotSupportedException($"Ranking {limit} of {catalog.Count} companies is the next step.");
    }
}
