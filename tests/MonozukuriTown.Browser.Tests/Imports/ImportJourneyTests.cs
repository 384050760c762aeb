using System.Text;
using Microsoft.Playwright;
using MonozukuriTown.Browser.Tests.Support;
using MonozukuriTown.Core.Accounts;

namespace MonozukuriTown.Browser.Tests.Imports;

public class ImportJourneyTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static string Csv(string id, string more) =>
        $"企業ID,会社名,読み,市区町村,加工,従業員数,概要\n{id}1,株式会社ひがし大阪精密機械器具総合製作所 大阪事業本部{id},ひがしおおさかせいみつきかいきぐそうごうせいさくしょ,門真市,旋盤、マシニング、円筒研磨,12,モジュール0.5〜16の歯車受託加工。{more}\n{id}2,有限会社鈴音精機{id},すずねせいき,大阪市鶴見区,,,\n";

    private static async Task ChooseAsync(IPage page, string text, string name = "掲載企業一覧_最終_ver3（修正）.csv")
    {
        await page.SetInputFilesAsync("#Upload", new FilePayload { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });
        await page.ClickAsync("text=取り込む前に確かめる");
    }

    [Theory]
    [InlineData(BrowserApp.Phone)]
    [InlineData(BrowserApp.Desktop)]
    public async Task File_CheckedAppliedChangedAndTakenBack(int width)
    {
        var id = $"B{app.Data.Next()}-";
        var page = await app.Open("/staff/imports", Roles.City, width);
        await app.Check(page);
        await page.ClickAsync("summary >> nth=0");
        await app.Check(page);

        await ChooseAsync(page, Csv(id, ""));
        await app.Check(page);
        await page.ClickAsync("text=新しい2社を取り込む");
        await Assertions.Expect(page.Locator(".notice-ok")).ToContainTextAsync("取り込みました");
        await app.Check(page);

        await page.GotoAsync("/staff/imports");
        await ChooseAsync(page, Csv(id, "小さな歯車の歯研も自社で始めました。").Replace(",12,", ",（空にする）,", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("del.was").First).ToHaveTextAsync("12人");
        await app.Check(page);
        await page.ClickAsync("text=変わる1社を取り込む");
        await page.ClickAsync("text=この取り込みを取り消す");
        await app.Check(page);
        await page.ClickAsync("text=取り消して、前の内容に戻す");
        await Assertions.Expect(page.Locator(".notice-ok")).ToContainTextAsync("取り消しました");
        await app.Check(page);
        await page.GotoAsync("/staff/imports");
        await app.Check(page);
    }

    [Fact]
    public async Task RefusedRows_AndUnreadableFiles_AreSaidOnThePage()
    {
        var page = await app.Open("/staff/imports", Roles.City, BrowserApp.Phone);
        await ChooseAsync(page, "企業ID,会社名,読み,市区町村,法人番号\nr1,株式会社夜光合金鋳造,やこうごうきんちゅうぞう,門真市,1120001000002\nr2,,よみ,門真市,\n");
        await Assertions.Expect(page.Locator(".notice-error")).ToContainTextAsync("取り込めない行が2行");
        await app.Check(page);

        await page.GotoAsync("/staff/imports");
        await page.SetInputFilesAsync("#Upload", new FilePayload { Name = "写真.csv", MimeType = "text/csv", Buffer = new byte[21 * 1024 * 1024] });
        await page.ClickAsync("text=取り込む前に確かめる");
        await Assertions.Expect(page.Locator("#Upload-error")).ToContainTextAsync("20 MB");
        await app.Check(page);
    }
}
