using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Web.Hosting;

public static class CatalogReady
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The companies now; a request that comes before they were read waits a moment for them.</summary>
    public static ValueTask<CompanyCatalog> ReadyAsync(this CatalogFeed feed, CancellationToken cancellation) =>
        feed.IsLoaded ? new(feed.Current) : new(WaitAsync(feed, cancellation));

    private static async Task<CompanyCatalog> WaitAsync(CatalogFeed feed, CancellationToken cancellation)
    {
        await feed.WaitAsync(cancellation).WaitAsync(Patience, cancellation);
        return feed.Current;
    }
}
