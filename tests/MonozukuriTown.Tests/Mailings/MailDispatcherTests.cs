using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail;
using MonozukuriTown.Tests.Support;
using Npgsql;
using static MonozukuriTown.Tests.Mailings.ScriptedTransport;

namespace MonozukuriTown.Tests.Mailings;

/// <summary>Each test has a database of its own: a dispatcher takes whatever it finds.</summary>
public sealed class MailDispatcherTests : IAsyncLifetime
{
    private readonly TestDatabase database = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => database.InitializeAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private async Task QueueAsync(int count, MailLane lane = MailLane.Mailing, string prefix = "r", string? list = "newsletter", int? mailing = 1)
    {
        await using var db = database.Open();
        var body = new MailBody { Title = "件名 {{name}}", Text = "本文 {{name}}\n", CreatedAt = DateTimeOffset.UtcNow };
        for (var i = 0; i < count; i++)
        {
            var address = EmailAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"{prefix}{i}@example.jp"));
            db.Add(new OutgoingMail
            {
                Lane = lane,
                State = MailState.Queued,
                Kind = "test",
                Subject = prefix + i,
                MailingId = lane == MailLane.Mailing ? mailing : null,
                List = list,
                Address = address.Value,
                AddressKey = address.Key,
                RecipientName = "宛先",
                Body = body,
                Fields = { ["name"] = prefix + i },
                CreatedAt = DateTimeOffset.UtcNow,
                NextAttemptAt = DateTimeOffset.UtcNow.AddSeconds(-1),
            });
        }
        await db.SaveChangesAsync(Stop);
    }

    private async Task<Dictionary<MailState, int>> StatesAsync()
    {
        await using var db = database.Open();
        return await db.Set<OutgoingMail>().GroupBy(m => m.State).ToDictionaryAsync(g => g.Key, g => g.Count(), Stop);
    }

    private Task UntilStateAsync(MailState state, int count) => MailHouse.UntilAsync(
        async () => (await StatesAsync()).GetValueOrDefault(state) == count, $"{count} rows are {state}");

    private async Task SqlAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(database.Connection);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }

    [Fact]
    public async Task Send_ByTwoDispatchersAtOnce_EachMailGoesOnce()
    {
        await QueueAsync(600);
        var transport = new ScriptedTransport();
        await using var first = new MailHouse(database, transport);
        await using var second = new MailHouse(database, transport);
        await Task.WhenAll(first.StartAsync(), second.StartAsync());
        await UntilStateAsync(MailState.Sent, 600);
        Assert.Equal(600, transport.Accepted.Count);
        Assert.All(transport.Accepted.Values, times => Assert.Equal(1, times));
        Assert.All(transport.Mails, m => Assert.Equal("件名 " + m.Recipient.Local, m.Message.Subject));
        await using var db = database.Open();
        var row = await db.Set<OutgoingMail>().FirstAsync(Stop);
        Assert.Equal((1, 250, "2.0.0 queued"), (row.Attempts, row.ServerCode, row.ServerWords));
        Assert.NotNull(row.FinishedAt);
    }

    [Fact]
    public async Task Send_EachOutcome_EndsInItsState()
    {
        await QueueAsync(5);
        var transport = new ScriptedTransport(mail => mail.Recipient.Local switch
        {
            "r0" => new(MailOutcome.RefusedForGood, MailStage.Recipient, 550, "5.1.1", "5.1.1 no such user"),
            "r1" => new(MailOutcome.RefusedForNow, MailStage.Recipient, 451, "4.7.1", "4.7.1 greylisted \0\uD83D"),
            "r2" => new(MailOutcome.Uncertain, MailStage.Content, null, null, "broken"),
            _ => Yes,
        });
        await using var house = new MailHouse(database, transport);
        await house.StartAsync();
        await UntilStateAsync(MailState.Sent, 2);
        await UntilStateAsync(MailState.Uncertain, 1);
        await house.StopAsync();
        await using var db = database.Open();
        var rows = await db.Set<OutgoingMail>().ToDictionaryAsync(m => m.Address.Split('@')[0], Stop);
        Assert.Equal((MailState.Failed, 550, "5.1.1 no such user"), (rows["r0"].State, rows["r0"].ServerCode, rows["r0"].ServerWords));
        Assert.Equal(MailState.Deferred, rows["r1"].State);
        Assert.InRange((rows["r1"].NextAttemptAt - rows["r1"].FinishedAt!.Value).TotalSeconds, 60, 75);
        Assert.Equal(MailState.Uncertain, rows["r2"].State);
        Assert.Equal(1, transport.Mails.Count(m => m.Recipient.Local == "r2"));
        Assert.True(await db.WorkItems.AnyAsync(w => w.Kind == "mail.uncertain" && w.ClosedAt == null, Stop));
    }

    [Fact]
    public async Task Send_DeferredAgain_KeepsEveryAnswerOnRecord()
    {
        await QueueAsync(1);
        var answers = new Queue<MailResult>([
            new(MailOutcome.RefusedForNow, MailStage.Recipient, 451, null, "first"), new(MailOutcome.RefusedForNow, MailStage.Recipient, 452, null, "second"), Yes]);
        await using var house = new MailHouse(database, new ScriptedTransport(_ => answers.Dequeue()));
        await house.StartAsync();
        for (var i = 1; i <= 2; i++)
        {
            var attempts = i;
            await MailHouse.UntilAsync(async () =>
            {
                await using var db = database.Open();
                return await db.Set<OutgoingMail>().AnyAsync(m => m.State == MailState.Deferred && m.Attempts == attempts, Stop);
            }, "it is deferred");
            await SqlAsync("update outgoing_mail set next_attempt_at = now()");
        }
        await UntilStateAsync(MailState.Sent, 1);
        await using var context = database.Open();
        var row = await context.Set<OutgoingMail>().SingleAsync(Stop);
        Assert.Equal(3, row.Attempts);
        Assert.Contains("first", row.History, StringComparison.Ordinal);
        Assert.Contains("second", row.History, StringComparison.Ordinal);
        Assert.Equal("2.0.0 queued", row.ServerWords);
    }

    [Fact]
    public async Task Send_DispatcherKilledWhileSending_IsUncertainAndNeverSentAgain()
    {
        await QueueAsync(3);
        var store = new MailHouse(database, new ScriptedTransport());
        var leased = await store.Get<MailStore>().LeaseAsync(MailLane.Mailing, 2, TimeSpan.FromSeconds(1), Stop);
        Assert.Equal(2, leased.Count);
        Assert.Equal([leased[0].Id], await store.Get<MailStore>().RecordAsync([leased[0]], [], TimeSpan.FromSeconds(1), Stop));
        await Task.Delay(1200, Stop);

        // That dispatcher is gone. Another one starts.
        var transport = new ScriptedTransport();
        await using var house = new MailHouse(database, transport);
        await house.StartAsync();
        await UntilStateAsync(MailState.Sent, 2);
        await UntilStateAsync(MailState.Uncertain, 1);
        Assert.DoesNotContain(transport.Mails, m => m.Recipient.Value == leased[0].Address);

        // The dead one was only slow: it may still say what it knows, and nothing else.
        Assert.Empty(await store.Get<MailStore>().RecordAsync([leased[1]], [new(leased[0], MailState.Sent, 250, "late", TimeSpan.Zero)], TimeSpan.FromSeconds(1), Stop));
        await UntilStateAsync(MailState.Sent, 3);
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Record_ForeignOrExpiredLease_MovesNothing()
    {
        await QueueAsync(1);
        await using var house = new MailHouse(database, new ScriptedTransport());
        var store = house.Get<MailStore>();
        var old = Assert.Single(await store.LeaseAsync(MailLane.Mailing, 10, TimeSpan.FromMilliseconds(1), Stop));
        await Task.Delay(50, Stop);
        Assert.Empty(await store.RecordAsync([old], [], TimeSpan.FromMinutes(1), Stop));
        var mine = Assert.Single(await store.LeaseAsync(MailLane.Mailing, 10, TimeSpan.FromMinutes(1), Stop));
        Assert.Empty(await store.LeaseAsync(MailLane.Mailing, 10, TimeSpan.FromMinutes(1), Stop));
        Assert.Empty(await store.RecordAsync([old], [new(old, MailState.Sent, 250, "x", TimeSpan.Zero)], TimeSpan.FromMinutes(1), Stop));
        Assert.Equal(1, (await StatesAsync())[MailState.Leased]);
        // The mark may be repeated when its answer was lost, as long as it is this lease's.
        Assert.Equal([mine.Id], await store.RecordAsync([mine], [], TimeSpan.FromMinutes(1), Stop));
        Assert.Equal([mine.Id], await store.RecordAsync([mine], [], TimeSpan.FromMinutes(1), Stop));
        Assert.Equal(1, (await StatesAsync())[MailState.Sending]);
    }

    [Fact]
    public async Task Lease_SuppressedAddress_NeverLeavesButEssentialMailDoes()
    {
        await QueueAsync(3);
        await QueueAsync(2, MailLane.Essential, list: null);
        await using (var db = database.Open())
        {
            db.Add(new Suppression { AddressKey = "r0@example.jp", Reason = SuppressionReason.Left, Since = DateTimeOffset.UtcNow });
            db.Add(new Suppression { AddressKey = "r1@example.jp", List = "other", Reason = SuppressionReason.Left, Since = DateTimeOffset.UtcNow });
            db.Add(new Suppression { AddressKey = "r2@example.jp", List = "newsletter", Reason = SuppressionReason.Left, Since = DateTimeOffset.UtcNow, LiftedAt = DateTimeOffset.UtcNow });
            await db.SaveChangesAsync(Stop);
        }
        var transport = new ScriptedTransport();
        await using var house = new MailHouse(database, transport);
        await house.StartAsync();
        await UntilStateAsync(MailState.Sent, 4);
        await UntilStateAsync(MailState.Suppressed, 1);
        Assert.Equal(["r0", "r0", "r1", "r1", "r2"], transport.Mails.Select(m => m.Recipient.Local).Append("r0").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Send_TwentyRefusalsInARow_StopsMailingsUntilResumed()
    {
        await QueueAsync(60);
        var refuse = true;
        var transport = new ScriptedTransport(_ => refuse ? new(MailOutcome.RefusedForGood, MailStage.Sender, 554, "5.7.1", "5.7.1 your IP is listed") : Yes);
        await using var house = new MailHouse(database, transport, new() { ["Mail:Connections"] = "2" });
        await house.StartAsync();
        await MailHouse.UntilAsync(async () =>
        {
            await using var db = database.Open();
            return await db.WorkItems.AnyAsync(w => w.Kind == "mail.stopped", Stop);
        }, "the lane stops");
        await MailHouse.UntilAsync(() => Task.FromResult(transport.Busy == 0), "nothing is under way");
        await using (var db = database.Open())
        {
            Assert.Contains("your IP is listed", (await db.WorkItems.SingleAsync(w => w.Kind == "mail.stopped", Stop)).Reason, StringComparison.Ordinal);
            Assert.Equal(SwitchState.Stopped, (await db.Set<MailSwitch>().SingleAsync(s => s.Lane == MailLane.Mailing, Stop)).State);
            Assert.Contains("your IP is listed", (await db.Set<MailSwitch>().SingleAsync(s => s.Lane == MailLane.Mailing, Stop)).Reason, StringComparison.Ordinal);
        }
        var met = transport.Mails.Count;
        Assert.InRange(met, 20, 59);
        refuse = false;
        await QueueAsync(1, MailLane.Essential, "e", list: null);
        await UntilStateAsync(MailState.Sent, 1);
        await SqlAsync("update mail_switch set state = 'Running'");
        await MailHouse.UntilAsync(async () => (await StatesAsync()).GetValueOrDefault(MailState.Sent) == 61 - met, "the rest leaves");
    }

    [Fact]
    public async Task Send_ServerGone_WaitsAndGoesOnByItself()
    {
        await QueueAsync(5);
        var transport = new ScriptedTransport { Away = "nobody there" };
        await using var house = new MailHouse(database, transport);
        await house.StartAsync();
        await MailHouse.UntilAsync(() => Task.FromResult(house.Get<MailHealth>().Problem is not null), "it notices");
        Assert.Equal("nobody there", house.Get<MailHealth>().Problem);
        Assert.Empty(transport.Mails);
        transport.Away = null;
        await UntilStateAsync(MailState.Sent, 5);
        Assert.Null(house.Get<MailHealth>().Problem);
        await using var db = database.Open();
        Assert.All(await db.Set<OutgoingMail>().ToListAsync(Stop), row => Assert.Equal(1, row.Attempts));
        Assert.Single(house.Logs.Lines, line => line.Contains("can't be reached", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_EssentialMail_WaitsForNoMailingThatHangs()
    {
        await QueueAsync(40);
        var gate = new TaskCompletionSource();
        var transport = new ScriptedTransport(async mail =>
        {
            if (!mail.Recipient.Local.StartsWith("urgent", StringComparison.Ordinal))
                await gate.Task;
            return Yes;
        });
        await using var house = new MailHouse(database, transport, new() { ["Mail:Connections"] = "4" });
        await house.StartAsync();
        // Every connection that mailings may use is inside a body that does not end.
        await MailHouse.UntilAsync(() => Task.FromResult(transport.Busy == 3), "the mailing hangs");
        await QueueAsync(5, MailLane.Essential, "urgent", list: null);
        await UntilStateAsync(MailState.Sent, 5);
        Assert.Equal(3, transport.Busy);
        Assert.All(transport.Accepted.Keys, address => Assert.StartsWith("urgent", address, StringComparison.Ordinal));
        gate.SetResult();
        await UntilStateAsync(MailState.Sent, 45);
    }

    [Fact]
    public async Task Send_EssentialMailOnTheOnlyConnection_IsTheVeryNext()
    {
        await QueueAsync(40);
        var gate = new TaskCompletionSource();
        var transport = new ScriptedTransport(async _ =>
        {
            await gate.Task;
            return Yes;
        });
        await using var house = new MailHouse(database, transport, new() { ["Mail:Connections"] = "1" });
        await house.StartAsync();
        await MailHouse.UntilAsync(() => Task.FromResult(transport.Busy == 1), "the mailing has begun, its other rows are in hand");
        await QueueAsync(1, MailLane.Essential, "urgent", list: null);
        await MailHouse.UntilAsync(async () =>
        {
            await using var db = database.Open();
            return await db.Set<OutgoingMail>().AnyAsync(m => m.Lane == MailLane.Essential && m.State == MailState.Leased, Stop);
        }, "the urgent one is in hand");
        gate.SetResult();
        await UntilStateAsync(MailState.Sent, 41);
        Assert.Equal("urgent0", transport.Mails.ElementAt(1).Recipient.Local);
    }

    [Fact]
    public async Task Send_EachBody_OnlyAfterItsMarkAndTheResultBeforeItAreOnDisk()
    {
        const int Connections = 5;
        await QueueAsync(120);
        var witness = new WitnessTransport(async (mail, before) =>
        {
            await using var db = database.Open();
            var now = await db.Set<OutgoingMail>().Where(m => m.State == MailState.Sending || m.Address == before).Select(m => new { m.Address, m.State }).ToListAsync(Stop);
            Assert.Contains(now, row => row.Address == mail && row.State == MailState.Sending);
            Assert.True(now.Count(row => row.State == MailState.Sending) <= Connections, "more rows in sending than connections");
            if (before is not null)
                Assert.Equal(MailState.Sent, now.Single(row => row.Address == before).State);
        });
        await using var house = new MailHouse(database, witness, new() { ["Mail:Connections"] = $"{Connections}" });
        await house.StartAsync();
        await UntilStateAsync(MailState.Sent, 120);
        Assert.Empty(witness.Failures);
        // Long-lived: a connection for each worker that had something to do, and no more.
        Assert.InRange(witness.Opened, 1, Connections);
    }

    [Fact]
    public async Task Record_TurnsOfManyConnections_AreOneTransaction()
    {
        await QueueAsync(20);
        await using var house = new MailHouse(database, new ScriptedTransport());
        var store = house.Get<MailStore>();
        var mine = await store.LeaseAsync(MailLane.Mailing, 20, TimeSpan.FromMinutes(1), Stop);
        Assert.Equal(10, (await store.RecordAsync([.. mine.Take(10)], [], TimeSpan.FromMinutes(1), Stop)).Count);
        var journal = new MailJournal(store, TimeProvider.System, TimeSpan.FromMinutes(1), Microsoft.Extensions.Logging.Abstractions.NullLogger<MailJournal>.Instance);
        var turns = mine.Take(10).Zip(mine.Skip(10), (done, next) => journal.TurnAsync(new(done, MailState.Sent, 250, "ok", TimeSpan.Zero), next)).ToList();
        journal.Close();
        await journal.RunAsync(Stop);
        Assert.All(await Task.WhenAll(turns), Assert.True);
        await using var db = database.Open();
        Assert.Single(await db.Database.SqlQuery<string>($"select distinct xmin::text as \"Value\" from outgoing_mail").ToListAsync(Stop));
        Assert.Equal((10, 10), ((await StatesAsync())[MailState.Sent], (await StatesAsync())[MailState.Sending]));
    }

    [Fact]
    public async Task Pause_MidMailing_LeavesTheRestWhereItIsAndResumeGoesOn()
    {
        await QueueAsync(300);
        var transport = new ScriptedTransport(async _ =>
        {
            await Task.Delay(2, Stop);
            return Yes;
        });
        await using var house = new MailHouse(database, transport);
        await house.StartAsync();
        await MailHouse.UntilAsync(() => Task.FromResult(transport.Accepted.Count > 10), "the mailing runs");
        await house.InScope(async services =>
        {
            await services.GetRequiredService<MailDesk>().SwitchAsync(MailLane.Mailing, run: false, Stop);
            return 0;
        });
        await MailHouse.UntilAsync(async () => transport.Busy == 0 && (await StatesAsync()).GetValueOrDefault(MailState.Sending) == 0, "what was under way is done");
        var met = transport.Accepted.Count;
        Assert.InRange(met, 10, 299);
        // A paused lane hands out nothing, whatever was in hand.
        Assert.Empty(await house.Get<MailStore>().LeaseAsync(MailLane.Mailing, 10, TimeSpan.FromMinutes(1), Stop));
        await QueueAsync(3, MailLane.Essential, "e", list: null);
        await MailHouse.UntilAsync(() => Task.FromResult(transport.Accepted.Count == met + 3), "essential mail still leaves");
        await house.InScope(async services =>
        {
            await services.GetRequiredService<MailDesk>().SwitchAsync(MailLane.Mailing, run: true, Stop);
            return 0;
        });
        await UntilStateAsync(MailState.Sent, 303);
        Assert.All(transport.Accepted.Values, times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task Send_AtARate_IsNotFaster()
    {
        await QueueAsync(30);
        var transport = new ScriptedTransport();
        await using var house = new MailHouse(database, transport, new() { ["Mail:RatePerSecond"] = "10" });
        var clock = Stopwatch.StartNew();
        await house.StartAsync();
        await UntilStateAsync(MailState.Sent, 30);
        Assert.InRange(clock.Elapsed.TotalSeconds, 2.5, 30);
    }

    [Fact]
    public async Task Stop_WhileSending_FinishesThatMailAndGivesTheRestBack()
    {
        await QueueAsync(50);
        var gate = new TaskCompletionSource();
        var transport = new ScriptedTransport(async _ =>
        {
            await gate.Task;
            return Yes;
        });
        await using var house = new MailHouse(database, transport, new() { ["Mail:Connections"] = "1" });
        await house.StartAsync();
        await MailHouse.UntilAsync(() => Task.FromResult(transport.Busy == 1), "one is under way");
        var stopping = house.StopAsync();
        gate.SetResult();
        await stopping;
        var states = await StatesAsync();
        Assert.Equal(1, states[MailState.Sent]);
        Assert.Equal(49, states[MailState.Queued]);
    }

    [Fact]
    public async Task Send_RowThatCannotBeComposed_FailsAloneAndSaysSo()
    {
        await QueueAsync(3);
        await SqlAsync("update outgoing_mail set address = 'not an address' where subject = 'r1'");
        await using var house = new MailHouse(database, new ScriptedTransport());
        await house.StartAsync();
        await UntilStateAsync(MailState.Sent, 2);
        await UntilStateAsync(MailState.Failed, 1);
        Assert.Contains(house.Logs.Lines, line => line.Contains("could not be composed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 60, false)]
    [InlineData(3, 1800, false)]
    [InlineData(50, 14_400, false)]
    [InlineData(20, 0, true)]
    public void Verdict_RefusedForNow_WaitsLongerAndEndsAfterThreeDays(int attempts, int atLeast, bool tooOld)
    {
        var now = DateTimeOffset.UtcNow;
        var mail = new LeasedMail
        {
            Id = 7,
            Lease = Guid.Empty,
            Lane = "Mailing",
            Address = "",
            RecipientName = "",
            BodyId = 1,
            Fields = "",
            Links = "",
            Attempts = attempts,
            CreatedAt = tooOld ? now.AddDays(-3) : now,
        };
        var entry = MailVerdict.Of(mail, new(MailOutcome.RefusedForNow, MailStage.Recipient, 451, null, "later"), now, TimeSpan.FromHours(72));
        Assert.Equal(tooOld ? MailState.Failed : MailState.Deferred, entry.State);
        Assert.InRange(entry.Wait.TotalSeconds, atLeast, atLeast * 1.2);
    }
}

/// <summary>Looks at the rows at the moment a body would leave, with the address the same connection sent to before.</summary>
internal sealed class WitnessTransport(Func<string, string?, Task> look) : IMailTransport
{
    private int opened;

    public string Name => "witness";
    public int Opened => opened;
    public ConcurrentQueue<Exception> Failures { get; } = new();

    public Task<IMailConnection> ConnectAsync(CancellationToken cancellation)
    {
        Interlocked.Increment(ref opened);
        return Task.FromResult<IMailConnection>(new Connection(this));
    }

    private sealed class Connection(WitnessTransport witness) : IMailConnection
    {
        private string? before;

        public bool IsUsable => true;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        public async Task<MailResult> SendAsync(OutboundMail mail, CancellationToken cancellation)
        {
            try
            {
                await witness.Look(mail.Recipient.Value, before);
            }
            catch (Exception e)
            {
                witness.Failures.Enqueue(e);
            }
            before = mail.Recipient.Value;
            return Yes;
        }
    }

    private Task Look(string mail, string? previous) => look(mail, previous);
}
