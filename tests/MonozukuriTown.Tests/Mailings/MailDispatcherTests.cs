using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail;
using static MonozukuriTown.Tests.Mailings.ScriptedTransport;

namespace MonozukuriTown.Tests.Mailings;

/// <summary>What becomes of a mail, whoever sends and whatever the server says.</summary>
public sealed class MailDispatcherTests : MailRows
{
    [Fact]
    public async Task Send_ByTwoDispatchersAtOnce_EachMailGoesOnce()
    {
        await QueueAsync(600);
        var transport = new ScriptedTransport();
        await using var first = new MailHouse(Database, transport);
        await using var second = new MailHouse(Database, transport);
        await Task.WhenAll(first.StartAsync(), second.StartAsync());
        await UntilStateAsync(MailState.Sent, 600);
        Assert.Equal(600, transport.Accepted.Count);
        Assert.All(transport.Accepted.Values, times => Assert.Equal(1, times));
        Assert.All(transport.Mails, m => Assert.Equal("件名 " + m.Recipient.Local, m.Message.Subject));
        await using var db = Database.Open();
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
        await using var house = new MailHouse(Database, transport);
        await house.StartAsync();
        await UntilStateAsync(MailState.Sent, 2);
        await UntilStateAsync(MailState.Uncertain, 1);
        await house.StopAsync();
        await using var db = Database.Open();
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
        await using var house = new MailHouse(Database, new ScriptedTransport(_ => answers.Dequeue()));
        await house.StartAsync();
        for (var i = 1; i <= 2; i++)
        {
            var attempts = i;
            await MailHouse.UntilAsync(async () =>
            {
                await using var db = Database.Open();
                return await db.Set<OutgoingMail>().AnyAsync(m => m.State == MailState.Deferred && m.Attempts == attempts, Stop);
            }, "it is deferred");
            await SqlAsync("update outgoing_mail set next_attempt_at = now()");
        }
        await UntilStateAsync(MailState.Sent, 1);
        await using var context = Database.Open();
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
        var store = new MailHouse(Database, new ScriptedTransport());
        var leased = await store.Get<MailStore>().LeaseAsync(MailLane.Mailing, 2, TimeSpan.FromSeconds(1), Stop);
        Assert.Equal(2, leased.Count);
        Assert.Equal([leased[0].Id], await store.Get<MailStore>().RecordAsync([leased[0]], [], TimeSpan.FromSeconds(1), Stop));
        await Task.Delay(1200, Stop);

        // That dispatcher is gone. Another one starts.
        var transport = new ScriptedTransport();
        await using var house = new MailHouse(Database, transport);
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
        await using var house = new MailHouse(Database, new ScriptedTransport());
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
        await using (var db = Database.Open())
        {
            db.Add(new Suppression { AddressKey = "r0@example.jp", Reason = SuppressionReason.Left, Since = DateTimeOffset.UtcNow });
            db.Add(new Suppression { AddressKey = "r1@example.jp", List = "other", Reason = SuppressionReason.Left, Since = DateTimeOffset.UtcNow });
            db.Add(new Suppression { AddressKey = "r2@example.jp", List = "newsletter", Reason = SuppressionReason.Left, Since = DateTimeOffset.UtcNow, LiftedAt = DateTimeOffset.UtcNow });
            await db.SaveChangesAsync(Stop);
        }
        var transport = new ScriptedTransport();
        await using var house = new MailHouse(Database, transport);
        await house.StartAsync();
        await UntilStateAsync(MailState.Sent, 4);
        await UntilStateAsync(MailState.Suppressed, 1);
        Assert.Equal(["r0", "r0", "r1", "r1", "r2"], transport.Mails.Select(m => m.Recipient.Local).Append("r0").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Send_RowThatCannotBeComposed_FailsAloneAndSaysSo()
    {
        await QueueAsync(3);
        await SqlAsync("update outgoing_mail set address = 'not an address' where subject = 'r1'");
        await SqlAsync("update outgoing_mail set fields = '[1]' where subject = 'r2'");
        await using var house = new MailHouse(Database, new ScriptedTransport());
        await house.StartAsync();
        await UntilStateAsync(MailState.Sent, 1);
        await UntilStateAsync(MailState.Failed, 2);
        Assert.Contains(house.Logs.Lines, line => line.Contains("could not be composed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SendAgain_OldMailThatIsDeferredFirst_IsTriedAgainAsLongAsANewOne()
    {
        await QueueAsync(1);
        await SqlAsync("update outgoing_mail set state = 'Failed', attempts = 12, created_at = now() - interval '30 days', finished_at = now() - interval '26 days', server_code = 451, server_words = 'greylisted'");
        var answers = new Queue<MailResult>([new(MailOutcome.RefusedForNow, MailStage.Recipient, 451, null, "greylisted again"), Yes]);
        await using var house = new MailHouse(Database, new ScriptedTransport(_ => answers.Dequeue()));
        await using (var db = Database.Open())
        {
            var id = (await db.Set<OutgoingMail>().SingleAsync(Stop)).Id;
            Assert.True(await house.InScope(services => services.GetRequiredService<MailDesk>().SendAgainAsync(id, Stop)));
        }
        await house.StartAsync();
        await UntilStateAsync(MailState.Deferred, 1);
        await SqlAsync("update outgoing_mail set next_attempt_at = now()");
        await UntilStateAsync(MailState.Sent, 1);
    }

    [Fact]
    public async Task Counts_WhatWaitsOrIsTroubledHoweverOld_OfTheSentTheLastDays()
    {
        await QueueAsync(7);
        await SqlAsync("update outgoing_mail set created_at = now() - interval '31 days', state = case subject when 'r0' then 'Sent' when 'r1' then 'Failed' when 'r2' then 'Deferred' else 'Sending' end where subject in ('r0', 'r1', 'r2', 'r3')");
        await SqlAsync("update outgoing_mail set state = 'Sent' where subject in ('r4', 'r5')");
        await using var house = new MailHouse(Database, new ScriptedTransport());
        var counts = await house.InScope(services => services.GetRequiredService<MailDesk>().CountsAsync(Stop));
        Assert.Equal(
            [(MailState.Queued, 1), (MailState.Sending, 1), (MailState.Sent, 2), (MailState.Deferred, 1), (MailState.Failed, 1)],
            counts.OrderBy(c => c.State).Select(c => (c.State, c.Count)));
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
            Since = tooOld ? now.AddDays(-3) : now,
        };
        var entry = MailVerdict.Of(mail, new(MailOutcome.RefusedForNow, MailStage.Recipient, 451, null, "later"), now, TimeSpan.FromHours(72));
        Assert.Equal(tooOld ? MailState.Failed : MailState.Deferred, entry.State);
        Assert.InRange(entry.Wait.TotalSeconds, atLeast, atLeast * 1.2);
    }
}
