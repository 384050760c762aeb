using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.WebEncoders;

namespace MonozukuriTown.Benchmarks;

/// <summary>What Razor costs at least: the portal's own pages, cut into markup and text, emitted by one bare Razor page through the same encoder.</summary>
public sealed class BareSite(IReadOnlyDictionary<string, List<BarePart>> pages)
{
    /// <summary>The page asked for, part by part.</summary>
    public IReadOnlyList<BarePart> Page(HttpContext context) => pages[context.Features.Get<IHttpRequestFeature>()!.RawTarget];

    public static async Task RunAsync(string address, string file)
    {
        await using var stream = File.OpenRead(file);
        var bodies = (await JsonSerializer.DeserializeAsync<Dictionary<string, string>>(stream))!;
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        builder.Services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        builder.Services.AddSingleton(new BareSite(bodies.ToDictionary(p => p.Key, p => Cut(p.Value), StringComparer.Ordinal)));
        // The portal's pages are within reach as well, and would answer first.
        builder.Services.AddRazorPages().ConfigureApplicationPartManager(parts =>
        {
            foreach (var other in parts.ApplicationParts.Where(p => !string.Equals(p.Name, typeof(BareSite).Assembly.GetName().Name, StringComparison.Ordinal)).ToList())
                parts.ApplicationParts.Remove(other);
        });
        await using var app = builder.Build();
        app.MapRazorPages();
        await app.RunAsync();
    }

    private static List<BarePart> Cut(string html)
    {
        var encoder = HtmlEncoder.Create(UnicodeRanges.All);
        List<BarePart> parts = [];
        var markup = 0;
        for (var at = html.IndexOf('>', StringComparison.Ordinal); at >= 0 && at < html.Length - 1; at = html.IndexOf('>', at + 1))
        {
            var end = html.IndexOf('<', at + 1);
            if (end < 0)
                break;
            var text = WebUtility.HtmlDecode(html[(at + 1)..end]);
            // White space is the page's own, and what the encoder would write differently (scripts) never went through it.
            if (string.IsNullOrWhiteSpace(text) || !encoder.Encode(text).Equals(html[(at + 1)..end], StringComparison.Ordinal))
                continue;
            parts.Add(new(html[markup..(at + 1)], Markup: true));
            parts.Add(new(text, Markup: false));
            markup = end;
        }
        parts.Add(new(html[markup..], Markup: true));
        return parts;
    }
}

/// <summary>Markup is written as it is; text goes through the encoder.</summary>
public sealed record BarePart(string Text, bool Markup);
