using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Core.Searches;

/// <summary>
/// Counts what was searched. A page only drops its words into memory; every few seconds they are read once more, turned into counts and
/// written. A killed program loses those seconds, and what comes in a flood beyond <see cref="MostTexts"/> is not counted.
/// </summary>
public sealed partial class SearchLog(CatalogFeed feed, IServiceScopeFactory scopes, TownClock clock, ILogger<SearchLog> logger) : BackgroundService
{
    private const int MostTexts = 2000;
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(5);

    private ConcurrentDictionary<string, int> texts = new(StringComparer.Ordinal);

    /// <summary>Somebody searched these words.</summary>
    public void Note(string words)
    {
        var now = texts;
        if (words.Length > 0 && (now.Count < MostTexts || now.ContainsKey(words)))
            now.AddOrUpdate(words, 1, static (_, n) => n + 1);
    }

    /// <summary>Writes what came in since the last time. Called by the log itself; tests may call it too.</summary>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        if (texts.IsEmpty || !feed.IsLoaded)
            return;
        var taken = Interlocked.Exchange(ref texts, new(StringComparer.Ordinal));
        var counts = Count(feed.Current, taken);
        var day = clock.Today;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TownDbContext>();
        // In one order everywhere, so that two nodes can't wait for each other.
        var rows = counts.OrderBy(c => c.Key.Kind).ThenBy(c => c.Key.Word, StringComparer.Ordinal).ToList();
        string[] kinds = [.. rows.Select(r => r.Key.Kind.ToString())];
        string[] words = [.. rows.Select(r => r.Key.Word)];
        int[] numbers = [.. rows.Select(r => r.Value)];
        await db.Database.ExecuteSqlAsync($"""
            insert into search_count (day, kind, word, count)
            select {day}, x.kind, x.word, x.n from unnest({kinds}, {words}, {numbers}) as x(kind, word, n)
            on conflict (day, kind, word) do update set count = search_count.count + excluded.count
            """, cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(WriteEvery, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                // Once more when the program ends.
                await WriteAsync(CancellationToken.None);
            }
            catch (Exception e)
            {
                // Counts of a few seconds are no reason to stop anything.
                Log.Lost(logger, e);
            }
        }
    }

    private static Dictionary<(SearchCountKind Kind, string Word), int> Count(CompanyCatalog catalog, IEnumerable<KeyValuePair<string, int>> texts)
    {
        Dictionary<(SearchCountKind Kind, string Word), int> counts = [];
        foreach (var (text, times) in texts)
        {
            void Add(SearchCountKind kind, string word) => counts[(kind, word)] = counts.GetValueOrDefault((kind, word)) + times;
            var result = CompanySearch.Search(catalog, new() { Text = text, PageSize = 1 });
            Add(SearchCountKind.All, "");
            foreach (var (kind, id) in result.Understood.Select(u => (Kind(u.Kind), u.Id)).Distinct())
            {
                if (kind is { } known && id.Length <= SearchCount.WordMax)
                    Add(known, id);
            }
            if (result is { Total: > 0, CorrectedTo: null })
            {
                // Several words, of which some found nothing.
                foreach (var word in result.Missing.Where(SearchCount.MayKeep))
                    Add(SearchCountKind.Unmet, word);
                continue;
            }
            Add(SearchCountKind.Missed, "");
            if (SearchCount.MayKeep(text))
                Add(SearchCountKind.Unmet, text);
        }
        return counts;
    }

    private static SearchCountKind? Kind(NeedKind kind) => kind switch
    {
        NeedKind.Process => SearchCountKind.Process,
        NeedKind.Material => SearchCountKind.Material,
        NeedKind.Certification => SearchCountKind.Certification,
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The counts of the last searches could not be written")]
        public static partial void Lost(ILogger logger, Exception exception);
    }
}
