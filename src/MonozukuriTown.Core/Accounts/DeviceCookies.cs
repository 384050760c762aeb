using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MonozukuriTown.Core.Accounts;

/// <summary>Ties the cookie of an account to its device's row: signing in makes one, signing out ends it, and without it the cookie is refused.</summary>
public sealed class DeviceCookies(
    IOptions<SecurityStampValidatorOptions> options, SignInManager<TownUser> signIn, DeviceSessions devices, ILoggerFactory loggers)
    : SecurityStampValidator<TownUser>(options, signIn, loggers)
{
    private const string Device = "town:device";

    /// <summary>The device this person is on; null for a cookie from before there were any.</summary>
    public static Guid? Of(ClaimsPrincipal? person) => Guid.TryParse(person?.FindFirstValue(Device), out var id) ? id : null;

    public static async Task SigningInAsync(CookieSigningInContext context)
    {
        if (context.Principal is not { } person || Of(person) is not null)
            return;
        var before = context.HttpContext.User;
        var again = string.Equals(Id(before), Id(person), StringComparison.Ordinal) ? Of(before) : null;
        Mark(person, await StartAsync(context.HttpContext, person, again));
    }

    public static async Task SigningOutAsync(CookieSigningOutContext context)
    {
        var person = context.HttpContext.User;
        if (Of(person) is { } device && Guid.TryParse(Id(person), out var user))
            await context.HttpContext.RequestServices.GetRequiredService<DeviceSessions>().EndAsync(user, device, context.HttpContext.RequestAborted);
    }

    protected override async Task<TownUser?> VerifySecurityStamp(ClaimsPrincipal? principal) =>
        await base.VerifySecurityStamp(principal) is { } user && (Of(principal) is not { } device || await devices.SeenAsync(device, user.Id)) ? user : null;

    // The cookie is made anew with what the account is now; its device, and how somebody signed in on it, stay what they were.
    protected override async Task SecurityStampVerified(TownUser user, CookieValidatePrincipalContext context)
    {
        var (device, method) = (Of(context.Principal), context.Principal?.FindFirstValue(SecondFactor.Method));
        await base.SecurityStampVerified(user, context);
        if (context.Principal is not { } person)
            return;
        if (method is not null)
            person.Identities.First().AddClaim(new(SecondFactor.Method, method));
        Mark(person, device ?? await StartAsync(context.HttpContext, person, again: null));
    }

    private static Task<Guid> StartAsync(HttpContext context, ClaimsPrincipal person, Guid? again) =>
        context.RequestServices.GetRequiredService<DeviceSessions>().StartAsync(
            Guid.Parse(Id(person)!), person.FindFirstValue(new ClaimsIdentityOptions().SecurityStampClaimType) ?? "", context.Request.Headers.UserAgent, again, context.RequestAborted);

    private static string? Id(ClaimsPrincipal person) => person.FindFirstValue(ClaimTypes.NameIdentifier);

    private static void Mark(ClaimsPrincipal person, Guid device) => person.Identities.First().AddClaim(new(Device, device.ToString()));
}
