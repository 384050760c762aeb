using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail;
using MonozukuriTown.Mail.Tests.Support;
using MonozukuriTown.Tests.Support;
using Npgsql;

namespace MonozukuriTown.Tests.Mailings;

/// <summary>What mail needs goes away in the middle of a mailing: it waits, says so, and goes on. In deploy/chaos mail for longer, and PostgreSQL itself is restarted.</summary>
public sealed class MailOutageTests : MailRun
{
    [Theory]
    [InlineData(MailOptions.MailKit)]
    [InlineData(MailOptions.BuiltIn)]
    public async Task PostgresRestarted_MidSend_WaitsAndGoesOnWithoutDoubles(string transport)
    {
        SkipWithoutPackage(transport);
        var recipients = InChaos ? 20_000 : 3_000;
        await using var sink = await SmtpSink.StartAsync();
        await QueueMailingAsync(recipients);
        var sender = await StartAsync(transport, sink);
        try
        {
            await UntilAsync(async () => await CountAsync("state = 'Sent'") > recipients / 6, "it sends");
            await AwayAsync();
            await NothingWaitsAsync();
            Assert.True(sender.Said("sending waits"), "it says so");
        }
        finally
        {
            await sender.StopAsync();
        }
        // The program lived on, so it knows what became of each.
        Assert.Equal(recipients, await CountAsync("state = 'Sent' and attempts = 1"));
        var accepted = await AcceptedAsync(sink);
        Assert.Equal(recipients, accepted.Count);
        Assert.All(accepted, one => Assert.True(one.Value == 1, $"{one.Key} was accepted {one.Value} times"));
        TestContext.Current.SendDiagnosticMessage("{0}: PostgreSQL away in the middle of {1}: all sent, none twice", transport, recipients);
    }

    [Theory]
    [InlineData(MailOptions.MailKit)]
    [InlineData(MailOptions.BuiltIn)]
    public async Task SmtpServerGone_ForAWhile_WaitsSaysSoAndGoesOn(string transport)
    {
        SkipWithoutPackage(transport);
        var recipients = InChaos ? 20_000 : 3_000;
        await QueueMailingAsync(recipients);
        await using var sink = await SmtpSink.StartAsync();
        var sender = await StartAsync(transport, sink);
        try
        {
            await UntilAsync(async () => await CountAsync("state = 'Sent'") > recipients / 6, "it sends");
            await sink.KillAsync();
            var before = await AcceptedAsync(sink);
            await UntilAsync(() => Task.FromResult(sender.Said("can't be reached; mail waits")), "it notices and says so");
            await Task.Delay(InChaos ? 60_000 : 2_000, Stop);
            await using var back = await SmtpSink.StartAsync(sink.Port);
            await NothingWaitsAsync();
            Assert.True(sender.Said("answers again; mail goes on"), "it says so");
            var after = await AcceptedAsync(back);
            // In the middle of a body when the server died: at most one per connection, and nobody sends it again.
            var uncertain = await CountAsync("state = 'Uncertain'");
            Assert.InRange(uncertain, 0, MailSender.Connections);
            Assert.All(before.Concat(after), one => Assert.True(one.Value == 1, $"{one.Key} was accepted {one.Value} times"));
            Assert.Empty(before.Keys.Intersect(after.Keys, StringComparer.Ordinal));
            Assert.Equal(recipients, await CountAsync("state = 'Sent'") + uncertain);
            Assert.InRange(before.Count + after.Count, recipients - uncertain, recipients);
            TestContext.Current.SendDiagnosticMessage("{0}: server gone in the middle of {1}: none twice, none lost, {2} uncertain", transport, recipients, uncertain);
        }
        finally
        {
            await sender.StopAsync();
        }
    }

    [Fact]
    public async Task PickupFolder_OnAFullDisk_WaitsSaysSoAndGoesOn()
    {
        const int Recipients = 60;
        // Three pages of disk each, so that a file also breaks off in its middle; about twenty fit.
        await QueueMailingAsync(Recipients, lines: 300);
        var folder = Directory.CreateTempSubdirectory("town-disk-").FullName;
        var sender = await MailSender.StartOnDiskAsync(Database, folder, kilobytes: 256);
        Assert.SkipWhen(sender is null, "No disk of its own can be made here (unshare and mount are refused).");
        try
        {
            await UntilAsync(() => Task.FromResult(sender.Said("mail waits: No space left on device")), "it notices and says so");
            var there = await CountAsync("state = 'Sent'");
            Assert.InRange(there, 5, 40);
            Assert.Equal(Recipients - there, await CountAsync("state in ('Queued', 'Leased', 'Sending', 'Deferred')"));
            // Somebody takes mails away, and there is room again.
            Dictionary<string, int> taken = new(StringComparer.Ordinal);
            await UntilAsync(async () =>
            {
                foreach (var file in Directory.GetFiles(sender.Inside(folder), "*.eml"))
                {
                    var mail = await File.ReadAllLinesAsync(file, Stop);
                    Assert.Contains("END-OF-THIS-MAIL", mail);
                    taken[mail[1]] = taken.GetValueOrDefault(mail[1]) + 1;
                    File.Delete(file);
                }
                return await CountAsync("state = 'Sent'") == Recipients && taken.Count == Recipients;
            }, "all were there");
            Assert.All(taken.Values, times => Assert.Equal(1, times));
            Assert.True(sender.Said("answers again; mail goes on"), "it says so");
            // What a full disk broke off is not left lying.
            Assert.Empty(Directory.GetFiles(sender.Inside(folder)));
        }
        finally
        {
            await sender.StopAsync();
            Directory.Delete(folder);
        }
    }

    [Fact]
    public async Task PickupFolder_ThatTakesNothing_WaitsSaysSoAndGoesOn()
    {
        await QueueMailingAsync(200);
        var folder = Directory.CreateTempSubdirectory("town-pickup-").FullName;
        // A file where the folder should be.
        Directory.Delete(folder);
        await File.WriteAllTextAsync(folder, "", Stop);
        await using var house = new MailHouse(Database, new PickupTransport(folder, TimeProvider.System));
        await house.StartAsync();
        await UntilAsync(() => Task.FromResult(house.Get<MailHealth>().Problem is not null), "it notices");
        Assert.Equal(0, await CountAsync("state = 'Sent'"));
        File.Delete(folder);
        await UntilAsync(async () => await CountAsync("state = 'Sent'") == 200, "all are there");
        Assert.Equal(200, Directory.GetFiles(folder, "*.eml").Select(f => File.ReadAllLines(f)[1]).Distinct(StringComparer.Ordinal).Count());
        await house.StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    // Everybody's connections break and none comes back for a while.
    private async Task AwayAsync()
    {
        if (InChaos)
        {
            TownCluster.Restart();
            return;
        }
        var name = new NpgsqlConnectionStringBuilder(Database.Connection).Database!;
        await using var owner = new NpgsqlConnection(TownCluster.Connection("town_owner", "postgres"));
        await owner.OpenAsync(Stop);
        await RunAsync(owner, $"alter database {name} allow_connections false");
        await RunAsync(owner, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
        await Task.Delay(2_000, Stop);
        await RunAsync(owner, $"alter database {name} allow_connections true");
    }
}
