using System.Globalization;
using System.Text;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Mail;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Core.Imports;

/// <summary>Everything a file can say about a company, in the order of the template.</summary>
internal static class CompanyFields
{
    private const int ThisCentury = 2100;

    public static IReadOnlyList<CompanyField> All(Vocabulary vocabulary) =>
    [
        Text("企業ID", "id", ListingSection.Basic, 40, c => c.ExternalId, (c, v) => c.ExternalId = v, "市の名簿での番号。同じファイルをもう一度取り込むときの目印", "整理番号"),
        new("会社名", "name", ListingSection.Basic, cell => CellRules.Set(cell.Text(Company.NameMax), (Company c, string v) => c.Name = v), null, c => c.Name)
            { Aliases = ["企業名", "名称", "事業者名"], Help = "必須。株式会社銅鐸電極工業" },
        new("読み", "kana", ListingSection.Basic, cell => CellRules.Set(Reading(cell), (Company c, string v) => c.Kana = v), null, c => c.Kana)
            { Aliases = ["ふりがな", "フリガナ", "カナ", "よみ", "会社名カナ"], Help = "新しい会社では必須。ひらがなかカタカナで。並び順に使う" },
        Text("英語名", "name_en", ListingSection.English, Company.ShortTextMax, c => c.NameEn, (c, v) => c.NameEn = v, "Dotaku Electrode Kogyo Co., Ltd."),
        Optional("法人番号", "corporate_number", ListingSection.Basic, CorporateNumberOf, c => c.CorporateNumber, (c, v) => c.CorporateNumber = v, "13桁。個人事業主は空のまま"),
        Optional("登録番号", "invoice_number", ListingSection.Basic, InvoiceNumberOf, c => c.InvoiceNumber, (c, v) => c.InvoiceNumber = v, "T と13桁（適格請求書発行事業者）", "適格請求書発行事業者登録番号", "インボイス登録番号"),
        Text("代表者", "representative", ListingSection.Basic, Company.ShortTextMax, c => c.Representative, (c, v) => c.Representative = v, "", "代表者名"),
        Text("担当者", "contact_person", ListingSection.Basic, Company.ShortTextMax, c => c.ContactPerson, (c, v) => c.ContactPerson = v, "", "担当者名", "窓口"),
        Choice("担当者の公開", "contact_person_visibility", c => c.ContactPersonVisibility, (c, v) => c.ContactPersonVisibility = v, VisibilityOf, ShowVisibility, VisibilityHelp),
        Choice("連絡方法", "contact_method", c => c.ContactMethod, (c, v) => c.ContactMethod = v,
            cell => cell.OneOf((ContactMethod.Mail, ["メール", "mail", "email"]), (ContactMethod.Fax, ["FAX", "fax"]), (ContactMethod.Phone, ["電話", "phone", "tel"])),
            v => v switch { ContactMethod.Fax => "FAX", ContactMethod.Phone => "電話", _ => "メール" }, "メール・FAX・電話"),
        Optional("電話番号", "tel", ListingSection.Basic, cell => cell.Phone(), c => c.Tel, (c, v) => c.Tel = v, "06-0000-0001", "電話", "TEL"),
        Choice("電話の公開", "tel_visibility", c => c.TelVisibility, (c, v) => c.TelVisibility = v, VisibilityOf, ShowVisibility, VisibilityHelp),
        Optional("FAX", "fax", ListingSection.Basic, cell => cell.Phone(), c => c.Fax, (c, v) => c.Fax = v, "06-0000-0002", "FAX番号", "ファックス"),
        Choice("FAXの公開", "fax_visibility", c => c.FaxVisibility, (c, v) => c.FaxVisibility = v, VisibilityOf, ShowVisibility, VisibilityHelp),
        Optional("メール", "email", ListingSection.Basic, Mail, c => c.Email, (c, v) => c.Email = v, "info@example.jp", "メールアドレス", "E-mail"),
        Choice("メールの公開", "email_visibility", c => c.EmailVisibility, (c, v) => c.EmailVisibility = v, VisibilityOf, ShowVisibility, VisibilityHelp),
        Optional("ウェブサイト", "web", ListingSection.Basic, Web, c => c.Web, (c, v) => c.Web = v, "https://example.jp", "URL", "ホームページ", "HP"),
        Optional("郵便番号", "postal_code", ListingSection.Basic, PostalCode, c => c.PostalCode, (c, v) => c.PostalCode = v, "571-0000"),
        new("市区町村", "ward_or_city", ListingSection.Basic, cell => CellRules.Set(cell.Text(Company.WordMax), (Company c, string v) => c.City = v), null, c => c.City)
            { Aliases = ["所在市区町村", "市町村"], Help = "新しい会社では必須。区があれば区まで（大阪市鶴見区）" },
        Text("町名", "town", ListingSection.Basic, Company.WordMax, c => c.Town, (c, v) => c.Town = v, ""),
        Text("番地", "address", ListingSection.Basic, Company.AddressMax, c => c.Address, (c, v) => c.Address = v, "番地と建物名"),
        Degrees("緯度", "lat", 20, 46, c => c.Latitude, (c, v) => c.Latitude = v, "34.73"),
        Degrees("経度", "lon", 122, 154, c => c.Longitude, (c, v) => c.Longitude = v, "135.59"),
        CompanyRows.Sites,
        Value("創業年", "founded", ListingSection.Basic, cell => (int?)cell.Year(ThisCentury), c => c.FoundedYear, (c, v) => c.FoundedYear = v, v => $"{v}年", "1970 か 昭和45年", "設立年", "創業", "設立"),
        Value("資本金", "capital_yen", ListingSection.Basic, cell => (long?)cell.Yen(), c => c.CapitalYen, (c, v) => c.CapitalYen = v, v => $"{v:N0}円", "10000000 か 1000万円", "資本金(円)"),
        Value("従業員数", "employees", ListingSection.Basic, cell => (int?)cell.Whole(0, 1_000_000), c => c.Employees, (c, v) => c.Employees = v, v => $"{v:N0}人", "19", "従業員"),
        Text("定休日", "closed_days", ListingSection.Basic, Company.ShortTextMax, c => c.ClosedDays, (c, v) => c.ClosedDays = v, "土曜・日曜・祝日", "休業日"),
        Text("概要", "summary", ListingSection.Basic, Company.SummaryMax, c => c.Summary, (c, v) => c.Summary = v, $"一言紹介。{Company.SummaryMax}文字まで", "一言紹介", "事業内容"),
        new("PR", "pr", ListingSection.Basic, cell => CellRules.Set(cell.Text(Company.PrTextMax, lines: true), (Company c, string v) => c.PrText = v), c => c.PrText = null, c => c.PrText ?? "")
            { Aliases = ["PR文", "自社PR"], Help = $"{Company.PrTextMax}文字まで。改行できる" },
        Words("取引業界", "industries", ListingSection.Basic, c => c.Industries, (c, v) => c.Industries = v, "自動車、建機", "業界"),
        Words("主要取引先", "customers", ListingSection.Basic, c => c.Customers, (c, v) => c.Customers = v, "", "取引先"),
        Words("対応データ", "data_formats", ListingSection.Capabilities, c => c.DataFormats, (c, v) => c.DataFormats = v, "STEP、DXF、PDF", "データ形式"),
        CompanyRows.Capabilities(vocabulary),
        Words("材質", "materials", ListingSection.Capabilities, c => c.Materials, (c, v) => c.Materials = v, "SUS304、A5052", "対応材質", "素材"),
        Limit("最大サイズ", "max_size_mm", LimitRules.Size, "長さ×幅×高さ mm。300×200×200", "最大サイズmm", "加工できる大きさ"),
        Limit("外径", "diameter_mm_range", LimitRules.Diameter, "φ。1～300", "外径mm"),
        Limit("板厚", "thickness_mm_range", LimitRules.Thickness, "0.3～8", "板厚mm"),
        Limit("精度", "tolerance_mm", LimitRules.Tolerance, "0.02（±mm）", "精度mm", "公差"),
        Limit("面粗さ", "roughness_ra", LimitRules.Roughness, "Ra。0.8", "面粗さRa"),
        Limit("ロット", "lot", LimitRules.Lot, "1～5000", "ロット数"),
        CompanyRows.Equipment("保有設備", "equipment", inspection: false, "設備", "保有機器"),
        CompanyRows.Equipment("検査設備", "inspection_equipment", inspection: true, "測定器", "検査機器"),
        CompanyRows.Products,
        CompanyRows.Certifications(vocabulary),
        Flag("見学可", "visit_ok", ListingSection.Hosting, c => c.VisitOk, (c, v) => c.VisitOk = v),
        Flag("試作可", "prototype_ok", ListingSection.Capabilities, c => c.PrototypeOk, (c, v) => c.PrototypeOk = v),
        Flag("1個から", "from_one", ListingSection.Capabilities, c => c.FromOnePiece, (c, v) => c.FromOnePiece = v),
        Value("掲載日", "listed_on", ListingSection.Basic, cell => (DateOnly?)cell.Date(), c => c.ListedOn, (c, v) => c.ListedOn = v, v => JapaneseDate.Staff(v!.Value), "2026-04-01"),
        Choice("掲載状態", "status", c => c.Status, (c, v) => c.Status = v,
            cell => cell.OneOf((CompanyStatus.Listed, ["掲載", "公開", "listed"]), (CompanyStatus.Draft, ["下書き", "draft"]), (CompanyStatus.Paused, ["休止", "paused"]), (CompanyStatus.Left, ["退会", "掲載終了", "left"])),
            v => v switch { CompanyStatus.Listed => "掲載", CompanyStatus.Draft => "下書き", CompanyStatus.Paused => "休止", _ => "退会" }, "掲載・下書き・休止・退会。空なら新しい会社は掲載"),
        CompanyRows.ConfirmedSections,
    ];

