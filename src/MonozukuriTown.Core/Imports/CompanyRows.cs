using System.Globalization;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Core.Imports;

/// <summary>
/// The fields that are rows of their own. A row that is already there is found by its words and keeps everything the file doesn't
/// speak of (limits and materials a company filled in itself).
/// </summary>
internal static class CompanyRows
{
    private static readonly char[] Lines = ['\n', ';', '；', '|', '｜'];

    private static readonly (ListingSection Section, string Json, string Label)[] SectionNames =
    [
        (ListingSection.Basic, "basic", "基本"), (ListingSection.Capabilities, "capabilities", "加工"), (ListingSection.Equipment, "equipment", "設備"),
        (ListingSection.Products, "products", "製品"), (ListingSection.Photos, "photos", "写真"), (ListingSection.Certifications, "certifications", "認証"),
        (ListingSection.Hosting, "hosting", "受け入れ"), (ListingSection.English, "english", "英語"),
    ];

    public static string Label(ListingSection section) => Array.Find(SectionNames, s => s.Section == section).Label;

    public static CompanyField Capabilities(Vocabulary vocabulary) => new("加工", "processes", ListingSection.Capabilities,
        cell =>
        {
            var words = cell.Words(Company.WordMax, Company.CapabilitiesMax);
            return company => Merge(company.Capabilities, _ => true, words,
                (row, word) => string.Equals(row.Process, word, StringComparison.Ordinal),
                word => new Capability { Process = word, ProcessId = vocabulary.ReadProcess(word)?.Id },
                (row, position) => row.Position = position);
        },
        company => company.Capabilities.Clear(),
        company => string.Join('、', company.Capabilities.OrderBy(r => r.Position).Select(r => r.Process)))
    { Aliases = ["加工内容", "加工対応", "対応加工"], Help = "「、」で区切る。自社の言葉のまま。旋盤、マシニング" };

    public static CompanyField Certifications(Vocabulary vocabulary) => new("認証", "certs", ListingSection.Certifications,
        cell =>
        {
            var words = cell.Words(Company.WordMax, Company.WordsMax);
            return company => Merge(company.Certifications, _ => true, words,
                (row, word) => string.Equals(row.Name, word, StringComparison.Ordinal),
                word => new CompanyCertification { Name = word, CertificationId = vocabulary.ReadCertification(word)?.Id },
                (row, position) => row.Position = position);
        },
        company => company.Certifications.Clear(),
        company => string.Join('、', company.Certifications.OrderBy(r => r.Position).Select(r => r.Name)))
    { Aliases = ["認証・資格", "取得認証"], Help = "「、」で区切る。ISO9001、エコアクション21" };

    public static CompanyField Products { get; } = new("製品", "products", ListingSection.Products,
        cell =>
        {
            var words = cell.Words(Company.NameMax, Company.WordsMax);
            return company => Merge(company.Products, _ => true, words,
                (row, word) => string.Equals(row.Name, word, StringComparison.Ordinal),
                word => new Product { Name = word },
                (row, position) => row.Position = position);
        },
        company => company.Products.Clear(),
        company => string.Join('、', company.Products.OrderBy(r => r.Position).Select(r => r.Name)))
    { Aliases = ["主要製品", "製品・事例"], Help = "「、」で区切る" };

    public static CompanyField Equipment(string header, string json, bool inspection, params string[] aliases) => new(header, json, ListingSection.Equipment,
        cell =>
        {
            List<Machine> machines = [.. cell.Parts(Lines).Select(Machine.Read)];
            if (machines.Count > Company.EquipmentMax)
                throw new CellException($"多すぎます。{Company.EquipmentMax}台分までで書いてください。");
            return company => Merge(company.Equipment, row => row.Inspection == inspection, machines,
                (row, machine) => machine.Describes(row),
                machine => new Equipment { Maker = machine.Maker, Model = machine.Model, Kind = machine.Kind, Size = machine.Size, Count = machine.Count, Inspection = inspection },
                (row, position) => row.Position = position,
                (row, machine) => row.Count = machine.Count);
        },
        company => company.Equipment.RemoveAll(row => row.Inspection == inspection),
        company => string.Join("\n", company.Equipment.Where(r => r.Inspection == inspection).OrderBy(r => r.Position)
            .Select(r => new Machine(r.Maker, r.Model, r.Kind, r.Count, r.Size))))
    { Aliases = aliases, Help = "メーカー／型式／種類／台数／大きさ を「／」で区切り、一台ごとに改行か「;」。種類だけでもよい。ツガミ／M08SY／NC旋盤／6台／φ65" };

