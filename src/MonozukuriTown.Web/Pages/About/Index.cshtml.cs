using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Pages.About;

/// <summary>What this site is and who answers for it.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = PageCache.Text)]
public sealed class IndexModel : PageModel;
