using System.Text;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Imports;
using MonozukuriTown.Core.Tables;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Imports;

public class CompanyImportTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly ImportDesk _desk = new(database.Connection);
    private readonly string _id = $"T{database.Data.Next()}-";

    private string Json(string suffix, string more = "") =>
        $$"""{"id":"{{_id}}{{suffix}}","name":"株式会社{{_id}}{{suffix}}製作所","kana":"しけん{{"あいうえおかきくけこ"[suffix[0] % 10]}}せいさくしょ","tel":"06-0000-{{Math.Abs((_id + suffix).GetHashCode(StringComparison.Ordinal)) % 10000:0000}}","ward_or_city":"門真市"{{more}}}""" + "\n";

    [Fact]
    public async Task Jsonl_FullRow_IsStoredInEveryField()
    {
        await _desk.BringAsync(Json("A", """
            ,"summary":"銅合金を削り出します。","processes":["旋盤","謎加工"],"materials":["クロム銅","SUS304"],
            "equipment":[{"maker":"ツガミ","model":"M08SY","kind":"NC旋盤","count":6,"size_mm":"φ65"},{"maker":"","model":"","kind":"ボール盤","count":1}],
            "inspection_equipment":[{"kind":"三次元測定機"}],"max_size_mm":[300,200.5,null],"tolerance_mm":0.02,"thickness_mm_range":[0.5,null],"diameter_mm_range":[1,32],
            "lot":{"min":1,"max":5000},"certs":["ISO9001"],"industries":["自動車"],"employees":19,"products":["電極チップ"],"name_en":"Dotaku","corporate_number":"7999901000001",
            "invoice_number":"T7999901000001","postal_code":"5710008","town":"東江端町","address":"99番32号","lat":34.7284,"lon":135.6092,"fax":"０６（００００）９００１","web":"example.jp",
            "contact_method":"fax","founded":1992,"capital_yen":5000000,"visit_ok":true,"from_one":true,"listed_on":"2025-03-27","contact_person_visibility":"hidden",
            "sites":[{"name":"第二工場","ward_or_city":"守口市","tel":"06-0000-0009"}],"sections_confirmed":{"basic":"2026-10"},"roughness_ra":0.8
            """.ReplaceLineEndings("")));
        var c = await _desk.CompanyAsync(_id + "A");
        Assert.Equal(CompanyStatus.Listed, c.Status);
        Assert.Equal([("旋盤", "cut.turn"), ("謎加工", null)], c.Capabilities.Select(r => (r.Process, r.ProcessId)));
        Assert.Equal(["クロム銅", "SUS304"], c.Materials);
        Assert.Equal([("ツガミ", "M08SY", "NC旋盤", 6, "φ65", false), (null, null, "ボール盤", 1, null, false), (null, null, "三次元測定機", 1, null, true)],
            c.Equipment.OrderBy(e => e.Inspection).Select(e => (e.Maker, e.Model, e.Kind, e.Count, e.Size, e.Inspection)));
        Assert.Equal((300m, 200.5m, null, 0.02m, 0.8m), (c.Limits.MaxLength, c.Limits.MaxWidth, c.Limits.MaxHeight, c.Limits.Tolerance, c.Limits.RoughnessRa));
        Assert.Equal((0.5m, null, 1m, 32m, 1, 5000), (c.Limits.ThicknessFrom, c.Limits.ThicknessTo, c.Limits.DiameterFrom, c.Limits.DiameterTo, c.Limits.LotFrom, c.Limits.LotTo));
        Assert.Equal("iso9001", Assert.Single(c.Certifications).CertificationId);
        Assert.Equal(("571-0008", "06(0000)9001", "https://example.jp", ContactMethod.Fax, 1992, 5_000_000L), (c.PostalCode, c.Fax, c.Web, c.ContactMethod, c.FoundedYear, c.CapitalYen));
        Assert.Equal((new DateOnly(2025, 3, 27), Visibility.Hidden, true, false), (c.ListedOn, c.ContactPersonVisibility, c.VisitOk, c.PrototypeOk));
        Assert.Equal(("第二工場", "守口市"), (Assert.Single(c.Sites).Name, c.Sites[0].City));
        Assert.Equal(new DateTimeOffset(2026, 9, 30, 15, 0, 0, TimeSpan.Zero), Assert.Single(c.Sections).ConfirmedAt);
        Assert.StartsWith("shiken", c.Slug, StringComparison.Ordinal);
        Assert.EndsWith("-seisakusho", c.Slug.TrimEnd('-', '1', '2', '3', '4', '5', '6', '7', '8', '9', '0'), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SameFileAgain_ChangesNothing()
    {
        var file = Json("B", ""","processes":["旋盤","マシニング"],"max_size_mm":[300,200,100],"tolerance_mm":0.020,"employees":19,"certs":[],"equipment":[{"kind":"ボール盤","count":1}]""");
        await _desk.BringAsync(file);
        var state = await _desk.StateAsync();
        var (run, report) = await _desk.CheckAsync(file);
        Assert.Equal((0, 0, 1), (run.Added, run.Changed, run.Unchanged));
        Assert.False(report.CanApply);
        Assert.False((await _desk.ApplyAsync(run.Id)).Done);
        Assert.Equal(state, await _desk.StateAsync());
    }

    [Fact]
    public async Task Check_WritesNothing()
    {
        await _desk.BringAsync(Json("C"));
        var state = await _desk.StateAsync();
        var (run, _) = await _desk.CheckAsync(Json("C", ""","employees":5""") + Json("D"));
        Assert.Equal((1, 1), (run.Added, run.Changed));
        Assert.Equal(state, await _desk.StateAsync());
    }

    [Fact]
    public async Task Change_IsToldCellByCell_AndKeepsWhatTheFileDoesNotSay()
    {
        await _desk.BringAsync(Json("E", ""","processes":["旋盤","マシニング"],"employees":21,"summary":"まえの文","fax":"06-0000-1099" """));
        await _desk.EditAsync(_id + "E", c =>
        {
            c.Capabilities[0].Limits.Tolerance = 0.005m;
            c.Sections.Add(new() { Section = ListingSection.Capabilities, Version = 3, ConfirmedAt = _desk.Clock.GetUtcNow() });
        });
        var (run, report) = await _desk.CheckAsync($"企業ID,会社名,従業員数,加工,FAX,概要\n{_id}E,株式会社{_id}E製作所,23,旋盤、円筒研磨,（空にする）,\n");
        var row = Assert.Single(report.Changed);
        Assert.Equal([new ChangedCell("FAX", "06-0000-1099", ""), new ChangedCell("加工", "旋盤、マシニング", "旋盤、円筒研磨"), new ChangedCell("従業員数", "21人", "23人")],
            row.Cells.OrderBy(c => c.Field, StringComparer.Ordinal));
        Assert.Equal("会社が自分で確かめた内容を変えます: 加工（令和8年10月）", row.Note);
        Assert.True((await _desk.ApplyAsync(run.Id)).Done);
        var company = await _desk.CompanyAsync(_id + "E");
        Assert.Equal([("旋盤", 0.005m), ("円筒研磨", null)], company.Capabilities.Select(c => (c.Process, c.Limits.Tolerance)));
        Assert.Equal((23, null, "まえの文", 4), (company.Employees, company.Fax, company.Summary, company.Sections.Single(s => s.Section == ListingSection.Capabilities).Version));
        // Also of a section that nobody had saved: whoever has it open in a form is told.
        Assert.Equal(1, company.Sections.Single(s => s.Section == ListingSection.Basic).Version);
    }

    [Fact]
    public async Task Cp932FromExcel_Reads()
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(932)!
            .GetBytes($"整理番号,企業名,フリガナ,TEL,市区町村,創業,資本金,板厚mm,ロット\r\n{_id}F,㈱{_id}髙﨑工業,ｶﾌﾞｼｷｶﾞｲｼｬ ﾀｶｻｷｺｳｷﾞｮｳ,06-0000-7777,門真市,昭和45年,\"1,000万円\",0.3～8,10個～\r\n");
        var (run, report) = await _desk.CheckAsync(bytes);
        Assert.Empty(report.Refused);
        Assert.Equal("CSV、Shift_JIS（CP932）", report.Format);
        Assert.True((await _desk.ApplyAsync(run.Id)).Done);
        var company = await _desk.CompanyAsync(_id + "F");
        Assert.Equal(($"㈱{_id}髙﨑工業", "たかさきこうぎょう", 1970, 10_000_000L), (company.Name, company.Kana, company.FoundedYear, company.CapitalYen));
        Assert.Equal((0.3m, 8m, 10, null), (company.Limits.ThicknessFrom, company.Limits.ThicknessTo, company.Limits.LotFrom, company.Limits.LotTo));
    }

    [Theory]
    [InlineData("\"corporate_number\":\"1120001000002\"", "法人番号", "検査数字")]
    [InlineData("\"corporate_number\":\"1.12E+12\"", "法人番号", "1.23E+12")]
    [InlineData("\"employees\":\"十九\"", "従業員数", "数字")]
    [InlineData("\"employees\":1.5", "従業員数", "整数")]
    [InlineData("\"employees\":-1", "従業員数", "0 から")]
    [InlineData("\"email\":\"foo\"", "メール", "@")]
    [InlineData("\"tel\":\"あとで\"", "電話番号", "市外局番")]
    [InlineData("\"kana\":\"銅鐸\"", "読み", "ひらがな")]
    [InlineData("\"lot\":{\"min\":50,\"max\":5}", "ロット", "超えて")]
    [InlineData("\"thickness_mm_range\":[1,2,3]", "板厚", "二つ")]
    [InlineData("\"max_size_mm\":\"φ300\\u0001\"", "最大サイズ", "")]
    [InlineData("\"summary\":\"a\\u0000b\"", "概要", "文字でない")]
    [InlineData("\"summary\":\"\\ue000\"", "概要", "外字")]
    [InlineData("\"summary\":\"a\\ud800\"", "概要", "壊れた文字")]
    [InlineData("\"processes\":\"旋盤\",\"materials\":{\"a\":1}", "材質", "リスト")]
    [InlineData("\"web\":\"javascript:alert(1)\"", "ウェブサイト", "https://")]
    [InlineData("\"web\":\"ftp://example.jp\"", "ウェブサイト", "https://")]
    [InlineData("\"lat\":91", "緯度", "46")]
    [InlineData("\"listed_on\":\"2025-02-30\"", "掲載日", "日付")]
    [InlineData("\"founded\":3000", "創業年", "年として")]
    [InlineData("\"visit_ok\":\"たぶん\"", "見学可", "はい")]
    [InlineData("\"status\":\"謎\"", "掲載状態", "どれか")]
    [InlineData("\"name\":\"（空にする）\"", "会社名", "空にできない")]
    [InlineData("\"equipment\":[{\"maker\":\"ツガミ\"}]", "保有設備", "種類がありません")]
    [InlineData("\"equipment\":\"ツガミ／M08SY\"", "保有設備", "三つ目")]
    [InlineData("\"sections_confirmed\":{\"謎\":\"2026-10\"}", "確認年月", "ありません")]
    public async Task BadCell_IsRefusedWithLineAndReason(string cells, string field, string reason)
    {
        var (run, report) = await _desk.CheckAsync(Json("G") + Json("H").Replace("}\n", $",{cells}}}\n", StringComparison.Ordinal));
        var refused = Assert.Single(report.Refused);
        Assert.Equal(2, refused.Line);
        Assert.Equal(field, refused.Field);
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
        Assert.EndsWith("。", refused.Reason, StringComparison.Ordinal);
        Assert.Equal((1, 1), (run.Added, run.Refused));
        var result = await _desk.ApplyAsync(run.Id);
        Assert.False(result.Done);
        Assert.Contains("取り込めない行", result.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_WithSeveralFaults_NamesThemAll()
    {
        var (run, report) = await _desk.CheckAsync("会社名,読み,電話番号,従業員数\n,漢字,x,y\n");
        Assert.Equal(["会社名", "従業員数", "読み", "電話番号"], report.Refused.Select(r => r.Field).Order(StringComparer.Ordinal));
        Assert.Equal(1, run.Refused);
    }

    [Fact]
    public async Task NewCompany_NeedsReadingAndCity()
    {
        var (_, report) = await _desk.CheckAsync($"企業ID,会社名,読み,市区町村\n{_id}I,甲,,門真市\n{_id}J,乙,おつ,\n");
        Assert.Equal([(2, "読み"), (3, "市区町村")], report.Refused.Select(r => (r.Line, r.Field)));
    }

    [Fact]
    public async Task Match_ByIdThenNumberThenNameAndTel()
    {
        await _desk.BringAsync(Json("K", ""","corporate_number":"1999901000007" """).Replace($"\"id\":\"{_id}K\",", "", StringComparison.Ordinal));
        // By 法人番号; the id is noted from then on.
        var (run, report) = await _desk.CheckAsync($"企業ID,会社名,法人番号\n{_id}K,株式会社新社名,1999901000007\n");
        Assert.Equal([("企業ID", _id + "K"), ("会社名", "株式会社新社名")], Assert.Single(report.Changed).Cells.Select(c => (c.Field, c.After)));
        await _desk.ApplyAsync(run.Id);
        var tel = (await _desk.CompanyAsync(_id + "K")).Tel;
        // By name (legal form and width don't matter) and telephone.
        (_, report) = await _desk.CheckAsync($"会社名,電話番号,従業員数\n㈱ 新社名,{tel!.Replace("-", "", StringComparison.Ordinal)},7\n");
        Assert.Equal("従業員数", Assert.Single(report.Changed).Cells.Single(c => c.Field is "従業員数").Field);
        // The name alone doesn't say which company it is.
        (_, report) = await _desk.CheckAsync("会社名,従業員数\n新社名,7\n");
        Assert.Contains("同じ名前", Assert.Single(report.Refused).Reason, StringComparison.Ordinal);
        // Another telephone and an id of its own: another company, said aloud.
        (_, report) = await _desk.CheckAsync($"企業ID,会社名,読み,市区町村,電話番号\n{_id}KX,新社名,しんしゃめい,門真市,06-0000-9999\n");
        Assert.Single(report.Added);
        Assert.Contains("同じ名前", Assert.Single(report.Notes), StringComparison.Ordinal);
        // An id of one company and the number of another.
        await _desk.BringAsync(Json("L"));
        (_, report) = await _desk.CheckAsync($"企業ID,会社名,法人番号\n{_id}L,株式会社何か,1999901000007\n");
        Assert.Contains("「株式会社新社名」のもの", Assert.Single(report.Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SameCompanyTwiceInTheFile_IsRefused()
    {
        var (_, report) = await _desk.CheckAsync(Json("M") + Json("N") + Json("M", ""","employees":3"""));
        Assert.Equal((3, "1行目と同じ会社です。どちらかを消してください。"), (Assert.Single(report.Refused).Line, report.Refused[0].Reason));
    }

    [Fact]
    public async Task OneBadLineInTenThousand_IsNamed_AndNothingIsLost()
    {
        var state = await _desk.StateAsync();
        var lines = Enumerable.Range(1, 10_000).Select(n => n == 9_120 ? $"{_id}P{n},株式会社{n},\"しけん,門真市\n" : $"{_id}P{n},株式会社{_id}{n},しけん,門真市\n");
        var (run, report) = await _desk.CheckAsync("企業ID,会社名,読み,市区町村\n" + string.Concat(lines));
        Assert.Equal((10_000, 9_999, 1), (run.Rows, run.Added, run.Refused));
        Assert.Equal(9_121, Assert.Single(report.Refused).Line);
        Assert.False((await _desk.ApplyAsync(run.Id)).Done);
        Assert.Equal(state, await _desk.StateAsync());
    }

    [Fact]
    public async Task BadJsonLine_IsNamed()
    {
        var (_, report) = await _desk.CheckAsync(Json("Q") + "{\"id\":\n\n" + "[1]\n" + "null\n" + Json("R"));
        Assert.Equal([2, 4, 5], report.Refused.Select(r => r.Line));
        Assert.Equal(2, report.Added.Count);
    }

    public static TheoryData<byte[], string> Unreadable => new()
    {
        { new byte[30 * 1024 * 1024], "20 MB" },
        { [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0], "PNG" },
        { [.. "会社名\n"u8, 0, 1, 2], "文字でないデータ" },
        { [], "空です" },
        { [.. "電話番号,読み\n06,あ\n"u8], "「会社名」の列がありません" },
        { [.. "[{\"name\":\"a\"}]"u8], "JSONL" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task UnreadableFile_IsRefusedWithASentence(byte[] content, string expected)
    {
        var error = await Assert.ThrowsAsync<UnreadableFileException>(() => _desk.CheckAsync(content));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownColumnsAndWords_AreNoted()
    {
        var (_, report) = await _desk.CheckAsync(Json("S", ""","謎の列":1,"processes":["旋盤","謎加工"]"""));
        Assert.Equal(["読まない列があります: 謎の列", "語彙にない加工の言葉が1語あります（そのまま載り、言葉でだけ見つかります）: 謎加工"], report.Notes);
    }

    [Fact]
    public async Task Apply_AfterSomebodyChangedTheCompany_ShowsTheNewReportInstead()
    {
        await _desk.BringAsync(Json("U", ""","employees":5"""));
        var (run, _) = await _desk.CheckAsync(Json("U", ""","employees":6"""));
        await _desk.EditAsync(_id + "U", c => c.Employees = 7);
        var state = await _desk.StateAsync();
        var result = await _desk.ApplyAsync(run.Id);
        Assert.False(result.Done);
        Assert.Contains("変わりました", result.Sentence, StringComparison.Ordinal);
        Assert.Equal(state, await _desk.StateAsync());
        var report = await _desk.WithAsync(i => i.ReportAsync(run.Id, TestContext.Current.CancellationToken));
        Assert.Equal("7人", report!.Changed[0].Cells[0].Before);
        Assert.True((await _desk.ApplyAsync(run.Id)).Done);
        Assert.Equal(6, (await _desk.CompanyAsync(_id + "U")).Employees);
    }

    [Fact]
    public async Task Apply_InOneGoWithTheCheck_WhileSomebodyElseBringsTheSame_IsTold()
    {
        var other = Json("W").Replace($"{_id}W\",\"name", $"{_id}W2\",\"name", StringComparison.Ordinal);
        var result = await _desk.WithAsync(async imports =>
        {
            using MemoryStream file = new(Encoding.UTF8.GetBytes(Json("W")));
            var run = await imports.CheckAsync(ImportKind.Companies, file, "名簿.csv", TestContext.Current.CancellationToken);
            await _desk.BringAsync(other);
            return await imports.ApplyAsync(run.Id, TestContext.Current.CancellationToken);
        });
        Assert.False(result.Done);
        Assert.Contains("変わりました", result.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_Twice_IsTold()
    {
        var run = await _desk.BringAsync(Json("V"));
        Assert.Contains("済んで", (await _desk.ApplyAsync(run.Id)).Sentence, StringComparison.Ordinal);
        Assert.Contains("見つかりません", (await _desk.ApplyAsync(-1)).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoAtOnce_TheSecondIsTold()
    {
        var (run, _) = await _desk.CheckAsync(Json("W"));
        await using var db = database.Open();
        await using (await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({0x696D_706F_7274L})", TestContext.Current.CancellationToken);
            var result = await _desk.ApplyAsync(run.Id);
            Assert.False(result.Done);
            Assert.Contains("ほかの取り込み", result.Sentence, StringComparison.Ordinal);
        }
        Assert.True((await _desk.ApplyAsync(run.Id)).Done);
    }

    [Fact]
    public async Task TwoFilesWithTheSameNewCompany_SecondChangesNothingTwice()
    {
        var (first, _) = await _desk.CheckAsync(Json("X"));
        var (second, _) = await _desk.CheckAsync(Json("X"));
        Assert.True((await _desk.ApplyAsync(first.Id)).Done);
        Assert.False((await _desk.ApplyAsync(second.Id)).Done);
        Assert.Equal(_id + "X", (await _desk.CompanyAsync(_id + "X")).ExternalId);
    }

    [Fact]
    public async Task UnappliedFile_IsForgottenAfterADay_ThoughNobodyBringsAnother()
    {
        var (run, _) = await _desk.CheckAsync(Json("Y"));
        var applied = await _desk.BringAsync(Json("W"));
        _desk.Clock.Advance(TimeSpan.FromHours(20));
        var (young, _) = await _desk.CheckAsync(Json("Z"));
        _desk.Clock.Advance(TimeSpan.FromHours(3.1));
        await using var db = database.Open();
        await using (var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await new ForgetImports(db, _desk.Clock).RunAsync(new(0, "", _desk.Clock.GetUtcNow(), 1), TestContext.Current.CancellationToken);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }
        Assert.False(await db.Set<ImportFile>().AnyAsync(f => f.ImportRunId == run.Id, TestContext.Current.CancellationToken));
        Assert.False((await _desk.ApplyAsync(run.Id)).Done);
        Assert.NotNull(await _desk.WithAsync(i => i.ReportAsync(young.Id, TestContext.Current.CancellationToken)));
        Assert.True(await db.Set<ImportRun>().AnyAsync(r => r.Id == applied.Id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AppliedFile_IsNotKept_ItsChangesAreInTheLog()
    {
        var run = await _desk.BringAsync(Json("1", ""","contact_person":"森本 亮" """));
        Assert.Null(await _desk.WithAsync(i => i.ReportAsync(run.Id, TestContext.Current.CancellationToken)));
        await using var db = database.Open();
        var log = await db.ChangeLog.Include(e => e.Personal).SingleAsync(e => e.Batch == run.Batch && e.Entity == "Company", TestContext.Current.CancellationToken);
        Assert.Equal(("City", $"取り込み {run.Id}"), (log.Actor, log.Reason));
        Assert.Contains("森本 亮", log.Personal!.Cells, StringComparison.Ordinal);
    }
}
