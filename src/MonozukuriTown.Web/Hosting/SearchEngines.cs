using Microsoft.Extensions.Options;
using MonozukuriTown.Matching;
#if WITH_LUCENE
using MonozukuriTown.Lucene;
#endif

namespace MonozukuriTown.Web.Hosting;

/// <summary>Section "Search": which engine keeps the text index. Both rank alike; see deploy/decisions/0003-text-engine.md.</summary>
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
            .Validate(o => Find(o.Engine) is not null, $"Search:Engine must be one of: {string.Join(", ", Known)}.{Missing}").ValidateOnStart();
        return services.AddSingleton(provider => Find(provider.GetRequiredService<IOptions<SearchOptions>>().Value.Engine)!);
    }

#if WITH_LUCENE
    private const string Missing = "";
    private static readonly string[] Known = [SearchOptions.BuiltIn, SearchOptions.Lucene];
#else
    private const string Missing = " This build is without Lucene.Net: the package feed did not have it.";
    private static readonly string[] Known = [SearchOptions.BuiltIn];
#endif

    private static ITextIndexBuilder? Find(string engine) => engine switch
    {
        SearchOptions.BuiltIn => new BuiltInTextIndexBuilder(),
#if WITH_LUCENE
        SearchOptions.Lucene => new LuceneTextIndexBuilder(),
#endif
        _ => null,
    };
}
