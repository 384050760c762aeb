using MonozukuriTown.Core.Companies.Catalog;

namespace MonozukuriTown.Web.Hosting;

/// <summary>
/// Answers that are the same for everybody, kept for a moment. Somebody signed in never gets one nor leaves one (the framework's own rule),
/// and a page with a form never takes part: its token belongs to one browser.
/// </summary>
public static class PageCache
{
    /// <summary>Pages made of the companies: out of date with the next edit of any of them.</summary>
    public const string Companies = "companies";

    /// <summary>Pages made of settings alone.</summary>
    public const string Text = "text";

    /// <summary>Off for measurements: <c>PageCache:Enabled</c>.</summary>
    private const string Switch = "PageCache:Enabled";

    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(1);
    private const long MemoryLimit = 24 << 20;

    public static IServiceCollection AddPageCache(this IServiceCollection services) => services.AddOutputCache(options =>
    {
        options.SizeLimit = MemoryLimit;
        options.AddPolicy(Companies, policy => policy.Expire(Keep).SetVaryByHost(false).VaryByValue(
            context => new("catalog", context.RequestServices.GetRequiredService<CatalogFeed>().Version.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        options.AddPolicy(Text, policy => policy.Expire(Keep).SetVaryByHost(false).SetVaryByQuery([]));
    });

    public static void UsePageCache(this WebApplication app)
    {
        if (app.Configuration.GetValue(Switch, true))
            app.UseOutputCache();
    }
}
