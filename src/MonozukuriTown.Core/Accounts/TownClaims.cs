using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace MonozukuriTown.Core.Accounts;

/// <summary>Puts the person's name into the cookie, so that no page asks the database for it.</summary>
public sealed class TownClaims(UserManager<TownUser> users, RoleManager<IdentityRole<Guid>> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<TownUser, IdentityRole<Guid>>(users, roles, options)
{
    public const string DisplayName = "town:name";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(TownUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(DisplayName, user.DisplayName));
        return identity;
    }
}
