using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Pages;

/// <summary>Accessibility statement.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = PageCache.Text)]
public sealed class AccessibilityModel : PageModel;
