using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Core.Audit;

/// <param name="Kept">Companies of which something was edited afterwards; that stays as it is.</param>
public sealed record UndoResult(int Reverted, IReadOnlyList<int> Kept);

/// <summary>
/// Takes one batch of the change log back, cell by cell: what somebody edited since stays. Runs in the caller's transaction and is itself
/// logged.
/// </summary>
public sealed class ChangeUndo(TownDbContext db)
{
    private const int ChunkSize = 200;

    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <param name="ignored">Batches that don't count as edits since, because they cancel each other out.</param>
    public async Task<UndoResult> UndoAsync(Guid batch, IReadOnlyCollection<Guid> ignored, CancellationToken cancellationToken)
    {
        var mine = db.ChangeLog.AsNoTracking().Where(e => e.Batch == batch);
        var ids = await mine.Select(e => e.CompanyId ?? 0).Distinct().OrderBy(id => id).ToListAsync(cancellationToken);
        if (ids.Count == 0)
            return new(0, []);
        var first = await mine.MinAsync(e => e.Id, cancellationToken);
        var since = await db.ChangeLog.AsNoTracking()
            .Where(e => e.Id > first && e.Batch != batch && !ignored.Contains(e.Batch) && e.CompanyId != null && mine.Select(m => m.CompanyId).Contains(e.CompanyId))
            .Select(e => new { e.CompanyId, e.Entity, e.EntityId }).Distinct().ToListAsync(cancellationToken);
        Later later = new(since.Select(e => e.CompanyId!.Value).ToHashSet(), since.Select(e => (e.Entity, e.EntityId)).ToHashSet());

        var reverted = 0;
        HashSet<int> kept = [];
        foreach (var chunk in ids.Chunk(ChunkSize))
        {
            var entries = await mine.Include(e => e.Personal).Where(e => chunk.Contains(e.CompanyId ?? 0)).OrderByDescending(e => e.Id).ToListAsync(cancellationToken);
            var rows = await LoadAsync(chunk, entries.Select(e => e.Entity).Distinct(StringComparer.Ordinal), cancellationToken);
            var addedCompanies = entries.Where(e => e is { Kind: ChangeKind.Added, Entity: nameof(Company) }).Select(e => e.CompanyId!.Value).ToHashSet();
            foreach (var entry in entries)
            {
                // A new company somebody has worked on since is kept whole.
                var added = entry.CompanyId is { } id && addedCompanies.Contains(id);
                var whole = added && later.Companies.Contains(entry.CompanyId!.Value);
                if (!whole && Revert(entry, rows.GetValueOrDefault((entry.Entity, entry.EntityId)), later, goes: added))
                    reverted++;
                else
                    kept.Add(entry.CompanyId ?? 0);
            }
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }
        return new(reverted, [.. kept.Order()]);
    }

    /// <summary>Takes changes back, newest first, in what this context has loaded; the caller looks at it and throws it away.</summary>
    internal void Rewind(IEnumerable<ChangeLogEntry> entries)
    {
        Later nothing = new([], []);
        var rows = Tracked();
        foreach (var entry in entries)
            Revert(entry, rows.GetValueOrDefault((entry.Entity, entry.EntityId)), nothing, goes: true);
    }

    private sealed record Later(HashSet<int> Companies, HashSet<(string, string)> Rows);

    /// <param name="goes">Its company came with this batch and goes with it.</param>
    /// <returns>False: something of it was edited since and stays.</returns>
    private bool Revert(ChangeLogEntry log, EntityEntry? row, Later later, bool goes)
    {
        switch (log.Kind)
        {
            case ChangeKind.Added when row is null:
                return true;
            case ChangeKind.Added or ChangeKind.Changed when !goes && row is { Entity: CompanySection section }:
                RevertConfirmed(log, section);
                return true;
            case ChangeKind.Added when later.Rows.Contains((log.Entity, log.EntityId)):
                return false;
            case ChangeKind.Added:
                row.State = EntityState.Deleted;
                return true;
            case ChangeKind.Removed when row is null:
                Recreate(log);
                return true;
            case ChangeKind.Changed when row is not null:
                var all = true;
                foreach (var (name, old, now) in Cells(log))
                {
                    if (PropertyOf(row, name) is not { } property)
                        continue;
                    if (property.Metadata.GetValueComparer().Equals(property.CurrentValue, Value(now, property.Metadata)))
                        property.CurrentValue = Value(old, property.Metadata);
                    else if (!property.Metadata.GetValueComparer().Equals(property.CurrentValue, Value(old, property.Metadata)))
                        all = false;
                }
                return all;
            default:
                return false;
        }
    }

