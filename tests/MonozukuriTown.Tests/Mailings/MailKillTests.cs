using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail;
using MonozukuriTown.Mail.Smtp;
using MonozukuriTown.Mail.Tests.Support;
using MonozukuriTown.Tests.Support;
using Npgsql;

namespace MonozukuriTown.Tests.Mailings;

/// <summary>
/// The promise that a mail arrives once, kept under kill -9: real processes of the program, postfix's smtp-sink as the server, and its dumps as the
/// witness. deploy/chaos mail runs the same with more moments (TOWN_CHAOS_MOMENTS) and a real restart of PostgreSQL.
/// </summary>
public sealed class MailKillTests : IAsyncLifetime
{
    private const int Recipients = 20_000;
    private const int Connections = 4;
    private const string End = "END-OF-THIS-MAIL";

    private static readonly int Chaos = int.Parse(Environment.GetEnvironmentVariable("TOWN_CHAOS_MOMENTS") ?? "0", CultureInfo.InvariantCulture);

    private readonly TestDatabase database = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static bool InChaos => Chaos > 0;

    public ValueTask InitializeAsync() => database.InitializeAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Kill_TwoDispatchersAtAnyMoment_EachRecipientAtMostOnceAndNoneLost()
    {
        var moments = InChaos ? Chaos : 3;
        await using var sink = await SmtpSink.StartAsync();
        await QueueAsync(Recipients);
        List<Sender> senders = [await StartAsync(sink), await StartAsync(sink)];
        var killed = 0;
        try
        {
            for (var moment = 1; moment <= moments; moment++)
            {
                var due = Recipients * moment / (moments + 1);
                await UntilAsync(async () => await CountAsync("state in ('Sent', 'Uncertain')") >= due, $"{due} of them are sent");
                var which = moment % 3 == 0 ? senders.ToList() : [senders[moment % 2]];
                foreach (var victim in which)
                {
                    await victim.KillAsync();
                    killed++;
                    senders[senders.IndexOf(victim)] = await StartAsync(sink);
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
        await using (var house = new MailHouse(database, new ScriptedTransport()))
            await house.Get<MailStore>().GiveUpAsync(Stop);

        var accepted = await AcceptedAsync(sink);
        await using var db = database.Open();
        var rows = await db.Set<OutgoingMail>().AsNoTracking().Select(m => new { m.Address, m.State, m.Attempts }).ToListAsync(Stop);
        Assert.Equal(Recipients, rows.Count);
        Assert.All(rows, row => Assert.True(row.State is MailState.Sent or MailState.Uncertain, $"{row.Address} is {row.State}"));
        Assert.All(rows, row => Assert.Equal(1, row.Attempts));
        Assert.All(accepted, one => Assert.True(one.Value == 1, $"{one.Key} was accepted {one.Value} times"));
        var sent = rows.Where(r => r.State == MailState.Sent).Select(r => r.Address).ToHashSet(StringComparer.Ordinal);
        var unseen = sent.Where(a => !accepted.ContainsKey(a)).ToList();
        Assert.True(unseen.Count == 0, $"{unseen.Count} are sent but the server has no whole copy: {string.Join(' ', unseen.Take(5))}");
        var uncertain = rows.Where(r => r.State == MailState.Uncertain).Select(r => r.Address).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(accepted.Keys.Except(sent).Except(uncertain));
        Assert.True(uncertain.Count <= killed * Connections, $"{uncertain.Count} uncertain after {killed} kills");
        TestContext.Current.SendDiagnosticMessage("{0} kills, {1} sent, {2} uncertain of which {3} had arrived", killed, sent.Count, uncertain.Count, uncertain.Count(accepted.ContainsKey));
    }

    [Fact]
    public async Task PostgresRestarted_MidSend_WaitsAndGoesOnWithoutDoubles()
    {
        await QueueAsync(600);
        var transport = new ScriptedTransport(async _ =>
        {
            await Task.Delay(5, Stop);
            return ScriptedTransport.Yes;
        });
        await using var house = new MailHouse(database, transport);
        await house.StartAsync();
        await UntilAsync(() => Task.FromResult(transport.Accepted.Count > 100), "it sends");
        await AwayAsync();
        await UntilAsync(async () => await CountAsync("state = 'Sent'") == 600, "all are sent");
        Assert.Equal(600, transport.Accepted.Count);
        Assert.All(transport.Accepted.Values, times => Assert.Equal(1, times));
        Assert.Contains(house.Logs.Lines, line => line.Contains("sending waits", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SmtpServerGone_ForAWhile_WaitsSaysSoAndGoesOn()
    {
        await QueueAsync(3_000);
        var sink = await SmtpSink.StartAsync();
        var port = sink.Port;
        await using var house = new MailHouse(database, new SmtpTransport(new() { Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None }));
        await house.StartAsync();
        await UntilAsync(async () => await CountAsync("state = 'Sent'") > 500, "it sends");
        var before = await AcceptedAsync(sink);
        await sink.DisposeAsync();
        await UntilAsync(() => Task.FromResult(house.Get<MailHealth>().Problem is not null), "it notices");
        await Task.Delay(InChaos ? 60_000 : 2_000, Stop);
        Assert.Contains("can't be reached", house.Get<MailHealth>().Problem, StringComparison.Ordinal);
        await using var back = await SmtpSink.StartAsync(port);
        await UntilAsync(async () => await CountAsync("state in ('Queued', 'Leased', 'Deferred', 'Sending')") == 0, "nothing waits any more");
        Assert.Null(house.Get<MailHealth>().Problem);
        var after = await AcceptedAsync(back);
        // In the middle of a body when the server died: at most one per connection, and nobody sends it again.
        var uncertain = await CountAsync("state = 'Uncertain'");
        Assert.InRange(uncertain, 0, Connections);
        Assert.All(after.Keys, address => Assert.False(before.ContainsKey(address), $"{address} was accepted before and after"));
        Assert.Equal(3_000, await CountAsync("state = 'Sent'") + uncertain);
    }

    [Fact]
    public async Task PickupFolder_ThatTakesNothing_WaitsSaysSoAndGoesOn()
    {
        // In chaos a small disk of its own, and it is full.
        var disk = Environment.GetEnvironmentVariable("TOWN_CHAOS_DISK");
        var folder = disk is null ? Directory.CreateTempSubdirectory("town-pickup-").FullName : Path.Combine(disk, "mail");
        var filler = Path.Combine(disk ?? folder, "filler");
        await QueueAsync(200);
        await using var house = new MailHouse(database, new PickupTransport(folder, TimeProvider.System));
        if (disk is null)
        {
            // A file where the folder should be: no more can be written there than on a full disk.
            Directory.Delete(folder);
            filler = folder;
            await File.WriteAllTextAsync(filler, "", Stop);
        }
        else
        {
            await Assert.ThrowsAsync<IOException>(async () =>
            {
                await using var full = File.Create(filler, 1);
                for (var i = 0; i < 100_000; i++)
                    await full.WriteAsync(new byte[4096], Stop);
            });
        }
        await house.StartAsync();
        await UntilAsync(() => Task.FromResult(house.Get<MailHealth>().Problem is not null), "it notices");
        Assert.Equal(0, await CountAsync("state = 'Sent'"));
        if (disk is not null)
            Assert.Contains("space", house.Get<MailHealth>().Problem, StringComparison.OrdinalIgnoreCase);
        File.Delete(filler);
        await UntilAsync(async () => await CountAsync("state = 'Sent'") == 200, "all are there");
        Assert.Equal(200, Directory.GetFiles(folder, "*.eml").Select(f => File.ReadAllLines(f)[1]).Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(Directory.GetFiles(folder, "*.part"));
        await house.StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    // Everybody's connections break and none comes back for a while. In chaos the server itself is restarted.
    private async Task AwayAsync()
    {
        if (InChaos)
        {
            TownCluster.Restart();
            return;
        }
        var name = new NpgsqlConnectionStringBuilder(database.Connection).Database!;
        await using var owner = new NpgsqlConnection(TownCluster.Connection("town_owner", "postgres"));
        await owner.OpenAsync(Stop);
        await RunAsync(owner, $"alter database {name} allow_connections false");
        await RunAsync(owner, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
        await Task.Delay(2_000, Stop);
        await RunAsync(owner, $"alter database {name} allow_connections true");
    }

    private async Task QueueAsync(int count) => await SqlAsync($$$"""
        with body as (insert into mail_body (id, title, text, created_at) values (1, 'test', 'Hello {{name}}' || chr(10) || repeat('0123456789abcdef 0123456789abcdef' || chr(10), 30) || '{{{End}}}' || chr(10), now()) returning id)
        insert into outgoing_mail (id, lane, state, kind, subject, mailing_id, list, address, address_key, recipient_name, body_id, fields, links, created_at, attempts, history)
        select n, 'Mailing', 'Queued', 'kill', '', 1, 'newsletter', 'r' || n || '@example.jp', 'r' || n || '@example.jp', 'Recipient', body.id, jsonb_build_object('name', 'r' || n), '{}', now(), 0, '[]'
        from generate_series(1, {{{count}}}) n, body
        """);

    private async Task<int> CountAsync(string where)
    {
        await using var connection = new NpgsqlConnection(database.Connection);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand($"select count(*)::int from outgoing_mail where {where}", connection);
        return (int)(await command.ExecuteScalarAsync(Stop))!;
    }

    private async Task SqlAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(database.Connection);
        await connection.OpenAsync(Stop);
        await RunAsync(connection, sql);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }

    // A body that ended in the middle is in the dumps too, but the server never said yes to it.
    private static async Task<ConcurrentDictionary<string, int>> AcceptedAsync(SmtpSink sink)
    {
        ConcurrentDictionary<string, int> accepted = new(StringComparer.Ordinal);
        await Parallel.ForEachAsync(sink.Dumps, Stop, async (file, stop) =>
        {
            var dump = await File.ReadAllTextAsync(file, Encoding.Latin1, stop);
            if (!dump.Contains(End, StringComparison.Ordinal))
                return;
            var recipient = dump.Split('\n').Single(l => l.StartsWith("X-Rcpt-Args:", StringComparison.Ordinal));
            accepted.AddOrUpdate(recipient[(recipient.IndexOf('<') + 1)..recipient.IndexOf('>')], 1, (_, n) => n + 1);
        });
        return accepted;
    }

    private Task<Sender> StartAsync(SmtpSink sink) => Sender.StartAsync(database.Connection, sink.Port);

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var end = DateTime.UtcNow.AddMinutes(InChaos ? 20 : 5);
        while (true)
        {
            try
            {
                if (await condition())
                    return;
            }
            catch (NpgsqlException)
            {
                // The database is away because this test sent it away.
            }
            Assert.True(DateTime.UtcNow < end, $"waited in vain: {what}");
            await Task.Delay(25, Stop);
        }
    }

    /// <summary>town mail send, in a process of its own.</summary>
    private sealed class Sender(Process process)
    {
        public static async Task<Sender> StartAsync(string connection, int port)
        {
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "MonozukuriTown.Web.dll"), "mail", "send"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (var (name, value) in new Dictionary<string, string>
            {
                ["ConnectionStrings__Town"] = connection,
                ["Town__Name"] = "Town",
                ["Town__City"] = "City",
                ["Town__Office"] = "Office",
                ["Town__SupportName"] = "Support",
                ["Town__SupportTel"] = "06-0000-0000",
                ["Town__BaseUrl"] = "https://town.example.jp",
                ["Mail__Server__Host"] = "127.0.0.1",
                ["Mail__Server__Port"] = port.ToString(CultureInfo.InvariantCulture),
                ["Mail__Server__Security"] = nameof(SmtpSecurity.None),
                ["Mail__From"] = "town@mail.example.jp",
                ["Mail__ReplyTo"] = "office@city.example.jp",
                ["Mail__Connections"] = Connections.ToString(CultureInfo.InvariantCulture),
                ["Mail__RatePerSecond"] = "0",
                ["Mail__LeaseSeconds"] = "5",
                ["Links__KeyFile"] = Path.Combine(Path.GetTempPath(), "town-kill-links.key"),
            })
            {
                start.Environment[name] = value;
            }
            var process = Process.Start(start)!;
            var said = new ConcurrentQueue<string>();
            var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            void Hear(string? line)
            {
                if (line is null)
                    return;
                said.Enqueue(line);
                if (line.Contains("Mail leaves by", StringComparison.Ordinal))
                    ready.TrySetResult();
            }
            process.OutputDataReceived += (_, line) => Hear(line.Data);
            process.ErrorDataReceived += (_, line) => Hear(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            process.EnableRaisingEvents = true;
            process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("mail send ended: " + string.Join('\n', said)));
            await ready.Task.WaitAsync(TimeSpan.FromMinutes(2), Stop);
            return new(process);
        }

        public async Task KillAsync()
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }

        /// <summary>As systemd would: it finishes the mail it is at and gives the rest back.</summary>
        public async Task StopAsync()
        {
            using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
                await kill.WaitForExitAsync(CancellationToken.None);
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
    }
}
