using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Core.Accounts;

public static class TownAccounts
{
    public const int PasswordMin = 10;
    public const int PasswordMax = 200;

    public static void AddTownAccounts(this IServiceCollection services)
    {
        services.AddIdentity<TownUser, IdentityRole<Guid>>(o =>
        {
            o.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            o.User.RequireUniqueEmail = true;
            // The name is the address, and addresses hold more than Identity's list of letters.
            o.User.AllowedUserNameCharacters = "";
            o.SignIn.RequireConfirmedEmail = true;
            // Length protects; rules about kinds of characters only make people write it down.
            o.Password.RequiredLength = PasswordMin;
            o.Password.RequireDigit = o.Password.RequireLowercase = o.Password.RequireUppercase = o.Password.RequireNonAlphanumeric = false;
            o.Lockout.MaxFailedAccessAttempts = 10;
            o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        })
            .AddEntityFrameworkStores<TownDbContext>()
            .AddErrorDescriber<JapaneseIdentityErrors>()
            .AddClaimsPrincipalFactory<TownClaims>()
            .AddDefaultTokenProviders()
            .AddTokenProvider<AuthenticatorCodes>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddScoped<Authenticators>().AddScoped<IClaimsTransformation, SecondFactor>();
        services.AddScoped<AccountService>().AddScoped<AccountMails>().AddScoped<AddressChanges>().AddScoped<DeviceSessions>().AddScoped<AccountRestores>().AddScoped<InviteList>().AddScoped<AccountList>().AddScoped<OwnCompanies>();

        services.AddScoped<ISecurityStampValidator, DeviceCookies>();
        services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = TimeSpan.FromMinutes(1));
        services.Configure<DataProtectionTokenProviderOptions>(o => o.TokenLifespan = TimeSpan.FromHours(24));
        // Between password and code.
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, o =>
        {
            o.Cookie.Name = "town-account-step";
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.ExpireTimeSpan = TimeSpan.FromMinutes(10);
        });
        services.ConfigureApplicationCookie(o =>
        {
            o.Cookie.Name = "town-account";
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.LoginPath = "/account/signin";
            o.ReturnUrlParameter = "back";
            o.ExpireTimeSpan = DeviceSessions.Lifetime;
            o.SlidingExpiration = true;
            o.Events.OnSigningIn = DeviceCookies.SigningInAsync;
            o.Events.OnSigningOut = DeviceCookies.SigningOutAsync;
            // A page that is not yours says so where it is; no redirect to a page about it. Staff without a second step are led to it.
            o.Events.OnRedirectToAccessDenied = context =>
            {
                if (SecondFactor.IsMissing(context.HttpContext.User) && HttpMethods.IsGet(context.Request.Method))
                {
                    context.Response.Redirect($"{context.Request.PathBase}/my/security/authenticator?back={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
                    return Task.CompletedTask;
                }
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        });
    }
}
