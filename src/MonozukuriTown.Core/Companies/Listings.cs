using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Certification;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Network;

namespace MonozukuriTown.Core.Companies;

/// <summary>Everything the page of one company shows. Whether it may be shown is <see cref="Company.Status"/>'s to say.</summary>
public sealed record Listing
{
    public required Company Company { get; init; }

    /// <summary>By number; most companies have none.</summary>
    public required IReadOnlyList<Award> Awards { get; init; }

    /// <summary>In the 企業ネットワーク today.</summary>
    public required bool IsMember { get; init; }

    /// <summary>The newest edit or confirmation of a section, if any was confirmed.</summary>
    public DateTimeOffset? ConfirmedAt => Company.ConfirmedAt;

    public DateTimeOffset? SectionConfirmedAt(ListingSection section) =>
        Company.Sections.Find(s => s.Section == section)?.ConfirmedAt;
}

/// <summary>Where an address that is no listing any more leads: the company's listing and whether it can still be seen.</summary>
public sealed record MovedListing(string Slug, CompanyStatus Status);

/// <summary>Reads listings for the public pages.</summary>
public sealed class Listings(TownDbContext db, TownClock clock)
{
    public async Task<Listing?> FindAsync(string slug, CancellationToken cancellation)
    {
        if (!IsSlug(slug))
            return null;
        var members = db.Memberships.AsOf(clock.Today);
        // Every round trip costs the page more than what it brings: the company's own row says what else there is to ask for.
        var found = await db.Companies.AsNoTracking().WithParts().Where(c => c.Slug == slug).Select(c => new
        {
            Company = c,
            IsMember = members.Any(m => m.CompanyId == c.Id),
            IsAwarded = db.Awards.Any(a => a.CompanyId == c.Id),
        }).SingleOrDefaultAsync(cancellation);
        return found is null ? null : new Listing
        {
            Company = found.Company,
            Awards = found.IsAwarded
                ? await db.Awards.AsNoTracking().Where(a => a.CompanyId == found.Company.Id).OrderBy(a => a.Number).ToListAsync(cancellation) : [],
            IsMember = found.IsMember,
        };
    }

    /// <summary>The listing that once had this slug.</summary>
    public Task<MovedListing?> FindMovedAsync(string slug, CancellationToken cancellation) => IsSlug(slug)
        ? db.OldSlugs.Where(o => o.Slug == slug).Select(o => new MovedListing(o.Company!.Slug, o.Company.Status)).SingleOrDefaultAsync(cancellation)
        : Task.FromResult<MovedListing?>(null);

    /// <summary>
    /// The listing behind an address of the portal this one replaced. Such an address can carry its company in the query
    /// (<c>/company/detail.php?id=101</c>), and links to it have other parameters added: each is tried by itself too.
    /// </summary>
    public async Task<MovedListing?> FindOldAddressAsync(string path, string query, CancellationToken cancellation)
    {
        List<string> addresses = [path, path + query];
        foreach (var part in query.TrimStart('?').Split('&', 12, StringSplitOptions.RemoveEmptyEntries))
            addresses.Add($"{path}?{part}");
        addresses.RemoveAll(a => a.Length > OldAddress.PathMax || !IsPlain(a));
        if (addresses.Count == 0)
            return null;
        var found = await db.OldAddresses.Where(o => addresses.Contains(o.Path))
            .Select(o => new { o.Path, Listing = new MovedListing(o.Company!.Slug, o.Company.Status) }).ToListAsync(cancellation);
        // The one that says most is meant.
        return found.OrderByDescending(f => f.Path.Length).ThenBy(f => f.Path, StringComparer.Ordinal).FirstOrDefault()?.Listing;
    }

    /// <summary>Does one of the companies this person keeps belong to the network today?</summary>
    public Task<bool> IsNetworkMemberAsync(Guid userId, CancellationToken cancellation) =>
        db.CompanyUsers.Where(u => u.UserId == userId)
            .AnyAsync(u => db.Memberships.AsOf(clock.Today).Any(m => m.CompanyId == u.CompanyId), cancellation);

    /// <summary>Telephone numbers of listed companies that this viewer may see, by company.</summary>
    public async Task<IReadOnlyDictionary<int, string>> PhonesAsync(IReadOnlyCollection<int> companies, Viewer viewer, CancellationToken cancellation)
    {
        var rows = await db.Companies.Where(c => companies.Contains(c.Id) && c.Status == CompanyStatus.Listed && c.Tel != null)
            .Select(c => new { c.Id, c.Tel, c.TelVisibility }).ToListAsync(cancellation);
        return rows.Where(c => viewer.MaySee(c.TelVisibility)).ToDictionary(c => c.Id, c => c.Tel!);
    }

    // What cannot be a slug is not asked for: PostgreSQL refuses some characters, and nobody's listing has them.
    private static bool IsSlug(string slug) =>
        slug.Length is > 0 and <= Company.SlugMax && slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-');

    private static bool IsPlain(string text) => !text.Contains('\0', StringComparison.Ordinal) && !text.Any(char.IsSurrogate);
}
