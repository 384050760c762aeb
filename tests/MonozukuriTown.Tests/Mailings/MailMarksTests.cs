using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail;
using static MonozukuriTown.Tests.Mailings.ScriptedTransport;

namespace MonozukuriTown.Tests.Mailings;

/// <summary>What stands on disk before a body leaves.</summary>
public sealed class MailMarksTests : MailRows
{
    [Fact]
    public async Task Send_EachBody_OnlyAfterItsMarkAndTheResultBeforeItAreOnDisk()
    {
        const int Connections = 5;
        await QueueAsync(120);
        var witness = new WitnessTransport(async (mail, before) =>
        {
            await using var db = Database.Open();
            var now = await db.Set<OutgoingMail>().Where(m => m.State == MailState.Sending || m.Address == before).Select(m => new { m.Address, m.State }).ToListAsync(Stop);
            Assert.Contains(now, row => row.Address == mail && row.State == MailState.Sending);
            Assert.True(now.Count(row => row.State == MailState.Sending) <= Connections, "more rows in sending than connections");
            if (before is not null)
                Assert.Equal(MailState.Sent, now.Single(row => row.Address == before).State);
        });
        await using var house = new MailHouse(Database, witness, new() { ["Mail:Connections"] = $"{Connections}" });
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
        await using var house = new MailHouse(Database, new ScriptedTransport());
        var store = house.Get<MailStore>();
        var mine = await store.LeaseAsync(MailLane.Mailing, 20, TimeSpan.FromMinutes(1), Stop);
        Assert.Equal(10, (await store.RecordAsync([.. mine.Take(10)], [], TimeSpan.FromMinutes(1), Stop)).Count);
        var journal = new MailJournal(store, TimeProvider.System, TimeSpan.FromMinutes(1), Microsoft.Extensions.Logging.Abstractions.NullLogger<MailJournal>.Instance);
        var turns = mine.Take(10).Zip(mine.Skip(10), (done, next) => journal.TurnAsync(new(done, MailState.Sent, 250, "ok", TimeSpan.Zero), next)).ToList();
        journal.Close();
        await journal.RunAsync(Stop);
        Assert.All(await Task.WhenAll(turns), Assert.True);
        await using var db = Database.Open();
        Assert.Single(await db.Database.SqlQuery<string>($"select distinct xmin::text as \"Value\" from outgoing_mail").ToListAsync(Stop));
        Assert.Equal((10, 10), ((await StatesAsync())[MailState.Sent], (await StatesAsync())[MailState.Sending]));
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
