using MonozukuriTown.Browser.Tests.Support;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Browser.Tests;

/// <summary>A clerk's first day: password, authenticator, codes on paper, the desk; the next day password and code.</summary>
public sealed class SecondStepJourneyTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Theory]
    [InlineData(BrowserApp.Phone)]
    [InlineData(BrowserApp.Desktop)]
    public async Task Clerk_SetsUpTheAuthenticator_AndComesInWithACode(int width)
    {
        const string password = "試験のためのながいことば";
        var clerk = await app.NewUser(Roles.City);
        var page = await app.Open(AccountLinks.SignIn, (TownUser?)null, width);
        await page.FillAsync("#Mail", clerk.Email!);
        await page.FillAsync("#Password", password);
        await page.ClickAsync("main form button[type=submit]");

        await page.Locator("[aria-labelledby=setup] svg").WaitForAsync();
        await app.Check(page);
        var key = (await page.Locator("[aria-labelledby=setup] code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.FillAsync("#Code", Totp.Code(key, Totp.Step(app.Clock.GetUtcNow())));
        await page.FillAsync("#Password", password);
        await page.ClickAsync("[aria-labelledby=setup] button");

        await page.Locator("[aria-labelledby=codes]").WaitForAsync();
        Assert.Equal(Authenticators.RecoveryCodes, await page.Locator("[aria-labelledby=codes] code").CountAsync());
        await app.Check(page);
        await page.ClickAsync("[aria-labelledby=codes] a.button");
        Assert.EndsWith(StaffLinks.Desk, page.Url, StringComparison.Ordinal);

        app.Clock.Advance(TimeSpan.FromSeconds(30));
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(StaffLinks.Desk);
        await page.FillAsync("#Mail", clerk.Email!);
        await page.FillAsync("#Password", password);
        await page.ClickAsync("main form button[type=submit]");
        await page.Locator("#Code").WaitForAsync();
        await app.Check(page);
        await page.FillAsync("#Code", "０００");
        await page.ClickAsync("main form button[type=submit]");
        await page.Locator(".error-summary, [role=alert]").First.WaitForAsync();
        await app.Check(page);
        await page.FillAsync("#Code", Totp.Code(key, Totp.Step(app.Clock.GetUtcNow())));
        await page.ClickAsync("main form button[type=submit]");
        await page.WaitForURLAsync($"**{StaffLinks.Desk}");
        await app.Check(page);
    }
}
