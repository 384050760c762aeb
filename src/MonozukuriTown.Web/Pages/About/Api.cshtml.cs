using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.About;

/// <summary>How programs use the portal. The examples are run by a test as they stand.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = PageCache.Text)]
public sealed class ApiModel(IOptions<TownOptions> town, IOptions<RateLimitOptions> limits) : PageModel
{
    public int PerMinute => limits.Value.ApiPerMinute;
    public int MatchesPerMinute => limits.Value.MatchesPerMinute;

    public string CompaniesExample => $"""
        curl -G '{Base}{SiteLinks.ApiCompanies}' \
          --data-urlencode 'q=研磨' -d limit=5
        """;

    public string MatchExample => $$"""
        curl '{{Base}}{{SiteLinks.ApiMatch}}' \
          -H 'Content-Type: application/json' \
          -d '{"text":"SUS304 t1.5 ブラケット レーザー→曲げ 200個/月"}'
        """;

    private string Base => town.Value.BaseUrl.TrimEnd('/');
}
