using System.Collections.Concurrent;
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
    /// <summary>What a feed's listening connection is called in pg_stat_activity.</summary>
    public const string ListenerName = "town-catalog";

    /// <summary>Beginning of a notification that asks every node what it holds; the id of the question follows.</summary>
    public const string Question = "ask:";

    /// <summary>Polling is the net under LISTEN/NOTIFY.</summary>
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>After a change, so that a stream of edits rebuilds a block ten times a second and not a hundred.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan RetryFirst = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RetryMost = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PurgeEvery = TimeSpan.FromHours(1);

    /// <summary>Notes are kept this many days; a node that was cut off for longer reads everything again.</summary>
    private const int KeepDays = 7;

    private static int feeds;

    private readonly TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim looking = new(1);
    private readonly HashSet<Note> done = [];
    private readonly ConcurrentDictionary<int, byte> unreadable = [];
    private volatile CompanyCatalog? current;
    private long version;
    private long changedAt;
    private Sight seen = new();
    private DateTimeOffset purgedAt;
    private DateOnly day;

    /// <summary>How one transaction's edit of a company is noted.</summary>
    private readonly record struct Note(int CompanyId, ulong Xid);

    /// <summary>What the database says of itself when the feed looks.</summary>
    private sealed record Sight
    {
        /// <summary>The oldest transaction that was still open. As text: outside an entity EF Core cannot read an xid8.</summary>
        public string Open { get; init; } = "0";

        /// <summary>By its clock, not a node's: notes of an hour ahead or behind would be kept or dropped wrongly.</summary>
        public DateTimeOffset Now { get; init; }

        /// <summary>Which database of which run of the server; transaction ids of two do not compare.</summary>
        public string Run { get; init; } = "";

        public ulong OpenXid => ulong.Parse(Open, CultureInfo.InvariantCulture);
    }

    /// <summary>The catalog now. Immutable: hold it for the length of a request.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been read yet; /health/ready says so too.</exception>
    public CompanyCatalog Current => current ?? throw new InvalidOperationException("The catalog is not loaded yet.");

    public bool IsLoaded => current is not null;

    /// <summary>Grows with every change of <see cref="Current"/>: what was made from an older one is out of date.</summary>
    public long Version => Interlocked.Read(ref version);

    /// <summary>When this node's catalog became what it is.</summary>
    public DateTimeOffset ChangedAt => new(Interlocked.Read(ref changedAt), TimeSpan.Zero);

    /// <summary>Listed companies that could not be read when they changed last: they stand as they were before, or not at all.</summary>
    public IReadOnlyCollection<int> Unreadable => [.. unreadable.Keys];

    /// <summary>This node, as a command names it.</summary>
    public string Node { get; } = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}/{Interlocked.Increment(ref feeds)}");

    /// <summary>Completes when the first snapshot stands.</summary>
    public Task WaitAsync(CancellationToken cancellation) => loaded.Task.WaitAsync(cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = RetryFirst;
        while (!stoppingToken.IsCancellationRequested)
        {
            var before = seen;
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
                // Whatever broke, the node goes on with the catalog it has. At once the first time: a cut connection is no reason to be late.
                Log.Lost(logger, e);
                wait = ReferenceEquals(before, seen) ? (wait * 2 < RetryMost ? wait * 2 : RetryMost) : RetryFirst;
                await Task.Delay(wait, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var connection = new NpgsqlConnectionStringBuilder(scope.ServiceProvider.GetRequiredService<TownDbContext>().Database.GetConnectionString())
        {
            ApplicationName = ListenerName,
            // Waits for ever and belongs to no pool; a peer that went away without a word is noticed.
            Pooling = false,
            KeepAlive = 30,
        };
        await using var listener = new NpgsqlConnection(connection.ConnectionString);
        await listener.OpenAsync(cancellation);
        ConcurrentQueue<string> questions = [];
        listener.Notification += (_, notice) =>
        {
            if (notice.Payload.StartsWith(Question, StringComparison.Ordinal))
                questions.Enqueue(notice.Payload[Question.Length..]);
        };
        await using (var listen = new NpgsqlCommand("listen catalog_change", listener))
            await listen.ExecuteNonQueryAsync(cancellation);
        while (true)
        {
            if (await RefreshAsync(cancellation))
                await Task.Delay(Breath, cancellation);
            while (questions.TryDequeue(out var question))
                await AnswerAsync(question, cancellation);
            await listener.WaitAsync(PollEvery, cancellation);
        }
    }

    /// <summary>Takes in what was committed since the last look. Called by the feed itself; tests and commands may call it too.</summary>
    /// <returns>Whether anything was edited.</returns>
    public async Task<bool> RefreshAsync(CancellationToken cancellation)
    {
        await looking.WaitAsync(cancellation);
        try
        {
            return await LookAsync(cancellation);
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

    private async Task<bool> LookAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TownDbContext>();
        // One snapshot for the mark, the notes and the companies.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var today = clock.Today;
        var sight = await db.Database.SqlQuery<Sight>($"""
            select pg_snapshot_xmin(pg_current_snapshot())::text as "Open", now() as "Now",
                   (select oid::text from pg_database where datname = current_database()) || ' ' || pg_postmaster_start_time()::text as "Run"
            """).SingleAsync(cancellation);
        var changed = MustReadAll(sight, today)
            ? await ReadAllAsync(db, today, cancellation)
            : await TakeInAsync(db, today, seen.OpenXid, cancellation);
        await transaction.CommitAsync(cancellation);
        done.RemoveWhere(n => n.Xid < sight.OpenXid);
        seen = sight;
        day = today;
        await PurgeAsync(db, sight, cancellation);
        return changed;
    }

    // Membership depends on the date, so a new day reads everything again. So does another database, or one set back to an earlier state:
    // what its notes say does not compare with what was seen.
    private bool MustReadAll(Sight sight, DateOnly today) =>
        current is null || today != day || sight.Now - seen.Now > TimeSpan.FromDays(KeepDays - 1)
        || sight.OpenXid < seen.OpenXid || !string.Equals(sight.Run, seen.Run, StringComparison.Ordinal);

    private async Task<bool> ReadAllAsync(TownDbContext db, DateOnly today, CancellationToken cancellation)
    {
        var known = current;
        unreadable.Clear();
        var facts = await CatalogFacts.ReadAsync(db, today, null, CannotRead, cancellation).ToListAsync(cancellation);
        var next = CompanyCatalog.Build(vocabulary, facts, engine, CannotRead);
        Swap(next.With([.. unreadable.Keys.Select(id => known?.Find(CatalogFacts.Key(id))).OfType<CompanyFacts>()], [], CannotRead));
        done.Clear();
        Log.Loaded(logger, facts.Count, engine.Name);
        // Reading every company leaves much more behind than it keeps, and nothing soon would make the collector give it back.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        loaded.TrySetResult();
        return true;
    }

    private async Task<bool> TakeInAsync(TownDbContext db, DateOnly today, ulong since, CancellationToken cancellation)
    {
        var notes = await db.CatalogChanges.AsNoTracking().Where(c => c.Xid >= since).Select(c => new Note(c.CompanyId, c.Xid)).ToListAsync(cancellation);
        notes.RemoveAll(done.Contains);
        if (notes.Count == 0)
            return false;
        var ids = notes.Select(n => n.CompanyId).ToHashSet();
        foreach (var id in ids)
            unreadable.TryRemove(id, out _);
        var changed = await CatalogFacts.ReadAsync(db, today, ids, CannotRead, cancellation).ToListAsync(cancellation);
        var gone = ids.Where(id => !unreadable.ContainsKey(id)).Select(CatalogFacts.Key).Except(changed.Select(c => c.Key), StringComparer.Ordinal);
        // An edit of what only the listing's page shows leaves its block alone; the version grows all the same, for pages are kept by it.
        changed.RemoveAll(c => Current.Find(c.Key) is { } known && CatalogPrint.Of(known) == CatalogPrint.Of(c));
        Swap(Current.With(changed, [.. gone], CannotRead));
        // Only now: had the connection broken before, these notes would have to be found again.
        done.UnionWith(notes);
        Log.Followed(logger, ids.Count);
        return true;
    }

    private void Swap(CompanyCatalog next)
    {
        Interlocked.Exchange(ref changedAt, clock.Now.UtcTicks);
        current = next;
        Interlocked.Increment(ref version);
    }

    private void CannotRead(CompanyFacts company, Exception e) => CannotRead(CatalogFacts.Id(company.Key), e);

    private void CannotRead(int company, Exception e)
    {
        unreadable[company] = 0;
        Log.CannotRead(logger, company, e);
    }

    /// <summary>Tells a command what this node holds, company by company.</summary>
    private async Task AnswerAsync(string question, CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(question, "N", out _))
            return;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TownDbContext>();
        await CatalogPrint.SendAsync(db, question, Node, Current, cancellation);
    }

    private async Task PurgeAsync(TownDbContext db, Sight sight, CancellationToken cancellation)
    {
        if (sight.Now - purgedAt < PurgeEvery)
            return;
        await db.Database.ExecuteSqlAsync(
            $"delete from catalog_change where at < now() - make_interval(days => {KeepDays}) and xid < pg_snapshot_xmin(pg_current_snapshot())", cancellation);
        purgedAt = sight.Now;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Catalog loaded: {Companies} companies, text engine {Engine}")]
        public static partial void Loaded(ILogger logger, int companies, string engine);

        [LoggerMessage(Level = LogLevel.Debug, Message = "Catalog followed {Companies} edited companies")]
        public static partial void Followed(ILogger logger, int companies);

        [LoggerMessage(Level = LogLevel.Error, Message = "Company {Company} cannot be read into the catalog; it stays as it was")]
        public static partial void CannotRead(ILogger logger, int company, Exception exception);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Catalog feed lost the database; trying again")]
        public static partial void Lost(ILogger logger, Exception exception);
    }
}
