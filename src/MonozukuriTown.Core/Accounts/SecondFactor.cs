using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Core.Accounts;

/// <summary>
/// Whoever is staff is staff only after the second step: without it the cookie's staff roles don't count, on any page. The demo, whose passwords anybody
/// may read, only offers it.
/// </summary>
public sealed class SecondFactor(IOptions<TownOptions> town) : IClaimsTransformation
{
    public const string Method = "amr";
    public const string Passed = "mfa";
    private const string Missing = "town:second-factor";

    public static bool IsMissing(ClaimsPrincipal person) => person.HasClaim(c => c.Type is Missing);

    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (town.Value.Demo || principal.HasClaim(Method, Passed) || !Roles.Staff.Any(principal.IsInRole))
            return Task.FromResult(principal);
        var person = principal.Clone();
        foreach (var identity in person.Identities)
        {
            foreach (var role in identity.FindAll(c => string.Equals(c.Type, identity.RoleClaimType, StringComparison.Ordinal) && Roles.Staff.Contains(c.Value, StringComparer.Ordinal)).ToList())
                identity.RemoveClaim(role);
        }
        person.Identities.First().AddClaim(new(Missing, "missing"));
        return Task.FromResult(person);
    }
}
