using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Imports;
using MonozukuriTown.Core.Jobs;
using MonozukuriTown.Core.Tables;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Imports;

public class ImportPagesTests(TownApp app) : IClassFixture<TownApp>
{
    private readonly string _id = $"P{app.Data.Next()}-";

    private string Csv(int companies = 1, string more = "") => "企業ID,会社名,読み,市区町村,加工,従業員数\n"
        + string.Concat(Enumerable.Range(1, companies).Select(n => $"{_id}{n},株式会社{_id}{n}製作所,しけんせいさくしょ,門真市,旋盤、研磨,{n}\n")) + more;

    private static async Task<TestPage> UploadAsync(HttpClient browser, byte[]? content, string kind = "Companies", string name = "名簿.csv")
    {
        var form = await browser.Open("/staff/imports");
        using MultipartFormDataContent data = new();
        foreach (var input in form.Document.QuerySelectorAll("main form input[type=hidden]"))
            data.Add(new StringContent(input.GetAttribute("value")!), input.GetAttribute("name")!);
        data.Add(new StringContent(kind), "Kind");
        if (content is not null)
            data.Add(new ByteArrayContent(content), "Upload", name);
        var answer = await browser.PostAsync(new Uri("/staff/imports", UriKind.Relative), data, TestContext.Current.CancellationToken);
        return new TestPage(browser, answer, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static Task<TestPage> UploadAsync(HttpClient browser, string text, string kind = "Companies") => UploadAsync(browser, Encoding.UTF8.GetBytes(text), kind);

    [Theory]
    [InlineData("/staff/imports")]
    [InlineData("/staff/imports/1")]
    [InlineData("/staff/imports/template.csv?kind=Companies")]
    [InlineData("/staff/imports/1/refused.csv")]
    public async Task Open_NotOfTheCity_IsRefused(string address)
    {
        Assert.Equal(HttpStatusCode.Redirect, (await app.Visitor().Open(address)).Status);
        foreach (var role in (string[])[Roles.Member, Roles.Buyer, Roles.Advisor, Roles.Reviewer, Roles.Partner])
            Assert.Equal(HttpStatusCode.Forbidden, (await (await app.As(role)).Open(address)).Status);
    }

    [Fact]
    public async Task RefusedLines_AsAFile_AreOnRecord()
    {
        var browser = await app.As(Roles.City);
        var checkedAt = (await UploadAsync(browser, Csv(more: $"{_id}x,,しけん,門真市,旋盤,1\n"))).Location!;
        Assert.Equal(HttpStatusCode.OK, (await browser.Open($"{checkedAt}/refused.csv")).Status);
        var row = (await browser.Open($"{StaffLinks.Audit}?entity={ChangeHistory.DownloadEntity}")).Text("tbody tr:first-child");
        Assert.Contains("取り込めなかった行の一覧を1件、ファイルに書き出しました。", row, StringComparison.Ordinal);
        Assert.Contains($"取り込み {checkedAt.Split('/')[^1]}", row, StringComparison.Ordinal);
    }

    [Fact]
    public void FilesNotApplied_AreForgottenByThemselves() =>
        Assert.Contains(app.Services.GetServices<JobKind>(), k => k.Kind == ForgetImports.Kind && k.Round is not null);

    [Fact]
    public async Task Upload_ReportApplyUndo_AsAClerkDoesIt()
    {
        var city = await app.As(Roles.City);
        var report = await (await UploadAsync(city, Csv(2))).Follow();
        Assert.Contains("まだ何も書きかえていません", report.Text(), StringComparison.Ordinal);
        Assert.Contains("新しい会社2", report.Text(".sums"), StringComparison.Ordinal);
        Assert.Contains($"株式会社{_id}1製作所", report.Text(), StringComparison.Ordinal);
        Assert.Equal("新しい2社を取り込む", report.Text("main form button"));

        var applied = await (await report.Submit("main form")).Follow();
        Assert.Contains("新しい2社を書きこみました", applied.Text(".notice"), StringComparison.Ordinal);
        Assert.Contains("試験 City", applied.Text(".notice"), StringComparison.Ordinal);
        // Two companies, each with two processes.
        Assert.Equal(6, applied.Document.QuerySelectorAll("main tbody tr").Length);
        Assert.Contains($"会社名： 株式会社{_id}1製作所", applied.Text("main table"), StringComparison.Ordinal);
        Assert.Contains("名簿.csv", (await city.Open("/staff/imports")).Text(".table-cards"), StringComparison.Ordinal);

        var changed = await (await UploadAsync(city, Csv(1).Replace(",1\n", ",25\n", StringComparison.Ordinal))).Follow();
        Assert.Contains("従業員数1人 25人", changed.Text("table"), StringComparison.Ordinal);
        var again = await (await changed.Submit("main form")).Follow();
        Assert.Contains("変わった1社を書きこみました", again.Text(".notice"), StringComparison.Ordinal);

        var undone = await (await again.Submit(".ask form")).Follow();
        Assert.Contains("取り消しました", undone.Text(".notice"), StringComparison.Ordinal);
        await using var db = app.Database.Open();
        Assert.Equal(1, (await db.Companies.SingleAsync(c => c.ExternalId == _id + "1", TestContext.Current.CancellationToken)).Employees);
    }

    [Fact]
    public async Task Upload_TheExcelTemplateFilledIn_ComesIn()
    {
        var city = await app.As(Roles.City);
        var template = await city.GetAsync(new Uri("/staff/imports/template.xlsx?kind=Companies", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(TableFile.ContentType(TableFormat.Xlsx), template.Content.Headers.ContentType!.MediaType);
        await using var empty = await template.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var headers = TableFile.Read(await TextFile.ReadBytesAsync(empty, TestContext.Current.CancellationToken)).Headers;
        var values = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["企業ID"] = _id + "x",
            ["会社名"] = $"株式会社{_id}表計算",
            ["読み"] = "ひょうけいさん",
            ["市区町村"] = "門真市",
            ["電話番号"] = "0600000001",
            ["従業員数"] = 19,
            ["加工"] = "旋盤、研磨",
        };
        using MemoryStream filled = new();
        await TableFile.WriteAsync(filled, TableFormat.Xlsx, headers, new[] { headers.Select(h => values.GetValueOrDefault(h)).ToList() }.ToAsyncEnumerable(), TestContext.Current.CancellationToken);

        var report = await (await UploadAsync(city, filled.ToArray(), name: "名簿.xlsx")).Follow();
        Assert.Contains("1行、Excelとして読みました", report.Text(), StringComparison.Ordinal);
        await (await report.Submit("main form")).Follow();
        await using var db = app.Database.Open();
        var company = await db.Companies.SingleAsync(c => c.ExternalId == _id + "x", TestContext.Current.CancellationToken);
        Assert.Equal(("0600000001", 19), (company.Tel, company.Employees));

        Assert.Equal(HttpStatusCode.NotFound, (await city.Open("/staff/imports/template.pdf?kind=Companies")).Status);
    }

    [Fact]
    public async Task Upload_RowsThatCannotComeIn_AreListedAndNothingCanBeApplied()
    {
        var city = await app.As(Roles.City);
        var report = await (await UploadAsync(city, Csv(1, $"{_id}x,,よみ,門真市,,あ\n"))).Follow();
        Assert.Contains("取り込めない行が1行あります", report.Text(".notice-error"), StringComparison.Ordinal);
        Assert.Null(report.Document.QuerySelector("main form"));
        Assert.Contains("会社名がありません", report.Text("table"), StringComparison.Ordinal);
        var csv = await city.Open(report.Document.QuerySelectorAll("main a").Select(a => a.GetAttribute("href")!).Single(a => a.EndsWith(".csv", StringComparison.Ordinal)));
        Assert.Equal("text/csv", csv.Response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("\r\n3,,会社名,,", csv.Body, StringComparison.Ordinal);
        Assert.Contains("数字として読めません。", csv.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_NothingOrSomethingElse_SaysWhatToDo()
    {
        var city = await app.As(Roles.City);
        Assert.Contains("ファイルをえらんでください", (await UploadAsync(city, (byte[]?)null)).Text("#Upload-error"), StringComparison.Ordinal);
        Assert.Contains("PNG", (await UploadAsync(city, [0x89, 0x50, 0x4E, 0x47, 1, 2, 3])).Text("#Upload-error"), StringComparison.Ordinal);
        Assert.Contains("20 MB", (await UploadAsync(city, new byte[30 * 1024 * 1024])).Text("#Upload-error"), StringComparison.Ordinal);
        Assert.Contains("「入会日」の列がありません", (await UploadAsync(city, Csv(), "Members")).Text("#Upload-error"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await UploadAsync(city, Csv(), "Nonsense")).Status);
        Assert.Contains("使えません", (await UploadAsync(city, Csv(), "77")).Text("#Kind-error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_Twice_ShowsTheSentence()
    {
        var city = await app.As(Roles.City);
        var report = await (await UploadAsync(city, Csv())).Follow();
        await report.Submit("main form");
        var second = await report.Submit("main form");
        Assert.Contains("もう済んでいます", second.Text(".notice-error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileName_AndCells_AreShownAsText()
    {
        var city = await app.As(Roles.City);
        var answer = await UploadAsync(city, Encoding.UTF8.GetBytes($"企業ID,会社名,読み,市区町村\n{_id}h,<script>alert(1)</script>,よみ,門真市\n"), name: "<b>x.csv");
        var report = await answer.Follow();
        Assert.Empty(report.Document.QuerySelectorAll("main script, main b b"));
        Assert.Contains("<script>alert(1)</script>", report.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/staff/imports/999999")]
    [InlineData("/staff/imports/999999/refused.csv")]
    [InlineData("/staff/imports/template.csv?kind=x")]
    [InlineData("/staff/imports/abc")]
    public async Task Open_NothingThere_Is404(string address) => Assert.Equal(HttpStatusCode.NotFound, (await (await app.As(Roles.City)).Open(address)).Status);

    [Theory]
    [InlineData("Companies", "会社名")]
    [InlineData("Members", "入会日")]
    [InlineData("Awards", "認定番号")]
    [InlineData("Redirects", "旧URL")]
    public async Task Template_HasTheHeaders_AndEveryOneIsRead(string kind, string header)
    {
        var city = await app.As(Roles.City);
        var template = await city.Open($"/staff/imports/template.csv?kind={kind}");
        Assert.Contains(header, template.Body, StringComparison.Ordinal);
        var report = await (await UploadAsync(city, template.Body, kind)).Follow();
        Assert.Contains("見出しだけ", report.Text(".notice"), StringComparison.Ordinal);
        Assert.DoesNotContain("読まない列", report.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfManyRuns_HasPages()
    {
        var city = await app.As(Roles.City);
        await using (var db = app.Database.Open())
        {
            db.AddRange(Enumerable.Range(1, 45).Select(n => new ImportRun { FileName = $"古い{n}.csv", Format = "CSV", CheckedAt = app.Clock.GetUtcNow().AddDays(-n), AppliedAt = app.Clock.GetUtcNow().AddDays(-n), Status = ImportStatus.Applied }));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        var page = await city.Open("/staff/imports");
        Assert.Equal(20, page.Document.QuerySelectorAll(".table-cards tbody tr").Length);
        var next = await city.Open(page.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        Assert.NotEqual(page.Text(".table-cards tbody"), next.Text(".table-cards tbody"));
        var back = await city.Open(next.Document.QuerySelector("a[rel=prev]")!.GetAttribute("href")!);
        Assert.Equal(page.Text(".table-cards tbody"), back.Text(".table-cards tbody"));
    }
}
