using Microsoft.Extensions.Options;
using MonozukuriTown.Matching;
#if WITH_LUCENE
using MonozukuriTown.Lucene;
#endif

namespace MonozukuriTown.Web.Hosting;

/// <summary>Section "Search": which engine keeps the text index. Both rank alike; see deploy/decisions/0004-text-engine.md.</summary>
public sealed class SearchOptions
{
    public const string Section = "Search";
    public const string BuiltIn = "builtin";
    public const string Lucene = "lucene";

    public string Engine { get; set; } = BuiltIn;
}

public static class SearchEngines
{
    public static IServiceCollection AddSearchEngine(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SearchOptions>().Bind(configuration.GetSection(SearchOptions.Section))
            .Validate(o => Engines.ContainsKey(o.Engine), $"Search:Engine must be one of: {string.Join(", ", Engines.Keys)}.{Missing}").ValidateOnStart();
        return services.AddSingleton(provider => Engines[provider.GetRequiredService<IOptions<SearchOptions>>().Value.Engine]());
    }

    private static readonly Dictionary<string, Func<ITextIndexBuilder>> Engines = new(StringComparer.Ordinal)
    {
        [SearchOptions.BuiltIn] = () => new BuiltInTextIndexBuilder(),
#if WITH_LUCENE
        [SearchOptions.Lucene] = () => new LuceneTextIndexBuilder(),
#endif
    };

#if WITH_LUCENE
    private const string Missing = "";
#else
    private const string Missing = " This build is without Lucene.Net: the package feed did not have it.";
#endif
}
