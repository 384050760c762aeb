using System.Data;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Matching;
using Npgsql;

namespace MonozukuriTown.Core.Companies.Catalog;

public enum CatalogDifferenceKind
{
    /// <summary>Listed, but the node does not know it.</summary>
    Missing,

    /// <summary>The node holds other facts than the database.</summary>
    Older,

    /// <summary>The node holds it, but it is not listed any more.</summary>
    Surplus,
}

/// <summary>A company of which a node holds something else than the database.</summary>
public sealed record CatalogDifference(int Company, CatalogDifferenceKind Kind);

/// <summary>What one running node holds, against the database.</summary>
public sealed record NodeReport(string Node, int Companies, IReadOnlyList<CatalogDifference> Differences);

public sealed record CatalogReport
{
    /// <summary>Listed companies that this program can read.</summary>
    public required int Listed { get; init; }

    /// <summary>Listed companies that it cannot read, with why.</summary>
    public required IReadOnlyDictionary<int, string> Unreadable { get; init; }

    /// <summary>Tables whose edits leave no note.</summary>
    public required IReadOnlyList<string> Unwatched { get; init; }
    public required IReadOnlyList<NodeReport> Nodes { get; init; }

    /// <summary>Nodes that listen but did not answer.</summary>
    public required int Silent { get; init; }

    /// <summary>Names of the companies that differ, as far as the database knows them.</summary>
    public required IReadOnlyDictionary<int, string> Names { get; init; }

    public IEnumerable<int> Differing => Nodes.SelectMany(n => n.Differences).Select(d => d.Company).Distinct();
}

/// <summary>Compares the catalogs of all running nodes with the database they are made from.</summary>
public sealed class CatalogCheck(TownDbContext db, Vocabulary vocabulary, TownClock clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Longer than a node needs to follow an edit: what differs before and after it was not just on its way.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(2);

    private readonly Dictionary<int, string> unreadable = [];

    /// <summary>Every table a listing is made of; the triggers of 020_catalog_changes.sql watch them.</summary>
    public static IReadOnlyList<string> Tables { get; } =
        ["company", "company_site", "capability", "equipment", "product", "company_certification", "company_section", "capability_offer", "award", "membership"];

    public async Task<CatalogReport> CompareAsync(CancellationToken cancellation)
    {
        var first = await CompareOnceAsync(cancellation);
        if (!first.Differing.Any())
            return first;
        await Task.Delay(OnTheWay, cancellation);
        var second = await CompareOnceAsync(cancellation);
        var before = first.Differing.ToHashSet();
        return second with { Nodes = [.. second.Nodes.Select(n => n with { Differences = [.. n.Differences.Where(d => before.Contains(d.Company))] })] };
    }

    /// <summary>Notes these companies as edited: every node reads them again.</summary>
    public Task MarkAsync(IReadOnlyCollection<int> companies, CancellationToken cancellation) => db.Database.ExecuteSqlAsync($"""
        with marked as (insert into catalog_change (company_id) select unnest({companies.ToArray()}) returning 1)
        select pg_notify('catalog_change', '') from (select count(*) from marked) as m
        """, cancellation);

    private async Task<CatalogReport> CompareOnceAsync(CancellationToken cancellation)
    {
        var (nodes, silent) = await AskAsync(cancellation);
        unreadable.Clear();
        var prints = await PrintsAsync(cancellation);
        List<NodeReport> reports = [];
        foreach (var (node, held) in nodes.OrderBy(n => n.Key, StringComparer.Ordinal))
        {
            List<CatalogDifference> differences =
            [
                .. prints.Where(p => !held.ContainsKey(p.Key)).Select(p => new CatalogDifference(p.Key, CatalogDifferenceKind.Missing)),
                .. prints.Where(p => held.TryGetValue(p.Key, out var print) && print != p.Value).Select(p => new CatalogDifference(p.Key, CatalogDifferenceKind.Older)),
                .. held.Keys.Where(id => !prints.ContainsKey(id) && !unreadable.ContainsKey(id)).Select(id => new CatalogDifference(id, CatalogDifferenceKind.Surplus)),
            ];
            reports.Add(new(node, held.Count, [.. differences.OrderBy(d => d.Company)]));
        }
        var differing = reports.SelectMany(r => r.Differences).Select(d => d.Company).Distinct().ToArray();
        return new()
        {
            Listed = prints.Count,
            Unreadable = new Dictionary<int, string>(unreadable),
            Unwatched = await UnwatchedAsync(cancellation),
            Nodes = reports,
            Silent = silent,
            Names = await db.Companies.Where(c => differing.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, cancellation),
        };
    }

    private async Task<Dictionary<int, uint>> PrintsAsync(CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var facts = await CatalogFacts.ReadAsync(db, clock.Today, null, (id, e) => unreadable[id] = e.Message, cancellation).ToListAsync(cancellation);
        var gate = new Lock();
        // Built as a node builds it: what stands in the way there does so here.
        var catalog = CompanyCatalog.Build(vocabulary, facts, unreadable: (company, e) =>
        {
            lock (gate)
                unreadable[CatalogFacts.Id(company.Key)] = e.Message;
        });
        return catalog.Companies.ToDictionary(c => CatalogFacts.Id(c.Key), CatalogPrint.Of);
    }

    private async Task<List<string>> UnwatchedAsync(CancellationToken cancellation) => await db.Database.SqlQuery<string>($"""
        select name as "Value" from unnest({Tables.ToArray()}) name
        where not exists (select from pg_trigger where tgrelid = to_regclass(name) and tgname = 'note_catalog_change' and tgenabled <> 'D')
        """).ToListAsync(cancellation);

    private async Task<(Dictionary<string, Dictionary<int, uint>> Nodes, int Silent)> AskAsync(CancellationToken cancellation)
    {
        var question = Guid.NewGuid().ToString("N");
        await using var connection = new NpgsqlConnection(db.Database.GetConnectionString());
        await connection.OpenAsync(cancellation);
        Dictionary<string, Dictionary<int, uint>> nodes = new(StringComparer.Ordinal);
        HashSet<string> finished = new(StringComparer.Ordinal);
        connection.Notification += (_, notice) =>
        {
            if (CatalogPrint.Receive(notice.Payload, nodes))
                finished.Add(notice.Payload[..notice.Payload.IndexOf('|', StringComparison.Ordinal)]);
        };
        await RunAsync($"listen {CatalogPrint.Channel(question)}");
        await using (var count = new NpgsqlCommand("select count(*)::integer from pg_stat_activity where datname = current_database() and application_name = $1", connection))
        {
            count.Parameters.Add(new() { Value = CatalogFeed.ListenerName });
            var listening = (int)(await count.ExecuteScalarAsync(cancellation))!;
            await RunAsync($"notify catalog_change, '{CatalogFeed.Question}{question}'");
            var start = Stopwatch.GetTimestamp();
            while (finished.Count < listening && Stopwatch.GetElapsedTime(start) is var waited && waited < Patience)
                await connection.WaitAsync(Patience - waited, cancellation);
            await RunAsync("unlisten *");
            foreach (var node in nodes.Keys.Where(n => !finished.Contains(n)).ToList())
                nodes.Remove(node);
            return (nodes, listening - finished.Count);
        }

        async Task RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}
