using System.Threading.Channels;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MonozukuriTown.Mail;
using Npgsql;

namespace MonozukuriTown.Core.Mailings;

/// <summary>
/// Sends what stands in the outgoing rows. Two lanes: one connection serves essential mail alone, the others take it first.
/// At most one row per connection is ever in <c>Sending</c>; a mail whose connection broke inside its body is never sent again by itself.
/// </summary>
public sealed partial class MailDispatcher : BackgroundService
{
    private const int BatchMax = 200;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(400);

    /// <summary>How often the essential lane is looked at: part of the second in which it overtakes a mailing.</summary>
    private static readonly TimeSpan EssentialPoll = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Trouble = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ReconnectMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(5);

    private readonly MailStore _store;
    private readonly MailComposer _composer;
    private readonly IMailTransport _transport;
    private readonly MailOptions _options;
    private readonly MailHealth _health;
    private readonly Refusals _refusals;
    private readonly TimeProvider _clock;
    private readonly ILogger<MailDispatcher> _logger;
    private readonly MailJournal _journal;
    private readonly RateLimiter? _pace;
    private readonly Dictionary<MailLane, Channel<Job>> _lanes = new()
    {
        [MailLane.Essential] = Channel.CreateUnbounded<Job>(),
        [MailLane.Mailing] = Channel.CreateUnbounded<Job>(),
    };