    public static CompanyField Sites { get; } = new("事業所", "sites", ListingSection.Basic,
        cell =>
        {
            List<CompanySite> sites = [.. cell.Parts(Lines).Select(ReadSite)];
            return company => Merge(company.Sites, _ => true, sites,
                (row, site) => string.Equals(row.Name, site.Name, StringComparison.Ordinal),
                site => new CompanySite { Name = site.Name, City = site.City, Town = site.Town, Address = site.Address, PostalCode = site.PostalCode, Tel = site.Tel },
                (row, position) => row.Position = position,
                (row, site) => (row.City, row.Town, row.Address, row.PostalCode, row.Tel) = (site.City, site.Town, site.Address, site.PostalCode, site.Tel));
        },
        company => company.Sites.Clear(),
        company => string.Join("\n", company.Sites.OrderBy(s => s.Position)
            .Select(s => string.Join('／', s.Name, s.City, s.Town + s.Address, s.Tel).TrimEnd('／'))))
    { Aliases = ["工場", "拠点"], Help = "名前／市区町村／町名と番地／電話 を「／」で区切り、一か所ごとに改行か「;」" };

    /// <summary>When the company last said a section is true: {"basic":"2026-10"} or 「基本=2026-10; 加工=2026-09」.</summary>
    public static CompanyField ConfirmedSections { get; } = new("確認年月", "sections_confirmed", ListingSection.Basic,
        cell =>
        {
            var months = (cell.Properties() ?? cell.Parts([.. Lines, '、']).Select(ReadPair)).Select(p => (Section: SectionOf(p.Name), Month: MonthOf(p.Value))).ToList();
            return company =>
            {
                foreach (var (name, month) in months)
                {
                    var section = company.Sections.Find(s => s.Section == name);
                    if (section is null)
                        company.Sections.Add(section = new() { Section = name, Version = 1 });
                    section.ConfirmedAt = TownClock.At(month);
                }
            };
        },
        null,
        company => string.Join('、', company.Sections.Where(s => s.ConfirmedAt is not null).OrderBy(s => s.Section)
            .Select(s => $"{Label(s.Section)} {JapaneseDate.StaffMonth(TownClock.DateOf(s.ConfirmedAt!.Value))}")))
    { Help = "基本=2026-10; 加工=2026-09 のように、会社が最後に確かめた月" };

    private static (string Name, Cell Value) ReadPair(Cell cell)
    {
        var parts = cell.Text(60).Split('=', '＝');
        return parts.Length == 2 ? (parts[0].Trim(), new(parts[1])) : throw new CellException("「基本=2026-10; 加工=2026-09」のように書いてください。");
    }

    private static ListingSection SectionOf(string name) => Array.Find(SectionNames, s => string.Equals(s.Json, name, StringComparison.OrdinalIgnoreCase) || string.Equals(s.Label, name, StringComparison.Ordinal)) is { Label: not null } found
        ? found.Section
        : throw new CellException($"「{name}」という項目はありません。{string.Join('・', SectionNames.Select(s => s.Label))} のどれかです。");

    private static DateOnly MonthOf(Cell cell) => new Cell(cell.Text(20) + "-01").Date();

