using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Work;
using MonozukuriTown.Mail;

namespace MonozukuriTown.Core.Mailings;

/// <summary>What this node's dispatcher knows about the state of sending, and whom it tells: today's work when a person is needed.</summary>
public sealed partial class MailHealth(IServiceScopeFactory scopes, TownClock clock, ILogger<MailHealth> logger)
{
    internal const string UncertainWork = "mail.uncertain";
    internal const string StoppedWork = "mail.stopped";
    private const string ServerWork = "mail.server";
    private const string StaffPage = "/staff/mailbox";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<MailLane, int> _refusals = new();
    private readonly Lock _lock = new();
    private DateTimeOffset? _awaySince;
    private int _failures;
    private bool _told;
    private bool _databaseFails;
    private TaskCompletionSource _back = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public enum ServerState
    {
        Answers,
        Away,

        /// <summary>Away, but its time to be tried has come.</summary>
        OnTrial,
    }

    public ServerState Server { get; private set; }

    /// <summary>Why nothing can leave just now; null when all is well.</summary>
    public string? Problem { get; private set; }

    /// <summary>
    /// Mails in a row in this lane that a server did not take, this one included: refused, or broken off inside the body. A connection that broke before it is
    /// no word about mails.
    /// </summary>
    public int Count(MailLane lane, MailResult result) => result switch
    {
        { Outcome: MailOutcome.Accepted } => _refusals[lane] = 0,
        { Outcome: MailOutcome.RefusedForGood or MailOutcome.Uncertain } => _refusals.AddOrUpdate(lane, 1, (_, n) => n + 1),
        { Outcome: MailOutcome.RefusedForNow, Stage: not MailStage.Connection } => _refusals.AddOrUpdate(lane, 1, (_, n) => n + 1),
        _ => _refusals.GetValueOrDefault(lane),
    };

    /// <summary>The lane stands still: who lets it go again is not to find it stopped by the next dead address.</summary>
    public void CountAnew(MailLane lane) => _refusals[lane] = 0;

    /// <summary>True the first time in a row. Connections that break together are one failure: or many of them would make the next try a late one.</summary>
    public async Task<(bool First, int Failures)> ServerAwayAsync(string reason, CancellationToken cancellation)
    {
        bool first, tell;
        int failures;
        lock (_lock)
        {
            first = _awaySince is null;
            _awaySince ??= clock.Now;
            if (first)
                _back = new(TaskCreationOptions.RunContinuationsAsynchronously);
            failures = Server == ServerState.Away ? _failures : ++_failures;
            tell = !_told && clock.Now - _awaySince > Patience;
            _told |= tell;
            Server = ServerState.Away;
            Problem = reason;
        }
        if (tell)
            await WorkAsync(work => work.OpenAsync(Item(ServerWork, "メールの送信サーバーにつながりません。つながるまで、メールは送らずに待っています。"), cancellation), cancellation);
        return (first, failures);
    }

    /// <summary>Waits for another try, or until a connection that tried earlier found the server back.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellation)
    {
        Task back;
        lock (_lock)
            back = Server == ServerState.Answers ? Task.CompletedTask : _back.Task;
        try
        {
            await back.WaitAsync(longest, time, cancellation);
        }
        catch (TimeoutException)
        {
            // Still away: time to look again.
        }
        TryAgain();
    }

    private void TryAgain()
    {
        lock (_lock)
        {
            if (Server == ServerState.Away)
                Server = ServerState.OnTrial;
        }
    }

    /// <summary>True when it was away.</summary>
    public async Task<bool> ServerBackAsync(CancellationToken cancellation)
    {
        bool wasAway, told;
        lock (_lock)
        {
            (wasAway, told) = (_awaySince is not null, _told);
            (_awaySince, _failures, _told, Problem, Server) = (null, 0, false, null, ServerState.Answers);
            _back.TrySetResult();
        }
        if (told)
            await WorkAsync(work => work.CloseAsync(ServerWork, "", cancellation), cancellation);
        return wasAway;
    }

    /// <summary>True the first time in a row.</summary>
    public bool DatabaseFails() => !_databaseFails && (_databaseFails = true);

    public void DatabaseAnswers() => _databaseFails = false;

    public Task UncertainAsync(CancellationToken cancellation) => WorkAsync(
        work => work.OpenAsync(Item(UncertainWork, "送れたかどうかわからないメールがあります。相手に確かめて、もう一度送るかどうかを決めてください。"), cancellation), cancellation);

    public Task StoppedAsync(string words, CancellationToken cancellation) => WorkAsync(
        work => work.OpenAsync(Item(StoppedWork, ShortText.Of($"続けて送れなかったため、配信を止めました。相手のサーバーの返事：{words}", WorkItem.ReasonMax)), cancellation), cancellation);

    private WorkItem Item(string kind, string reason) => new() { Kind = kind, Subject = "", Reason = reason, Due = clock.Today, Link = StaffPage };

    // Telling people must never stop the sending: the state of the rows says it too.
    private async Task WorkAsync(Func<TodaysWork, Task> tell, CancellationToken cancellation)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Actor>().Name = "mail";
            await tell(scope.ServiceProvider.GetRequiredService<TodaysWork>());
            await scope.ServiceProvider.GetRequiredService<TownDbContext>().SaveChangesAsync(cancellation);
        }
        catch (Exception e) when (e is DbException or DbUpdateException or InvalidOperationException)
        {
            Log.NotTold(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A row of today's work about mail could not be saved.")]
        public static partial void NotTold(ILogger logger, Exception exception);
    }
}
