using System.Text;
using MonozukuriTown.Browser.Tests.Support;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Browser.Tests.Confirming;

/// <summary>返信票: made by a button, and one page of A4 however much the company says.</summary>
public class SheetTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Fact]
    public async Task OfALongListing_IsOnePage()
    {
        var company = await app.Data.Company(c =>
        {
            c.Listed().Set(x => (x.Fax, x.Summary, x.VisitOk, x.NameEn) = ("06-0000-9999", new string('精', 200), true, "Shiken Seimitsu Co., Ltd."));
            for (var i = 0; i < 20; i++)
                c.With($"精密旋盤加工その{i}", "cut.turn", ["SUS304", "A5052", "S45C"]).WithEquipment("NC複合旋盤", "オークマ", $"MULTUS-{i}").WithCertification($"ISO900{i}");
        });
        var page = await app.Open(StaffLinks.Sheet(company.Id), Roles.City, BrowserApp.Desktop);
        await page.ClickAsync("main form button[type=submit]");
        await page.WaitForSelectorAsync("svg.qr");
        await app.Check(page);
        var pdf = Encoding.Latin1.GetString(await page.PdfAsync(new() { PreferCSSPageSize = true }));
        Assert.Contains("/Type /Pages\n/Count 1\n", pdf, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }
}
