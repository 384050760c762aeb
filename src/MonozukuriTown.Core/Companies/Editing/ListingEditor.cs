using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Data;
using Npgsql;

namespace MonozukuriTown.Core.Companies.Editing;

/// <summary>A section as somebody sends it to be saved.</summary>
public sealed record SaveSection
{
    public required int CompanyId { get; init; }

    /// <summary>The section, and the version that was on the form.</summary>
    public required SeenSection Seen { get; init; }
    public required SectionText Text { get; init; }

    /// <summary>Who saves says that the section is true as of today.</summary>
    public bool Confirms { get; init; } = true;

    /// <summary>Why, for the change log; staff have to say it.</summary>
    public string? Reason { get; init; }
}

public enum SaveResult
{
    Saved,

    /// <summary>Something is to be put right; nothing was written.</summary>
    Refused,

    /// <summary>Somebody saved the section since it was read; nothing was written.</summary>
    Overtaken,
}

public sealed record SaveOutcome(SaveResult Result, SectionProblems Problems);

/// <summary>Saves one section of a listing: all of it or nothing, and never over what somebody else saved meanwhile.</summary>
public sealed class ListingEditor(TownDbContext db, SectionForms forms, Actor actor, TimeProvider clock)
{
    public async Task<SaveOutcome> SaveAsync(SaveSection save, CancellationToken cancellation = default)
    {
        var form = forms[save.Seen.Section] ?? throw new ArgumentException("This section has no form.", nameof(save));
        var (problems, apply) = form.Read(save.Text);
        if (problems.Any)
            return new(SaveResult.Refused, problems);
        // One after the other for one listing; the version is the net for whoever doesn't wait here, as an import.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.TakeTurnsAsync($"listing/{save.CompanyId}", cancellation);
        var company = await db.Companies.WithParts().SingleAsync(c => c.Id == save.CompanyId, cancellation);
        var section = company.Sections.Find(s => s.Section == save.Seen.Section);
        if ((section?.Version ?? 0) != save.Seen.Version)
            return Overtaken(problems);
        var address = (company.City, company.Town, company.Address);
        apply(company);
        // A position of the old address would send people there.
        if (address != (company.City, company.Town, company.Address))
            (company.Latitude, company.Longitude) = (null, null);
        var changed = db.ChangeTracker.HasChanges();
        if (section is null)
            db.Add(section = new() { CompanyId = company.Id, Section = save.Seen.Section });
        if (changed)
            section.Version++;
        if (save.Confirms)
            section.ConfirmedAt = clock.GetUtcNow();
        actor.Reason = save.Reason ?? actor.Reason;
        try
        {
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return new(SaveResult.Saved, problems);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Overtaken(problems);
        }
    }

    private SaveOutcome Overtaken(SectionProblems problems)
    {
        db.ChangeTracker.Clear();
        return new(SaveResult.Overtaken, problems);
    }
}
