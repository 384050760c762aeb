using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace MonozukuriTown.Benchmarks;

/// <summary>
/// mail_ratio: mails a second that leave by the town's own program, each recipient's row written down durably, divided by what postfix's smtp-source
/// reaches with ten connections into the same smtp-sink. Rounds take turns; the median of their ratios counts.
/// </summary>
public static class MailBench
{
    /// <summary>Of smtp-source. Ours wait for a commit between two mails, all together; so they are more.</summary>
    private const int SourceConnections = 10;
    private const int Connections = 24;
    private const int Rounds = 5;
    private const int Octets = 8192;
    private const int RoundMails = 12_000;
    private const int ManyMails = 200_000;
    private const int SingleMails = 2_000;

    private const double RatioMust = 0.15;
    private const double OvertakesMust = 1;
    private const double MegabytesMust = 250;

    /// <summary>Nagle's algorithm allows 22; a busy machine without it is still far above this.</summary>
    private const double SingleMust = 100;

    public static async Task RunAsync()
    {
        await ServerProcess.RunVerbAsync("migrate");
        await using var database = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable("ConnectionStrings__TownOwner")!);
        Figures.Say($"synchronous_commit {await ScalarAsync<string>(database, "show synchronous_commit")}, fsync {await ScalarAsync<string>(database, "show fsync")}");
        using var sink = Sink.Start();
        var transports = Environment.GetEnvironmentVariable("TOWN_MAIL_TRANSPORTS")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? ["builtin"];
        foreach (var transport in transports)
        {
            var suffix = transport == transports[0] ? "" : "_" + transport;
            await CompareAsync(database, sink, transport, suffix);
            await SingleAsync(database, sink, transport, suffix);
        }
        await ManyAsync(database, sink, transports[0]);
    }

    private static async Task CompareAsync(NpgsqlDataSource database, Sink sink, string transport, string suffix)
    {
        await using var sender = await Sender.StartAsync(sink, transport, Connections);
        // The first seconds belong to the compiler.
        await QueueAsync(database, RoundMails / 4, Octets);
        await SentAsync(database);
        List<double> ours = [], theirs = [];
        for (var round = 0; round < Rounds; round++)
        {
            theirs.Add(await sink.SourceAsync(RoundMails * 2, SourceConnections, Octets));
            await QueueAsync(database, RoundMails, Octets);
            var (start, worked) = (Stopwatch.GetTimestamp(), sender.ProcessorTime);
            await SentAsync(database);
            ours.Add(RoundMails / Stopwatch.GetElapsedTime(start).TotalSeconds);
            Figures.Say($"{transport}: {ours[^1]:0}/s of {theirs[^1]:0}/s, {(sender.ProcessorTime - worked).TotalMicroseconds / RoundMails:0} µs of processor each");
        }
        Figures.AtLeast("mail_ratio" + suffix, Figures.Median(ours.Zip(theirs, (a, b) => a / b)), RatioMust);
        Figures.Print("mails_per_s" + suffix, Figures.Median(ours));
        Figures.Print("smtp_source_per_s" + suffix, Figures.Median(theirs));
    }

    /// <summary>One connection, bodies above 500 octets: 22 a second where Nagle's algorithm waits for delayed acknowledgements.</summary>
    private static async Task SingleAsync(NpgsqlDataSource database, Sink sink, string transport, string suffix)
    {
        await using var sender = await Sender.StartAsync(sink, transport, 1);
        await QueueAsync(database, SingleMails / 4, 2000);
        await SentAsync(database);
        await QueueAsync(database, SingleMails, 2000);
        var start = Stopwatch.GetTimestamp();
        await SentAsync(database);
        Figures.AtLeast("mail_single_connection_per_s" + suffix, SingleMails / Stopwatch.GetElapsedTime(start).TotalSeconds, SingleMust);
    }

    /// <summary>Memory while 200,000 rows leave, and how soon an essential mail overtakes them.</summary>
    private static async Task ManyAsync(NpgsqlDataSource database, Sink sink, string transport)
    {
        await QueueAsync(database, ManyMails, Octets);
        await using var sender = await Sender.StartAsync(sink, transport, Connections);
        var start = Stopwatch.GetTimestamp();
        List<double> overtakes = [];
        while (await ScalarAsync<long>(database, Waiting) > ManyMails / 10)
        {
            var asked = Stopwatch.GetTimestamp();
            await QueueAsync(database, 1, 2000, "Essential");
            while (await ScalarAsync<bool>(database, EssentialWaits))
                await Task.Delay(5);
            overtakes.Add(Stopwatch.GetElapsedTime(asked).TotalSeconds);
            await Task.Delay(1000);
        }
        await SentAsync(database);
        Figures.Say($"{ManyMails} mails left in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s; {overtakes.Count} essential ones overtook them");
        if (overtakes.Count == 0)
            throw new InvalidOperationException("The mailing was over before an essential mail could overtake it.");
        Figures.AtMost("essential_overtakes_s", overtakes.Max(), OvertakesMust);
        Figures.AtMost("mail_rss_mb", sender.PeakMegabytes(), MegabytesMust);
    }

    // By the indexes of what waits: asked every few milliseconds, it must not be what is measured.
    private const string EssentialWaits = """
        select exists (select from outgoing_mail where state in ('Queued', 'Deferred', 'Leased') and lane = 'Essential')
            or exists (select from outgoing_mail where state = 'Sending' and lane = 'Essential')
        """;

    private const string Waiting = "select count(*) from outgoing_mail where state not in ('Sent', 'Failed', 'Uncertain', 'Suppressed')";

    private static async Task SentAsync(NpgsqlDataSource database)
    {
        // Cheap to ask: the index of those that wait.
        while (await ScalarAsync<bool>(database, "select exists (select from outgoing_mail where state in ('Queued', 'Deferred', 'Leased')) or exists (select from outgoing_mail where state = 'Sending')"))
            await Task.Delay(25);
        var left = await ScalarAsync<long>(database, "select count(*) from outgoing_mail where state <> 'Sent'");
        if (left > 0)
            throw new InvalidOperationException($"{left} mails did not leave.");
        await using var command = database.CreateCommand("truncate outgoing_mail, mail_body");
        await command.ExecuteNonQueryAsync();
    }

    // Japanese words and HTML as a newsletter has them; with headers and base64 about as many octets as asked for.
    private static async Task QueueAsync(NpgsqlDataSource database, int count, int octets, string lane = "Mailing")
    {
        var letters = (octets - 1500) / 4;
        var text = string.Concat(Enumerable.Repeat("町工場の皆さまへ、定例会のご案内です。\n", letters / 3 / 20 + 1));
        var html = "<!DOCTYPE html><html lang=\"ja\"><body><p>{{name}} 様</p>" + string.Concat(Enumerable.Repeat("<p>町工場の皆さまへ、定例会のご案内です。</p>\n", letters * 2 / 3 / 23 + 1)) + "</body></html>";
        await using var connection = await database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("""
            with body as (insert into mail_body (id, title, text, html, created_at) values (nextval('town_ids'), '定例会のご案内 {{name}} 様', @text, @html, now()) returning id),
            base as (select coalesce(max(id), 0) as top from outgoing_mail)
            insert into outgoing_mail (id, lane, state, kind, subject, mailing_id, list, address, address_key, recipient_name, body_id, fields, links, created_at, next_attempt_at, attempts, history)
            select base.top + n, @lane, 'Queued', 'bench', (base.top + n)::text, case when @lane = 'Mailing' then 1 end, case when @lane = 'Mailing' then 'newsletter' end,
                'r' || (base.top + n) || '@example.jp', 'r' || (base.top + n) || '@example.jp', '株式会社研磨 山田太郎', body.id, jsonb_build_object('name', '株式会社研磨'), '{}', now(), now(), 0, '[]'
            from generate_series(1, @count) n, body, base
            """, connection) { CommandTimeout = 600 };
        command.Parameters.AddWithValue("text", text);
        command.Parameters.AddWithValue("html", html);
        command.Parameters.AddWithValue("lane", lane);
        command.Parameters.AddWithValue("count", count);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Postfix's own test server; it takes everything and keeps nothing.</summary>
    private sealed class Sink(Process process, int port) : IDisposable
    {
        public int Port => port;

        public static Sink Start()
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            string[] asRoot = Environment.UserName == "root" ? ["-u", "nobody"] : [];
            var process = Process.Start(new ProcessStartInfo("/usr/sbin/smtp-sink", [.. asRoot, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), "1000"]) { UseShellExecute = false })!;
            Thread.Sleep(500);
            return new(process, port);
        }

        /// <summary>Messages a second of smtp-source, connections kept open.</summary>
        public async Task<double> SourceAsync(int count, int connections, int octets)
        {
            var start = new ProcessStartInfo("/usr/sbin/smtp-source",
            [
                "-d", "-s", connections.ToString(CultureInfo.InvariantCulture), "-l", octets.ToString(CultureInfo.InvariantCulture), "-m", count.ToString(CultureInfo.InvariantCulture),
                "-f", "town@example.jp", "-t", "to@example.jp", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),
            ])
            { UseShellExecute = false };
            var from = Stopwatch.GetTimestamp();
            using var source = Process.Start(start)!;
            await source.WaitForExitAsync();
            if (source.ExitCode != 0)
                throw new InvalidOperationException($"smtp-source ended with {source.ExitCode}.");
            return count / Stopwatch.GetElapsedTime(from).TotalSeconds;
        }

        public void Dispose()
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }

    /// <summary>The published program, sending and nothing else.</summary>
    private sealed class Sender(Process process) : IAsyncDisposable
    {
        public static async Task<Sender> StartAsync(Sink sink, string transport, int connections)
        {
            var start = new ProcessStartInfo("dotnet", [ServerProcess.Program, "mail", "send"]) { UseShellExecute = false, RedirectStandardOutput = true };
            foreach (var (name, value) in new Dictionary<string, string>(ServerProcess.DemoSettings(), StringComparer.Ordinal)
            {
                ["Mail__Transport"] = transport,
                ["Mail__Server__Host"] = "127.0.0.1",
                ["Mail__Server__Port"] = sink.Port.ToString(CultureInfo.InvariantCulture),
                ["Mail__Server__Security"] = "None",
                ["Mail__From"] = "town@mail.example.jp",
                ["Mail__ReplyTo"] = "sangyo@city.example.jp",
                ["Mail__Bounce"] = "bounce@mail.example.jp",
                ["Mail__Connections"] = connections.ToString(CultureInfo.InvariantCulture),
                ["Mail__RatePerSecond"] = "0",
                ["Town__BaseUrl"] = "https://town.example.jp",
                ["Links__KeyFile"] = Path.Combine(Path.GetTempPath(), "town-bench-links.key"),
            })
            {
                start.Environment[name] = value;
            }
            var process = Process.Start(start)!;
            var said = new StringBuilder();
            var ready = new TaskCompletionSource();
            process.OutputDataReceived += (_, line) =>
            {
                if (line.Data is null)
                    ready.TrySetException(new InvalidOperationException("mail send ended by itself."));
                else if (line.Data.Contains("Mail leaves by", StringComparison.Ordinal))
                    ready.TrySetResult();
                if (said.Length < 4000)
                    Console.Error.WriteLine(line.Data);
                said.Append(line.Data);
            };
            process.BeginOutputReadLine();
            await ready.Task.WaitAsync(TimeSpan.FromMinutes(1));
            return new(process);
        }

        public TimeSpan ProcessorTime
        {
            get
            {
                process.Refresh();
                return process.TotalProcessorTime;
            }
        }

        /// <summary>The most it ever had in memory, in MB, as the kernel counts it.</summary>
        public double PeakMegabytes()
        {
            var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/status")).Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
