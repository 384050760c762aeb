using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Network;
using MonozukuriTown.Matching;
using Npgsql;

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
    /// <param name="unreadable">Told of each company whose rows this program cannot read, which is then left out.</param>
    public static async IAsyncEnumerable<CompanyFacts> ReadAsync(TownDbContext db, DateOnly today, IReadOnlyCollection<int>? ids,
        Action<int, Exception> unreadable, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var words = new SharedWords();
        var last = 0;
        while (true)
        {
            var query = db.Companies.Where(c => c.Status == CompanyStatus.Listed && c.Id > last);
            if (ids is not null)
                query = query.Where(c => ids.Contains(c.Id));
            var batch = await query.OrderBy(c => c.Id).Take(BatchSize).Select(c => c.Id).ToListAsync(cancellation);
            if (batch.Count == 0)
                yield break;
            last = batch[^1];
            foreach (var facts in await LoadAsync(db, today, words, batch, unreadable, cancellation))
                yield return facts;
        }
    }

    private static async Task<List<CompanyFacts>> LoadAsync(
        TownDbContext db, DateOnly today, SharedWords words, List<int> batch, Action<int, Exception> unreadable, CancellationToken cancellation)
    {
        try
        {
            return await LoadAsync(db, today, words, batch, cancellation);
        }
        // A row that a newer program wrote can hold what this one does not know: the others of the batch are read without it.
        catch (Exception e) when (e is InvalidOperationException or InvalidCastException or FormatException or ArgumentException or OverflowException && !IsLost(e))
        {
            if (batch.Count == 1)
            {
                unreadable(batch[0], e);
                return [];
            }
            var half = batch.Count / 2;
            return
            [
                .. await LoadAsync(db, today, words, batch[..half], unreadable, cancellation),
                .. await LoadAsync(db, today, words, batch[half..], unreadable, cancellation),
            ];
        }
    }

    // A broken connection says nothing about a company; it is for the caller to come back.
    private static bool IsLost(Exception e) => e is NpgsqlException || e.InnerException is { } inner && IsLost(inner);

    private static async Task<List<CompanyFacts>> LoadAsync(TownDbContext db, DateOnly today, SharedWords words, List<int> batch, CancellationToken cancellation)
    {
        var companies = await db.Companies.AsNoTracking().AsSplitQuery()
            .Include(c => c.Capabilities.OrderBy(x => x.Position))
            .Include(c => c.Equipment.OrderBy(x => x.Position))
            .Include(c => c.Certifications.OrderBy(x => x.Position))
            .Include(c => c.Products.OrderBy(x => x.Position))
            .Include(c => c.Sections)
            .Where(c => batch.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync(cancellation);
        var awards = (await db.Awards.AsNoTracking().Where(a => batch.Contains(a.CompanyId)).ToListAsync(cancellation))
            .GroupBy(a => a.CompanyId).ToDictionary(g => g.Key, g => g.MinBy(a => a.Number)!);
        var members = (await db.Memberships.AsNoTracking().AsOf(today).Where(m => batch.Contains(m.CompanyId))
            .Select(m => m.CompanyId).ToListAsync(cancellation)).ToHashSet();
        var offers = (await db.CapabilityOffers.AsNoTracking().Where(o => batch.Contains(o.CompanyId)).ToListAsync(cancellation)).ToLookup(o => o.CompanyId);
        return companies.ConvertAll(c =>
        {
            var award = awards.GetValueOrDefault(c.Id);
            return Of(c, words) with
            {
                ToldProcesses = Ids(offers[c.Id].Where(o => o.ToldAt is not null && o.State != OfferState.Declined)),
                DeniedProcesses = Ids(offers[c.Id].Where(o => o.State == OfferState.Declined)),
                MeisterNumber = award?.Number,
                MeisterYear = award?.FiscalYear,
                NetworkMember = members.Contains(c.Id),
            };
        });
    }

    private static string[] Ids(IEnumerable<CapabilityOffer> offers) => [.. offers.Select(o => o.ProcessId).Order(StringComparer.Ordinal)];

    /// <summary>What the rows of its listing say of a company; its parts are loaded.</summary>
    public static CompanyFacts Of(Company c) => Of(c, new());

    private static CompanyFacts Of(Company c, SharedWords words) => new()
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
            Process = words.One(x.Process),
            Materials = words.Each(x.Materials),
            Limits = Limits(x.Limits),
            ByPartner = !x.InHouse,
        }),
        Materials = words.Each(c.Materials),
        Limits = Limits(c.Limits),
        Equipment = c.Equipment.ConvertAll(x => new EquipmentFacts
        {
            Maker = words.One(x.Maker ?? ""),
            Model = words.One(x.Model ?? ""),
            Kind = words.One(x.Kind),
            Count = x.Count,
            Size = x.Size ?? "",
        }),
        Certifications = words.Each(c.Certifications.ConvertAll(x => x.Name)),
        Industries = words.Each(c.Industries),
        Products = c.Products.ConvertAll(x => x.Name),
        Town = words.One(c.City),
        Latitude = c.Latitude,
        Longitude = c.Longitude,
        Employees = c.Employees,
        VisitsWelcome = c.VisitOk,
        PrototypesWelcome = c.PrototypeOk,
        FromOnePiece = c.FromOnePiece,
        ConfirmedMonth = c.ConfirmedAt is { } confirmed ? FirstOfMonth(TownClock.DateOf(confirmed)) : null,
        ListedOn = c.ListedOn,
    };

    /// <summary>Limits as the matching library and the pages read them.</summary>
    public static LimitFacts Limits(MakingLimits l)
    {
        var stated = Stated(l);
        // Most capabilities state nothing of their own: one object says so for all of them.
        return stated == LimitFacts.None ? LimitFacts.None : stated;
    }

    private static LimitFacts Stated(MakingLimits l) => new()
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

    /// <summary>The same few words stand in thousands of listings: each is kept once.</summary>
    private sealed class SharedWords
    {
        private readonly HashSet<string> known = new(StringComparer.Ordinal);

        public string One(string word)
        {
            if (known.TryGetValue(word, out var one))
                return one;
            known.Add(word);
            return word;
        }

        public string[] Each(IReadOnlyCollection<string> words) => [.. words.Select(One)];
    }
}