    private static CompanySite ReadSite(Cell cell)
    {
        if (cell.Property("name") is { } name)
        {
            return new()
            {
                Name = Required(name.Text(Company.NameMax), "事業所の名前"),
                City = Required((cell.Property("ward_or_city") is { IsEmpty: false } city ? city : cell.Property("city")!.Value).Text(Company.WordMax), "事業所の市区町村"),
                Town = Null(cell.Property("town")!.Value.Text(Company.WordMax)),
                Address = Null(cell.Property("address")!.Value.Text(Company.AddressMax)),
                PostalCode = Null(cell.Property("postal_code")!.Value.Text(8)),
                Tel = cell.Property("tel") is { IsEmpty: false } tel ? tel.Phone() : null,
            };
        }
        var parts = Split(cell.Text(500), 2, 4, "名前／市区町村／町名と番地／電話");
        return new()
        {
            Name = Required(new Cell(parts[0]).Text(Company.NameMax), "事業所の名前"),
            City = Required(new Cell(parts[1]).Text(Company.WordMax), "事業所の市区町村"),
            Address = Null(new Cell(parts[2]).Text(Company.AddressMax)),
            Tel = parts[3].Length > 0 ? new Cell(parts[3]).Phone() : null,
        };
    }

    private static string Required(string text, string what) => text.Length > 0 ? text : throw new CellException($"{what}がありません。");

    private static string? Null(string text) => text.Length > 0 ? text : null;

    /// <summary>Pieces between ／ (or /), filled up to <paramref name="most"/> with empty ones.</summary>
    private static string[] Split(string text, int least, int most, string form)
    {
        var parts = text.Split(text.Contains('／', StringComparison.Ordinal) ? '／' : '/', StringSplitOptions.TrimEntries);
        return parts.Length >= least && parts.Length <= most ? [.. parts, .. Enumerable.Repeat("", most - parts.Length)]
            : throw new CellException($"「{form}」の順に「／」で区切って書いてください。");
    }

    private static void Merge<TRow, TWanted>(List<TRow> rows, Func<TRow, bool> mine, IReadOnlyList<TWanted> wanted, Func<TRow, TWanted, bool> same,
        Func<TWanted, TRow> create, Action<TRow, int> place, Action<TRow, TWanted>? update = null) where TRow : class
    {
        var left = rows.Where(mine).ToList();
        for (var position = 0; position < wanted.Count; position++)
        {
            var want = wanted[position];
            var row = left.Find(r => same(r, want));
            if (row is null)
                rows.Add(row = create(want));
            else
                left.Remove(row);
            place(row, position);
            update?.Invoke(row, want);
        }
        rows.RemoveAll(left.Contains);
    }

    private sealed record Machine(string? Maker, string? Model, string Kind, int Count, string? Size)
    {
        public static Machine Read(Cell cell)
        {
            if (cell.Property("kind") is { } kind)
            {
                return new(
                    Null(cell.Property("maker")!.Value.Text(Company.WordMax)),
                    Null(cell.Property("model")!.Value.Text(Company.WordMax)),
                    Required(kind.Text(Company.WordMax), "設備の種類"),
                    cell.Property("count") is { IsEmpty: false } count ? count.Whole(1, Companies.Equipment.CountMax) : 1,
                    Null(cell.Property("size_mm")!.Value.Text(Company.WordMax)));
            }
            var text = cell.Text(400);
            var parts = Split(text, 1, 5, "メーカー／型式／種類／台数／大きさ");
            if (parts.Skip(1).All(p => p.Length == 0))
                return new(null, null, Required(new Cell(parts[0]).Text(Company.WordMax), "設備の種類"), 1, null);
            return new(
                Null(new Cell(parts[0]).Text(Company.WordMax)),
                Null(new Cell(parts[1]).Text(Company.WordMax)),
                Required(new Cell(parts[2]).Text(Company.WordMax), "設備の種類（三つ目）"),
                parts[3].Length > 0 ? new Cell(parts[3]).Whole(1, Companies.Equipment.CountMax) : 1,
                Null(new Cell(parts[4]).Text(Company.WordMax)));
        }

        public bool Describes(Equipment row) =>
            string.Equals(row.Maker, Maker, StringComparison.Ordinal) && string.Equals(row.Model, Model, StringComparison.Ordinal)
            && string.Equals(row.Kind, Kind, StringComparison.Ordinal) && string.Equals(row.Size, Size, StringComparison.Ordinal);

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Maker}／{Model}／{Kind}／{Count}台／{Size}").TrimEnd('／');
    }
}
