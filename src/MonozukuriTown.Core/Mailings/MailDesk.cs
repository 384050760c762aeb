using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Tables;
using MonozukuriTown.Core.Work;
using MonozukuriTown.Mail.Bounces;

namespace MonozukuriTown.Core.Mailings;

/// <summary>How many rows of a lane are in a state, and since when the oldest of them waits.</summary>
public sealed record QueueCount(MailLane Lane, MailState State, int Count, DateTimeOffset Oldest);

public sealed record MailFilter
{
    /// <summary>Words of the recipient's name, the address or the title.</summary>
    public string? Words { get; init; }
    public MailState? State { get; init; }

    /// <summary>Only those a report came back for.</summary>
    public bool Returned { get; init; }
}

/// <summary>A line of the list of mails.</summary>
public sealed class MailRow
{
    public long Id { get; init; }
    public MailLane Lane { get; init; }
    public MailState State { get; init; }
    public required string Title { get; init; }
    public required string RecipientName { get; init; }
    public required string Address { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public int? ServerCode { get; init; }
    public string? ServerWords { get; init; }
    public DateTimeOffset? ReturnedAt { get; init; }
}

/// <summary>One thing that happened to a mail: an attempt with the server's answer, or a person's decision.</summary>
/// <param name="By">Who decided; null for an attempt.</param>
public sealed record MailEvent(DateTimeOffset? At, int? Code, string? Words, MailState? State, Guid? By);

/// <summary>A mail with all that happened to it, the oldest first.</summary>
public sealed record MailStory(OutgoingMail Mail, IReadOnlyList<MailEvent> Events, IReadOnlyList<Bounce> Bounces, IReadOnlyDictionary<Guid, string> People);

/// <summary>What staff see of the outgoing rows, and what a person alone decides.</summary>
public sealed class MailDesk(TownDbContext db, TodaysWork work, Actor actor, TimeProvider clock)
{
    public const int ListMax = 50;

    /// <summary>What was sent is counted for so many days back.</summary>
    public const int SentDays = 30;

    private static readonly ListSorts<MailRow> Sorts = ListSorts.ById<MailRow, long>(m => m.Id)
        // Ids rise with time, and the key's own index is the one that is always there.
        .By("newest", m => m.Id, descending: true)
        .By("address", m => m.Address);

    /// <summary>All that wait or are troubled, each by the index that holds them alone; of those that were sent the last <see cref="SentDays"/> days.</summary>
    public async Task<IReadOnlyList<QueueCount>> CountsAsync(CancellationToken cancellation)
    {
        var mails = db.Set<OutgoingMail>().AsNoTracking();
        var since = clock.GetUtcNow().AddDays(-SentDays);
        // Ids rise with time: from the end of the key, no further than those days go.
        var last = await mails.Where(m => m.CreatedAt < since).OrderByDescending(m => m.Id).Select(m => m.Id).FirstOrDefaultAsync(cancellation);
        List<QueueCount> counts = [];
        foreach (var part in new[]
        {
            mails.Where(m => m.State == MailState.Queued || m.State == MailState.Deferred || m.State == MailState.Leased),
            mails.Where(m => m.State == MailState.Sending),
            mails.Where(m => m.State == MailState.Failed || m.State == MailState.Uncertain || m.State == MailState.Suppressed),
            mails.Where(m => m.Id > last && m.State == MailState.Sent),
        })
            counts.AddRange(await part.GroupBy(m => new { m.Lane, m.State })
                .Select(g => new QueueCount(g.Key.Lane, g.Key.State, g.Count(), g.Min(m => m.CreatedAt))).ToListAsync(cancellation));
        return counts;
    }

    public async Task<IReadOnlyList<MailSwitch>> SwitchesAsync(CancellationToken cancellation) =>
        await db.Set<MailSwitch>().AsNoTracking().OrderBy(s => s.Lane).ToListAsync(cancellation);

    /// <summary>Rows whose fate only a person can find out, the newest first.</summary>
    public async Task<IReadOnlyList<MailRow>> UncertainAsync(CancellationToken cancellation) =>
        await Rows(new() { State = MailState.Uncertain }).OrderByDescending(m => m.Id).Take(ListMax).ToListAsync(cancellation);

    public Task<Page<MailRow>> PageAsync(MailFilter filter, PageQuery query, CancellationToken cancellation) =>
        Sorts.PageAsync(Rows(filter), query, cancellation, count: true);

    public Task<int> CountAsync(MailFilter filter, CancellationToken cancellation) => Rows(filter).CountAsync(cancellation);

    public IAsyncEnumerable<MailRow> AllAsync(MailFilter filter) => Rows(filter).OrderByDescending(m => m.Id).AsAsyncEnumerable();

