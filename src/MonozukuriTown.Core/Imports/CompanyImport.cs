using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Tables;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Core.Imports;

/// <summary>
/// The list of companies. The same code makes the report and the change: a report is a run whose entities are thrown away, so it
/// can't promise anything else than what is then written.
/// </summary>
internal sealed class CompanyImport(TownDbContext db, Vocabulary vocabulary, TownClock clock)
{
    private const int ChunkSize = 250;
    private const int UnknownWordsShown = 30;

    private readonly IReadOnlyList<CompanyField> _fields = CompanyFields.All(vocabulary);
    private readonly SortedSet<string> _unknownWords = new(StringComparer.Ordinal);
    private bool _write;

    public async Task<ImportReport> RunAsync(SourceFile file, bool write, CancellationToken cancellationToken)
    {
        _write = write;
        if (!file.HasAny(Field("name").Names))
            throw new UnreadableFileException("「会社名」の列がありません。一行目の見出しを、ひな形と同じ名前にしてください。");
        ImportReport report = new() { Format = file.Format, Rows = file.RowCount, AddedHeadings = ["読み", "所在地", "加工"] };
        report.Refused.AddRange(file.Problems.Select(p => new RefusedCell(p.Line, "", "", "", p.Reason)));
        report.Notes.AddRange(file.Notes);
        if (file.Unread(_fields.SelectMany(f => f.Names)).ToList() is { Count: > 0 } unread)
            report.Notes.Add($"読まない列があります: {string.Join('、', unread)}");

        var index = await CompanyIndex.LoadAsync(db, cancellationToken);
        var rows = Read(file, index, report);
        foreach (var chunk in rows.Chunk(ChunkSize))
            await TakeAsync(chunk, index, report, cancellationToken);
        report.Refused.Sort((a, b) => a.Line.CompareTo(b.Line));
        if (_unknownWords.Count > 0)
        {
            report.Notes.Add($"語彙にない加工の言葉が{_unknownWords.Count}語あります（そのまま載り、言葉でだけ見つかります）: " +
                string.Join('、', _unknownWords.Take(UnknownWordsShown)) + (_unknownWords.Count > UnknownWordsShown ? " ほか" : ""));
        }
        return report;
    }

    private CompanyField Field(string json) => _fields.First(f => string.Equals(f.Json, json, StringComparison.Ordinal));

    private sealed record ReadRow(int Line, string Name, KnownCompany? Known, List<Action<Company>> Changes);

    /// <summary>Rows that can be taken; all others are refused with every reason, not only the first.</summary>
    private List<ReadRow> Read(SourceFile file, CompanyIndex index, ImportReport report)
    {
        List<ReadRow> rows = [];
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        foreach (var row in file.Rows)
        {
            var name = row[Field("name").Names].Written;
            var refused = report.Refused.Count;
            List<Action<Company>> changes = [];
            foreach (var field in _fields)
            {
                var cell = row[field.Names];
                if (cell.IsEmpty)
                    continue;
                try
                {
                    changes.Add(!cell.IsClear ? field.Read(cell) : field.Empty ?? throw new CellException("空にできない項目です。"));
                }
                catch (CellException e)
                {
                    report.Refused.Add(new(row.Line, name, field.Header, cell.Written, e.Message));
                }
            }
            if (name.Length == 0)
                report.Refused.Add(new(row.Line, "", "会社名", "", "会社名がありません。空の行なら、行ごと消してください。"));
            if (report.Refused.Count > refused)
                continue;

            // Read through a company of its own, so that keys are compared as they are stored.
            var keys = Blank();
            changes.ForEach(change => change(keys));
            try
            {
                var known = index.Match(keys.ExternalId ?? "", keys.CorporateNumber ?? "", keys.Name, keys.Tel ?? "");
                Once(seen, row.Line, known, keys);
                if (known is null && Missing(keys) is { } missing)
                    throw new UnclearCompanyException(missing, $"新しい会社には「{missing}」が要ります。");
                if (known is null && index.HasName(keys.Name))
                    report.Notes.Add($"{row.Line:N0}行目「{keys.Name}」: 同じ名前の会社がすでにありますが、電話番号などが違うため、新しい会社として数えています。");
                rows.Add(new(row.Line, keys.Name, known, changes));
            }
            catch (UnclearCompanyException e)
            {
                report.Refused.Add(new(row.Line, name, e.Field, row[_fields.FirstOrDefault(f => string.Equals(f.Header, e.Field, StringComparison.Ordinal))?.Names ?? []].Written, e.Message));
            }
        }
        return rows;
    }

