using Microsoft.Playwright;
using MonozukuriTown.Browser.Tests.Support;
using MonozukuriTown.Core.Companies;

namespace MonozukuriTown.Browser.Tests;

/// <summary>The main job as a buyer does it, with and without scripts.</summary>
public sealed class FindingTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Theory]
    [InlineData(BrowserApp.Phone, true)]
    [InlineData(BrowserApp.Desktop, false)]
    public async Task Buyer_SearchesAWord_OpensTheListing(int width, bool scripts)
    {
        var company = await Turner();
        var page = await app.Open("/", (string?)null, width, scripts);

        await page.GetByRole(AriaRole.Searchbox).FillAsync("旋盤");
        await page.GetByRole(AriaRole.Button, new() { Name = "会社をさがす" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = company.Name, Exact = true }).First.ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(company.Name);
        if (scripts)
            await app.Check(page);
    }

    [Theory]
    [InlineData(BrowserApp.Phone)]
    [InlineData(BrowserApp.Desktop)]
    public async Task Buyer_PastesAnOrder_SeesWhatWasReadAndWhoFits(int width)
    {
        var company = await Turner();
        var page = await app.Open("/match", (string?)null, width);

        await page.Locator("main textarea").First.FillAsync("いつもお世話になります。S45C φ40×120 の旋盤加工を10個お願いします。");
        await page.Locator("main button[type=submit]").First.ClickAsync();

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("旋盤加工");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = company.Name, Exact = true }).First).ToBeVisibleAsync();
        await app.Check(page);
    }

    private async Task<Company> Turner()
    {
        var company = await app.Data.Company(c => c.Listed().With("旋盤加工", "cut.turn", ["S45C"]));
        await app.CatalogFollows();
        return company;
    }
}
