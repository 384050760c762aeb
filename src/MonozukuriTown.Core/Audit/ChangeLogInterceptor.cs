using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using MonozukuriTown.Core.Companies;

namespace MonozukuriTown.Core.Audit;

/// <summary>Writes what changed, cell by cell, in the transaction that changes it.</summary>
public sealed class ChangeLogInterceptor(Actor actor, TimeProvider clock) : SaveChangesInterceptor
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };
    private List<ChangeLogEntry> written = [];

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Log(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Log(eventData.Context);
        return ValueTask.FromResult(result);
    }

    private void Log(DbContext? db)
    {
        if (db is null)
            return;
        db.ChangeTracker.DetectChanges();
        // The lines of a save that failed are still waiting; what did not happen is not told with what happens next.
        foreach (var line in written.Where(l => db.Entry(l).State == EntityState.Added))
        {
            if (line.Personal is { } personal)
                db.Entry(personal).State = EntityState.Detached;
            db.Entry(line).State = EntityState.Detached;
        }
        List<ChangeLogEntry> log = [];
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && !entry.Metadata.IsUnlogged()
                && Describe(entry) is { } change)
            {
                log.Add(change);
            }
        }
        db.AddRange(log);
        written = log;
    }

    private ChangeLogEntry? Describe(EntityEntry entry)
    {
        Dictionary<string, object?[]> cells = [], personal = [];
        Collect(entry, entry.State, entry.Properties, "", cells, personal);
        foreach (var complex in entry.ComplexProperties)
            Collect(entry, entry.State, complex.Properties, complex.Metadata.Name + ".", cells, personal);
        if (entry.State == EntityState.Modified && cells.Count == 0 && personal.Count == 0)
            return null;

        return new ChangeLogEntry
        {
            At = clock.GetUtcNow(),
            Batch = actor.Batch,
            UserId = actor.UserId,
            Actor = actor.Name,
            Reason = actor.Reason,
            Kind = entry.State switch
            {
                EntityState.Added => ChangeKind.Added,
                EntityState.Deleted => ChangeKind.Removed,
                _ => ChangeKind.Changed,
            },
            Entity = entry.Metadata.ClrType.Name,
            EntityId = KeyOf(entry),
            CompanyId = entry.Entity switch
            {
                Company company => company.Id,
                ICompanyRecord record => record.CompanyId,
                _ => null,
            },
            Cells = JsonSerializer.Serialize(cells, Json),
            Personal = personal.Count == 0 ? null : new ChangeLogPersonal { Cells = JsonSerializer.Serialize(personal, Json) },
        };
    }

    private static void Collect(EntityEntry entry, EntityState state, IEnumerable<PropertyEntry> properties, string prefix,
        Dictionary<string, object?[]> cells, Dictionary<string, object?[]> personal)
    {
        foreach (var property in properties)
        {
            if (property.Metadata.IsUnlogged() || (property.Metadata is IProperty p && p.IsPrimaryKey()) || property.Metadata.IsShadowProperty())
                continue;
            var old = state == EntityState.Added ? null : Plain(property.OriginalValue);
            var now = state == EntityState.Deleted ? null : Plain(property.CurrentValue);
            var same = state == EntityState.Modified ? !property.IsModified : old is null && now is null;
            // Only a changed value can be the same after all (another list with the same words).
            if (same || (state == EntityState.Modified && string.Equals(JsonSerializer.Serialize(old, Json), JsonSerializer.Serialize(now, Json), StringComparison.Ordinal)))
                continue;
            (property.Metadata.IsPersonal() ? personal : cells)[prefix + property.Metadata.Name] = [old, now];
        }
    }

    // Enums by name and dates as ISO text: the log is read years later, by people too.
    private static object? Plain(object? value) => value switch
    {
        Enum e => e.ToString(),
        _ => value,
    };

    internal static string KeyOf(EntityEntry entry) => string.Join('/', entry.Metadata.FindPrimaryKey()!.Properties
        .Select(p => Convert.ToString(entry.Property(p.Name).CurrentValue, CultureInfo.InvariantCulture)));
}
