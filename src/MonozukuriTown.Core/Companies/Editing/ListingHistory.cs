using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Core.Companies.Editing;

/// <summary>One version of a section: the save that made it.</summary>
public sealed record SectionRevision
{
    public required ListingSection Section { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid Batch { get; init; }
    public required string Who { get; init; }
    public string? Reason { get; init; }
}

/// <summary>
/// What a listing was, worked out from the change log: from today's rows every save is taken back in turn. Nothing is kept twice, and what an
/// import or staff changed is a revision like any other.
/// </summary>
public sealed class ListingHistory(TownDbContext db, SectionForms forms)
{
    private static readonly ListingSection[] All = Enum.GetValues<ListingSection>();

    /// <summary>All versions of a company's sections, newest first.</summary>
    public async Task<IReadOnlyList<SectionRevision>> OfAsync(int companyId, CancellationToken cancellation = default)
    {
        var entries = await db.ChangeLog.AsNoTracking().Where(e => e.CompanyId == companyId && e.Entity == nameof(CompanySection))
            .Select(e => new { Entry = e, Person = db.Users.Where(u => u.Id == e.UserId).Select(u => u.DisplayName).FirstOrDefault() }).ToListAsync(cancellation);
        return [.. entries.Select(e => Revision(e.Entry, e.Person)).OfType<SectionRevision>().OrderByDescending(r => r.At).ThenByDescending(r => r.Version).ThenBy(r => r.Section)];
    }

    /// <summary>Who saved a section last and when; null where nobody did.</summary>
    public async Task<SectionRevision?> NewestAsync(int companyId, ListingSection section, CancellationToken cancellation = default) =>
        (await OfAsync(companyId, cancellation)).Where(r => r.Section == section).MaxBy(r => r.Version);

    /// <summary>A section as it was at a version; 0 is what it began with. Null where the log doesn't reach it.</summary>
    public async Task<SectionText?> AtAsync(int companyId, ListingSection section, int version, CancellationToken cancellation = default) =>
        (await BackAsync(companyId, section, version, cancellation)).GetValueOrDefault(version);

    /// <summary>A section at each of its versions, from today's back to <paramref name="oldest"/>.</summary>
    public async Task<IReadOnlyDictionary<int, SectionText>> BackAsync(int companyId, ListingSection section, int oldest, CancellationToken cancellation = default)
    {
        var form = forms[section] ?? throw new ArgumentException("This section has no form.", nameof(section));
        var key = $"{companyId.ToString(CultureInfo.InvariantCulture)}/{section}";
        Dictionary<int, SectionText> texts = [];
        // Its rows are changed and thrown away: nothing of this may be saved.
        db.ChangeTracker.Clear();
        // Rows and log of one moment: a row that was saved between the two would seem to have been there from the beginning.
        await using var moment = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        try
        {
            var company = await db.Companies.WithParts().SingleAsync(c => c.Id == companyId, cancellation);
            var version = company.Sections.Find(s => s.Section == section)?.Version ?? 0;
            texts[version] = form.TextOf(company);
            if (version <= oldest)
                return texts;
            var steps = (await db.ChangeLog.AsNoTracking().Where(e => e.Entity == nameof(CompanySection) && e.EntityId == key).ToListAsync(cancellation))
                .Select(e => (e.Batch, Versions: Versions(e))).Where(e => e.Versions is not null)
                .GroupBy(e => e.Versions!.Value.New).ToDictionary(g => g.Key, g => (g.Last().Batch, g.Last().Versions!.Value.Old));
            List<Guid> batches = [.. steps.Where(s => s.Key > oldest).Select(s => s.Value.Batch)];
            var log = (await db.ChangeLog.AsNoTracking().Include(e => e.Personal)
                .Where(e => e.CompanyId == companyId && batches.Contains(e.Batch) && e.Entity != nameof(CompanySection)).ToListAsync(cancellation)).ToLookup(e => e.Batch);
            while (version > oldest && steps.TryGetValue(version, out var step))
            {
                new ChangeUndo(db).Rewind(log[step.Batch].OrderByDescending(e => e.Id));
                version = step.Old;
                texts[version] = form.TextOf(Left(company));
            }
            return texts;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    // Rows that were taken back stay in their lists until a save that never comes.
    private Company Left(Company company)
    {
        company.Sites.RemoveAll(IsGone);
        company.Capabilities.RemoveAll(IsGone);
        company.Equipment.RemoveAll(IsGone);
        company.Products.RemoveAll(IsGone);
        company.Certifications.RemoveAll(IsGone);
        return company;

        bool IsGone(object row) => db.Entry(row).State is EntityState.Deleted or EntityState.Detached;
    }

    private static SectionRevision? Revision(ChangeLogEntry entry, string? person) =>
        Versions(entry) is { } versions && Array.Find(All, s => entry.EntityId.EndsWith("/" + s, StringComparison.Ordinal)) is var section && Enum.IsDefined(section)
            ? new()
            {
                Section = section,
                Version = versions.New,
                At = entry.At,
                Batch = entry.Batch,
                Who = person ?? ChangeWords.Actor(entry.Actor),
                Reason = entry.Reason,
            }
            : null;

    private static (int Old, int New)? Versions(ChangeLogEntry entry)
    {
        using var cells = JsonDocument.Parse(entry.Cells);
        return cells.RootElement.TryGetProperty(nameof(CompanySection.Version), out var pair) && pair[1].ValueKind == JsonValueKind.Number
            ? (pair[0].ValueKind == JsonValueKind.Number ? pair[0].GetInt32() : 0, pair[1].GetInt32())
            : null;
    }
}
