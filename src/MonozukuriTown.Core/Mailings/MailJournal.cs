using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace MonozukuriTown.Core.Mailings;

/// <summary>
/// The one writer of a node: gathers what all connections have to write down and commits it in one statement. A connection sends its next body only after
/// the mark for it, and the result of the one before, are on disk. When the database is away it waits and tries again: results are never dropped.
/// </summary>
public sealed partial class MailJournal(MailStore store, TimeProvider clock, TimeSpan sendingLimit, ILogger<MailJournal> logger)
{
    private const int TurnsPerCommit = 64;

    /// <summary>
    /// Where many connections send, waiting this moment lets one commit carry what would have been several: less work for everybody, and more mails a second.
    /// </summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan RetryWait = TimeSpan.FromSeconds(1);

    private readonly Channel<Turn> _turns = Channel.CreateUnbounded<Turn>(new() { SingleReader = true });

    /// <summary>Writes down what was done, and marks what comes next. True when the next one may be sent.</summary>
    public Task<bool> TurnAsync(MailEntry? done, LeasedMail? next)
    {
        var turn = new Turn(done, next, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_turns.Writer.TryWrite(turn))
            throw new InvalidOperationException("The journal is closed.");
        return turn.Answer.Task;
    }

    /// <summary>No turn comes any more; <see cref="RunAsync"/> ends when all are written.</summary>
    public void Close() => _turns.Writer.TryComplete();

    /// <param name="abandon">The end of patience at shutdown while the database is away: what was being sent becomes uncertain by its lease.</param>
    public async Task RunAsync(CancellationToken abandon)
    {
        List<Turn> turns = [];
        while (await _turns.Reader.WaitToReadAsync(CancellationToken.None))
        {
            // A single connection would only wait for itself.
            if (turns.Count > 1)
                await Task.Delay(Gather, clock, CancellationToken.None);
            turns.Clear();
            while (turns.Count < TurnsPerCommit && _turns.Reader.TryRead(out var turn))
                turns.Add(turn);
            var marked = await RecordAsync(turns, abandon);
            foreach (var turn in turns)
                turn.Answer.SetResult(turn.Next is { } next && marked.Contains(next.Id));
        }
    }

    private async Task<HashSet<long>> RecordAsync(List<Turn> turns, CancellationToken abandon)
    {
        List<LeasedMail> marks = [.. turns.Where(t => t.Next is not null).Select(t => t.Next!)];
        List<MailEntry> results = [.. turns.Where(t => t.Done is not null).Select(t => t.Done!)];
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await store.RecordAsync(marks, results, sendingLimit, abandon);
            }
            catch (NpgsqlException e)
            {
                if (attempt == 1)
                    Log.DatabaseAway(logger, results.Count, e);
                try
                {
                    await Task.Delay(RetryWait, clock, abandon);
                }
                catch (OperationCanceledException)
                {
                    return [];
                }
            }
            catch (OperationCanceledException)
            {
                return [];
            }
        }
    }

    private sealed record Turn(MailEntry? Done, LeasedMail? Next, TaskCompletionSource<bool> Answer);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The database does not take the results of {Count} mails; sending waits.")]
        public static partial void DatabaseAway(ILogger logger, int count, Exception exception);
    }
}
