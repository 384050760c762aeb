using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Tables;

namespace MonozukuriTown.Core.Imports;

/// <summary>Lists that hang something on a company that is already there: memberships, awards, addresses of the old portal.</summary>
internal sealed class ListImports(TownDbContext db)
{
    private static readonly string[] IdNames = ["企業ID", "整理番号", "id"];
    private static readonly string[] NumberNames = ["法人番号", "corporate_number"];
    private static readonly string[] CompanyNames = ["会社名", "企業名", "名称", "事業者名", "name"];
    private static readonly string[] TelNames = ["電話番号", "電話", "TEL", "tel"];
    private static readonly string[] JoinedNames = ["入会日", "joined_on"];
    private static readonly string[] LeftNames = ["退会日", "left_on"];
    private static readonly string[] ReasonNames = ["退会理由", "leave_reason"];
    private static readonly string[] StewardNames = ["世話人", "steward"];
    private static readonly string[] AwardNumberNames = ["認定番号", "number"];
    private static readonly string[] AwardYearNames = ["認定年度", "fiscal_year"];
    private static readonly string[] AwardTitleNames = ["認定製品・技術", "認定製品", "title"];
    private static readonly string[] PathNames = ["旧URL", "旧アドレス", "url", "path"];

    private CompanyIndex _index = null!;
    private ImportReport _report = null!;
    private bool _write;

    public async Task<ImportReport> RunAsync(ImportKind kind, SourceFile file, bool write, CancellationToken cancellationToken)
    {
        _write = write;
        _index = await CompanyIndex.LoadAsync(db, cancellationToken);
        await (kind switch
        {
            ImportKind.Members => MembersAsync(file, cancellationToken),
            ImportKind.Awards => AwardsAsync(file, cancellationToken),
            _ => RedirectsAsync(file, cancellationToken),
        });
        _report.Refused.Sort((a, b) => a.Line.CompareTo(b.Line));
        if (write)
        {
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }
        return _report;
    }

    public static IReadOnlyList<ImportColumn> Columns(ImportKind kind) =>
    [
        Column(IdNames, "会社は、企業ID・法人番号・会社名のどれかで決まる"), Column(NumberNames, "13桁"), Column(CompanyNames, "同じ名前の会社が二社あるときは、企業IDか法人番号も書く"),
        .. kind switch
        {
            ImportKind.Members => (ImportColumn[])[Column(JoinedNames, "必須。2012-07-25 か 平成24年7月25日"), Column(LeftNames, "会員でなくなった最初の日"), Column(ReasonNames, ""), Column(StewardNames, "はい・いいえ")],
            ImportKind.Awards => [Column(AwardNumberNames, "必須。認定証の番号"), Column(AwardYearNames, "必須。令和5年度 か 2023"), Column(AwardTitleNames, "")],
            _ => [Column(PathNames, "必須。/company/detail.php?id=101 か https:// から")],
        },
    ];

    private static ImportColumn Column(string[] names, string help) => new(names[0], names[^1], help);

