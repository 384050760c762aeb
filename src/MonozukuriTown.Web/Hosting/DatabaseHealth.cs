using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Web.Hosting;

/// <summary>Ready: the database answers and has this program's shape.</summary>
public sealed class DatabaseHealth(TownDbContext db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var pending = await db.Database.GetPendingMigrationsAsync(cancellationToken);
        return pending.Any() ? HealthCheckResult.Unhealthy("migrations are pending: run deploy/town migrate") : HealthCheckResult.Healthy();
    }
}
