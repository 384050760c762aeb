using Microsoft.Extensions.Diagnostics.HealthChecks;
using MonozukuriTown.Core.Companies.Catalog;

namespace MonozukuriTown.Web.Hosting;

/// <summary>Ready: the companies are in memory, so search and matching answer.</summary>
public sealed class CatalogHealth(CatalogFeed feed) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(!feed.IsLoaded ? HealthCheckResult.Unhealthy("the catalog is still being read")
            : feed.Unreadable.Count > 0 ? HealthCheckResult.Degraded($"{feed.Unreadable.Count} companies cannot be read; deploy/town reindex names them")
            : HealthCheckResult.Healthy());
}