    private async Task MembersAsync(SourceFile file, CancellationToken cancellationToken)
    {
        Begin(file, ["入会日", "退会日", "世話人"], JoinedNames, [.. JoinedNames, .. LeftNames, .. ReasonNames, .. StewardNames]);
        var known = (await Rows(db.Memberships).ToListAsync(cancellationToken)).ToLookup(m => m.CompanyId).ToDictionary(g => g.Key, g => g.ToList());
        HashSet<(int, DateOnly)> seen = [];
        // Ended times first: a company that left and came back stands in the file in either order.
        foreach (var row in file.Rows.OrderBy(r => r[LeftNames].IsEmpty))
        {
            Take(row, company =>
            {
                var joined = Required(row, JoinedNames, c => c.Date());
                var left = Optional(row, LeftNames, c => (DateOnly?)c.Date());
                var reason = Optional(row, ReasonNames, c => c.Text(Company.ShortTextMax));
                var steward = Optional(row, StewardNames, c => (bool?)c.Flag());
                if (left < joined)
                    throw new UnclearCompanyException(LeftNames[0], "退会日が入会日より前です。");
                if (!seen.Add((company.Id, joined)))
                    throw new UnclearCompanyException(JoinedNames[0], "同じ会社の同じ入会日が、ファイルに二度あります。");
                if (!known.TryGetValue(company.Id, out var times))
                    known[company.Id] = times = [];
                var time = times.Find(m => m.JoinedOn == joined);
                if (times.Find(m => m != time && m.JoinedOn < (left ?? time?.LeftOn ?? DateOnly.MaxValue) && joined < (m.LeftOn ?? DateOnly.MaxValue)) is { } other)
                {
                    throw new UnclearCompanyException(JoinedNames[0],
                        $"{JapaneseDate.Staff(other.JoinedOn)}からの会員の期間と重なります。入会日がちがうなら、先にそちらを直してください。");
                }
                if (time is null)
                {
                    times.Add(time = new() { CompanyId = company.Id, JoinedOn = joined, LeftOn = left, LeaveReason = reason, Steward = steward ?? false });
                    Added(row, company, time, Show(joined), Show(left), time.Steward ? "はい" : "");
                    return;
                }
                Changed(row, company,
                    Cell("退会日", Show(time.LeftOn), left is null ? null : Show(left), () => time.LeftOn = left),
                    Cell("退会理由", time.LeaveReason, reason, () => time.LeaveReason = reason),
                    Cell("世話人", time.Steward ? "はい" : "いいえ", steward is null ? null : steward.Value ? "はい" : "いいえ", () => time.Steward = steward!.Value));
            });
        }
    }

    private async Task AwardsAsync(SourceFile file, CancellationToken cancellationToken)
    {
        Begin(file, ["認定番号", "認定年度", "認定製品・技術"], AwardNumberNames, [.. AwardNumberNames, .. AwardYearNames, .. AwardTitleNames]);
        var known = await Rows(db.Awards).ToDictionaryAsync(a => a.Number, cancellationToken);
        HashSet<int> seen = [];
        foreach (var row in file.Rows)
        {
            Take(row, company =>
            {
                var number = Required(row, AwardNumberNames, c => c.Whole(1, 1_000_000));
                var year = Required(row, AwardYearNames, c => FiscalYear.TryParse(c.Text(20), out var y) ? y
                    : throw new CellException("年度として読めません。令和5年度 か 2023 のように書いてください。"));
                var title = Optional(row, AwardTitleNames, c => c.Text(Company.ShortTextMax));
                if (!seen.Add(number))
                    throw new UnclearCompanyException(AwardNumberNames[0], "同じ認定番号が、ファイルに二度あります。");
                if (!known.TryGetValue(number, out var award))
                {
                    known[number] = award = new() { CompanyId = company.Id, Number = number, FiscalYear = year.Year, Title = title };
                    Added(row, company, award, number.ToString(CultureInfo.InvariantCulture), year.ToString(), title ?? "");
                    return;
                }
                if (award.CompanyId != company.Id)
                    throw new UnclearCompanyException(AwardNumberNames[0], "この認定番号は、ほかの会社のものとして登録されています。");
                Changed(row, company,
                    Cell("認定年度", new FiscalYear(award.FiscalYear).ToString(), year.ToString(), () => award.FiscalYear = year.Year),
                    Cell("認定製品・技術", award.Title, title, () => award.Title = title));
            });
        }
    }

