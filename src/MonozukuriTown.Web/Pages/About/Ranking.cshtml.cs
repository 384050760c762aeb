using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Pages.About;

/// <summary>How results are ordered; what it promises, the matching keeps.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = PageCache.Text)]
public sealed class RankingModel : PageModel;
