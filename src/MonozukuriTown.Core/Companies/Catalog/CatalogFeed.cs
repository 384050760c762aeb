using System.Data;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Matching;
using Npgsql;

namespace MonozukuriTown.Core.Companies.Catalog;

/// <summary>
/// Keeps this node's <see cref="CompanyCatalog"/> equal to the database. Triggers note each edit with its transaction's id; the feed
/// re-reads every company noted at or after the oldest transaction that was still open when it last looked. Ids of rows and
/// transactions are not in commit order, so "greater than the last one seen" would lose edits; re-reading one twice harms nothing.
/// </summary>
public sealed partial class CatalogFeed(
    Vocabulary vocabulary, ITextIndexBuilder engine, IServiceScopeFactory scopes, TownClock clock, ILogger<CatalogFeed> logger) : BackgroundService
{
    /// <summary>Polling is the net under LISTEN/NOTIFY.</summary>
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PurgeEvery = TimeSpan.FromHours(1);

    /// <summary>Notes are kept this many days; a node that was cut off for longer reads everything again.</summary>
    private const int KeepDays = 7;

    private readonly TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim looking = new(1);
    private readonly SemaphoreSlim one = new(1);
    private readonly HashSet<(int Company, ulong Xid)> done = [];
    private volatile CompanyCatalog? current;
    private long version;
    private ulong mark;
    private DateTimeOffset lookedAt;
    private DateTimeOffset purgedAt;
    private DateOnly day;

    /// <summary>The catalog now. Immutable: hold it for the length of a request.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been read yet; /health/ready says so too.</exception>
    public CompanyCatalog Current => current ?? throw new InvalidOperationException("The catalog is not loaded yet.");

    public bool IsLoaded => current is not null;

    /// <summary>Grows with every change of <see cref="Current"/>: what was made from an older one is out of date.</summary>
    public long Version => Interlocked.Read(ref version);

    /// <summary>Completes when the first snapshot stands.</summary>
    public Task WaitAsync(CancellationToken cancellation) => loaded.Task.WaitAsync(cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever broke, the node goes on with the catalog it has.
                Log.Lost(logger, e);
                await Task.Delay(RetryAfter, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var connectionString = scope.ServiceProvider.GetRequiredService<TownDbContext>().Database.GetConnectionString()!;
        await using var listener = new NpgsqlConnection(connectionString);
        await listener.OpenAsync(cancellation);
        await using (var listen = new NpgsqlCommand("listen catalog_change", listener))
            await listen.ExecuteNonQueryAsync(cancellation);
        while (true)
        {
            await RefreshAsync(cancellation);
            await listener.WaitAsync(PollEvery, cancellation);
        }
    }

    /// <summary>Takes in what was committed since the last look. Called by the feed itself; tests and commands may call it too.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await looking.WaitAsync(cancellation);
        try
        {
            await LookAsync(cancellation);
        }
        finally
        {
            looking.Release();
        }
    }

    public override void Dispose()
    {
        looking.Dispose();
        base.Dispose();
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TownDbContext>();
        // One snapshot for the mark, the notes and the companies.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var now = clock.Now;
        var today = clock.Today;
        // As text: outside an entity EF Core takes an unsigned long for numeric and cannot read an xid8.
        var open = ulong.Parse(
            await db.Database.SqlQuery<string>($"select pg_snapshot_xmin(pg_current_snapshot())::text as \"Value\"").SingleAsync(cancellation),
            CultureInfo.InvariantCulture);
        // Membership depends on the date, so a new day reads everything again.
        if (current is null || now - lookedAt > TimeSpan.FromDays(KeepDays - 1) || today != day)
        {
            var facts = await CatalogFacts.ReadAsync(db, today, null, cancellation).ToListAsync(cancellation);
            current = CompanyCatalog.Build(vocabulary, facts, engine);
            Interlocked.Increment(ref version);
            done.Clear();
            Log.Loaded(logger, facts.Count, engine.Name);
            // Reading every company leaves much more behind than it keeps, and nothing soon would make the collector give it back.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            loaded.TrySetResult();
        }
        else
        {
            var since = mark;
            var notes = await db.CatalogChanges.AsNoTracking().Where(c => c.Xid >= since)
                .Select(c => new { c.CompanyId, c.Xid }).ToListAsync(cancellation);
            var fresh = notes.Where(n => done.Add((n.CompanyId, n.Xid))).Select(n => n.CompanyId).ToHashSet();
            if (fresh.Count > 0)
                await TakeInAsync(db, today, fresh, cancellation);
            done.RemoveWhere(n => n.Xid < open);
        }
        mark = open;
        lookedAt = now;
        day = today;
        await transaction.CommitAsync(cancellation);
        await PurgeAsync(db, now, cancellation);
    }

    private async Task TakeInAsync(TownDbContext db, DateOnly today, HashSet<int> ids, CancellationToken cancellation)
    {
        List<CompanyFacts> changed = await CatalogFacts.ReadAsync(db, today, ids, cancellation).ToListAsync(cancellation);
        var gone = ids.Select(CatalogFacts.Key).Except(changed.Select(c => c.Key), StringComparer.Ordinal);
        var next = Current;
        foreach (var company in changed)
            next = next.WithChanged(company);
        foreach (var key in gone)
            next = next.WithRemoved(key);
        current = next;
        Interlocked.Increment(ref version);
        Log.Followed(logger, ids.Count);
    }

    private async Task PurgeAsync(TownDbContext db, DateTimeOffset now, CancellationToken cancellation)
    {
        if (now - purgedAt < PurgeEvery)
            return;
        var oldest = now.ToUniversalTime().AddDays(-KeepDays);
        await db.Database.ExecuteSqlAsync($"delete from catalog_change where at < {oldest}", cancellation);
        purgedAt = now;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Catalog loaded: {Companies} companies, text engine {Engine}")]
        public static partial void Loaded(ILogger logger, int companies, string engine);

        [LoggerMessage(Level = LogLevel.Debug, Message = "Catalog followed {Companies} edited companies")]
        public static partial void Followed(ILogger logger, int companies);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Catalog feed lost the database; trying again")]
        public static partial void Lost(ILogger logger, Exception exception);
    }
}
