using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace MonozukuriTown.Tests.Hosting;

/// <summary>One way into the portal: a method and an address, as the authorization table names it.</summary>
/// <param name="Name">GET /staff/companies/{id:int}, POST /staff?handler=done.</param>
/// <param name="Pattern">The address with its parameters still open.</param>
public sealed record Entrance(string Name, string Method, string Pattern, string Query, bool IsPage)
{
    /// <summary>Every page with each of its handlers, and every endpoint that is no page; style sheets and pictures apart.</summary>
    public static async Task<IReadOnlyList<Entrance>> AllAsync(IServiceProvider services)
    {
        var loader = services.GetRequiredService<PageLoader>();
        List<Entrance> all = [];
        foreach (var endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            // The second is of the development environment alone: files that came after the build.
            if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null || endpoint.RoutePattern.RawText is "{**path:file}")
                continue;
            var pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/').ToLowerInvariant();
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                // A page without a GET handler is still shown.
                all.Add(Of("GET", pattern, "", isPage: true));
                var compiled = await loader.LoadAsync(page, endpoint.Metadata);
                foreach (var handler in compiled.HandlerMethods)
                {
                    var query = handler.Name is { Length: > 0 } name ? "?handler=" + name.ToLowerInvariant() : "";
                    all.Add(Of(handler.HttpMethod.ToUpperInvariant(), pattern, query, isPage: true));
                }
            }
            else
            {
                var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
                all.AddRange(methods.Where(m => m is not "HEAD").Select(m => Of(m, pattern, "", isPage: false)));
            }
        }
        return [.. all.DistinctBy(e => (e.Method, e.Pattern, e.Query)).OrderBy(e => e.Pattern, StringComparer.Ordinal).ThenBy(e => e.Name, StringComparer.Ordinal)];
    }

    private static Entrance Of(string method, string pattern, string query, bool isPage)
    {
        // A folder's page answers at /staff and at /staff/index: one row for both.
        var name = pattern.EndsWith("/index", StringComparison.Ordinal) ? pattern[..^"/index".Length] : pattern;
        return new($"{method} {(name.Length == 0 ? "/" : name)}{query}", method, pattern, query, isPage);
    }
}
