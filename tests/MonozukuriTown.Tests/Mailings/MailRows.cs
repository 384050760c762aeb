using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail;
using MonozukuriTown.Tests.Support;
using Npgsql;

namespace MonozukuriTown.Tests.Mailings;

/// <summary>Rows for a dispatcher to send. Each test has a database of its own: a dispatcher takes whatever it finds.</summary>
public abstract class MailRows : IAsyncLifetime
{
    protected TestDatabase Database { get; } = new();

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => Database.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task QueueAsync(int count, MailLane lane = MailLane.Mailing, string prefix = "r", string? list = "newsletter", int? mailing = 1)
    {
        await using var db = Database.Open();
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

    protected async Task<Dictionary<MailState, int>> StatesAsync()
    {
        await using var db = Database.Open();
        return await db.Set<OutgoingMail>().GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, Stop);
    }

    protected Task UntilStateAsync(MailState state, int count) => MailHouse.UntilAsync(
        async () => (await StatesAsync()).GetValueOrDefault(state) == count, $"{count} rows are {state}");

    protected async Task SqlAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Database.Connection);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
