using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail;
using MonozukuriTown.Mail.Bounces;
using static MonozukuriTown.Tests.Mailings.ScriptedTransport;

namespace MonozukuriTown.Tests.Mailings;

/// <summary>What a server says at RCPT, where no report will follow, and what befalls the sending itself.</summary>
public sealed class RefusalsTests : MailRows
{
    private static MailResult No(string status, string words, int code = 550, MailStage stage = MailStage.Recipient) =>
        new(code < 500 ? MailOutcome.RefusedForNow : MailOutcome.RefusedForGood, stage, code, status, $"{status} {words}");

    [Fact]
    public async Task Send_AddressRefusedAtHandOver_StopsMailingsAndAsksForACall()
    {
        var company = await Database.Data.Company(c => c.Listed().Set(x => x.Email = "gone0@example.jp"));
        foreach (var prefix in new[] { "gone", "policy", "full", "fine" })
            await QueueAsync(1, prefix: prefix);
        await using var house = new MailHouse(Database, new ScriptedTransport(mail => mail.Recipient.Local switch
        {
            "gone0" => No("5.1.1", "<gone0@example.jp>: Recipient address rejected: User unknown in virtual mailbox table"),
            "policy0" => No("5.7.1", "Message rejected due to local policy"),
            "full0" => No("5.2.2", "Mailbox full", 552),
            _ => Yes,
        }));
        await house.StartAsync();
        await UntilStateAsync(MailState.Failed, 3);
        await UntilStateAsync(MailState.Sent, 1);
        await house.StopAsync();
        await using var db = Database.Open();
        var stopped = await db.Set<Suppression>().SingleAsync(Stop);
        Assert.Equal(("gone0@example.jp", null, SuppressionReason.Bounced, MailWay.Report), (stopped.AddressKey, stopped.List, stopped.Reason, stopped.Way));
        Assert.Contains("User unknown", stopped.Note, StringComparison.Ordinal);
        var mail = await db.Set<OutgoingMail>().SingleAsync(m => m.AddressKey == "gone0@example.jp", Stop);
        var work = await db.WorkItems.SingleAsync(w => w.Kind == DeadAddressWork.Kind, Stop);
        Assert.Equal((company.Id, $"/staff/mailbox/mails/{mail.Id}"), (work.CompanyId, work.Link));
        var told = await db.Set<Bounce>().OrderBy(b => b.AddressKey).Select(b => new { b.AddressKey, b.Kind, b.Reason, b.Effect }).ToListAsync(Stop);
        Assert.Equal(
            [new { AddressKey = "full0@example.jp", Kind = BounceKind.Refused, Reason = BounceReason.MailboxFull, Effect = BounceEffect.Counted }, new { AddressKey = "gone0@example.jp", Kind = BounceKind.Refused, Reason = BounceReason.NoMailbox, Effect = BounceEffect.Suppressed }],
            told);

        // It never left, so it is not among those that came back.
        var returned = await house.InScope(services => services.GetRequiredService<MailDesk>().PageAsync(new() { Returned = true }, new(), Stop));
        Assert.Empty(returned.Items);
    }

    [Fact]
    public async Task Send_EverybodyRefused_IsTheServersFaultAndNobodysAddressSuffers()
    {
        await QueueAsync(60);
        await using var house = new MailHouse(Database, new ScriptedTransport(_ => No("5.1.1", "User unknown in relay recipient table")), new() { ["Mail:Connections"] = "2" });
        await house.StartAsync();
        await MailHouse.UntilAsync(async () =>
        {
            await using var db = Database.Open();
            return await db.WorkItems.AnyAsync(w => w.Kind == "mail.stopped", Stop);
        }, "the lane stops");
        await house.StopAsync();
        await using var db = Database.Open();
        Assert.False(await db.Set<Suppression>().AnyAsync(s => s.LiftedAt == null, Stop));
        Assert.False(await db.WorkItems.AnyAsync(w => w.Kind == DeadAddressWork.Kind && w.ClosedAt == null, Stop));
        Assert.All(await db.Set<Suppression>().ToListAsync(Stop), s => Assert.Contains("元に戻しました", s.LiftNote, StringComparison.Ordinal));
        Assert.InRange(await db.Set<OutgoingMail>().CountAsync(m => m.State == MailState.Failed, Stop), 20, 59);
    }

