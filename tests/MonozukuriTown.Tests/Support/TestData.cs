using System.Globalization;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Certification;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Network;

namespace MonozukuriTown.Tests.Support;

/// <summary>Puts rows into a test's database: <c>await Data.Company(c => c.Listed().With(process: "旋盤加工"))</c>.</summary>
public sealed class TestData(Func<TownDbContext> open)
{
    private int count;

    /// <summary>Different at every call: for what must be unique.</summary>
    public int Next() => Interlocked.Increment(ref count);

    public async Task<Company> Company(Action<CompanyBuilder>? set = null)
    {
        var builder = new CompanyBuilder(Next());
        set?.Invoke(builder);
        await using var db = open();
        db.Add(builder.Company);
        await db.SaveChangesAsync();
        foreach (var row in builder.Rows(this))
            db.Add(row);
        await db.SaveChangesAsync();
        return builder.Company;
    }

    public async Task<T> Add<T>(T entity)
        where T : class
    {
        await using var db = open();
        db.Add(entity);
        await db.SaveChangesAsync();
        return entity;
    }

    /// <summary>Makes a user one of those who keep this company's listing.</summary>
    public Task<CompanyUser> Keeper(Company company, TownUser user, CompanyUserKind kind = CompanyUserKind.Owner) =>
        Add(new CompanyUser { CompanyId = company.Id, UserId = user.Id, Kind = kind });
}

/// <summary>A company with every required field filled; a test says only what it is about.</summary>
public sealed class CompanyBuilder
{
    private readonly List<Func<TestData, int, object>> rows = [];

    public CompanyBuilder(int number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        Company = new Company
        {
            Name = $"株式会社試験製作所{text}",
            Kana = $"しけんせいさくしょ{text}",
            SortKey = "",
            Slug = $"shiken-{text}",
            City = "東大阪市",
            Email = $"company{text}@example.jp",
        };
    }

    public Company Company { get; }

    public CompanyBuilder Set(Action<Company> set)
    {
        set(Company);
        return this;
    }

    public CompanyBuilder Named(string name, string kana, string? slug = null) => Set(c =>
    {
        c.Name = name;
        c.Kana = kana;
        c.Slug = slug ?? c.Slug;
    });

    public CompanyBuilder Listed(DateOnly? since = null) => Set(c =>
    {
        c.Status = CompanyStatus.Listed;
        c.ListedOn = since ?? new DateOnly(2020, 4, 1);
    });

    /// <summary>One more line of 加工対応範囲, with the fields a test cares for.</summary>
    public CompanyBuilder With(string process, string? processId = null, string[]? materials = null, Action<Capability>? set = null)
    {
        var capability = new Capability
        {
            Process = process,
            ProcessId = processId,
            Materials = [.. materials ?? []],
            Position = Company.Capabilities.Count,
        };
        set?.Invoke(capability);
        Company.Capabilities.Add(capability);
        return this;
    }

    public CompanyBuilder WithEquipment(string kind, string? maker = null, string? model = null, int number = 1) =>
        Set(c => c.Equipment.Add(new Equipment { Kind = kind, Maker = maker, Model = model, Count = number, Position = c.Equipment.Count }));

    public CompanyBuilder WithCertification(string name, string? certificationId = null) =>
        Set(c => c.Certifications.Add(new CompanyCertification { Name = name, CertificationId = certificationId, Position = c.Certifications.Count }));

    public CompanyBuilder Confirmed(ListingSection section, DateTimeOffset at) =>
        Set(c => c.Sections.Add(new CompanySection { Section = section, Version = 1, ConfirmedAt = at }));

    public CompanyBuilder Member(DateOnly? since = null, DateOnly? left = null) => Also((_, id) => new Membership
    {
        CompanyId = id,
        JoinedOn = since ?? new DateOnly(2020, 4, 1),
        LeftOn = left,
    });

    /// <summary>Holds the town's award.</summary>
    public CompanyBuilder Awarded(int? number = null, int fiscalYear = 2023) => Also((data, id) => new Award
    {
        CompanyId = id,
        Number = number ?? data.Next(),
        FiscalYear = fiscalYear,
    });

    private CompanyBuilder Also(Func<TestData, int, object> row)
    {
        rows.Add(row);
        return this;
    }

    internal IEnumerable<object> Rows(TestData data) => rows.Select(row => row(data, Company.Id));
}
