using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Core.Events;
using MonozukuriTown.Matching;
using MonozukuriTown.Web.Components;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Pages;

/// <summary>Home: two ways to search, then what is new.</summary>
[AllowAnonymous]
public sealed class IndexModel(CatalogFeed feed, CatalogSums sums, TownEvents events, TownClock clock) : PageModel
{
    private const int GroupsShown = 6;
    private const int EventsShown = 3;

    public CatalogFigures Figures { get; private set; } = null!;

    /// <summary>The most frequent groups, in the vocabulary's order.</summary>
    public IReadOnlyList<FacetValue> Groups { get; private set; } = [];
    public IReadOnlyList<CompanyCard> Newest { get; private set; } = [];
    public IReadOnlyList<TownEvent> Coming { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Figures = sums.Of(await feed.ReadyAsync(cancellation));
        var frequent = Figures.Groups.OrderByDescending(g => g.Count).Take(GroupsShown).ToHashSet();
        Groups = [.. Figures.Groups.Where(frequent.Contains)];
        var today = clock.Today;
        Newest = [.. Figures.Newest.Select(c => CompanyCard.Of(c, today))];
        Coming = await events.ComingAsync(EventsShown, cancellation);
    }
}
