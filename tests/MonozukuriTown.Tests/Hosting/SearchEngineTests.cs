using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MonozukuriTown.Matching;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Tests.Hosting;

public class SearchEngineTests
{
    [Fact]
    public void Engine_NotSet_IsTheBuiltIn() => Assert.Equal("built-in", Engine([]).Name);

    [Fact]
    public void Engine_Unknown_SaysWhichThereAre()
    {
        var e = Assert.Throws<OptionsValidationException>(() => Engine([new("Search:Engine", "elastic")]));
        Assert.Contains("builtin", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Engine_Lucene_IsLuceneOrSaysThatItIsMissing()
    {
#if WITH_LUCENE
        Assert.StartsWith("Lucene.Net 4.8", Engine([new("Search:Engine", "lucene")]).Name, StringComparison.Ordinal);
#else
        var e = Assert.Throws<OptionsValidationException>(() => Engine([new("Search:Engine", "lucene")]));
        Assert.Contains("without Lucene.Net", e.Message, StringComparison.Ordinal);
#endif
    }

    private static ITextIndexBuilder Engine(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        using var services = new ServiceCollection().AddSearchEngine(configuration).BuildServiceProvider();
        return services.GetRequiredService<ITextIndexBuilder>();
    }
}
