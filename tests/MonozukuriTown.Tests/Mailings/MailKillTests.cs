using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail.Tests.Support;

namespace MonozukuriTown.Tests.Mailings;

/// <summary>The promise that a mail arrives once, kept under kill -9. deploy/chaos mail runs the same with more moments (TOWN_CHAOS_MOMENTS).</summary>
public sealed class MailKillTests : MailRun
{
    private const int Moments = 3;

    // The client that runs by default meets the whole mailing; the promise is kept above both alike, so in the tests a shorter one does for the other.
    private static int Recipients(string transport) => InChaos || transport == DefaultTransport ? 20_000 : 4_000;

    [Theory]
    [InlineData(MailOptions.MailKit)]
    [InlineData(MailOptions.BuiltIn)]
    public async Task Kill_TwoDispatchersAtAnyMoment_EachRecipientAtMostOnceAndNoneLost(string transport)
    {
        SkipWithoutPackage(transport);
        var recipients = Recipients(transport);
        var moments = InChaos ? Chaos : Moments;
        await using var sink = await SmtpSink.StartAsync();
        await QueueMailingAsync(recipients);
        List<MailSender> senders = [await StartAsync(transport, sink), await StartAsync(transport, sink)];
        var killed = 0;
        try
        {
            for (var moment = 1; moment <= moments; moment++)
            {
                var due = recipients * moment / (moments + 1);
                await UntilAsync(async () => await CountAsync("state in ('Sent', 'Uncertain')") >= due, $"{due} of them are sent");
                var which = moment % 3 == 0 ? senders.ToList() : [senders[moment % 2]];
                foreach (var victim in which)
                {
                    await victim.KillAsync();
                    killed++;
                    senders[senders.IndexOf(victim)] = await StartAsync(transport, sink);
                }
            }
            await UntilAsync(async () => await CountAsync("state in ('Queued', 'Leased', 'Deferred')") == 0, "nothing waits any more");
        }
        finally
        {
            foreach (var sender in senders)
                await sender.StopAsync();
        }
        // The dead ones' limits run out (eleven minutes, not waited for here), and whoever sweeps next gives them up.
        await SqlAsync("update outgoing_mail set lease_until = now() where state = 'Sending'");
        await using (var house = new MailHouse(Database, new ScriptedTransport()))
            await house.Get<MailStore>().GiveUpAsync(Stop);

        var accepted = await AcceptedAsync(sink);
        await using var db = Database.Open();
        var rows = await db.Set<OutgoingMail>().AsNoTracking().Select(m => new { m.Address, m.State, m.Attempts }).ToListAsync(Stop);
        Assert.Equal(recipients, rows.Count);
        Assert.All(rows, row => Assert.True(row.State is MailState.Sent or MailState.Uncertain, $"{row.Address} is {row.State}"));
        Assert.All(rows, row => Assert.Equal(1, row.Attempts));
        Assert.All(accepted, one => Assert.True(one.Value == 1, $"{one.Key} was accepted {one.Value} times"));
        var sent = rows.Where(r => r.State == MailState.Sent).Select(r => r.Address).ToHashSet(StringComparer.Ordinal);
        var unseen = sent.Where(a => !accepted.ContainsKey(a)).ToList();
        Assert.True(unseen.Count == 0, $"{unseen.Count} are sent but the server has no whole copy: {string.Join(' ', unseen.Take(5))}");
        var uncertain = rows.Where(r => r.State == MailState.Uncertain).Select(r => r.Address).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(accepted.Keys.Except(sent).Except(uncertain));
        Assert.True(uncertain.Count <= killed * MailSender.Connections, $"{uncertain.Count} uncertain after {killed} kills");
        TestContext.Current.SendDiagnosticMessage(
            "{0}: {1} recipients, {2} kills, none twice, none lost, {3} sent, {4} uncertain of which {5} had arrived", transport, recipients, killed, sent.Count, uncertain.Count, uncertain.Count(accepted.ContainsKey));
    }
}
