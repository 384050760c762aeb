using Microsoft.Playwright;
using MonozukuriTown.Browser.Tests.Support;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Browser.Tests;

/// <summary>A company's people at their own listing, on a phone between two jobs.</summary>
public sealed class EditingTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private const string Password = "試験のためのながいことば";

    [Theory]
    [InlineData(BrowserApp.Phone, true)]
    [InlineData(BrowserApp.Phone, false)]
    public async Task FromSignIn_ToACapabilityThatBuyersFind_TakesTwelveInteractionsAtMost(int width, bool scripts)
    {
        var company = await app.Data.Company(c => c.Listed());
        var user = await app.NewUser(Roles.Member, company, password: Password);
        var page = await app.Open(AccountLinks.SignIn, (string?)null, width, scripts);
        var interactions = 0;
        async Task Fill(string label, string text)
        {
            interactions++;
            await page.GetByLabel(label, new() { Exact = false }).First.FillAsync(text);
        }
        async Task Click(ILocator target)
        {
            interactions++;
            await target.ClickAsync();
        }

        await Fill("メールアドレス", user.Email!);
        await Fill("パスワード", Password);
        await Click(page.Locator("main form button[type=submit]").First);
        await Click(page.GetByRole(AriaRole.Link, new() { Name = "内容を見る" }).First);
        await Click(page.Locator("main a[href^='/my/company/capabilities']"));
        await Fill("加工必須", "ワイヤーカット");
        await Click(page.GetByRole(AriaRole.Button, new() { Name = "保存して掲載に反映する" }));
        await Assertions.Expect(page.Locator("[role=status]").First).ToContainTextAsync("掲載に反映しています");
        await app.CatalogFollows();
        await Click(page.GetByRole(AriaRole.Link, new() { Name = "公開ページを見る" }).First);
        await page.GotoAsync("/companies?q=" + Uri.EscapeDataString("ワイヤーカット"));
        interactions++;
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = company.Name, Exact = true }).First).ToBeVisibleAsync();
        Assert.InRange(interactions, 1, 12);
    }

    [Fact]
    public async Task Process_IsPickedByKeyboard_AndFillsTheField()
    {
        var company = await app.Data.Company(c => c.Listed());
        var page = await app.Open(MyLinks.Section(ListingSection.Capabilities, company.Id), await app.NewUser(Roles.Member, company), BrowserApp.Phone);
        var box = page.GetByRole(AriaRole.Combobox, new() { Name = "加工必須" });
        await box.PressSequentiallyAsync("せんばん");
        await Assertions.Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync("旋盤加工");
        await app.Check(page);
        await box.PressAsync("ArrowDown");
        await box.PressAsync("Enter");
        await Assertions.Expect(box).ToHaveValueAsync("旋盤加工");
        await Assertions.Expect(box).ToBeFocusedAsync();
        // Nothing is open any more: Enter saves, as in any form.
        await box.PressAsync("Enter");
        await page.WaitForURLAsync("**" + MyLinks.Of(MyLinks.Company, company.Id));
        await Assertions.Expect(page.Locator("[aria-labelledby=part-Capabilities]")).ToContainTextAsync("旋盤加工");
    }

    [Theory]
    [InlineData(BrowserApp.Phone)]
    [InlineData(BrowserApp.Desktop)]
    public async Task FormsAtTheirLongest_AndBothVersions_HaveNothingToComplainOf(int width)
    {
        var company = await app.Data.Company(c =>
        {
            c.Listed().Named("株式会社ひがし大阪精密機械器具総合製作所 大阪事業本部 門前第二工場", "ひがしおおさか").With("旋盤加工", "cut.turn", ["SUS304", "A5052"], x => (x.Limits.MaxLength, x.Limits.Tolerance) = (300, 0.02m));
            for (var i = 0; i < 40; i++)
                c.WithEquipment($"NC旋盤 {i + 1}号機", "オークマ", $"LB3000EXⅡ-MYW-{i}");
        });
        var member = await app.NewUser(Roles.Member, company);
        var page = await app.Open(MyLinks.Section(ListingSection.Equipment, company.Id), member, width);
        await app.Check(page);
        await page.Locator(".paste > summary").ClickAsync();
        await page.FillAsync("#paste", "オークマ\tLB3000\tNC旋盤\t-5\tφ210×500\n\t\t\t3");
        await page.GetByRole(AriaRole.Button, new() { Name = "読み取って下に足す" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]").First).ToContainTextAsync("2行を読み取り");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存して掲載に反映する" }).ClickAsync();
        await Assertions.Expect(page.Locator(".error-summary")).ToBeFocusedAsync();
        await app.Check(page);

        var (mine, theirs) = (await app.Open(MyLinks.Section(ListingSection.Capabilities, company.Id), member, width), await app.Open(MyLinks.Section(ListingSection.Capabilities, company.Id), member, width));
        foreach (var (who, tolerance) in new[] { (theirs, "0.01"), (mine, "0.05") })
        {
            await who.Locator("[name$='.tolerance']").FillAsync(tolerance);
            await who.Locator("[name$='.process']").FillAsync("研磨");
            await who.GetByRole(AriaRole.Button, new() { Name = "保存して掲載に反映する" }).ClickAsync();
            await who.GetByText("平面研削", new() { Exact = true }).ClickAsync();
            await app.Check(who);
            await who.GetByRole(AriaRole.Button, new() { Name = "保存して掲載に反映する" }).ClickAsync();
        }
        await Assertions.Expect(mine.Locator("[aria-labelledby=merge]")).ToContainTextAsync("先に保存しました");
        await app.Check(mine);
        await mine.GetByText("先に保存された内容：±0.01 mm").ClickAsync();
        await mine.GetByRole(AriaRole.Button, new() { Name = "保存して掲載に反映する" }).ClickAsync();
        await Assertions.Expect(mine.Locator("[aria-labelledby=part-Capabilities]")).ToContainTextAsync("±0.01mm");
        await mine.GotoAsync(MyLinks.Of(MyLinks.History, company.Id));
        await app.Check(mine);
        await mine.Locator("main a[href*='section=capabilities']").Last.ClickAsync();
        await app.Check(mine);
    }
}