    [Fact]
    public async Task Resume_LaneThatWasStopped_IsNotStoppedByTheNextDeadAddress()
    {
        await QueueAsync(20);
        var transport = new ScriptedTransport(mail => mail.Recipient.Local.StartsWith('r') || mail.Recipient.Local is "s0" ? No("5.1.1", "User unknown") : Yes);
        await using var house = new MailHouse(Database, transport, new() { ["Mail:Connections"] = "2" });
        await house.StartAsync();
        await UntilStateAsync(MailState.Failed, 20);
        await MailHouse.UntilAsync(async () => await SwitchAsync() == SwitchState.Stopped, "the lane stops");
        await QueueAsync(6, prefix: "s", mailing: 2);
        await house.InScope(async services =>
        {
            await services.GetRequiredService<MailDesk>().SwitchAsync(MailLane.Mailing, run: true, Stop);
            return 0;
        });
        await UntilStateAsync(MailState.Sent, 5);
        await UntilStateAsync(MailState.Failed, 21);
        Assert.Equal(SwitchState.Running, await SwitchAsync());
    }

    private async Task<SwitchState> SwitchAsync()
    {
        await using var db = Database.Open();
        return (await db.Set<MailSwitch>().SingleAsync(s => s.Lane == MailLane.Mailing, Stop)).State;
    }

    [Fact]
    public async Task Send_ServerThatBreaksOffEveryBody_StopsTheMailingInsteadOfLosingSightOfAll()
    {
        await QueueAsync(60);
        await using var house = new MailHouse(Database, new ScriptedTransport(_ => new MailResult(MailOutcome.Uncertain, MailStage.Content, null, null, "broken")), new() { ["Mail:Connections"] = "2" });
        await house.StartAsync();
        await MailHouse.UntilAsync(async () =>
        {
            await using var db = Database.Open();
            return (await db.Set<MailSwitch>().SingleAsync(s => s.Lane == MailLane.Mailing, Stop)).State == SwitchState.Stopped;
        }, "the lane stops");
        await house.StopAsync();
        await using var after = Database.Open();
        Assert.InRange(await after.Set<OutgoingMail>().CountAsync(m => m.State == MailState.Uncertain, Stop), 20, 59);
        Assert.Equal(60, await after.Set<OutgoingMail>().CountAsync(m => m.State == MailState.Uncertain || m.State == MailState.Queued, Stop));
    }

    [Fact]
    public async Task Send_FaultOfTheProgram_MakesThatMailUncertainAndTheOthersLeave()
    {
        await QueueAsync(12);
        var transport = new ScriptedTransport(mail => mail.Recipient.Local is "r3" or "r7" ? throw new NotSupportedException("a fault") : Yes);
        await using var house = new MailHouse(Database, transport, new() { ["Mail:Connections"] = "2" });
        await house.StartAsync();
        await UntilStateAsync(MailState.Sent, 10);
        await UntilStateAsync(MailState.Uncertain, 2);
        Assert.All(transport.Accepted.Values, times => Assert.Equal(1, times));
        Assert.Contains(house.Logs.Lines, line => line.Contains("a fault", StringComparison.Ordinal));
    }

    [Fact]
    public void Verdict_WayOutBrokenForLong_WaitsNoLongerThanAboutAsLongAgain()
    {
        var now = DateTimeOffset.UtcNow;
        LeasedMail Mail(int attempts) => new()
        {
            Id = 0,
            Lease = Guid.Empty,
            Lane = "Essential",
            Address = "",
            RecipientName = "",
            BodyId = 1,
            Fields = "",
            Links = "",
            Attempts = attempts,
            Since = now,
        };
        var full = new MailResult(MailOutcome.RefusedForNow, MailStage.Connection, null, null, "No space left on device");
        var waits = Enumerable.Range(0, 13).Select(attempts => MailVerdict.Of(Mail(attempts), full, now, TimeSpan.FromHours(72)).Wait.TotalSeconds).ToList();
        Assert.Equal([5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 60, 300, 900], waits);
    }
}
