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

        // A search box, and with scripts a combobox.
        await page.GetByLabel("加工、材質、製品、機械、会社の名前").FillAsync("旋盤");
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

    [Theory]
    [InlineData(BrowserApp.Phone)]
    [InlineData(BrowserApp.Desktop)]
    public async Task Buyer_TypesHalfAWord_TakesAProposalByKeyboard(int width)
    {
        await Turner();
        var page = await app.Open("/companies", (string?)null, width);
        var box = page.GetByRole(AriaRole.Combobox, new() { Name = "加工、材質、製品、機械、会社の名前" });
        var list = page.GetByRole(AriaRole.Listbox);

        await box.PressSequentiallyAsync("せんばん");
        await Assertions.Expect(list.GetByRole(AriaRole.Option).First).ToContainTextAsync("旋盤加工");
        await Assertions.Expect(box).ToHaveAttributeAsync("aria-expanded", "true");
        await app.Check(page);

        await box.PressAsync("Escape");
        await Assertions.Expect(list).ToBeHiddenAsync();
        await Assertions.Expect(box).ToHaveAttributeAsync("aria-expanded", "false");

        await box.PressAsync("ArrowDown");
        await Assertions.Expect(list).ToBeVisibleAsync();
        await box.PressAsync("ArrowDown");
        var first = list.GetByRole(AriaRole.Option).First;
        await Assertions.Expect(first).ToHaveAttributeAsync("aria-selected", "true");
        await Assertions.Expect(box).ToHaveAttributeAsync("aria-activedescendant", (await first.GetAttributeAsync("id"))!);
        await box.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".understood .chip").First).ToContainTextAsync("旋盤加工");
    }

    private async Task<Company> Turner()
    {
        var company = await app.Data.Company(c => c.Listed().With("旋盤加工", "cut.turn", ["S45C"]));
        await app.CatalogFollows();
        return company;
    }
}
