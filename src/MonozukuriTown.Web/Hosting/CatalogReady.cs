using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Web.Hosting;

public static class CatalogReady
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The companies now; a request that comes before they were read waits a moment for them.</summary>
    /// <exception cref="CatalogNotReadyException">They were not read in that moment: the answer is 503 and says when to come again.</exception>
    public static ValueTask<CompanyCatalog> ReadyAsync(this CatalogFeed feed, CancellationToken cancellation) =>
        feed.IsLoaded ? new(feed.Current) : new(WaitAsync(feed, cancellation));

    private static async Task<CompanyCatalog> WaitAsync(CatalogFeed feed, CancellationToken cancellation)
    {
        try
        {
            await feed.WaitAsync(cancellation).WaitAsync(Patience, cancellation);
        }
        catch (TimeoutException e)
        {
            throw new CatalogNotReadyException("The companies are still being read.", e);
        }
        return feed.Current;
    }
}

/// <summary>A page needs the companies, and they are not read yet.</summary>
public sealed class CatalogNotReadyException : Exception
{
    public const int RetryAfterSeconds = 5;

    public CatalogNotReadyException()
    {
    }

    public CatalogNotReadyException(string message) : base(message)
    {
    }

    public CatalogNotReadyException(string message, Exception inner) : base(message, inner)
    {
    }
}
