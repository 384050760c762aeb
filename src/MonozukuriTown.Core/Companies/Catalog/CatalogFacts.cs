using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Network;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Core.Companies.Catalog;

/// <summary>Reads listed companies as the facts the matching library knows.</summary>
public static class CatalogFacts
{
    private const int BatchSize = 1000;

    /// <summary>Key of a company in the catalog: its id.</summary>
    public static string Key(int companyId) => companyId.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The company behind a key.</summary>
    public static int Id(string key) => int.Parse(key, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>All listed companies, or those of <paramref name="ids"/> that are listed, read in batches so that memory stays flat.</summary>
    public static async IAsyncEnumerable<CompanyFacts> ReadAsync(TownDbContext db, DateOnly today, IReadOnlyCollection<int>? ids = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var last = 0;
        while (true)
        {
            var query = db.Companies.AsNoTracking().AsSplitQuery()
                .Include(c => c.Capabilities.OrderBy(x => x.Position))
                .Include(c => c.Equipment.OrderBy(x => x.Position))
                .Include(c => c.Certifications.OrderBy(x => x.Position))
                .Include(c => c.Products.OrderBy(x => x.Position))
                .Include(c => c.Sections)
                .Where(c => c.Status == CompanyStatus.Listed && c.Id > last);
            if (ids is not null)
                query = query.Where(c => ids.Contains(c.Id));
            var batch = await query.OrderBy(c => c.Id).Take(BatchSize).ToListAsync(cancellation);
            if (batch.Count == 0)
                yield break;
            last = batch[^1].Id;
            var batchIds = batch.ConvertAll(c => c.Id);
            var awards = (await db.Awards.AsNoTracking().Where(a => batchIds.Contains(a.CompanyId)).ToListAsync(cancellation))
                .GroupBy(a => a.CompanyId).ToDictionary(g => g.Key, g => g.MinBy(a => a.Number)!);
            var members = (await db.Memberships.AsNoTracking().AsOf(today).Where(m => batchIds.Contains(m.CompanyId))
                .Select(m => m.CompanyId).ToListAsync(cancellation)).ToHashSet();
            foreach (var company in batch)
            {
                var award = awards.GetValueOrDefault(company.Id);
                yield return Of(company, award?.Number, award?.FiscalYear, members.Contains(company.Id));
            }
        }
    }

    private static CompanyFacts Of(Company c, int? awardNumber, int? awardYear, bool member) => new()
    {
        Key = Key(c.Id),
        Slug = c.Slug,
        Name = c.Name,
        Kana = c.Kana,
        EnglishName = c.NameEn ?? "",
        Summary = c.Summary ?? "",
        PrText = c.PrText ?? "",
        Capabilities = c.Capabilities.ConvertAll(x => new CapabilityFacts
        {
            Process = x.Process,
            Materials = x.Materials,
            Limits = Limits(x.Limits),
            ByPartner = !x.InHouse,
        }),
        Materials = c.Materials,
        Limits = Limits(c.Limits),
        Equipment = c.Equipment.ConvertAll(x => new EquipmentFacts
        {
            Maker = x.Maker ?? "",
            Model = x.Model ?? "",
            Kind = x.Kind,
            Count = x.Count,
            Size = x.Size ?? "",
        }),
        Certifications = c.Certifications.ConvertAll(x => x.Name),
        Industries = c.Industries,
        Products = c.Products.ConvertAll(x => x.Name),
        Town = c.City,
        Latitude = c.Latitude,
        Longitude = c.Longitude,
        Employees = c.Employees,
        VisitsWelcome = c.VisitOk,
        PrototypesWelcome = c.PrototypeOk,
        FromOnePiece = c.FromOnePiece,
        MeisterNumber = awardNumber,
        MeisterYear = awardYear,
        NetworkMember = member,
        ConfirmedMonth = c.ConfirmedAt is { } confirmed ? FirstOfMonth(TownClock.DateOf(confirmed)) : null,
        ListedOn = c.ListedOn,
    };

    /// <summary>Limits as the matching library and the pages read them.</summary>
    public static LimitFacts Limits(MakingLimits l) => new()
    {
        LengthMm = (double?)l.MaxLength,
        WidthMm = (double?)l.MaxWidth,
        HeightMm = (double?)l.MaxHeight,
        DiameterFromMm = (double?)l.DiameterFrom,
        DiameterToMm = (double?)l.DiameterTo,
        ThicknessFromMm = (double?)l.ThicknessFrom,
        ThicknessToMm = (double?)l.ThicknessTo,
        ToleranceMm = (double?)l.Tolerance,
        RoughnessRa = (double?)l.RoughnessRa,
        LotFrom = l.LotFrom,
        LotTo = l.LotTo,
    };

    private static DateOnly FirstOfMonth(DateOnly date) => new(date.Year, date.Month, 1);
}
