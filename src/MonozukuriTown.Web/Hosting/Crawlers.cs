using System.Xml;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Events;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Hosting;

/// <summary><c>/robots.txt</c> and <c>/sitemap.xml</c>.</summary>
public static class Crawlers
{
    /// <summary>Search results by every combination of conditions are no pages of their own.</summary>
    private const string Robots = """
        User-agent: *
        Disallow: /account/
        Disallow: /my
        Disallow: /staff
        Disallow: /companies?
        """;

    private static readonly string[] Pages =
    [
        SiteLinks.Home, CompanyLinks.Search, SiteLinks.Match, SiteLinks.Events, SiteLinks.Awards, SiteLinks.Join,
        SiteLinks.About, SiteLinks.Ranking, SiteLinks.Api, SiteLinks.Privacy, SiteLinks.Accessibility,
    ];

    public static void MapCrawlers(this IEndpointRouteBuilder app)
    {
        app.MapGet("/robots.txt", (IOptions<TownOptions> town) => Results.Text(town.Value.Demo
            ? "User-agent: *\nDisallow: /\n"
            : $"{Robots}\nSitemap: {Absolute(town.Value, "/sitemap.xml")}\n")).AllowAnonymous();
        app.MapGet("/sitemap.xml", WriteSitemapAsync).AllowAnonymous().CacheOutput(PageCache.Companies);
    }

    private static async Task WriteSitemapAsync(HttpContext context, CatalogFeed feed, TownEvents events, IOptions<TownOptions> town)
    {
        var catalog = await feed.ReadyAsync(context.RequestAborted);
        var slugs = await events.SlugsAsync(context.RequestAborted);
        context.Response.ContentType = "application/xml; charset=utf-8";
        await using var xml = XmlWriter.Create(context.Response.Body, new XmlWriterSettings { Async = true, CloseOutput = false });
        await xml.WriteStartDocumentAsync();
        await xml.WriteStartElementAsync(null, "urlset", "http://www.sitemaps.org/schemas/sitemap/0.9");
        var companies = catalog.Companies.Select(c => CompanyLinks.Detail(c.Slug)).Order(StringComparer.Ordinal);
        foreach (var address in Pages.Concat(companies).Concat(slugs.Select(SiteLinks.Event)))
        {
            await xml.WriteStartElementAsync(null, "url", null);
            await xml.WriteElementStringAsync(null, "loc", null, Absolute(town.Value, address));
            await xml.WriteEndElementAsync();
        }
        await xml.WriteEndElementAsync();
        await xml.FlushAsync();
    }

    private static string Absolute(TownOptions town, string address) => town.BaseUrl.TrimEnd('/') + address;
}