    private const string VisibilityHelp = "公開・会員・非公開";

    private static Visibility VisibilityOf(Cell cell) =>
        cell.OneOf((Visibility.Public, ["公開", "public"]), (Visibility.Members, ["会員", "会員のみ", "members"]), (Visibility.Hidden, ["非公開", "hidden"]));

    private static string ShowVisibility(Visibility visibility) => visibility switch { Visibility.Public => "公開", Visibility.Members => "会員", _ => "非公開" };

    private static string Reading(Cell cell)
    {
        var text = cell.Text(Company.KanaMax);
        return Kana.IsReading(text) ? Gojuon.BareReading(text) : throw new CellException("ひらがなかカタカナで書いてください。");
    }

    private static string CorporateNumberOf(Cell cell)
    {
        var number = CorporateNumber.Normalize(cell.Text(40));
        if (number.Length != 13 || !number.All(char.IsAsciiDigit))
            throw new CellException("13桁の数字ではありません。表計算ソフトで「1.23E+12」のように変わっていないか確かめてください。");
        return CorporateNumber.IsValid(number) ? number : throw new CellException("検査数字が合いません。13桁を写しまちがえていないか確かめてください。");
    }

    private static string InvoiceNumberOf(Cell cell)
    {
        var number = CorporateNumber.Normalize(cell.Text(40)).ToUpperInvariant();
        return CorporateNumber.IsInvoiceNumber(number) ? number : throw new CellException("T と13桁の数字で書いてください。");
    }

