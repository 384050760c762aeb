using System.Net;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Pages.My;

public sealed class CompanySectionTests(TownApp app) : IClassFixture<TownApp>
{
    private const string Form = "form.section-form";

    private async Task<(Company Company, HttpClient Browser)> Own(Action<CompanyBuilder>? set = null)
    {
        var company = await app.Data.Company(c =>
        {
            c.Listed().With("旋盤加工", "cut.turn", ["S45C"]);
            set?.Invoke(c);
        });
        return (company, await app.As(await app.NewUser(Roles.Member, company)));
    }

    private async Task<Company> Stored(Company company)
    {
        await using var db = app.Database.Open();
        return await db.Companies.AsNoTracking().WithParts().SingleAsync(c => c.Id == company.Id, TestContext.Current.CancellationToken);
    }

    private static string Key(Capability row) => $"r{row.Id}";

    private static string Section(ListingSection section) => MyLinks.Section(section, null);

    [Fact]
    public async Task Basic_Saved_IsPublicAtOnce_ConfirmedToday_AndOnRecord()
    {
        var (company, browser) = await Own();
        var page = await browser.Open(Section(ListingSection.Basic));
        Assert.Equal("", page.Document.QuerySelector("#f_summary")!.GetAttribute("value"));
        var answer = await page.Submit(Form, ("f.summary", "丸物の旋盤加工を一個から"), ("f.tel", "０６－１２３４－５６７８"), ("f.founded", "昭和45"), ("f.capital_yen", "1000万"), ("f.industries", "自動車、建機"), ("f.pr", "一行目\r\n二行目"));
        Assert.Equal(MyLinks.Company, answer.Location);
        Assert.Contains("会社概要を保存しました。掲載に反映しています。", (await answer.Follow()).Text(), StringComparison.Ordinal);
        var stored = await Stored(company);
        Assert.Equal(("丸物の旋盤加工を一個から", "06-1234-5678", 1970, 10_000_000L, "一行目\n二行目"), (stored.Summary, stored.Tel, stored.FoundedYear, stored.CapitalYen, stored.PrText));
        Assert.Equal(["自動車", "建機"], stored.Industries);
        Assert.Equal((1, app.Clock.GetUtcNow()), (stored.Sections.Single().Version, stored.Sections.Single().ConfirmedAt));
        Assert.Contains("丸物の旋盤加工を一個から", (await app.Visitor().Open(CompanyLinks.Detail(company.Slug))).Text(), StringComparison.Ordinal);
        // What was said comes back as it was said, without its units.
        page = await browser.Open(Section(ListingSection.Basic));
        Assert.Equal(("1970", "10,000,000"), (page.Document.QuerySelector("#f_founded")!.GetAttribute("value"), page.Document.QuerySelector("#f_capital_yen")!.GetAttribute("value")));
        Assert.Equal(MyLinks.Company, (await page.Submit(Form)).Location);
        Assert.Equal(1, (await Stored(company)).Sections.Single().Version);
    }

