using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail;
using static MonozukuriTown.Tests.Mailings.ScriptedTransport;

namespace MonozukuriTown.Tests.Mailings;

/// <summary>When mails leave: what goes first, what waits, what stops them.</summary>
public sealed class MailPaceTests : MailRows
{
    [Fact]
    public async Task Send_TwentyRefusalsInARow_StopsMailingsUntilResumed()
    {
        await QueueAsync(60);
        var refuse = true;
        var transport = new ScriptedTransport(_ => refuse ? new(MailOutcome.RefusedForGood, MailStage.Sender, 554, "5.7.1", "5.7.1 your IP is listed") : Yes);
        await using var house = new MailHouse(Database, transport, new() { ["Mail:Connections"] = "2" });
        await house.StartAsync();
        await MailHouse.UntilAsync(async () =>
        {
            await using var db = Database.Open();
            return await db.WorkItems.AnyAsync(w => w.Kind == "mail.stopped", Stop);
        }, "the lane stops");
        await MailHouse.UntilAsync(() => Task.FromResult(transport.Busy == 0), "nothing is under way");
        await using (var db = Database.Open())
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
        await using var house = new MailHouse(Database, transport);
        await house.StartAsync();
        await MailHouse.UntilAsync(() => Task.FromResult(house.Get<MailHealth>().Problem is not null), "it notices");
        Assert.Equal("nobody there", house.Get<MailHealth>().Problem);
        Assert.Empty(transport.Mails);
        transport.Away = null;
        await UntilStateAsync(MailState.Sent, 5);
        Assert.Null(house.Get<MailHealth>().Problem);
        await using var db = Database.Open();
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
        await using var house = new MailHouse(Database, transport, new() { ["Mail:Connections"] = "4" });
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
        await using var house = new MailHouse(Database, transport, new() { ["Mail:Connections"] = "1" });
        await house.StartAsync();
        await MailHouse.UntilAsync(() => Task.FromResult(transport.Busy == 1), "the mailing has begun, its other rows are in hand");
        await QueueAsync(1, MailLane.Essential, "urgent", list: null);
        await MailHouse.UntilAsync(async () =>
        {
            await using var db = Database.Open();
            return await db.Set<OutgoingMail>().AnyAsync(m => m.Lane == MailLane.Essential && m.State == MailState.Leased, Stop);
        }, "the urgent one is in hand");
        gate.SetResult();
        await UntilStateAsync(MailState.Sent, 41);
        Assert.Equal("urgent0", transport.Mails.ElementAt(1).Recipient.Local);
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
        await using var house = new MailHouse(Database, transport);
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
        await using var house = new MailHouse(Database, transport, new() { ["Mail:RatePerSecond"] = "10" });
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
        await using var house = new MailHouse(Database, transport, new() { ["Mail:Connections"] = "1" });
        await house.StartAsync();
        await MailHouse.UntilAsync(() => Task.FromResult(transport.Busy == 1), "one is under way");
        var stopping = house.StopAsync();
        gate.SetResult();
        await stopping;
        var states = await StatesAsync();
        Assert.Equal(1, states[MailState.Sent]);
        Assert.Equal(49, states[MailState.Queued]);
    }
}
