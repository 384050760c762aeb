using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Web.Hosting;

/// <summary>Counts over all listed companies, added up once for each state of the catalog.</summary>
/// <param name="Listed">Listed companies.</param>
/// <param name="InTown">Those of them in the town itself.</param>
/// <param name="Awarded">Those that hold the town's award.</param>
/// <param name="Groups">Process groups with their counts, as the facets of an empty search show them.</param>
/// <param name="Newest">By the day they were listed, latest first.</param>
/// <param name="Towns">Where the companies are.</param>
public sealed record CatalogFigures(
    int Listed, int InTown, int Awarded, IReadOnlyList<FacetValue> Groups, IReadOnlyList<CompanyFacts> Newest, IReadOnlyList<string> Towns);

public sealed class CatalogSums(IOptions<TownOptions> town)
{
    private const int NewestShown = 3;

    private sealed record Made(CompanyCatalog For, CatalogFigures Figures);

    private volatile Made? made;

    public CatalogFigures Of(CompanyCatalog catalog)
    {
        if (made is { } known && ReferenceEquals(known.For, catalog))
            return known.Figures;
        var companies = catalog.Companies.ToList();
        var figures = new CatalogFigures(
            companies.Count,
            companies.Count(c => town.Value.Holds(c.Town)),
            companies.Count(c => c.MeisterNumber is not null),
            CompanySearch.Search(catalog, new SearchQuery { PageSize = 1 }).Facets.Processes,
            [.. companies.Where(c => c.ListedOn is not null).OrderByDescending(c => c.ListedOn).ThenBy(c => c.Key, StringComparer.Ordinal).Take(NewestShown)],
            [.. companies.Select(c => c.Town).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal)]);
        made = new(catalog, figures);
        return figures;
    }
}
