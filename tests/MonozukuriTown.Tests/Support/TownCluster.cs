using System.Diagnostics;
using System.Globalization;
using MonozukuriTown.Core.Data;
using Npgsql;

namespace MonozukuriTown.Tests.Support;

/// <summary>The tests' throw-away PostgreSQL (deploy/postgres, instance "test"; "chaos" for deploy/chaos) and one migrated template that test databases are copied from.</summary>
public static class TownCluster
{
    private const long TemplateLock = 0x7465_7374;

    // No other may be named: the town's own holds what people wrote.
    private static readonly string Instance = Environment.GetEnvironmentVariable("TOWN_PG_INSTANCE") is "chaos" ? "chaos" : "test";
    private static readonly Lazy<string> Socket = new(Start);
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);
    private static int count;

    /// <param name="role">town_owner migrates, town_app is what the site runs as.</param>
    public static string Connection(string role, string database) =>
        $"Host={Socket.Value};Database={database};Username={role};Maximum Pool Size=20;Include Error Detail=true";

    /// <summary>Copies the template; a few dozen milliseconds.</summary>
    public static async Task<string> NewDatabaseAsync()
    {
        var template = await Template.Value;
        // The process id in the name lets a later run find what a killed one left behind.
        var name = string.Create(CultureInfo.InvariantCulture, $"t_{Environment.ProcessId}_{Interlocked.Increment(ref count)}");
        await RunAsync($"create database {name} template {template}");
        return name;
    }

    public static async Task DropAsync(string database)
    {
        if (database.Length == 0)
            return; // it was never made
        foreach (var role in new[] { "town_app", "town_owner" })
        {
            await using var pool = new NpgsqlConnection(Connection(role, database));
            NpgsqlConnection.ClearPool(pool);
        }
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await RunAsync($"drop database if exists {database} with (force)");
                return;
            }
            catch (PostgresException e) when (attempt < 100 && e.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ObjectInUse)
            {
                // A connection of the site's role is still closing; town_owner may not end it, so it waits.
                await Task.Delay(50);
            }
        }
    }

    private static string Start()
    {
        Deploy("start");
        var line = Deploy("env").Split('\n').Single(l => l.StartsWith("export PGHOST=", StringComparison.Ordinal));
        return line["export PGHOST=".Length..].Trim('\'');
    }

    /// <summary>For whoever has the cluster to themselves (deploy/chaos): everybody's connections break.</summary>
    public static void Restart()
    {
        Deploy("stop");
        Deploy("start");
        // What is kept open in here is dead.
        NpgsqlConnection.ClearAllPools();
    }

    private static string Deploy(string verb)
    {
        var start = new ProcessStartInfo(Path.Combine(TownHome.Path, "deploy", "postgres"), [verb])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TOWN_PG_INSTANCE"] = Instance },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"deploy/postgres {verb} failed: {errors.Result}{output}");
    }

    private static async Task<string> MakeTemplateAsync()
    {
        // Core's module id changes with any change of its source: a template is never out of step with the migrations.
        var name = $"template_{typeof(TownDbContext).Assembly.ManifestModule.ModuleVersionId:N}"[..40];
        await using var gate = new NpgsqlConnection(Connection("town_owner", "postgres") + ";Pooling=false");
        await gate.OpenAsync();
        // Test programs of one run start at once: one builds the template, the others wait here.
        await RunAsync(gate, $"select pg_advisory_lock({TemplateLock})");
        var databases = await NamesAsync(gate);
        var left = databases.Where(d => d.StartsWith("t_", StringComparison.Ordinal)).ToList();
        var dead = left.Where(d => !Directory.Exists($"/proc/{d.Split('_')[1]}")).ToList();
        foreach (var database in dead)
            await RunAsync(gate, $"drop database if exists {database} with (force)");
        if (databases.Contains(name))
            return name;

        // Templates of older builds go when no other run can be using them.
        if (left.Count == dead.Count)
        {
            foreach (var old in databases.Where(d => d.StartsWith("template_", StringComparison.Ordinal)))
                await RunAsync(gate, $"drop database if exists {old} with (force)");
        }
        await RunAsync(gate, "drop database if exists unfinished with (force)");
        await RunAsync(gate, "create database unfinished");
        await TownDatabase.MigrateAsync(Connection("town_owner", "unfinished") + ";Pooling=false");
        await RunAsync(gate, $"alter database unfinished rename to {name}");
        return name;
    }

    private static async Task<HashSet<string>> NamesAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("select datname from pg_database", connection);
        await using var reader = await command.ExecuteReaderAsync();
        HashSet<string> names = new(StringComparer.Ordinal);
        while (await reader.ReadAsync())
            names.Add(reader.GetString(0));
        return names;
    }

    private static async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection("town_owner", "postgres"));
        await connection.OpenAsync();
        await RunAsync(connection, sql);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}
