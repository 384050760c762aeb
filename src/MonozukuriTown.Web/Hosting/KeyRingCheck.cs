using System.Data.Common;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Links;

namespace MonozukuriTown.Web.Hosting;

/// <summary>A node with another secret than its town's does not come up: it would sign everybody out. (The framework looks too, but goes on.)</summary>
public sealed class KeyRingCheck(DatabaseKeyRing ring) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            ring.GetAllElements();
        }
        catch (Exception e) when ((e as DbException ?? e.InnerException) is DbException)
        {
            // No database, or not migrated: /health/ready says so, and the keys are read before they are used.
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

public static class KeyRingServices
{
    /// <summary>Data protection keeps its keys in the database, sealed. First of the hosted services: nothing else is to run where it fails.</summary>
    public static void AddKeyRing(this IServiceCollection services)
    {
        services.AddOptions<KeyManagementOptions>().Configure<DatabaseKeyRing, LinkKey>((o, ring, secret) => (o.XmlRepository, o.XmlEncryptor) = (ring, new KeyRingCipher(secret)));
        services.AddDataProtection().SetApplicationName("MonozukuriTown");
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService, KeyRingCheck>());
    }
}
