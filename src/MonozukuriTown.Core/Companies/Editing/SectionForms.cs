using MonozukuriTown.Core.Imports;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Core.Companies.Editing;

/// <summary>The forms of all sections.</summary>
public sealed class SectionForms
{
    private readonly Dictionary<ListingSection, SectionForm> forms;

    public SectionForms(Vocabulary vocabulary)
    {
        var rules = CompanyFields.All(vocabulary).ToDictionary(f => f.Json, f => f.Rule, StringComparer.Ordinal);
        var sizes = new SizeTidy(vocabulary);
        SectionForm[] all =
        [
            Of(ListingSection.Basic, rules, Basic, Sites),
            Of(ListingSection.Capabilities, rules, AllWork, Capabilities(vocabulary), sizes.Tidy),
            Of(ListingSection.Equipment, rules, [], Machines),
            Of(ListingSection.Products, rules, [], Products),
            Of(ListingSection.Certifications, rules, [], Certifications(vocabulary)),
            Of(ListingSection.Hosting, rules, [new("", [new("visit_ok", "見学を受け入れる") { Kind = FieldKind.Flag }])]),
            Of(ListingSection.English, rules, [new("", [new("name_en", "英語の会社名") { Example = "Dotaku Electrode Kogyo Co., Ltd.", Help = "法人の英語名があれば、そのとおりに書きます。" }])]),
        ];
        forms = all.ToDictionary(f => f.Section);
    }

    /// <summary>Null for a section that has no form: photos come with pages of their own.</summary>
    public SectionForm? this[ListingSection section] => forms.GetValueOrDefault(section);

    private static readonly (string, string)[] Seen =
        [("公開", CompanyWords.Of(Visibility.Public)), ("会員", CompanyWords.Of(Visibility.Members)), ("非公開", CompanyWords.Of(Visibility.Hidden))];

    private static IReadOnlyList<FormGroup> Basic =>
    [
        new("紹介",
        [
            new("summary", "ひとことの紹介") { Help = $"検索の結果で会社名の下に出ます。{Company.SummaryMax}文字まで。", Example = "丸物の旋盤加工を一個から" },
            new("pr", "自社のPR") { Kind = FieldKind.Lines, Help = $"得意なこと、選ばれている理由など。{Company.PrTextMax:N0}文字まで。" },
        ]),
        new("連絡先",
        [
            new("tel", "電話番号") { Keys = "tel", Example = "06-0000-0001" },
            Who("tel_visibility", "電話番号を見せる相手"),
            new("fax", "FAX") { Keys = "tel" },
            Who("fax_visibility", "FAXを見せる相手"),
            new("email", "メール") { Keys = "email", IsPersonal = true, Example = "info@example.jp" },
            Who("email_visibility", "メールを見せる相手"),
            new("contact_person", "担当者") { IsPersonal = true },
            Who("contact_person_visibility", "担当者を見せる相手"),
            new("contact_method", "いちばん連絡のつきやすい方法") { Kind = FieldKind.Choice, Choices = [("メール", "メール"), ("FAX", "FAX"), ("電話", "電話")] },
            new("web", "ウェブサイト") { Keys = "url", Example = "https://example.jp" },
        ]),
        new("所在地",
        [
            new("postal_code", "郵便番号") { Keys = "numeric", Example = "571-0000" },
            new("ward_or_city", "市区町村") { Required = true, Help = "区があれば区まで（大阪市鶴見区）。" },
            new("town", "町名"),
            new("address", "番地と建物"),
        ]),
        new("会社の規模",
        [
            new("representative", "代表者") { IsPersonal = true },
            new("founded", "創業") { Unit = "年", Help = "1970 か 昭和45 のように書きます。" },
            new("capital_yen", "資本金") { Unit = "円", Help = "10,000,000 でも 1000万 でも読みます。" },
            new("employees", "従業員") { Unit = "人", Keys = "numeric" },
            new("closed_days", "休業日") { Example = "土曜・日曜・祝日" },
            new("invoice_number", "登録番号") { Help = "適格請求書発行事業者の番号。T と13桁の数字です。" },
        ]),
        new("取引",
        [
            new("industries", "取引業界") { Help = "いくつもあるときは「、」で区切ります。自動車、建機" },
            new("customers", "主な取引先") { Help = "いくつもあるときは「、」で区切ります。お客様の了承を得てから書いてください。" },
        ]),
    ];