    private static string? Missing(Company company) => company.Kana.Length == 0 ? "読み" : company.City.Length == 0 ? "市区町村" : null;

    private static Company Blank() => new() { Name = "", Kana = "", SortKey = "", Slug = "", City = "" };

    // One row a company: two would make the result hang on their order.
    private static void Once(Dictionary<string, int> seen, int line, KnownCompany? known, Company keys)
    {
        string?[] marks =
        [
            known is null ? null : $"known {known.Id}",
            keys.ExternalId is { } id ? $"id {id}" : null,
            keys.CorporateNumber is { } number ? $"number {number}" : null,
            keys.ExternalId is null && keys.CorporateNumber is null ? $"name {CompanyIndex.NameKey(keys.Name)} {CompanyIndex.TelKey(keys.Tel)}" : null,
        ];
        foreach (var mark in marks.OfType<string>())
        {
            if (!seen.TryAdd(mark, line))
                throw new UnclearCompanyException("会社名", $"{seen[mark]:N0}行目と同じ会社です。どちらかを消してください。");
        }
    }

    private async Task TakeAsync(ReadRow[] rows, CompanyIndex index, ImportReport report, CancellationToken cancellationToken)
    {
        var ids = rows.Where(r => r.Known is not null).Select(r => r.Known!.Id).ToList();
        var query = db.Companies.Where(c => ids.Contains(c.Id)).Include(c => c.Sites).Include(c => c.Capabilities).Include(c => c.Equipment)
            .Include(c => c.Products).Include(c => c.Certifications).Include(c => c.Sections).AsSplitQuery();
        var companies = await (_write ? query : query.AsNoTracking()).ToDictionaryAsync(c => c.Id, cancellationToken);
        foreach (var row in rows)
        {
            if (row.Known is { } known)
                Change(row, companies[known.Id], report);
            else
                Add(row, index, report);
        }
        if (_write)
        {
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }
    }

    private void Add(ReadRow row, CompanyIndex index, ImportReport report)
    {
        var company = Blank();
        company.Status = CompanyStatus.Listed;
        row.Changes.ForEach(change => change(company));
        company.SortKey = Gojuon.SortKey(company.Kana, company.Name);
        company.Slug = index.NewSlug(company.Kana);
        company.CreatedAt = clock.Now.ToUniversalTime();
        if (company.Status == CompanyStatus.Listed)
            company.ListedOn ??= clock.Today;
        report.Added.Add(new(row.Line, company.Name, [company.Kana, company.City, Field("processes").Show(company)]));
        NoteUnknownWords(company);
        if (_write)
            db.Companies.Add(company);
    }

    private void Change(ReadRow row, Company company, ImportReport report)
    {
        var before = _fields.Select(f => f.Show(company)).ToList();
        row.Changes.ForEach(change => change(company));
        List<ChangedCell> cells = [];
        HashSet<ListingSection> sections = [];
        foreach (var (field, old) in _fields.Zip(before))
        {
            var now = field.Show(company);
            if (string.Equals(old, now, StringComparison.Ordinal))
                continue;
            cells.Add(new(field.Header, old, now));
            sections.Add(field.Section);
        }
        NoteUnknownWords(company);
        if (cells.Count == 0)
        {
            report.Unchanged++;
            return;
        }
        company.SortKey = Gojuon.SortKey(company.Kana, company.Name);
        List<string> confirmed = [];
        foreach (var section in sections.Order())
        {
            var token = company.Sections.Find(s => s.Section == section);
            if (token?.ConfirmedAt is { } at)
                confirmed.Add($"{CompanyRows.Label(section)}（{JapaneseDate.StaffMonth(TownClock.DateOf(at))}）");
            // Whoever has this section open in a form is told that it changed.
            if (token is null)
                company.Sections.Add(token = new() { Section = section });
            token.Version++;
        }
        report.Changed.Add(new(row.Line, company.Name, cells, confirmed.Count == 0 ? null : $"会社が自分で確かめた内容を変えます: {string.Join('、', confirmed)}"));
    }

    private void NoteUnknownWords(Company company) => _unknownWords.UnionWith(company.Capabilities.Where(c => c.ProcessId is null).Select(c => c.Process));
}
