using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Benchmarks;

/// <summary>
/// catalog_follow_ms_10000: from the commit of an edit of one company to the moment search sees it on another node, with 10,000
/// companies; _cpu is what the node's process spent on it, whatever else the machine did.
/// </summary>
public static class CatalogBench
{
    private const int Companies = 10_000;
    private const int Edits = 200;

    public static async Task RunAsync()
    {
        await ServerProcess.RunVerbAsync("migrate");
        await ServerProcess.RunVerbAsync("seed", "companies", "10000");
        var connection = Environment.GetEnvironmentVariable("ConnectionStrings__Town")
            ?? throw new InvalidOperationException("ConnectionStrings__Town is not set: run deploy/bench.");
        await using var services = new ServiceCollection().AddScoped(_ => new TownDbContext(TownDatabase.Options(connection))).BuildServiceProvider();
        // What the feed complains of would otherwise look like waiting.
        using var loggers = LoggerFactory.Create(l => l.AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace));
        using var feed = new CatalogFeed(Vocabulary.Load(TownHome.Seeds("vocabulary")), new BuiltInTextIndexBuilder(), services.GetRequiredService<IServiceScopeFactory>(),
            new TownClock(TimeProvider.System), loggers.CreateLogger<CatalogFeed>());
        await feed.StartAsync(CancellationToken.None);
        await feed.WaitAsync(CancellationToken.None);
        Figures.Say($"{feed.Current.Count} companies, {Edits} edits");
        await using var db = new TownDbContext(TownDatabase.Options(connection));
        var ids = await db.Companies.Where(c => c.Status == CompanyStatus.Listed).OrderBy(c => c.Id).Select(c => c.Id).Take(Companies).ToListAsync();
        var random = new Random(1);
        List<double> wall = [];
        List<double> cpu = [];
        for (var i = -20; i < Edits; i++)
        {
            var id = ids[random.Next(ids.Count)];
            var key = CatalogFacts.Key(id);
            var summary = $"試験の{i}回目です。";
            var spent = Environment.CpuUsage.TotalTime;
            await db.Database.ExecuteSqlAsync($"update company set summary = {summary} where id = {id}");
            var start = Stopwatch.GetTimestamp();
            while (!string.Equals(feed.Current.Find(key)?.Summary, summary, StringComparison.Ordinal))
                await Task.Delay(1);
            if (i >= 0)
            {
                wall.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                cpu.Add((Environment.CpuUsage.TotalTime - spent).TotalMilliseconds);
            }
            // Edits of people, not of a machine: each finds the node at rest.
            await Task.Delay(120);
        }
        await feed.StopAsync(CancellationToken.None);
        Print("catalog_follow_ms_10000", "catalog_follow_p99_ms_10000", wall);
        Print("catalog_follow_cpu_ms_10000", "catalog_follow_cpu_p99_ms_10000", cpu);
    }

    private static void Print(string median, string high, List<double> values)
    {
        values.Sort();
        Figures.Print(median, Figures.Median(values));
        Figures.Print(high, values[(int)(values.Count * 0.99)]);
    }
}
