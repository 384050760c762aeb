using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using MonozukuriTown.Core.Certification;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Pages.Meisters;

/// <summary>The companies that hold the town's award, by year.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = PageCache.Companies)]
public sealed class IndexModel(Awards awards) : PageModel
{
    public IReadOnlyList<AwardRow> Awards { get; private set; } = [];
    public int Companies => Awards.DistinctBy(a => a.Slug, StringComparer.Ordinal).Count();

    public async Task OnGetAsync(CancellationToken cancellation) => Awards = await awards.ListedAsync(cancellation);
}
