using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;
using Npgsql;

namespace MonozukuriTown.Core.Companies;

/// <summary>What staff decide about a listing: whether it is shown, and under which address.</summary>
public sealed partial class ListingAddress(TownDbContext db, Actor actor, TownClock clock)
{
    /// <returns>False: somebody changed it meanwhile, nothing was done.</returns>
    public async Task<bool> SetStatusAsync(int companyId, CompanyStatus seen, CompanyStatus status, string reason, CancellationToken cancellation = default)
    {
        await using var transaction = await InTurnAsync(companyId, cancellation);
        var company = await db.Companies.SingleAsync(c => c.Id == companyId, cancellation);
        if (company.Status != seen)
            return false;
        company.Status = status;
        if (status == CompanyStatus.Listed)
            company.ListedOn ??= clock.Today;
        actor.Reason = reason;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>A new address for the listing; the old one goes on redirecting to it.</summary>
    /// <returns>Null, or the sentence that says why not.</returns>
    public async Task<string?> MoveAsync(int companyId, string? slug, CancellationToken cancellation = default)
    {
        if (slug is null || slug.Length > Company.SlugMax || !Pattern().IsMatch(slug))
            return $"掲載アドレスは、英小文字と数字を「-」でつないで{Company.SlugMax}文字までで書いてください。例：midorikawa-seiki";
        await using var transaction = await InTurnAsync(companyId, cancellation);
        var company = await db.Companies.SingleAsync(c => c.Id == companyId, cancellation);
        if (string.Equals(company.Slug, slug, StringComparison.Ordinal))
            return "いまの掲載アドレスと同じです。";
        var old = await db.OldSlugs.SingleOrDefaultAsync(s => s.Slug == slug, cancellation);
        if (old is not null && old.CompanyId != companyId)
            return "このアドレスは、前にほかの会社が使っていました。いまもその会社に転送されるため、使えません。";
        if (old is not null)
            db.Remove(old); // back to an address it had before
        db.Add(new OldSlug { Slug = company.Slug, CompanyId = companyId });
        company.Slug = slug;
        try
        {
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return null;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            return "このアドレスは、ほかの会社が使っています。別のアドレスにしてください。";
        }
    }

    // Of two who decide about the same listing at once the second sees what the first did.
    private async Task<IDbContextTransaction> InTurnAsync(int companyId, CancellationToken cancellation)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.TakeTurnsAsync($"listing/{companyId}", cancellation);
        return transaction;
    }

    [GeneratedRegex("^[a-z0-9]+(?:-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Pattern();
}
