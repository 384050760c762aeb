using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Tables;

namespace MonozukuriTown.Core.Audit;

/// <summary>Which changes are asked for; null: all.</summary>
public sealed record ChangeFilter
{
    public int? CompanyId { get; init; }
    public string? Entity { get; init; }

    /// <summary>What was saved together: an import.</summary>
    public Guid? Batch { get; init; }

    /// <summary>A day of the town.</summary>
    public DateOnly? Day { get; init; }
}

/// <summary>One change as a reader sees it.</summary>
public sealed class ChangeRow
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    public required string Actor { get; init; }
    public string? Person { get; init; }
    public string? Reason { get; init; }
    public ChangeKind Kind { get; init; }
    public required string Entity { get; init; }
    public required string EntityId { get; init; }
    public int? CompanyId { get; init; }
    public string? Company { get; init; }
    public required string Cells { get; init; }

    /// <summary>There is a personal half, to be opened on its own.</summary>
    public bool HasPersonal { get; init; }

    public string Who => Person is null ? ChangeWords.Actor(Actor) : $"{Person}（{ChangeWords.Actor(Actor)}）";

    public IReadOnlyList<CellChange> Changes => ChangeWords.Cells(Entity, Cells);

    /// <summary>What was done, where it is no change of cells.</summary>
    public string? Sentence => ChangeWords.Sentence(Entity, EntityId, Cells);
}

/// <summary>The change log as people read it. Only reading: it is written by the interceptor, and here when somebody opens or takes away what is personal.</summary>
public sealed class ChangeHistory(TownDbContext db, Actor actor, TimeProvider clock)
{
    /// <summary>Under this name the log keeps who looked at the personal half of a change.</summary>
    public const string PersonalEntity = nameof(Audit.ChangeLogPersonal);

    /// <summary>Under this name it keeps who took a list of persons away as a file.</summary>
    public const string DownloadEntity = "PersonalDownload";

    /// <summary>Under this name it keeps that staff gave a lost account back to its person.</summary>
    public const string RestoreEntity = "AccountRestore";

    private static readonly ListSorts<ChangeRow> Sorts = ListSorts.ById<ChangeRow, long>(e => e.Id).By("at", e => e.At, descending: true);

    public async Task<Page<ChangeRow>> PageAsync(ChangeFilter filter, PageQuery query, CancellationToken cancellation = default)
    {
        var log = db.ChangeLog.AsNoTracking();
        if (filter.CompanyId is { } company)
            log = log.Where(e => e.CompanyId == company);
        if (filter.Entity is { } entity)
            log = log.Where(e => e.Entity == entity);
        if (filter.Batch is { } batch)
            log = log.Where(e => e.Batch == batch);
        if (filter.Day is { } day)
        {
            var (from, to) = (TownClock.At(day), TownClock.At(day.AddDays(1)));
            log = log.Where(e => e.At >= from && e.At < to);
        }
        var rows = log.Select(e => new ChangeRow
        {
            Id = e.Id,
            At = e.At,
            Actor = e.Actor,
            Person = db.Users.Where(u => u.Id == e.UserId).Select(u => u.DisplayName).FirstOrDefault(),
            Reason = e.Reason,
            Kind = e.Kind,
            Entity = e.Entity,
            EntityId = e.EntityId,
            CompanyId = e.CompanyId,
            Company = db.Companies.Where(c => c.Id == e.CompanyId).Select(c => c.Name).FirstOrDefault(),
            Cells = e.Cells,
            HasPersonal = db.ChangeLogPersonal.Any(p => p.ChangeId == e.Id),
        });
        return await Sorts.PageAsync(rows, query with { Sort = null }, cancellation);
    }

    /// <summary>The personal half of one change. That it was opened, by whom and why, is itself in the log before anything is shown.</summary>
    public async Task<IReadOnlyList<CellChange>?> OpenPersonalAsync(long changeId, string reason, CancellationToken cancellation = default)
    {
        var entry = await db.ChangeLog.AsNoTracking().Include(e => e.Personal).SingleOrDefaultAsync(e => e.Id == changeId, cancellation);
        if (entry?.Personal is null)
            return null;
        db.ChangeLog.Add(Entry(ChangeKind.Viewed, PersonalEntity, changeId.ToString(CultureInfo.InvariantCulture), entry.CompanyId, reason));
        await db.SaveChangesAsync(cancellation);
        return ChangeWords.Cells(entry.Entity, entry.Personal.Cells);
    }

    /// <summary>A list of persons leaves as a file. Who took it, which, how much of it and what it was narrowed to is in the log before the first row goes.</summary>
    /// <param name="list">Its name, as staff say it: メール.</param>
    /// <param name="filter">In words, nothing personal.</param>
    /// <param name="words">What was typed to narrow it down: that can be somebody's name, so it stands in the personal half.</param>
    public Task DownloadedAsync(string list, int rows, string? filter, string? words, CancellationToken cancellation = default)
    {
        var entry = Entry(ChangeKind.Viewed, DownloadEntity, list);
        entry.Cells = string.IsNullOrEmpty(filter) ? Json(("Rows", rows)) : Json(("Rows", rows), ("Filter", filter));
        if (!string.IsNullOrWhiteSpace(words))
            entry.Personal = new ChangeLogPersonal { Cells = Json(("Words", words.Trim())) };
        db.ChangeLog.Add(entry);
        return db.SaveChangesAsync(cancellation);
    }

    /// <summary>An account was given back after a call. Whom was called, and where, is added to the caller's unit of work.</summary>
    /// <param name="tel">The number that was called, from the listing.</param>
    public void AccountRestored(Guid user, string name, int? company, string tel, string spoke, string note)
    {
        var entry = Entry(ChangeKind.Changed, RestoreEntity, user.ToString(), company);
        entry.Cells = Json((company is null ? "OfficeTel" : "Tel", tel));
        entry.Personal = new ChangeLogPersonal { Cells = Json([("DisplayName", name), ("Spoke", spoke), .. note.Length > 0 ? [("Note", note)] : Array.Empty<(string, object)>()]) };
        db.ChangeLog.Add(entry);
    }

    private static string Json(params (string Name, object Now)[] cells) =>
        JsonSerializer.Serialize(cells.ToDictionary(c => c.Name, c => new object?[] { null, c.Now }, StringComparer.Ordinal));

    private ChangeLogEntry Entry(ChangeKind kind, string entity, string id, int? company = null, string? reason = null) => new()
    {
        At = clock.GetUtcNow(),
        Batch = actor.Batch,
        UserId = actor.UserId,
        Actor = actor.Name,
        Reason = reason,
        Kind = kind,
        Entity = entity,
        EntityId = id,
        CompanyId = company,
        Cells = "{}",
    };
}