    public MailDispatcher(
        MailStore store, MailComposer composer, IMailTransport transport, IOptions<MailOptions> options, MailHealth health, Refusals refusals, TimeProvider clock, ILoggerFactory loggers)
    {
        _store = store;
        _composer = composer;
        _transport = transport;
        _options = options.Value;
        _health = health;
        _refusals = refusals;
        _clock = clock;
        _logger = loggers.CreateLogger<MailDispatcher>();
        // A minute more than the transport itself waits for the reply to a body.
        _journal = new(store, clock, TimeSpan.FromSeconds(_options.Server.BodySeconds + 60), loggers.CreateLogger<MailJournal>());
        _pace = _options.RatePerSecond == 0 ? null : new TokenBucketRateLimiter(new()
        {
            TokenLimit = Math.Max(1, _options.RatePerSecond / 10),
            TokensPerPeriod = Math.Max(1, _options.RatePerSecond / 10),
            ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, _options.RatePerSecond / 10) / (double)_options.RatePerSecond),
            QueueLimit = int.MaxValue,
        });
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Log.Started(_logger, _transport.Name, _options.Connections);
        using var abandon = new CancellationTokenSource();
        var journal = _journal.RunAsync(abandon.Token);
        List<Task> workers = [];
        for (var i = 0; i < _options.Connections; i++)
            workers.Add(WorkAsync(essentialOnly: i == 0 && _options.Connections > 1, stoppingToken));
        try
        {
            var perLease = _options.RatePerSecond == 0 ? BatchMax : Math.Clamp(_options.RatePerSecond * _options.LeaseSeconds / 4, 1, BatchMax);
            var feeds = Task.WhenAll(
                FeedAsync(MailLane.Essential, BatchMax, EssentialPoll, stoppingToken), FeedAsync(MailLane.Mailing, perLease, Poll, stoppingToken), SweepAsync(stoppingToken));
            // None of them ends before it is asked to. One that fails takes the program with it: mail that stands still in silence is worse.
            await await Task.WhenAny([feeds, journal, .. workers]);
            await feeds;
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
        await Task.WhenAll(workers);
        await ReturnUnsentAsync();
        _journal.Close();
        abandon.CancelAfter(ShutdownPatience);
        await journal;
        _pace?.Dispose();
    }

    // Keeps a little work in hand: enough for the connections, so little that a restart or a pause matters to few. Each lane is fed by itself:
    // an essential mail waits for no lease of a mailing.
    private async Task FeedAsync(MailLane lane, int batch, TimeSpan poll, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var wait = Breath;
            try
            {
                // A lane that had nothing is not asked again at once; one that is well supplied is looked at again before its connections run dry.
                if (_lanes[lane].Reader.Count <= batch / 2 && await RefillAsync(lane, batch, stop) == 0)
                    wait = poll;
                _health.DatabaseAnswers();
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                if (_health.DatabaseFails())
                    Log.FeedFails(_logger, e);
                wait = Trouble;
            }
            await Task.Delay(wait, _clock, stop);
        }
    }

    private async Task<int> RefillAsync(MailLane lane, int batch, CancellationToken stop)
    {
        // While the server can't be reached a lease would only run out; one row tries whether it is back.
        if (_health.Server != MailHealth.ServerState.Answers)
            batch = _health.Server == MailHealth.ServerState.OnTrial && _lanes[lane].Reader.Count == 0 ? 1 : 0;
        if (batch == 0)
            return 0;
        var mails = await _store.LeaseAsync(lane, batch, TimeSpan.FromSeconds(_options.LeaseSeconds), stop);
        if (mails.Count == 0)
            return 0;
        var bodies = (await _store.BodiesAsync([.. mails.Select(m => m.BodyId).Distinct()], stop)).ToDictionary(b => b.Id);
        foreach (var mail in mails)
            _lanes[lane].Writer.TryWrite(new(mail, bodies[mail.BodyId]));
        return mails.Count;
    }

    private async Task SweepAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var lost = await _store.GiveUpAsync(stop);
                if (lost > 0)
                {
                    Log.Uncertain(_logger, lost);
                    await _health.UncertainAsync(stop);
                }
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                // The feed of the lanes says so.
            }
            await Task.Delay(SweepEvery, _clock, stop);
        }
    }

    private async Task WorkAsync(bool essentialOnly, CancellationToken stop)
    {
        IMailConnection? connection = null;
        MailEntry? done = null;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                if (!TryTake(essentialOnly, out var job))
                {
                    if (done is not null)
                        await _journal.TurnAsync(done, null);
                    done = null;
                    await WaitAsync(essentialOnly, stop);
                    continue;
                }
                if (Compose(job) is not { } mail)
                {
                    await FlushAsync();
                    done = new(job.Mail, MailState.Failed, null, "This mail could not be composed; see the log.", TimeSpan.Zero);
                    continue;
                }
                if (connection is not { IsUsable: true })
                {
                    await FlushAsync();
                    connection = await ReconnectAsync(connection, job, stop);
                    if (connection is null)
                        continue;
                }
                if (_pace is not null && job.Mail.Lane is nameof(MailLane.Mailing))
                {
                    await FlushAsync();
                    using var permit = await _pace.AcquireAsync(1, stop);
                }
                var may = await _journal.TurnAsync(done, job.Mail);
                done = null;
                if (!may)
                {
                    // The lane was paused or the lease ran out: back it goes, if it is still ours to give.
                    done = new(job.Mail, MailState.Queued, null, null, TimeSpan.Zero);
                    continue;
                }
                (done, var broken) = await SendAsync(connection, job.Mail, mail);
                if (done.State == MailState.Uncertain)
                    connection = await LeaveAsync(connection);
                if (broken is not null)
                {
                    await FlushAsync();
                    await WaitForServerAsync(broken, stop);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop; what was done is written down below.
        }
        finally
        {
            await FlushAsync();
            await LeaveAsync(connection);
        }

        async Task FlushAsync()
        {
            if (done is null)
                return;
            await _journal.TurnAsync(done, null);
            done = null;
        }
    }

    private bool TryTake(bool essentialOnly, out Job job) =>
        _lanes[MailLane.Essential].Reader.TryRead(out job!) || (!essentialOnly && _lanes[MailLane.Mailing].Reader.TryRead(out job!));

    private async Task WaitAsync(bool essentialOnly, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var essential = _lanes[MailLane.Essential].Reader.WaitToReadAsync(either.Token).AsTask();
        if (essentialOnly)
        {
            await essential;
            return;
        }
        await Task.WhenAny(essential, _lanes[MailLane.Mailing].Reader.WaitToReadAsync(either.Token).AsTask());
        await either.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }

    private OutboundMail? Compose(Job job)
    {
        try
        {
            return _composer.Compose(job.Mail, job.Body);
        }
        catch (Exception e)
        {
            // Whatever it is, it is this mail's; the next one is another.
            Log.NotComposed(_logger, job.Mail.Id, e);
            return null;
        }
    }

    // Null when there is no connection: the row goes back as it came, and nobody is worse off than before.
    private async Task<IMailConnection?> ReconnectAsync(IMailConnection? old, Job job, CancellationToken stop)
    {
        try
        {
            await LeaveAsync(old);
            return await _transport.ConnectAsync(stop);
        }
        catch (Exception e)
        {
            await _journal.TurnAsync(new(job.Mail, MailState.Queued, null, null, TimeSpan.Zero), null);
            if (e is OperationCanceledException && stop.IsCancellationRequested)
                throw;
            // Others than its own are faults of ours; to the mails it is all the same.
            if (e is not MailTransportException)
                Log.Fault(_logger, e);
            await WaitForServerAsync(e.Message, stop);
            return null;
        }
    }

    private async Task<IMailConnection?> LeaveAsync(IMailConnection? connection)
    {
        try
        {
            if (connection is not null)
                await connection.DisposeAsync();
        }
        catch (Exception e)
        {
            Log.Fault(_logger, e);
        }
        return null;
    }

    private async Task WaitForServerAsync(string reason, CancellationToken stop)
    {
        var (first, failures) = await _health.ServerAwayAsync(reason, stop);
        if (first)
            Log.ServerAway(_logger, _transport.Name, reason);
        await _health.WaitAsync(TimeSpan.FromSeconds(Math.Min(ReconnectMax.TotalSeconds, Math.Pow(2, Math.Min(failures, 10) - 1))), _clock, stop);
    }

    // The second half says why, when it was the way out and not this mail that failed.
    private async Task<(MailEntry Entry, string? Broken)> SendAsync(IMailConnection connection, LeasedMail row, OutboundMail mail)
    {
        // Not cancelled by a shutdown: one mail takes moments, and its transport has a limit of its own.
        MailResult result;
        try
        {
            result = await connection.SendAsync(mail, CancellationToken.None);
        }
        catch (Exception e)
        {
            // A fault of ours. Whether the body had begun nobody knows; a worker that died of it would send no other mail either.
            Log.Fault(_logger, e);
            result = new(MailOutcome.Uncertain, MailStage.Content, null, null, "The program failed while it sent this mail; see the log.");
        }
        var entry = MailVerdict.Of(row, result, _clock.GetUtcNow(), TimeSpan.FromHours(_options.RetryHours));
        var lane = Enum.Parse<MailLane>(row.Lane);
        if (result.Outcome == MailOutcome.Accepted)
            _refusals.Accepted();
        else if (entry.State == MailState.Failed)
            await _refusals.TakeAsync(row, result);
        if (_health.Count(lane, result) >= _options.StopAfterRefusals && lane == MailLane.Mailing)
            await StopAsync(lane, result.Words);
        if (entry.State == MailState.Uncertain)
            await _health.UncertainAsync(CancellationToken.None);
        var broken = result is { Outcome: MailOutcome.RefusedForNow, Stage: MailStage.Connection };
        if (!broken && _health.Server != MailHealth.ServerState.Answers && await _health.ServerBackAsync(CancellationToken.None))
            Log.ServerBack(_logger, _transport.Name);
        return (entry, broken ? result.Words : null);
    }

    private async Task StopAsync(MailLane lane, string words)
    {
        await _refusals.TakeBackAsync();
        try
        {
            var mine = await _store.StopAsync(lane, words, CancellationToken.None);
            _health.CountAnew(lane);
            if (!mine)
                return;
            Log.Stopped(_logger, _options.StopAfterRefusals);
            await _health.StoppedAsync(words, CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The journal waits for the database, and the next refusal stops the lane.
        }
    }

    private async Task ReturnUnsentAsync()
    {
        foreach (var channel in _lanes.Values)
        {
            while (channel.Reader.TryRead(out var job))
                _ = _journal.TurnAsync(new(job.Mail, MailState.Queued, null, null, TimeSpan.Zero), null);
        }
    }

    private sealed record Job(LeasedMail Mail, LeasedBody Body);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Mail leaves by {Transport} on {Connections} connections.")]
        public static partial void Started(ILogger logger, string transport, int connections);

        [LoggerMessage(2, LogLevel.Error, "The outgoing rows can't be read; sending waits.")]
        public static partial void FeedFails(ILogger logger, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "{Transport} can't be reached; mail waits: {Reason}")]
        public static partial void ServerAway(ILogger logger, string transport, string reason);

        [LoggerMessage(4, LogLevel.Information, "{Transport} answers again; mail goes on.")]
        public static partial void ServerBack(ILogger logger, string transport);

        [LoggerMessage(5, LogLevel.Warning, "{Count} mails were being sent when their program stopped; they are uncertain now.")]
        public static partial void Uncertain(ILogger logger, int count);

        [LoggerMessage(6, LogLevel.Error, "Mail {Id} could not be composed.")]
        public static partial void NotComposed(ILogger logger, long id, Exception exception);

        [LoggerMessage(7, LogLevel.Error, "{Count} mails in a row were not taken: mailings are stopped until a person resumes them.")]
        public static partial void Stopped(ILogger logger, int count);

        [LoggerMessage(8, LogLevel.Error, "The program failed while it sent mail.")]
        public static partial void Fault(ILogger logger, Exception exception);
    }
}