    // Versions only rise: a form that was opened before must not pass for one that was opened after.
    private static void RevertConfirmed(ChangeLogEntry log, CompanySection section)
    {
        section.Version++;
        foreach (var (name, old, now) in Cells(log))
        {
            if (name is nameof(CompanySection.ConfirmedAt) && section.ConfirmedAt == now.Deserialize<DateTimeOffset?>(Json))
                section.ConfirmedAt = old.Deserialize<DateTimeOffset?>(Json);
        }
    }

    private void Recreate(ChangeLogEntry log)
    {
        var type = TypeOf(log.Entity);
        var row = db.Entry(Activator.CreateInstance(type.ClrType)!);
        var keys = log.EntityId.Split('/', type.FindPrimaryKey()!.Properties.Count);
        foreach (var (property, text) in type.FindPrimaryKey()!.Properties.Zip(keys))
        {
            row.Property(property.Name).CurrentValue = property.ClrType == typeof(string) ? text
                : JsonSerializer.Deserialize(property.ClrType.IsEnum ? JsonSerializer.Serialize(text) : text, property.ClrType, Json);
        }
        foreach (var (name, old, _) in Cells(log))
        {
            if (PropertyOf(row, name) is { } property)
                property.CurrentValue = Value(old, property.Metadata);
        }
        row.State = EntityState.Added;
    }

    private static IEnumerable<(string Name, JsonElement Old, JsonElement Now)> Cells(ChangeLogEntry log)
    {
        foreach (var json in (string?[])[log.Cells, log.Personal?.Cells])
        {
            foreach (var (name, pair) in JsonSerializer.Deserialize<Dictionary<string, JsonElement[]>>(json ?? "{}")!)
                yield return (name, pair[0], pair[1]);
        }
    }

    private static object? Value(JsonElement json, IReadOnlyProperty property) =>
        json.ValueKind == JsonValueKind.Null ? null : json.Deserialize(property.ClrType, Json);

    // "Limits.Tolerance" is a property of a complex one. A property the program no longer has is passed over.
    private static PropertyEntry? PropertyOf(EntityEntry row, string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
            return row.Metadata.FindProperty(name) is { } plain ? row.Property(plain) : null;
        return row.Metadata.FindComplexProperty(name[..dot])?.ComplexType.FindProperty(name[(dot + 1)..]) is { } inner
            ? row.ComplexProperty(name[..dot]).Property(inner.Name)
            : null;
    }

    private IEntityType TypeOf(string entity) => db.Model.GetEntityTypes().First(t => string.Equals(t.ClrType.Name, entity, StringComparison.Ordinal));

    /// <summary>All rows of these companies in the tables concerned, in one query a table.</summary>
    private async Task<Dictionary<(string, string), EntityEntry>> LoadAsync(int[] companies, IEnumerable<string> entities, CancellationToken cancellationToken)
    {
        foreach (var type in entities.Select(TypeOf))
        {
            var column = type.ClrType == typeof(Company) ? nameof(Company.Id) : nameof(ICompanyRecord.CompanyId);
            await (Task)typeof(ChangeUndo).GetMethod(nameof(LoadOfAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!
                .MakeGenericMethod(type.ClrType, type.FindProperty(column)!.ClrType).Invoke(this, [companies, column, cancellationToken])!;
        }
        return Tracked();
    }

    private Dictionary<(string, string), EntityEntry> Tracked() =>
        db.ChangeTracker.Entries().ToDictionary(e => (e.Metadata.ClrType.Name, ChangeLogInterceptor.KeyOf(e)), e => e);

    private Task LoadOfAsync<T, TKey>(int[] companies, string column, CancellationToken cancellationToken) where T : class
    {
        var keys = companies.Select(id => (TKey)(object)id).ToList();
        return db.Set<T>().Where(row => keys.Contains(EF.Property<TKey>(row, column))).LoadAsync(cancellationToken);
    }
}