    [Fact]
    public async Task Basic_HasNoFieldForWhatOnlyStaffChange()
    {
        var (company, browser) = await Own(c => c.Set(x => x.CorporateNumber = "9120001099998"));
        var page = await browser.Open(Section(ListingSection.Basic));
        Assert.Null(page.Document.QuerySelector("[name='f.name'], [name='f.corporate_number'], [name='f.status']"));
        var answer = await page.Submit(Form, ("f.name", "株式会社よその会社"), ("f.corporate_number", "1180301018771"), ("f.status", "退会"));
        Assert.NotNull(answer.Location);
        var stored = await Stored(company);
        Assert.Equal((company.Name, "9120001099998", CompanyStatus.Listed), (stored.Name, stored.CorporateNumber, stored.Status));
        Assert.Contains("9120001099998", (await browser.Open(MyLinks.Company)).Text(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> WrongBasics => new()
    {
        { "summary", new string('あ', Company.SummaryMax + 1), "長すぎます。200文字までで書いてください（いま201文字）。" },
        { "summary", "一行目\n二行目", "途中で改行されています。" },
        { "summary", "外字\uE000", "外字" },
        { "pr", new string('あ', Company.PrTextMax + 1), "長すぎます" },
        { "tel", "1234", "電話番号として読めません" },
        { "tel", "06-1234-abcd", "電話番号として読めません" },
        { "email", "だれか", "アドレス" },
        { "web", "javascript:alert(1)", "ウェブサイトの住所として読めません" },
        { "postal_code", "57-1", "7桁の数字" },
        { "ward_or_city", " ", "市区町村を入力してください" },
        { "founded", "むかし", "年として読めません" },
        { "founded", "-0.01", "年として読めません" },
        { "capital_yen", "たくさん", "金額として読めません" },
        { "employees", "-0.01", "から" },
        { "employees", "+81", "数字として読めません" },
        { "employees", "2.5", "整数ではありません" },
        { "employees", "99999999999999999999999999999", "数" },
        { "invoice_number", "T123", "T と13桁" },
        { "industries", new string('あ', Company.WordMax + 1), "長すぎます" },
        { "tel_visibility", "だれでも", "のどれか" },
    };

    [Theory]
    [MemberData(nameof(WrongBasics))]
    public async Task Basic_WrongValue_SaysSoAtTheField_AndKeepsEverything(string field, string value, string sentence)
    {
        var (company, browser) = await Own();
        var page = await browser.Open(Section(ListingSection.Basic));
        var other = field is "town" ? "f.address" : "f.town";
        var answer = await page.Submit(Form, (other, "松葉町<script>😀"), ($"f.{field}", value));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains(sentence, answer.Text($"#f_{field}-error"), StringComparison.Ordinal);
        Assert.NotNull(answer.Document.QuerySelector($".error-summary a[href='#f_{field}']"));
        Assert.Equal("松葉町<script>😀", answer.Document.QuerySelector($"#{other.Replace('.', '_')}")!.GetAttribute("value"));
        if (field is not ("tel_visibility" or "pr"))
            Assert.Equal(value, answer.Document.QuerySelector($"#f_{field}")!.GetAttribute("value"));
        Assert.Null((await Stored(company)).Town);
        Assert.Empty((await Stored(company)).Sections);
    }

    [Fact]
    public async Task Basic_AtTheLimit_WithEveryKindOfCharacter_IsKept()
    {
        var (company, browser) = await Own();
        var summary = "😀" + new string('あ', Company.SummaryMax - 2);
        var answer = await (await browser.Open(Section(ListingSection.Basic))).Submit(Form, ("f.summary", summary), ("f.pr", "<script>alert(1)</script>\r\r\nﾄﾞﾘﾙ加工\u202E\u200B"),
            ("f.contact_person", "ﾔﾏﾀﾞ\u200F 花子"), ("f.town", "松葉町\u2028"));
        Assert.Equal(MyLinks.Company, answer.Location);
        var stored = await Stored(company);
        Assert.Equal((summary, "<script>alert(1)</script>\n\nドリル加工", "ヤマダ 花子", "松葉町"), (stored.Summary, stored.PrText, stored.ContactPerson, stored.Town));
        Assert.DoesNotContain("<script>alert", (await app.Visitor().Open(CompanyLinks.Detail(company.Slug))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Basic_NewAddress_ForgetsThePositionOfTheOldOne()
    {
        var (company, browser) = await Own(c => c.Set(x => (x.Latitude, x.Longitude) = (34.7, 135.6)));
        await (await browser.Open(Section(ListingSection.Basic))).Submit(Form, ("f.summary", "新しい紹介"));
        Assert.NotNull((await Stored(company)).Latitude);
        await (await browser.Open(Section(ListingSection.Basic))).Submit(Form, ("f.town", "松葉町"));
        Assert.Null((await Stored(company)).Latitude);
    }

    [Fact]
    public async Task Capability_AddedByAShopWord_IsFoundAsItsProcess()
    {
        var (company, browser) = await Own();
        var page = await (await browser.Open(Section(ListingSection.Capabilities))).Submit(Form, ("act", "add"));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Single((await Stored(company)).Capabilities);
        Assert.NotNull(page.Document.QuerySelector("#n2_process[autofocus]"));
        var answer = await page.Submit(Form, ("n2.process", "マシニング"), ("n2.materials", "SUS304、A5052"), ("n2.size", "600×400×300"), ("n2.tolerance", "±0.02mm"), ("n2.lot", "1～500"), ("n2.note", "長尺は要相談"));
        Assert.Equal(MyLinks.Company, answer.Location);
        var row = (await Stored(company)).Capabilities[1];
        Assert.Equal(("マシニング", "cut.mc", 600m, 400m, 300m, 0.02m, 1, 500, true, "長尺は要相談"),
            (row.Process, row.ProcessId, row.Limits.MaxLength, row.Limits.MaxWidth, row.Limits.MaxHeight, row.Limits.Tolerance, row.Limits.LotFrom, row.Limits.LotTo, row.InHouse, row.Note));
        Assert.Equal(["SUS304", "A5052"], row.Materials);
    }

    [Theory]
    [InlineData("φ65×300", "300", "～65", "")]
    [InlineData("t2.0", "", "", "～2")]
    [InlineData("t2.0×1000×2000", "1000×2000", "", "～2")]
    [InlineData("1m×2m", "2000×1000", "", "")]
    [InlineData("W300×D200×H50", "300×200×50", "", "")]
    [InlineData("300 × 200 × 50 mm", "300×200×50", "", "")]
    public async Task Capability_SizeAsPeopleWriteIt_GoesWhereItBelongs(string typed, string size, string diameter, string thickness)
    {
        var (company, browser) = await Own();
        var key = Key(company.Capabilities[0]);
        var answer = await (await browser.Open(Section(ListingSection.Capabilities))).Submit(Form, ($"{key}.size", typed));
        Assert.True(answer.Location is not null, answer.Text(".error-summary"));
        var page = await browser.Open(Section(ListingSection.Capabilities));
        string Value(string cell) => page.Document.QuerySelector($"#{key}_{cell}")!.GetAttribute("value")!;
        Assert.Equal((size, diameter, thickness), (Value("size"), Value("diameter"), Value("thickness")));
    }

    [Theory]
    [InlineData("size", "大きい", "数字として読めません")]
    [InlineData("size", "1×2×3×4", "長さ×幅×高さ")]
    [InlineData("size", "-0.01", "から")]
    [InlineData("diameter", "300～1", "小さいほうが大きいほうを超えています")]
    [InlineData("thickness", "+81", "範囲として読めません")]
    [InlineData("tolerance", "-0.01", "0.00001 から 999 まで")]
    [InlineData("tolerance", "±１０００", "0.00001 から 999 まで")]
    [InlineData("roughness", "=1+1", "数字として読めません")]
    [InlineData("lot", "1.5～2.5～3", "範囲として読めません")]
    [InlineData("in_house", "よそ", "のどれか")]
    [InlineData("process", "", "加工を入力してください")]
    public async Task Capability_WrongCell_SaysSoAtTheCell_AndKeepsTheOthers(string cell, string value, string sentence)
    {
        var (company, browser) = await Own(c => c.With("研削", "fin.surf"));
        var (first, second) = (Key(company.Capabilities[0]), Key(company.Capabilities[1]));
        var answer = await (await browser.Open(Section(ListingSection.Capabilities))).Submit(Form, ($"{first}.note", "変えた補足"), ($"{second}.note", "補足"), ($"{second}.{cell}", value));
        Assert.Contains(sentence, answer.Text($"#{second}_{cell}-error"), StringComparison.Ordinal);
        Assert.Equal("変えた補足", answer.Document.QuerySelector($"#{first}_note")!.GetAttribute("value"));
        Assert.NotNull(answer.Document.QuerySelector($"details[open] #{second}_{cell}"));
        Assert.Null((await Stored(company)).Capabilities[0].Note);
    }

    [Fact]
    public async Task Capability_WordThatLeavesOpenWhichProcess_IsAskedOnce()
    {
        var (company, browser) = await Own();
        var key = Key(company.Capabilities[0]);
        var page = await (await browser.Open(Section(ListingSection.Capabilities))).Submit(Form, ($"{key}.process", "研磨"), ($"{key}.note", "補足"));
        Assert.Contains("いくつかの加工に使う言葉です", page.Text($"#{key}_process-error"), StringComparison.Ordinal);
        var radios = page.Document.QuerySelectorAll($"input[type=radio][name='{key}.chosen']").Select(r => r.GetAttribute("value")!).ToList();
        Assert.Contains("fin.cyl=研磨", radios);
        Assert.Equal("=研磨", radios[^1]);
        Assert.Equal(MyLinks.Company, (await page.Submit(Form, ($"{key}.chosen", "fin.cyl=研磨"))).Location);
        var row = Assert.Single((await Stored(company)).Capabilities);
        Assert.Equal(("研磨", "fin.cyl", "補足"), (row.Process, row.ProcessId, row.Note));
        // The answer stays with the word: saving again asks nothing.
        Assert.Equal(MyLinks.Company, (await (await browser.Open(Section(ListingSection.Capabilities))).Submit(Form)).Location);
        Assert.Equal("fin.cyl", Assert.Single((await Stored(company)).Capabilities).ProcessId);
    }

    [Fact]
    public async Task Capability_WordThatNobodyKnows_CanStayAsItIs()
    {
        var (company, browser) = await Own();
        var key = Key(company.Capabilities[0]);
        var page = await (await browser.Open(Section(ListingSection.Capabilities))).Submit(Form, ($"{key}.process", "ぺろぺろ"));
        Assert.Contains("見つけられません", page.Text($"#{key}_process-error"), StringComparison.Ordinal);
        Assert.Equal(MyLinks.Company, (await page.Submit(Form, ($"{key}.chosen", "=ぺろぺろ"))).Location);
        var row = Assert.Single((await Stored(company)).Capabilities);
        Assert.Equal(("ぺろぺろ", (string?)null), (row.Process, row.ProcessId));
    }

    [Fact]
    public async Task Rows_CopiedAndTakenOut_WithoutScripts_ChangeNothingBeforeTheyAreSaved()
    {
        var (company, browser) = await Own(c => c.With("研削", "fin.surf"));
        var (first, second) = (Key(company.Capabilities[0]), Key(company.Capabilities[1]));
        var page = await (await browser.Open(Section(ListingSection.Capabilities))).Submit(Form, ("act", $"copy:{first}"), ($"{second}.note", "いま打った"));
        Assert.Equal("旋盤加工", page.Document.QuerySelector("#n3_process")!.GetAttribute("value"));
        page = await page.Submit(Form, ("act", $"remove:{first}"));
        Assert.Contains("「旋盤加工", page.Text("[role=status]"), StringComparison.Ordinal);
        Assert.Equal("いま打った", page.Document.QuerySelector($"#{second}_note")!.GetAttribute("value"));
        Assert.Equal(2, (await Stored(company)).Capabilities.Count);
        Assert.NotNull((await page.Submit(Form, ("n3.note", "写し"))).Location);
        Assert.Equal([("旋盤加工", "写し"), ("研削", "いま打った")], (await Stored(company)).Capabilities.Select(c => (c.Process, c.Note!)));
    }

    [Fact]
    public async Task Rows_EmptiedOrNeverFilled_AreNone()
    {
        var (company, browser) = await Own();
        var key = Key(company.Capabilities[0]);
        var page = await (await browser.Open(Section(ListingSection.Capabilities))).Submit(Form, ("act", "add"));
        Assert.NotNull((await page.Submit(Form, ($"{key}.process", ""), ($"{key}.materials", ""))).Location);
        Assert.Empty((await Stored(company)).Capabilities);
    }

    [Fact]
    public async Task Rows_OfAnotherCompany_AreNotTouched()
    {
        var (other, _) = await Own();
        var (company, browser) = await Own();
        var theirs = Key(other.Capabilities[0]);
        var page = await browser.Open(Section(ListingSection.Capabilities));
        var answer = await page.Submit(Form, ("row", theirs), ($"{theirs}.process", "旋盤"), ($"{theirs}.in_house", "自社"));
        Assert.NotNull(answer.Location);
        Assert.Equal("旋盤加工", Assert.Single((await Stored(other)).Capabilities).Process);
        Assert.NotEqual(other.Capabilities[0].Id, Assert.Single((await Stored(company)).Capabilities).Id);
    }

    [Fact]
    public async Task Rows_FourHundred_AreShownAndSaved_OneMoreIsNot()
    {
        var (company, browser) = await Own(c =>
        {
            for (var i = 1; i < Company.CapabilitiesMax; i++)
                c.With($"加工{i}");
        });
        var page = await browser.Open(Section(ListingSection.Capabilities));
        var key = Key(company.Capabilities[399]);
        Assert.NotNull((await page.Submit(Form, ($"{key}.note", "最後"))).Location);
        Assert.Equal("最後", (await Stored(company)).Capabilities[399].Note);
        page = await (await browser.Open(Section(ListingSection.Capabilities))).Submit(Form, ("act", "add"));
        Assert.Contains("400行まで", page.Text(".error-summary"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Equipment_Products_Certifications_Visits_English_AreSaved()
    {
        var (company, browser) = await Own();
        // Nothing is there yet: the first row stands open.
        Assert.NotNull((await (await browser.Open(Section(ListingSection.Equipment))).Submit(Form, ("n1.kind", "NC旋盤"), ("n1.maker", "オークマ"), ("n1.model", "LB3000"), ("n1.size", "φ210×500"))).Location);
        Assert.NotNull((await (await browser.Open(Section(ListingSection.Products))).Submit(Form, ("n1.name", "医療機器の軸"), ("n1.description", "細い\n長い"))).Location);
        Assert.NotNull((await (await browser.Open(Section(ListingSection.Certifications))).Submit(Form, ("n1.name", "ISO9001"))).Location);
        Assert.NotNull((await (await browser.Open(Section(ListingSection.Hosting))).Submit(Form, ("f.visit_ok", "はい"))).Location);
        Assert.NotNull((await (await browser.Open(Section(ListingSection.English))).Submit(Form, ("f.name_en", "Shiken Co., Ltd."))).Location);
        var stored = await Stored(company);
        Assert.Equal(("NC旋盤", "オークマ", "LB3000", 1, "φ210×500"), stored.Equipment.Select(e => (e.Kind, e.Maker, e.Model, e.Count, e.Size)).Single());
        Assert.Equal(("医療機器の軸", "細い\n長い"), stored.Products.Select(p => (p.Name, p.Description)).Single());
        Assert.Equal(("ISO9001", "iso9001"), stored.Certifications.Select(c => (c.Name, c.CertificationId)).Single());
        Assert.Equal((true, "Shiken Co., Ltd."), (stored.VisitOk, stored.NameEn));
        Assert.Equal(5, stored.Sections.Count(s => s.ConfirmedAt == app.Clock.GetUtcNow()));
        Assert.NotNull((await (await browser.Open(Section(ListingSection.Hosting))).Submit(Form, ("f.visit_ok", null))).Location);
        Assert.False((await Stored(company)).VisitOk);
    }

    [Fact]
    public async Task Equipment_Saved_OffersWhatItImplies()
    {
        var (_, browser) = await Own();
        var answer = await (await browser.Open(Section(ListingSection.Equipment))).Submit(Form, ("n1.kind", "小型マシニング"), ("n1.maker", "ファナック"), ("n1.model", "ロボドリル"));
        var page = await answer.Follow();
        Assert.Contains("設備から読み取った加工があります", page.Text("[role=status]"), StringComparison.Ordinal);
        Assert.Contains("マシニング", page.Text("[aria-labelledby=offers]"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("オークマ\tLB3000\tNC旋盤\t2\tφ210×500\nファナック\tロボドリル\t小型マシニング\t1台\t")]
    [InlineData("台数\tメーカー\t型式\t設備名\t備考\t能力\n2\tオークマ\tLB3000\tNC旋盤\t\tφ210×500\n1台\tファナック\tロボドリル\t小型マシニング\t古い\t")]
    [InlineData("NC旋盤,オークマ,LB3000,φ210×500,2\n\"小型マシニング\",ファナック,ロボドリル,,1")]
    public async Task Equipment_PastedFromExcel_BecomesRowsToLookAt(string pasted)
    {
        var (company, browser) = await Own();
        var page = await (await browser.Open(Section(ListingSection.Equipment))).Submit(Form, ("act", "paste"), ("paste", pasted));
        Assert.Contains("2行を読み取り", page.Text("[role=status]"), StringComparison.Ordinal);
        Assert.Empty((await Stored(company)).Equipment);
        Assert.NotNull((await page.Submit(Form)).Location);
        Assert.Equal([("オークマ", "LB3000", "NC旋盤", 2, "φ210×500"), ("ファナック", "ロボドリル", "小型マシニング", 1, null)],
            (await Stored(company)).Equipment.Select(e => (e.Maker, e.Model, e.Kind, e.Count, e.Size)));
    }

    [Theory]
    [InlineData("NC旋盤\t-5", "count", "1 から 10,000 までの数ではありません")]
    [InlineData("種類\t台数\nNC旋盤\t+81", "count", "数字として読めません")]
    [InlineData("種類\t台数\n\t3", "kind", "種類を入力してください")]
    public async Task Equipment_PastedWithAnOddCell_SaysSoAtTheCell(string pasted, string cell, string sentence)
    {
        var (company, browser) = await Own();
        var page = await (await browser.Open(Section(ListingSection.Equipment))).Submit(Form, ("act", "paste"), ("paste", pasted));
        var answer = await page.Submit(Form);
        Assert.Contains(sentence, answer.Text($"#n1_{cell}-error"), StringComparison.Ordinal);
        Assert.Empty((await Stored(company)).Equipment);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t\n")]
    [InlineData("種類\t台数")]
    public async Task Equipment_PastedNothing_SaysWhatToDo(string pasted)
    {
        var (_, browser) = await Own();
        var page = await (await browser.Open(Section(ListingSection.Equipment))).Submit(Form, ("act", "paste"), ("paste", pasted));
        Assert.NotEqual("", page.Text("#paste-error"));
    }

    [Fact]
    public async Task Editor_MayEdit_SomebodyElse_IsNotThere()
    {
        var (company, _) = await Own();
        var editor = await app.NewUser(Roles.Member);
        await app.Data.Keeper(company, editor, CompanyUserKind.Editor);
        var browser = await app.As(editor);
        Assert.NotNull((await (await browser.Open(Section(ListingSection.Basic))).Submit(Form, ("f.summary", "編集者が書いた"))).Location);
        Assert.Equal("編集者が書いた", (await Stored(company)).Summary);

        var (_, stranger) = await Own();
        var theirs = MyLinks.Section(ListingSection.Basic, company.Id);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Open(theirs)).Status);
        var page = await stranger.Open(Section(ListingSection.Basic));
        page.Document.QuerySelector(Form)!.SetAttribute("action", theirs);
        Assert.Equal(HttpStatusCode.NotFound, (await page.Submit(Form, ("f.summary", "よその人"))).Status);
        Assert.Equal("編集者が書いた", (await Stored(company)).Summary);
        Assert.Contains(AccountLinks.SignIn, (await app.Visitor().Open(theirs)).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.As(Roles.City)).Open(theirs)).Status);
    }

    [Theory]
    [InlineData("photos")]
    [InlineData("nothing")]
    [InlineData("0")]
    public async Task Section_ThatHasNoForm_IsNotThere(string section)
    {
        var (_, browser) = await Own();
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Open($"{MyLinks.Company}/{section}")).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Equipment:0")]
    [InlineData("Basic:x")]
    public async Task Post_WithoutTheVersionItWasRead_IsRefused(string? seen)
    {
        var (_, browser) = await Own();
        Assert.Equal(HttpStatusCode.BadRequest, (await (await browser.Open(Section(ListingSection.Basic))).Submit(Form, ("seen", seen))).Status);
    }
}
