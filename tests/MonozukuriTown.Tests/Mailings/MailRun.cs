using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail.Tests.Support;
using Npgsql;

namespace MonozukuriTown.Tests.Mailings;

/// <summary>A mailing that real processes send to postfix's smtp-sink, whose dumps are the witness.</summary>
public abstract class MailRun : MailRows
{
    private const string End = "END-OF-THIS-MAIL";

    /// <summary>How many kills deploy/chaos wants; 0 in the tests, which do with little.</summary>
    protected static readonly int Chaos = int.Parse(Environment.GetEnvironmentVariable("TOWN_CHAOS_MOMENTS") ?? "0", CultureInfo.InvariantCulture);

    protected static bool InChaos => Chaos > 0;

#if WITH_MAILKIT
    protected const string DefaultTransport = MailOptions.MailKit;
#else
    protected const string DefaultTransport = MailOptions.BuiltIn;
#endif

    protected static void SkipWithoutPackage(string transport) =>
        Assert.SkipWhen(transport == MailOptions.MailKit && DefaultTransport != MailOptions.MailKit, "The package feed has no MailKit.");

    private protected Task<MailSender> StartAsync(string transport, SmtpSink sink) => MailSender.StartAsync(Database, transport, sink.Port);

    protected async Task QueueMailingAsync(int count, int lines = 30) => await SqlAsync($$$"""
        with body as (insert into mail_body (id, title, text, created_at) values (1, 'test', 'Hello {{name}}' || chr(10) || repeat('0123456789abcdef 0123456789abcdef' || chr(10), {{{lines}}}) || '{{{End}}}' || chr(10), now()) returning id)
        insert into outgoing_mail (id, lane, state, kind, subject, mailing_id, list, address, address_key, recipient_name, body_id, fields, links, created_at, attempts, history)
        select n, 'Mailing', 'Queued', 'kind', '', 1, 'newsletter', 'r' || n || '@example.jp', 'r' || n || '@example.jp', 'Recipient', body.id, jsonb_build_object('name', 'r' || n), '{}', now(), 0, '[]'
        from generate_series(1, {{{count}}}) n, body
        """);

    protected async Task<int> CountAsync(string where)
    {
        await using var connection = new NpgsqlConnection(Database.Connection);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand($"select count(*)::int from outgoing_mail where {where}", connection);
        return (int)(await command.ExecuteScalarAsync(Stop))!;
    }

    protected Task NothingWaitsAsync() => UntilAsync(async () => await CountAsync("state in ('Queued', 'Leased', 'Deferred', 'Sending')") == 0, "nothing waits any more");

    private protected static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }

    /// <summary>How often the server said yes to each recipient. A body that ended in the middle is in the dumps too, but nobody said yes to it.</summary>
    private protected static async Task<ConcurrentDictionary<string, int>> AcceptedAsync(SmtpSink sink)
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

    protected static async Task UntilAsync(Func<Task<bool>> condition, string what)
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
}
