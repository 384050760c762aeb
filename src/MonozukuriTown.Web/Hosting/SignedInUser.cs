using System.Security.Claims;
using MonozukuriTown.Core.Accounts;

namespace MonozukuriTown.Web.Hosting;

public static class SignedInUser
{
    /// <summary>Of somebody who is signed in; a page that anybody may open asks first.</summary>
    public static Guid Id(this ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!);

    public static bool IsStaff(this ClaimsPrincipal user) => Roles.Staff.Any(user.IsInRole);
}
