using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MonozukuriTown.Core.Events;

namespace MonozukuriTown.Web.Pages.Events;

/// <summary>What is coming, and what was.</summary>
[AllowAnonymous]
public sealed class IndexModel(TownEvents events) : PageModel
{
    private const int ComingShown = 100;
    private const int PastShown = 24;

    public IReadOnlyList<TownEvent> Coming { get; private set; } = [];
    public IReadOnlyList<TownEvent> Past { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Coming = await events.ComingAsync(ComingShown, cancellation);
        Past = await events.PastAsync(PastShown, cancellation);
    }
}