    public async Task<MailStory?> StoryAsync(long id, CancellationToken cancellation)
    {
        if (await db.Set<OutgoingMail>().AsNoTracking().Include(m => m.Body).SingleOrDefaultAsync(m => m.Id == id, cancellation) is not { } mail)
            return null;
        List<MailEvent> events = [.. History(mail.History)];
        if (mail.FinishedAt is not null)
            events.Add(new(mail.FinishedAt, mail.ServerCode, mail.ServerWords, mail.State, null));
        var bounces = await db.Set<Bounce>().AsNoTracking().Where(b => b.MailId == id).OrderBy(b => b.At).ToListAsync(cancellation);
        var people = events.Select(e => e.By).OfType<Guid>().Distinct().ToList();
        return new(mail, events, bounces, await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellation));
    }

    /// <summary>Pauses or resumes a lane.</summary>
    public async Task SwitchAsync(MailLane lane, bool run, CancellationToken cancellation)
    {
        var row = await db.Set<MailSwitch>().SingleAsync(s => s.Lane == lane, cancellation);
        row.State = run ? SwitchState.Running : SwitchState.Paused;
        row.Reason = null;
        row.ChangedAt = clock.GetUtcNow();
        if (run && lane == MailLane.Mailing)
            await work.CloseAsync(MailHealth.StoppedWork, "", cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>
    /// A person's decision about an uncertain or failed mail: once more. One statement, so that two people who press at once send it once.
    /// False when it is in another state by now, or what it said is no longer kept.
    /// </summary>
    public Task<bool> SendAgainAsync(long id, CancellationToken cancellation) => DecideAsync($"""
        update outgoing_mail m set state = 'Queued', lease = null, lease_until = null, next_attempt_at = now(),
            history = history || jsonb_build_object('at', finished_at, 'code', server_code, 'words', server_words, 'state', state)
                || jsonb_build_object('at', now(), 'words', 'もう一度送ると決めました', 'by', {actor.UserId}::uuid),
            server_code = null, server_words = null, finished_at = null
        where id = {id} and state in ('Uncertain', 'Failed') and exists (select from mail_body b where b.id = m.body_id and b.erased_at is null)
        """, cancellation);

    /// <summary>A person found out that an uncertain mail had arrived.</summary>
    public Task<bool> SettleAsync(long id, CancellationToken cancellation) => DecideAsync($"""
        update outgoing_mail set state = 'Sent', lease = null, lease_until = null,
            history = history || jsonb_build_object('at', finished_at, 'code', server_code, 'words', server_words, 'state', state)
                || jsonb_build_object('at', now(), 'words', '届いていたと確かめました', 'by', {actor.UserId}::uuid),
            server_code = null, server_words = null, finished_at = now()
        where id = {id} and state = 'Uncertain'
        """, cancellation);

    private async Task<bool> DecideAsync(FormattableString sql, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Database.ExecuteSqlAsync(sql, cancellation) == 0)
            return false;
        if (!await db.Set<OutgoingMail>().AnyAsync(m => m.State == MailState.Uncertain, cancellation))
            await work.CloseAsync(MailHealth.UncertainWork, "", cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private IQueryable<MailRow> Rows(MailFilter filter)
    {
        var mails = db.Set<OutgoingMail>().AsNoTracking();
        if (filter.State is { } state)
            mails = mails.Where(m => m.State == state);
        if (filter.Returned)
            mails = mails.Where(m => db.Set<Bounce>().Any(b => b.MailId == m.Id && b.Kind != BounceKind.Refused));
        return mails.Select(m => new MailRow
        {
            Id = m.Id,
            Lane = m.Lane,
            State = m.State,
            Title = m.Body!.Title,
            RecipientName = m.RecipientName,
            Address = m.Address,
            CreatedAt = m.CreatedAt,
            Attempts = m.Attempts,
            FinishedAt = m.FinishedAt,
            ServerCode = m.ServerCode,
            ServerWords = m.ServerWords,
            ReturnedAt = db.Set<Bounce>().Where(b => b.MailId == m.Id && b.Kind != BounceKind.Refused).Max(b => (DateTimeOffset?)b.At),
        }).Containing(filter.Words, m => m.RecipientName, m => m.Address, m => m.Title);
    }

    private static IEnumerable<MailEvent> History(string json)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var entry in document.RootElement.EnumerateArray())
        {
            string? Text(string name) => entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            yield return new(
                entry.TryGetProperty("at", out var at) && at.ValueKind == JsonValueKind.String ? at.GetDateTimeOffset() : null,
                entry.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Number ? code.GetInt32() : null,
                Text("words"),
                Enum.TryParse<MailState>(Text("state"), out var state) ? state : null,
                Guid.TryParse(Text("by"), out var by) ? by : null);
        }
    }
}
