using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace MonozukuriTown.Core.Data;

/// <summary>Brings a database to this program's shape: migrations, then what is written as SQL and may be applied again and again.</summary>
public static class TownDatabase
{
    // One number for "somebody is migrating this database": two nodes that start together take turns.
    private const long MigrationLock = 0x6D6F6E6F;

    /// <param name="ownerConnection">Connection of the role that owns the tables (town_owner).</param>
    /// <returns>Names of the migrations that were applied.</returns>
    public static async Task<IReadOnlyList<string>> MigrateAsync(string ownerConnection, CancellationToken cancellation = default)
    {
        await using var gate = new NpgsqlConnection(ownerConnection);
        await gate.OpenAsync(cancellation);
        await RunAsync(gate, $"select pg_advisory_lock({MigrationLock})", cancellation);
        await using var db = new TownDbContext(Options(ownerConnection));
        List<string> pending = [.. await db.Database.GetPendingMigrationsAsync(cancellation)];
        await db.Database.MigrateAsync(cancellation);
        foreach (var (_, sql) in Scripts())
            await RunAsync(gate, sql, cancellation);
        await RunAsync(gate, $"select pg_advisory_unlock({MigrationLock})", cancellation);
        return pending;
    }

    public static DbContextOptions<TownDbContext> Options(string connection) =>
        new DbContextOptionsBuilder<TownDbContext>().UseNpgsql(connection).Options;

    /// <summary>
    /// Whoever names the same thing waits here until the other's transaction is over: for what is looked up and then written, where two at once would
    /// end in a violated index. Inside a transaction only.
    /// </summary>
    public static Task TakeTurnsAsync(this TownDbContext db, string thing, CancellationToken cancellation = default) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({thing}, 0))", cancellation);

    private static IEnumerable<(string Name, string Sql)> Scripts()
    {
        var assembly = typeof(TownDatabase).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name, reader.ReadToEnd());
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

/// <summary>For <c>deploy/migration</c> only; it never connects.</summary>
public sealed class DesignTimeTownDbContext : IDesignTimeDbContextFactory<TownDbContext>
{
    public TownDbContext CreateDbContext(string[] args) => new(TownDatabase.Options("Host=unused"));
}
