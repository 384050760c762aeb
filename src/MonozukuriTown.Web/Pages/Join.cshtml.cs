using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Pages;

/// <summary>How a company gets its listing.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = PageCache.Text)]
public sealed class JoinModel : PageModel;
