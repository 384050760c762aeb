using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Network;
using MonozukuriTown.Core.Tables;

namespace MonozukuriTown.Core.Companies;

public sealed record CompanyFilter
{
    /// <summary>Words of the name, reading, address, telephone or number.</summary>
    public string? Words { get; init; }
    public CompanyStatus? Status { get; init; }
    public string? City { get; init; }
}

/// <summary>A line of the staff's list.</summary>
public sealed class CompanyRow
{
    public int Id { get; init; }
    public string? ExternalId { get; init; }
    public required string Name { get; init; }
    public required string Kana { get; init; }
    public required string SortKey { get; init; }
    public required string Slug { get; init; }
    public required string City { get; init; }
    public string? Town { get; init; }
    public string? Address { get; init; }
    public string? Tel { get; init; }
    public string? Fax { get; init; }
    public string? Web { get; init; }
    public int? Employees { get; init; }
    public CompanyStatus Status { get; init; }
    public DateOnly? ListedOn { get; init; }
    public DateTimeOffset? ConfirmedAt { get; init; }
    public int Capabilities { get; init; }
    public bool Member { get; init; }
    public int? AwardNumber { get; init; }
}

/// <summary>All companies whatever their status, as staff look through them.</summary>
public sealed class CompanyList(TownDbContext db, TownClock clock)
{
    private static readonly DateTimeOffset Never = DateTimeOffset.UnixEpoch;

    private const int Suggestions = 5;

    private static readonly ListSorts<CompanyRow> Sorts = ListSorts.ById<CompanyRow, int>(c => c.Id)
        .By("kana", c => c.SortKey)
        .By("city", c => c.City)
        .By("employees", c => c.Employees ?? 0, descending: true)
        .By("confirmed", c => c.ConfirmedAt ?? Never)
        .By("capabilities", c => c.Capabilities, descending: true);

    public Task<Page<CompanyRow>> PageAsync(CompanyFilter filter, PageQuery query, CancellationToken cancellation = default) =>
        Sorts.PageAsync(Rows(filter), query, cancellation, count: true);

    public IAsyncEnumerable<CompanyRow> AllAsync(CompanyFilter filter) => Rows(filter).OrderBy(c => c.SortKey).ThenBy(c => c.Id).AsAsyncEnumerable();

    /// <summary>Which companies somebody may mean who writes a name: the one of exactly that name or slug, or those that contain it.</summary>
    public async Task<IReadOnlyList<CompanyRow>> MeantAsync(string words, int most, CancellationToken cancellation = default)
    {
        var exact = await Rows(new()).Where(c => c.Name == words || c.Slug == words).OrderBy(c => c.Id).Take(2).ToListAsync(cancellation);
        return exact.Count == 1 ? exact : await Rows(new() { Words = words }).OrderBy(c => c.SortKey).ThenBy(c => c.Id).Take(most).ToListAsync(cancellation);
    }

    /// <summary>The one company that is meant, or the sentence that says why it isn't clear.</summary>
    public async Task<(int? Id, string? Problem)> OneMeantAsync(string words, CancellationToken cancellation = default)
    {
        if (words.Length == 0)
            return (null, "会社の名前を書いてください。");
        var meant = await MeantAsync(words, Suggestions + 1, cancellation);
        return meant.Count switch
        {
            1 => (meant[0].Id, null),
            0 => (null, "その名前の会社はありません。「会社」の一覧の名前を書いてください。"),
            _ => (null, $"どの会社か決まりません。名前を終わりまで書いてください：{string.Join("、", meant.Take(Suggestions).Select(c => c.Name))}{(meant.Count > Suggestions ? " など" : "")}"),
        };
    }

    public async Task<IReadOnlyList<string>> CitiesAsync(CancellationToken cancellation = default) =>
        await db.Companies.GroupBy(c => c.City).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => g.Key).ToListAsync(cancellation);

    private IQueryable<CompanyRow> Rows(CompanyFilter filter)
    {
        var members = db.Memberships.AsOf(clock.Today);
        var companies = db.Companies.AsNoTracking()
            .Containing(filter.Words, c => c.Name, c => c.Kana, c => c.City, c => c.Town, c => c.Tel, c => c.CorporateNumber, c => c.ExternalId, c => c.Slug);
        if (filter.Status is { } status)
            companies = companies.Where(c => c.Status == status);
        if (filter.City is { Length: > 0 } city)
            companies = companies.Where(c => c.City == city);
        return companies.Select(c => new CompanyRow
        {
            Id = c.Id,
            ExternalId = c.ExternalId,
            Name = c.Name,
            Kana = c.Kana,
            SortKey = c.SortKey,
            Slug = c.Slug,
            City = c.City,
            Town = c.Town,
            Address = c.Address,
            Tel = c.Tel,
            Fax = c.Fax,
            Web = c.Web,
            Employees = c.Employees,
            Status = c.Status,
            ListedOn = c.ListedOn,
            ConfirmedAt = c.Sections.Max(s => s.ConfirmedAt),
            Capabilities = c.Capabilities.Count,
            Member = members.Any(m => m.CompanyId == c.Id),
            AwardNumber = db.Awards.Where(a => a.CompanyId == c.Id).Min(a => (int?)a.Number),
        });
    }
}

public static class CompanyParts
{
    /// <summary>
    /// Companies with everything their listing holds. Each part is a query of its own and the versions of the sections come first: a save between
    /// them leaves newer rows under an older version, which a form finds out, never older rows under a newer one.
    /// </summary>
    public static IQueryable<Company> WithParts(this IQueryable<Company> companies) => companies.AsSplitQuery()
        .Include(c => c.Sections)
        .Include(c => c.Sites.OrderBy(x => x.Position))
        .Include(c => c.Capabilities.OrderBy(x => x.Position))
        .Include(c => c.Equipment.OrderBy(x => x.Position))
        .Include(c => c.Products.OrderBy(x => x.Position))
        .Include(c => c.Certifications.OrderBy(x => x.Position));
}
