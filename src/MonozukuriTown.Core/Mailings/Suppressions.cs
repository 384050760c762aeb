using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Tables;

namespace MonozukuriTown.Core.Mailings;

/// <summary>What stops mailings to an address, and how it is written down.</summary>
public sealed record NewSuppression
{
    public required string AddressKey { get; init; }

    /// <summary>Null: every list.</summary>
    public required string? List { get; init; }
    public required SuppressionReason Reason { get; init; }
    public required MailWay Way { get; init; }

    /// <summary>What the person read, pressed or said; a server's words.</summary>
    public required string Note { get; init; }
}

/// <summary>配信停止: who gets no mailings, since when and why, and how it is taken back.</summary>
public sealed class Suppressions(TownDbContext db, DeadAddressWork calls, Actor actor, TimeProvider clock)
{
    private static readonly ListSorts<Suppression> Sorts = ListSorts.ById<Suppression, int>(s => s.Id)
        .By("since", s => s.Since, descending: true)
        .By("address", s => s.AddressKey);

    /// <summary>Stops mailings and saves. Said twice, also at the same moment, it is the same; true when it was new.</summary>
    public async Task<bool> AddAsync(NewSuppression wish, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.TakeTurnsAsync($"suppression/{wish.AddressKey}", cancellation);
        if (!await StageAsync(wish, cancellation))
            return false;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>The same in the caller's unit of work; false, and nothing to save, when it stands already.</summary>
    public async Task<bool> StageAsync(NewSuppression wish, CancellationToken cancellation = default)
    {
        if (await Open(wish.AddressKey).AnyAsync(s => s.List == wish.List && s.Reason == wish.Reason, cancellation))
            return false;
        var now = clock.GetUtcNow();
        db.Add(new Suppression
        {
            AddressKey = wish.AddressKey,
            List = wish.List,
            Reason = wish.Reason,
            Way = wish.Way,
            Since = now,
            Note = ShortText.Of(wish.Note, Suppression.NoteMax),
            EnteredBy = actor.UserId,
        });
        if (wish.Reason != SuppressionReason.Bounced)
            Record(wish.AddressKey, wish.List, given: false, wish.Way, wish.Note, now);
        return true;
    }

    /// <summary>元に戻す by the holder of the mailed link: takes back what they themselves did by it, nothing else.</summary>
    public async Task TakeBackAsync(string addressKey, string? list, string wording, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.TakeTurnsAsync($"suppression/{addressKey}", cancellation);
        var own = await Open(addressKey).Where(s => s.List == list && s.Reason == SuppressionReason.Left).ToListAsync(cancellation);
        if (own.Count == 0)
            return;
        own.ForEach(s => Lift(s, MailWay.Link, wording));
        Record(addressKey, list, given: true, MailWay.Link, wording, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>A member of staff lifts one, because the person asked for it or the address works again. False when it was lifted already.</summary>
    public async Task<bool> LiftAsync(int id, MailWay way, string note, CancellationToken cancellation = default)
    {
        // Of two people who press at once one writes the consent.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.TakeTurnsAsync($"lift/{id}", cancellation);
        if (await db.Set<Suppression>().SingleOrDefaultAsync(s => s.Id == id && s.LiftedAt == null, cancellation) is not { } open)
            return false;
        Lift(open, way, note);
        if (open.Reason == SuppressionReason.Bounced)
            await calls.CloseAsync(open.AddressKey, cancellation);
        else
            Record(open.AddressKey, open.List, given: true, way, note, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Somebody agreed to a list. Written down, and nothing more: whoever left stays left until they say so themselves.</summary>
    public void Record(string addressKey, string? list, bool given, MailWay way, string wording, DateTimeOffset at) => db.Add(new Consent
    {
        AddressKey = addressKey,
        List = list,
        Given = given,
        At = at,
        Way = way,
        Wording = ShortText.Of(wording, Consent.WordingMax),
        EnteredBy = actor.UserId,
    });

    /// <summary>What stops mailings of a list to an address, the list's own and those of every list; the person's own will first.</summary>
    public async Task<IReadOnlyList<Suppression>> OfAsync(string addressKey, string? list, CancellationToken cancellation = default) =>
        await Open(addressKey).AsNoTracking().Where(s => s.List == null || s.List == list).OrderBy(s => s.Reason).ThenBy(s => s.Id).ToListAsync(cancellation);

    /// <summary>All that was ever said about an address, the newest first.</summary>
    public async Task<IReadOnlyList<Consent>> RecordOfAsync(string addressKey, CancellationToken cancellation = default) =>
        await db.Set<Consent>().AsNoTracking().Where(c => c.AddressKey == addressKey).OrderByDescending(c => c.At).ThenByDescending(c => c.Id).ToListAsync(cancellation);

    public Task<Page<Suppression>> PageAsync(string? words, bool lifted, PageQuery query, CancellationToken cancellation = default)
    {
        var rows = db.Set<Suppression>().AsNoTracking().Where(s => s.LiftedAt != null == lifted).Containing(words, s => s.AddressKey, s => s.Note);
        return Sorts.PageAsync(rows, query, cancellation, count: true);
    }

    private void Lift(Suppression open, MailWay way, string note)
    {
        open.LiftedAt = clock.GetUtcNow();
        open.LiftWay = way;
        open.LiftedBy = actor.UserId;
        open.LiftNote = ShortText.Of(note, Suppression.NoteMax);
    }

    private IQueryable<Suppression> Open(string addressKey) => db.Set<Suppression>().Where(s => s.AddressKey == addressKey && s.LiftedAt == null);
}
