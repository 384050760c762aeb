namespace MonozukuriTown.Matching;

/// <summary>The search box and the facets of <c>/companies</c>.</summary>
public static class CompanySearch
{
    public static SearchResult Search(CompanyCatalog catalog, SearchQuery query)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(query);
        throw new NotSupportedException($"Searching {catalog.Count} companies is the next step.");
    }
}