    private async Task RedirectsAsync(SourceFile file, CancellationToken cancellationToken)
    {
        Begin(file, ["旧URL", "新しい行き先"], PathNames, PathNames);
        var known = await Rows(db.OldAddresses).ToDictionaryAsync(a => a.Path, StringComparer.Ordinal, cancellationToken);
        var slugs = await db.Companies.AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.Slug, cancellationToken);
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var row in file.Rows)
        {
            Take(row, company =>
            {
                var path = Required(row, PathNames, OldPath);
                if (!seen.Add(path))
                    throw new UnclearCompanyException(PathNames[0], "同じURLが、ファイルに二度あります。");
                var target = "/companies/" + slugs[company.Id];
                if (!known.TryGetValue(path, out var address))
                    Added(row, company, known[path] = new() { Path = path, CompanyId = company.Id }, path, target);
                else
                    Changed(row, company, Cell("行き先", "/companies/" + slugs[address.CompanyId], target, () => address.CompanyId = company.Id));
            });
        }
    }

    /// <summary>Path and query of the old portal, as the redirect looks them up.</summary>
    private static string OldPath(Cell cell)
    {
        var text = cell.Text(400);
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            text = uri.PathAndQuery;
        return text.StartsWith('/') && text.Length > 1 && !text.StartsWith("//", StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace) ? text
            : throw new CellException("「/」で始まるURLか、https:// からのURLで書いてください（トップページは書けません）。");
    }

    private IQueryable<T> Rows<T>(IQueryable<T> rows) where T : class => _write ? rows : rows.AsNoTracking();

    private void Begin(SourceFile file, string[] headings, string[] needed, string[] names)
    {
        if (!file.HasAny(needed))
            throw new UnreadableFileException($"「{needed[0]}」の列がありません。一行目の見出しを確かめてください。");
        _report = new() { Format = file.Format, Rows = file.RowCount, AddedHeadings = headings };
        _report.Refused.AddRange(file.Problems.Select(p => new RefusedCell(p.Line, "", "", "", p.Reason)));
        _report.Notes.AddRange(file.Notes);
        if (file.Unread([.. IdNames, .. NumberNames, .. CompanyNames, .. TelNames, .. names]).ToList() is { Count: > 0 } unread)
            _report.Notes.Add($"読まない列があります: {string.Join('、', unread)}");
    }

    private void Take(SourceRow row, Action<KnownCompany> take)
    {
        var name = row[CompanyNames].Written;
        try
        {
            take(_index.Require(row[IdNames].Written, row[NumberNames].Written, name, row[TelNames].Written));
        }
        catch (UnclearCompanyException e)
        {
            _report.Refused.Add(new(row.Line, name, e.Field, row[e.Field].Written, e.Message));
        }
    }

    private static T Required<T>(SourceRow row, string[] names, Func<Cell, T> read) => row[names].IsEmpty
        ? throw new UnclearCompanyException(names[0], $"「{names[0]}」がありません。")
        : Optional(row, names, read)!;

    private static T? Optional<T>(SourceRow row, string[] names, Func<Cell, T> read)
    {
        try
        {
            return row[names] is { IsEmpty: false } cell ? read(cell) : default;
        }
        catch (CellException e)
        {
            throw new UnclearCompanyException(names[0], e.Message);
        }
    }

    private void Added(SourceRow row, KnownCompany company, object entity, params string[] values)
    {
        _report.Added.Add(new(row.Line, company.Name, values));
        if (_write)
            db.Add(entity);
    }

    private sealed record Difference(ChangedCell Cell, Action Set);

    /// <summary>Null when the file says nothing or the same.</summary>
    private static Difference? Cell(string field, string? before, string? after, Action set) =>
        string.IsNullOrEmpty(after) || string.Equals(before ?? "", after, StringComparison.Ordinal) ? null : new(new(field, before ?? "", after), set);

    private void Changed(SourceRow row, KnownCompany company, params Difference?[] differences)
    {
        List<Difference> real = [.. differences.OfType<Difference>()];
        if (real.Count == 0)
        {
            _report.Unchanged++;
            return;
        }
        real.ForEach(d => d.Set());
        _report.Changed.Add(new(row.Line, company.Name, [.. real.Select(d => d.Cell)]));
    }

    private static string Show(DateOnly? date) => date is { } day ? JapaneseDate.Staff(day) : "";
}