    private static IReadOnlyList<FormGroup> AllWork =>
    [
        new("すべての加工に共通",
        [
            new("materials", "材質") { Help = "いくつもあるときは「、」で区切ります。SUS304、A5052", Suggests = FieldHelp.Materials },
            .. Limits("max_size_mm", "diameter_mm_range", "thickness_mm_range", "tolerance_mm", "roughness_ra", "lot"),
            new("data_formats", "受け取れるデータ") { Help = "いくつもあるときは「、」で区切ります。STEP、DXF、PDF" },
            new("prototype_ok", "試作を受ける") { Kind = FieldKind.Flag },
            new("from_one", "1個から受ける") { Kind = FieldKind.Flag },
        ])
        { Help = "加工ごとに違うところは、それぞれの加工に書きます。書かなかったところは、ここに書いたとおりに示します。" },
    ];

    private static FormField Who(string name, string label) => new(name, label) { Kind = FieldKind.Choice, Choices = Seen };

    private static IEnumerable<FormField> Limits(string size, string diameter, string thickness, string tolerance, string roughness, string lot) =>
    [
        new(size, "加工できる大きさ") { Unit = "mm", Help = "縦×横×高さ。丸物は φ65×300 でも読みます。", Example = "300×200×50" },
        new(diameter, "径") { Before = "φ", Unit = "mm", Example = "1～300" },
        new(thickness, "板厚") { Unit = "mm", Example = "0.3～8" },
        new(tolerance, "精度") { Before = "±", Unit = "mm", Keys = "decimal", Example = "0.02" },
        new(roughness, "面粗さ") { Before = "Ra", Keys = "decimal", Example = "0.8" },
        new(lot, "数量") { Unit = "個", Example = "1～5000" },
    ];

    private static RowSet<Capability> Capabilities(Vocabulary vocabulary)
    {
        var limits = Limits("size", "diameter", "thickness", "tolerance", "roughness", "lot").ToList();
        CellRule<MakingLimits>[] rules = [LimitRules.Size, LimitRules.Diameter, LimitRules.Thickness, LimitRules.Tolerance, LimitRules.Roughness, LimitRules.Lot];
        Column<Capability>[] columns =
        [
            new(new("process", "加工") { Required = true, Help = "現場の言葉でかまいません。", Example = "旋盤", Suggests = FieldHelp.Processes },
                CellRules.Required(cell => cell.Text(Company.WordMax), c => c.Process, (Capability c, string v) => c.Process = v)),
            new(new("materials", "材質") { Help = "「、」で区切ります。", Example = "SUS304、A5052", Suggests = FieldHelp.Materials }, CellRules.Words<Capability>(c => c.Materials, (c, v) => c.Materials = v)),
            .. limits.Zip(rules, (field, rule) => new Column<Capability>(field, rule.Of((Capability c) => c.Limits))),
            new(new("in_house", "どこで") { Kind = FieldKind.Choice, Choices = [("自社", "自社で"), ("協力会社", "協力会社で")] },
                CellRules.Required(cell => cell.OneOf((true, ["自社"]), (false, ["協力会社"])), c => c.InHouse ? "自社" : "協力会社", (Capability c, bool v) => c.InHouse = v)),
            new(new("note", "補足") { Example = "長尺は要相談" }, CellRules.Optional<Capability>(cell => cell.Text(Company.ShortTextMax), c => c.Note, (c, v) => c.Note = v)),
        ];
        var words = new ProcessWords(vocabulary);
        FormRows form = new("加工", Company.CapabilitiesMax, [.. columns.Select(c => c.Field), new(ProcessWords.Chosen, "加工の分類") { Kind = FieldKind.Hidden }]);
        return new RowSet<Capability>(form, columns, c => c.Capabilities, c => c.Id, c => c.Position, (c, position) => c.Position = position, () => new() { Process = "" })
        {
            Together = words.Read,
            Also = (c, row) => row.Cells[ProcessWords.Chosen] = ProcessWords.Mark(c.ProcessId, c.Process),
        };
    }

