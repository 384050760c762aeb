using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Data;
using Npgsql;
using NpgsqlTypes;

namespace MonozukuriTown.Core.Mailings;

/// <summary>
/// The dispatcher's SQL. All times are the database's: nodes' clocks differ. Every change of a leased row is conditional on its lease, which is new
/// for each batch, so a dispatcher that was thought dead can't move what somebody else took up.
/// </summary>
public sealed class MailStore(IServiceScopeFactory scopes) : IAsyncDisposable
{
    private readonly Lazy<NpgsqlDataSource> _source = new(() =>
    {
        using var scope = scopes.CreateScope();
        // Prepared once per connection: planning these statements takes longer than running them.
        var connection = new NpgsqlConnectionStringBuilder(scope.ServiceProvider.GetRequiredService<TownDbContext>().Database.GetConnectionString()) { MaxAutoPrepare = 20, AutoPrepareMinUsages = 2 };
        return NpgsqlDataSource.Create(connection);
    });

    public async ValueTask DisposeAsync()
    {
        if (_source.IsValueCreated)
            await _source.Value.DisposeAsync();
    }

    /// <summary>
    /// Takes up to <paramref name="count"/> rows of a lane whose time has come, among them rows whose lease ran out before anything was sent.
    /// Rows of the mailing lane whose address left meanwhile are marked suppressed instead.
    /// </summary>
    public async Task<IReadOnlyList<LeasedMail>> LeaseAsync(MailLane lane, int count, TimeSpan lease, CancellationToken cancellation)
    {
        await using var command = _source.Value.CreateCommand("""
            with picked as (
                select id from outgoing_mail
                where state in ('Queued', 'Deferred', 'Leased') and lane = @lane and next_attempt_at <= now()
                    and not exists (select from mail_switch where lane = @lane and state <> 'Running')
                order by next_attempt_at, id limit @count for update skip locked),
            judged as (
                select p.id, @lane = 'Mailing' and exists (select from suppression s
                    where s.address_key = m.address_key and s.lifted_at is null and (s.list is null or s.list = m.list)) as suppressed
                from picked p join outgoing_mail m on m.id = p.id),
            taken as (
                update outgoing_mail m set
                    state = case when j.suppressed then 'Suppressed' else 'Leased' end,
                    finished_at = case when j.suppressed then now() end,
                    lease = @lease, lease_until = now() + @until, next_attempt_at = now() + @until
                from judged j where m.id = j.id
                returning m.id, m.state, m.lane, m.address, m.recipient_name, m.body_id, m.fields::text, m.links::text, m.attempts,
                    coalesce((select max((h ->> 'at')::timestamptz) from jsonb_array_elements(m.history) h where h ? 'by'), m.created_at) as since, m.list)
            select * from taken where state = 'Leased' order by id
            """);
        var token = Guid.CreateVersion7();
        command.Parameters.AddWithValue("lane", lane.ToString());
        command.Parameters.AddWithValue("count", count);
        command.Parameters.AddWithValue("lease", token);
        command.Parameters.AddWithValue("until", lease);
        List<LeasedMail> mails = [];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            mails.Add(new LeasedMail
            {
                Id = reader.GetInt64(0),
                Lease = token,
                Lane = reader.GetString(2),
                Address = reader.GetString(3),
                RecipientName = reader.GetString(4),
                BodyId = reader.GetInt64(5),
                Fields = reader.GetString(6),
                Links = reader.GetString(7),
                Attempts = reader.GetInt32(8),
                Since = reader.GetFieldValue<DateTimeOffset>(9),
                List = await reader.IsDBNullAsync(10, cancellation) ? null : reader.GetString(10),
            });
        }
        return mails;
    }

    public async Task<IReadOnlyList<LeasedBody>> BodiesAsync(IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        await using var command = _source.Value.CreateCommand("select id, title, text, html from mail_body where id = any(@ids)");
        command.Parameters.AddWithValue("ids", ids.ToArray());
        List<LeasedBody> bodies = [];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            bodies.Add(new(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), await reader.IsDBNullAsync(3, cancellation) ? null : reader.GetString(3)));
        return bodies;
    }

    /// <summary>
    /// One statement, one commit: rows about to be sent become <c>Sending</c>, and results of others are written down. Returns the rows that may be sent:
    /// not those of a lane that was paused meanwhile.
    /// It may be repeated when its answer was lost: a row is marked by one connection at a time, so one that is already marked under this lease is ours.
    /// A result also reaches a row that was given up as uncertain meanwhile: its owner knows better.
    /// </summary>
    public async Task<HashSet<long>> RecordAsync(
        IReadOnlyList<LeasedMail> marks, IReadOnlyList<MailEntry> results, TimeSpan sendingLimit, CancellationToken cancellation)
    {
        await using var command = _source.Value.CreateCommand("""
            with results as (
                update outgoing_mail m set
                    state = r.state,
                    attempts = m.attempts + case when r.state = 'Queued' then 0 else 1 end,
                    history = case when m.server_words is null or r.state = 'Queued' then m.history
                        else m.history || jsonb_build_object('at', m.finished_at, 'code', m.server_code, 'words', m.server_words) end,
                    server_code = case when r.state = 'Queued' then m.server_code else r.code end,
                    server_words = case when r.state = 'Queued' then m.server_words else r.words end,
                    finished_at = case when r.state = 'Queued' then m.finished_at else now() end,
                    next_attempt_at = now() + r.wait,
                    lease = case when r.state in ('Queued', 'Deferred') then null else m.lease end,
                    lease_until = null
                from unnest(@ids, @leases, @states, @codes, @words, @waits) as r(id, lease, state, code, words, wait)
                where m.id = r.id and m.lease = r.lease and m.state in ('Leased', 'Sending', 'Uncertain')),
            marks as (
                update outgoing_mail m set state = 'Sending', lease_until = now() + @limit
                from unnest(@mark_ids, @mark_leases) as k(id, lease)
                where m.id = k.id and m.lease = k.lease and m.state in ('Leased', 'Sending') and m.lease_until > now()
                    and not exists (select from mail_switch s where s.lane = m.lane and s.state <> 'Running')
                returning m.id)
            select id from marks
            """);
        command.Parameters.AddWithValue("ids", results.Select(r => r.Mail.Id).ToArray());
        command.Parameters.AddWithValue("leases", results.Select(r => r.Mail.Lease).ToArray());
        command.Parameters.AddWithValue("states", results.Select(r => r.State.ToString()).ToArray());
        command.Parameters.Add(new("codes", NpgsqlDbType.Array | NpgsqlDbType.Integer) { Value = results.Select(r => r.Code).ToArray() });
        command.Parameters.Add(new("words", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = results.Select(r => Storable(r.Words)).ToArray() });
        command.Parameters.AddWithValue("waits", results.Select(r => r.Wait).ToArray());
        command.Parameters.AddWithValue("mark_ids", marks.Select(m => m.Id).ToArray());
        command.Parameters.AddWithValue("mark_leases", marks.Select(m => m.Lease).ToArray());
        command.Parameters.AddWithValue("limit", sendingLimit);
        HashSet<long> marked = [];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            marked.Add(reader.GetInt64(0));
        return marked;
    }

    /// <summary>Rows that somebody was sending and whose result never came: their fate is unknown from here on. Returns how many.</summary>
    public async Task<int> GiveUpAsync(CancellationToken cancellation)
    {
        await using var command = _source.Value.CreateCommand("""
            update outgoing_mail set state = 'Uncertain', attempts = attempts + 1, finished_at = now(),
                server_code = null, server_words = 'The program stopped while this mail was being sent.'
            where state = 'Sending' and lease_until <= now()
            """);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Stops a lane that runs; false when it was stopped or paused already.</summary>
    public async Task<bool> StopAsync(MailLane lane, string reason, CancellationToken cancellation)
    {
        await using var command = _source.Value.CreateCommand(
            "update mail_switch set state = 'Stopped', reason = @reason, changed_at = now() where lane = @lane and state = 'Running'");
        command.Parameters.AddWithValue("lane", lane.ToString());
        command.Parameters.AddWithValue("reason", reason);
        return await command.ExecuteNonQueryAsync(cancellation) > 0;
    }

    // PostgreSQL's text holds no NUL, and half a character is none: a server may say either.
    internal static string? Storable(string? words)
    {
        if (words is null)
            return null;
        var kept = words.Length <= Mail.MailResult.WordsMax ? words : words[..Mail.MailResult.WordsMax];
        return System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(kept.Replace('\0', ' ')));
    }
}
