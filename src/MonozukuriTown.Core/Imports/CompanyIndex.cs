using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Core.Imports;

/// <summary>Why a row can't be said to be one company, and the field to look at.</summary>
internal sealed class UnclearCompanyException(string field, string reason) : Exception(reason)
{
    public string Field { get; } = field;
}

internal sealed record KnownCompany(int Id, string? ExternalId, string? CorporateNumber, string Name, string? Tel, string Slug);

/// <summary>Finds the company a row speaks of: by the file's id, then 法人番号, then name and telephone.</summary>
internal sealed class CompanyIndex
{
    private readonly Dictionary<string, KnownCompany> _byExternalId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KnownCompany> _byCorporateNumber = new(StringComparer.Ordinal);
    private readonly ILookup<string, KnownCompany> _byName;
    private readonly HashSet<string> _slugs = new(StringComparer.Ordinal);

    private CompanyIndex(IReadOnlyList<KnownCompany> companies, IEnumerable<string> oldSlugs)
    {
        foreach (var company in companies)
        {
            if (company.ExternalId is { } id)
                _byExternalId[id] = company;
            if (company.CorporateNumber is { } number)
                _byCorporateNumber[number] = company;
            _slugs.Add(company.Slug);
        }
        _slugs.UnionWith(oldSlugs);
        _byName = companies.ToLookup(c => NameKey(c.Name), StringComparer.Ordinal);
    }

    public static async Task<CompanyIndex> LoadAsync(TownDbContext db, CancellationToken cancellationToken) => new(
        await db.Companies.AsNoTracking().Select(c => new KnownCompany(c.Id, c.ExternalId, c.CorporateNumber, c.Name, c.Tel, c.Slug)).ToListAsync(cancellationToken),
        await db.OldSlugs.AsNoTracking().Select(s => s.Slug).ToListAsync(cancellationToken));

    /// <summary>㈱銅鐸 電極 and 株式会社銅鐸電極 are one name.</summary>
    public static string NameKey(string name) => Gojuon.BareName(name).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    public static string TelKey(string? tel) => string.Concat((tel ?? "").Where(char.IsAsciiDigit));

    public bool HasName(string name) => _byName.Contains(NameKey(name));

    /// <summary>The company of a row of the company list; null: a new one.</summary>
    public KnownCompany? Match(string externalId, string corporateNumber, string name, string tel)
    {
        var byId = externalId.Length > 0 ? _byExternalId.GetValueOrDefault(externalId) : null;
        var byNumber = corporateNumber.Length > 0 ? _byCorporateNumber.GetValueOrDefault(corporateNumber) : null;
        if (byNumber is not null && byId is not null && byId.Id != byNumber.Id)
            throw new UnclearCompanyException("法人番号", $"企業IDは「{byId.Name}」ですが、法人番号は「{byNumber.Name}」のものです。");
        if (byId is not null)
            return byId;

        var found = byNumber ?? ByNameAndTel(name, tel);
        if (found is null)
        {
            return externalId.Length == 0 && corporateNumber.Length == 0 && tel.Length == 0 && HasName(name)
                ? throw new UnclearCompanyException("電話番号", "同じ名前の会社がすでにあります。同じ会社かどうか決められるよう、企業ID・法人番号・電話番号のどれかを書いてください。")
                : null;
        }
        if (externalId.Length > 0 && found.ExternalId is { } other)
            throw new UnclearCompanyException("企業ID", $"「{found.Name}」は別の企業ID（{other}）で登録されています。");
        if (byNumber is null && corporateNumber.Length > 0 && found.CorporateNumber is { } number)
            throw new UnclearCompanyException("法人番号", $"名前と電話番号は「{found.Name}」と同じですが、法人番号（{number}）が違います。");
        return found;
    }

    /// <summary>The company a row of another list names; there must be exactly one.</summary>
    public KnownCompany Require(string externalId, string corporateNumber, string name, string tel)
    {
        if (externalId.Length > 0)
            return _byExternalId.GetValueOrDefault(externalId) ?? throw new UnclearCompanyException("企業ID", "この企業IDの会社はありません。先に会社を取り込んでください。");
        if (corporateNumber.Length > 0)
            return _byCorporateNumber.GetValueOrDefault(corporateNumber) ?? throw new UnclearCompanyException("法人番号", "この法人番号の会社はありません。先に会社を取り込んでください。");
        if (name.Length == 0)
            throw new UnclearCompanyException("会社名", "会社が書かれていません。企業ID・法人番号・会社名のどれかを書いてください。");
        if (tel.Length > 0 && ByNameAndTel(name, tel) is { } found)
            return found;
        return _byName[NameKey(name)].ToList() switch
        {
            [var only] => only,
            [] => throw new UnclearCompanyException("会社名", "この名前の会社はありません。先に会社を取り込んでください。"),
            var several => throw new UnclearCompanyException("会社名", $"同じ名前の会社が{several.Count}社あります。企業IDか法人番号を書いてください。"),
        };
    }

    private KnownCompany? ByNameAndTel(string name, string tel)
    {
        var key = TelKey(tel);
        if (key.Length == 0)
            return null;
        return _byName[NameKey(name)].Where(c => string.Equals(TelKey(c.Tel), key, StringComparison.Ordinal)).ToList() switch
        {
            [] => null,
            [var only] => only,
            _ => throw new UnclearCompanyException("会社名", "名前も電話番号も同じ会社が二社以上あります。企業IDか法人番号を書いてください。"),
        };
    }

    /// <summary>An address nobody has or had; taken from then on.</summary>
    public string NewSlug(string reading)
    {
        var wanted = Romaji.Slug(reading);
        if (wanted.Length == 0)
            wanted = "company";
        var slug = wanted;
        for (var n = 2; !_slugs.Add(slug); n++)
            slug = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{wanted}-{n}");
        return slug;
    }
}
