using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MonozukuriTown.Core.Events;

namespace MonozukuriTown.Web.Pages.Events;

/// <summary>One published event.</summary>
[AllowAnonymous]
public sealed class DetailModel(TownEvents events, TimeProvider time) : PageModel
{
    public TownEvent Event { get; private set; } = null!;
    public bool IsOver => Event.EndsAt < time.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancellation)
    {
        if (await events.FindAsync(slug, cancellation) is not { } found)
            return NotFound();
        Event = found;
        return Page();
    }
}