    private static RowSet<Equipment> Machines
    {
        get
        {
            Column<Equipment>[] columns =
            [
                new(new("kind", "種類") { Required = true, Example = "NC旋盤", Suggests = FieldHelp.MachineKinds },
                    CellRules.Required(cell => cell.Text(Company.WordMax), e => e.Kind, (Equipment e, string v) => e.Kind = v)),
                new(new("maker", "メーカー") { Example = "オークマ", Suggests = FieldHelp.Makers }, CellRules.Optional<Equipment>(cell => cell.Text(Company.WordMax), e => e.Maker, (e, v) => e.Maker = v)),
                new(new("model", "型式") { Example = "LB3000", Suggests = FieldHelp.Models }, CellRules.Optional<Equipment>(cell => cell.Text(Company.WordMax), e => e.Model, (e, v) => e.Model = v)),
                new(new("count", "台数") { Unit = "台", Keys = "numeric" },
                    new(cell => CellRules.Set(cell.Whole(1, Equipment.CountMax), (Equipment e, int v) => e.Count = v), e => e.Count = 1, e => e.Count.ToString(System.Globalization.CultureInfo.InvariantCulture))),
                new(new("size", "加工できる大きさ") { Help = "400×300×220、φ60 のように。", Example = "φ210×500" },
                    CellRules.Optional<Equipment>(cell => cell.Text(Company.WordMax), e => e.Size, (e, v) => e.Size = v)),
                new(new("inspection", "検査・測定の設備") { Kind = FieldKind.Flag }, CellRules.Flag<Equipment>(e => e.Inspection, (e, v) => e.Inspection = v)),
            ];
            return new RowSet<Equipment>(new("設備", Company.EquipmentMax, [.. columns.Select(c => c.Field)]), columns,
                c => c.Equipment, e => e.Id, e => e.Inspection ? Company.EquipmentMax + e.Position : e.Position, (e, position) => e.Position = position, () => new() { Kind = "" });
        }
    }

    private static RowSet<Product> Products
    {
        get
        {
            Column<Product>[] columns =
            [
                new(new("name", "製品・事例の名前") { Required = true, Example = "医療機器のステンレス軸" },
                    CellRules.Required(cell => cell.Text(Company.NameMax), p => p.Name, (Product p, string v) => p.Name = v)),
                new(new("description", "説明") { Kind = FieldKind.Lines, Help = "材質、大きさ、工夫したところなど。お客様の名前は、了承を得てから書いてください。" },
                    CellRules.Optional<Product>(cell => cell.Text(Company.PrTextMax, lines: true), p => p.Description, (p, v) => p.Description = v)),
            ];
            return new RowSet<Product>(new("製品・事例", Company.WordsMax, [.. columns.Select(c => c.Field)]), columns,
                c => c.Products, p => p.Id, p => p.Position, (p, position) => p.Position = position, () => new() { Name = "" });
        }
    }

    private static RowSet<CompanyCertification> Certifications(Vocabulary vocabulary)
    {
        Column<CompanyCertification>[] columns =
        [
            new(new("name", "認証・資格の名前") { Required = true, Example = "ISO9001", Suggests = FieldHelp.Certifications },
                CellRules.Required(cell => cell.Text(Company.WordMax), c => c.Name, (CompanyCertification c, string v) => (c.Name, c.CertificationId) = (v, vocabulary.ReadCertification(v)?.Id))),
        ];
        return new RowSet<CompanyCertification>(new("認証", Company.WordsMax, [.. columns.Select(c => c.Field)]), columns,
            c => c.Certifications, c => c.Id, c => c.Position, (c, position) => c.Position = position, () => new() { Name = "" });
    }

    private static RowSet<CompanySite> Sites
    {
        get
        {
            Column<CompanySite>[] columns =
            [
                new(new("name", "名前") { Required = true, Example = "第二工場" }, CellRules.Required(cell => cell.Text(Company.NameMax), s => s.Name, (CompanySite s, string v) => s.Name = v)),
                new(new("city", "市区町村") { Required = true }, CellRules.Required(cell => cell.Text(Company.WordMax), s => s.City, (CompanySite s, string v) => s.City = v)),
                new(new("town", "町名"), CellRules.Optional<CompanySite>(cell => cell.Text(Company.WordMax), s => s.Town, (s, v) => s.Town = v)),
                new(new("address", "番地と建物"), CellRules.Optional<CompanySite>(cell => cell.Text(Company.AddressMax), s => s.Address, (s, v) => s.Address = v)),
                new(new("postal_code", "郵便番号") { Keys = "numeric" }, CellRules.Optional<CompanySite>(CompanyFields.PostalCode, s => s.PostalCode, (s, v) => s.PostalCode = v)),
                new(new("tel", "電話番号") { Keys = "tel" }, CellRules.Optional<CompanySite>(cell => cell.Phone(), s => s.Tel, (s, v) => s.Tel = v)),
            ];
            return new RowSet<CompanySite>(new("事業所", Company.WordsMax, [.. columns.Select(c => c.Field)]), columns,
                c => c.Sites, s => s.Id, s => s.Position, (s, position) => s.Position = position, () => new() { Name = "", City = "" });
        }
    }

    private static SectionForm Of(ListingSection section, Dictionary<string, CellRule<Company>> rules, IReadOnlyList<FormGroup> groups, RowSet? rows = null,
        Action<Func<string, string>, Action<string, string>>? tidy = null) =>
        new(section, groups, [.. groups.SelectMany(g => g.Fields).Select(f => new Column<Company>(f, rules[f.Name]))], rows) { Tidy = tidy };
}
