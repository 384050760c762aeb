using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Matching;
using MonozukuriTown.Web.Components;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Companies;

/// <summary>Search over the catalog in memory; no database is asked.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = PageCache.Companies)]
public sealed class IndexModel(CatalogFeed feed, CatalogSums sums, TownClock clock, IOptions<TownOptions> town) : PageModel
{
    private const int PageSize = 20;
    private const int ChoicesShown = 6;

    public CompanySearchAddress Address { get; private set; } = new();
    public SearchResult Result { get; private set; } = null!;
    public IReadOnlyList<CompanyCard> Cards { get; private set; } = [];
    public IReadOnlyList<SearchChip> Chips { get; private set; } = [];
    public IReadOnlyList<FacetGroup> Facets { get; private set; } = [];
    public IReadOnlyList<SortLinks.SortChoice> Sorts { get; private set; } = [];
    public IReadOnlyList<(string Text, string Url, int Count)> Nearest { get; private set; } = [];

    /// <summary>What most companies do, when there is nothing near to offer.</summary>
    public IReadOnlyList<FacetValue> Groups { get; private set; } = [];

    /// <summary>The words that were searched: those typed, or what they were put right to.</summary>
    public CompanySearchAddress Searched => Result.CorrectedTo is { } words ? Address with { Words = words } : Address;
    public int LastPage => (Result.Total + PageSize - 1) / PageSize;
    public Func<int, string> PageLink => page => (Address with { Page = page }).Url();

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var catalog = await feed.ReadyAsync(cancellation);
        var today = clock.Today;
        Address = CompanySearchAddress.Read(Request.Query);
        Result = CompanySearch.Search(catalog, Address.ToQuery(catalog.Vocabulary, PageSize));
        Cards = [.. Result.Hits.Select(h => CompanyCard.Of(h, catalog.Vocabulary, today))];
        Chips = SearchConditions.Chips(Searched, Result, catalog.Vocabulary, town.Value.AwardName);
        Facets = FacetGroups(Result.Facets);
        Sorts = SortChoices();
        if (Result.Total == 0)
        {
            Nearest = NearestWords.Find(catalog, Address, Result);
            if (Nearest.Count == 0)
                Groups = [.. sums.Of(catalog).Groups.OrderByDescending(g => g.Count).Take(ChoicesShown)];
        }
    }

    private List<FacetGroup> FacetGroups(SearchFacets facets)
    {
        var words = Words.Here;
        List<FacetGroup> groups =
        [
            FacetGroup.Of(CompanySearchAddress.Process, words.Process, facets.Processes, ChoicesShown, open: true),
            FacetGroup.Of(CompanySearchAddress.Material, words.Material, Materials(facets.Materials), ChoicesShown, open: true),
            FacetGroup.Of(CompanySearchAddress.Town, words.Town, facets.Towns, ChoicesShown, open: true),
            FacetGroup.Of(CompanySearchAddress.Award, town.Value.AwardName, Flag(words.AwardChoice, facets.Awarded, Address.AwardOnly), 1, open: true),
            FacetGroup.Of(CompanySearchAddress.Certification, words.Certification, facets.Certifications, ChoicesShown, open: false),
            new(CompanySearchAddress.Size, words.Size, facets.EmployeeClasses, [], facets.EmployeeClasses.Any(v => v.Selected)),
            FacetGroup.Of(CompanySearchAddress.Visit, words.Visit, Flag(words.VisitChoice, facets.VisitsWelcome, Address.VisitOnly), 1, open: false),
        ];
        groups.RemoveAll(g => g.Choices.Count == 0);
        return groups;
    }

    private static FacetValue[] Flag(string label, int count, bool chosen) => [new("1", label, count, chosen, [])];

    // 金属 says little: its members (鉄鋼, ステンレス, アルミ …) stand in its place.
    private static IEnumerable<FacetValue> Materials(IReadOnlyList<FacetValue> families) =>
        families.SelectMany(f => f.Children.Count > 0 && !f.Selected ? f.Children : [f]);

    private List<SortLinks.SortChoice> SortChoices()
    {
        var words = Words.Here;
        SortLinks.SortChoice Choice(string text, SearchSort sort, bool current) => new(text, (Address with { Sort = sort, Page = 1 }).Url(), current);
        List<SortLinks.SortChoice> choices = [];
        var hasWords = Address.Words.Length > 0;
        if (hasWords)
            choices.Add(Choice(words.SortRelevance, SearchSort.Relevance, Address.Sort == SearchSort.Relevance));
        choices.Add(Choice(words.SortKana, SearchSort.Kana, Address.Sort == SearchSort.Kana));
        // Without words nothing is more relevant than anything else: the newest confirmation leads.
        choices.Add(Choice(words.SortConfirmed, SearchSort.Confirmed, Address.Sort == SearchSort.Confirmed || (!hasWords && Address.Sort == SearchSort.Relevance)));
        return choices;
    }
}
