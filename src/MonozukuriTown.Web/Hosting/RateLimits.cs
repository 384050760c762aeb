using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;
using MonozukuriTown.Web.Api;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Hosting;

/// <summary>Requests a minute from one address. Section "RateLimits"; the defaults suit a town.</summary>
public sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    public int PagesPerMinute { get; set; } = 600;

    /// <summary>Pages that read a pasted order.</summary>
    public int MatchesPerMinute { get; set; } = 60;

    /// <summary>Programs that search (/api/v1/companies); those that send orders share the measure above.</summary>
    public int ApiPerMinute { get; set; } = 120;

    /// <summary>Proposals while somebody types: a few a word, counted apart so that typing costs nobody a page.</summary>
    public int SuggestionsPerMinute { get; set; } = 1200;

    /// <summary>Sign-in, password reset, registration.</summary>
    public int SignInsPerMinute { get; set; } = 20;
}

public static class RateLimits
{
    public const string Match = "match";
    public const string Api = "api";
    public const string SignIn = "signin";

    public static IServiceCollection AddTownRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var limits = configuration.GetSection(RateLimitOptions.Section).Get<RateLimitOptions>() ?? new RateLimitOptions();
        services.AddSingleton(Options.Create(limits));
        return services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                // The page that says "please wait" comes by a second run of the same request, which must not be refused again.
                context.Features.Get<IStatusCodeReExecuteFeature>() is not null ? RateLimitPartition.GetNoLimiter("error")
                : context.Request.Path.Equals(CompanyLinks.Suggestions, StringComparison.OrdinalIgnoreCase)
                    ? Window(context, "suggestions", limits.SuggestionsPerMinute)
                    : Window(context, "all", limits.PagesPerMinute));
            // A GET of these pages costs nothing worth guarding; the POST does.
            options.AddPolicy(Match, context => HttpMethods.IsPost(context.Request.Method)
                ? Window(context, Match, limits.MatchesPerMinute)
                : RateLimitPartition.GetNoLimiter("get"));
            options.AddPolicy(SignIn, context => HttpMethods.IsPost(context.Request.Method)
                ? Window(context, SignIn, limits.SignInsPerMinute)
                : RateLimitPartition.GetNoLimiter("get"));
            options.AddPolicy(Api, context => Window(context, Api, limits.ApiPerMinute));
            options.OnRejected = async (context, _) =>
            {
                var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
                context.HttpContext.Response.Headers.RetryAfter =
                    Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                if (TownApi.IsApi(context.HttpContext))
                    await ApiProblems.TooMany(wait).ExecuteAsync(context.HttpContext);
            };
        });
    }

    private static RateLimitPartition<string> Window(HttpContext context, string policy, int perMinute) =>
        RateLimitPartition.GetFixedWindowLimiter(
            policy + ":" + (context.Connection.RemoteIpAddress?.ToString() ?? "local"),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 });
}