    private static string Mail(Cell cell) =>
        EmailAddress.TryParse(cell.Text(Company.MailMax), out var address, out var problem) ? address.Value : throw new CellException(problem);

    private static string Web(Cell cell)
    {
        var text = cell.Text(Company.WebMax).Normalize(NormalizationForm.FormKC);
        if (!text.Contains("://", StringComparison.Ordinal))
            text = "https://" + text;
        return text.Length <= Company.WebMax && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Contains('.', StringComparison.Ordinal)
            ? text
            : throw new CellException("ウェブサイトの住所として読めません。https://example.jp のように書いてください。");
    }

    internal static string PostalCode(Cell cell)
    {
        var digits = CorporateNumber.Normalize(cell.Text(20)).TrimStart('〒');
        return digits.Length == 7 && digits.All(char.IsAsciiDigit) ? $"{digits[..3]}-{digits[3..]}" : throw new CellException("7桁の数字（571-0000）で書いてください。");
    }

    private static CompanyField Text(string header, string json, ListingSection section, int max, Func<Company, string?> get, Action<Company, string?> set, string help, params string[] aliases) =>
        Optional(header, json, section, cell => cell.Text(max), get, set, help, aliases);

    private static CompanyField Optional(string header, string json, ListingSection section, Func<Cell, string> read, Func<Company, string?> get, Action<Company, string?> set, string help, params string[] aliases) =>
        Of(header, json, section, CellRules.Optional(read, get, set)) with { Aliases = aliases, Help = help };

    private static CompanyField Value<T>(string header, string json, ListingSection section, Func<Cell, T> read, Func<Company, T> get, Action<Company, T> set, Func<T, string> show, string help, params string[] aliases) =>
        new(header, json, section, cell => CellRules.Set(read(cell), set), c => set(c, default!), c => get(c) is null ? "" : show(get(c))) { Aliases = aliases, Help = help };

    private static CompanyField Choice<T>(string header, string json, Func<Company, T> get, Action<Company, T> set, Func<Cell, T> read, Func<T, string> show, string help) =>
        new(header, json, ListingSection.Basic, cell => CellRules.Set(read(cell), set), null, c => show(get(c))) { Help = help };

    private static CompanyField Flag(string header, string json, ListingSection section, Func<Company, bool> get, Action<Company, bool> set) =>
        Of(header, json, section, CellRules.Flag(get, set)) with { Help = "はい・いいえ" };

    private static CompanyField Words(string header, string json, ListingSection section, Func<Company, List<string>> get, Action<Company, List<string>> set, string help, params string[] aliases) =>
        Of(header, json, section, CellRules.Words(get, set)) with { Aliases = aliases, Help = help.Length > 0 ? $"「、」で区切る。{help}" : "「、」で区切る" };

    private static CompanyField Of(string header, string json, ListingSection section, CellRule<Company> rule) => new(header, json, section, rule.Read, rule.Empty, rule.Show);

    private static CompanyField Degrees(string header, string json, int min, int max, Func<Company, double?> get, Action<Company, double?> set, string help) =>
        new(header, json, ListingSection.Basic, cell => CellRules.Set((double?)(double)cell.Decimal(min, max, 6), set), c => set(c, null), c => get(c)?.ToString("0.######", CultureInfo.InvariantCulture) ?? "") { Help = help };

    private static CompanyField Limit(string header, string json, CellRule<MakingLimits> rule, string help, params string[] aliases) =>
        Of(header, json, ListingSection.Capabilities, rule.Of((Company c) => c.Limits)) with { Aliases = aliases, Help = help };
}
