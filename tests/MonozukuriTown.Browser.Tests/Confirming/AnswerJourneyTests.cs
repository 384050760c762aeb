using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using MonozukuriTown.Browser.Tests.Support;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Confirming;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Browser.Tests.Confirming;

/// <summary>From the mail to the answer: two interactions.</summary>
public class AnswerJourneyTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private async Task<(Company Company, string Mail)> AskAsync()
    {
        var company = await app.Data.Company(c => c.Listed().With("旋盤加工", "cut.turn", ["SUS304", "A5052"]).WithEquipment("NC旋盤", "オークマ", "LB3000")
            .Confirmed(ListingSection.Basic, app.Clock.GetUtcNow().AddMonths(-14)));
        var owner = await app.NewUser(Roles.Member, company);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TownDbContext>();
        await scope.ServiceProvider.GetRequiredService<FreshnessRequests>().OpenAsync(
            await db.Companies.AsNoTracking().WithParts().SingleAsync(c => c.Id == company.Id, TestContext.Current.CancellationToken), new(2026, 10, 1), TestContext.Current.CancellationToken);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return (company, owner.Email!);
    }

    /// <summary>The letter as it lies in the town's mailbox, opened as a page of its own.</summary>
    private async Task<IPage> LetterAsync(string mail, int width, bool scripts = true)
    {
        var letters = await app.Open(StaffLinks.Mailbox, Roles.City, width);
        var letter = letters.Locator(".mail-list a", new() { HasText = mail }).First;
        for (var tries = 0; await letter.CountAsync() == 0 && tries < 50; tries++)
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
            await letters.ReloadAsync();
        }
        await letter.ClickAsync();
        var html = await letters.EvaluateAsync<string>("fetch(document.querySelector('iframe').src).then(answer => answer.text())");
        await letters.Context.CloseAsync();
        var page = await app.Open("/about", width: width, scripts: scripts);
        // Its style is its own; a page of the portal would forbid it.
        await page.GotoAsync("about:blank");
        await page.SetContentAsync(html);
        return page;
    }

    [Theory]
    [InlineData(BrowserApp.Phone)]
    [InlineData(BrowserApp.Desktop)]
    public async Task Same_TakesTwoInteractions(int width)
    {
        var (company, mail) = await AskAsync();
        var page = await LetterAsync(mail, width);
        await app.Check(page);
        await page.ClickAsync("a.action"); // 1
        await app.Check(page);
        await page.ClickAsync("#same-button"); // 2
        await Assertions.Expect(page.Locator(".notice-ok")).ToContainTextAsync("「変わりなし」と承りました");
        await app.Check(page);
        Assert.True(await app.Use<TownDbContext, bool>(db => db.CompanySections.Where(s => s.CompanyId == company.Id)
            .AllAsync(s => s.ConfirmedAt == app.Clock.GetUtcNow(), TestContext.Current.CancellationToken)));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Call_ByKeyboardAloneAndWithoutScripts()
    {
        var (_, mail) = await AskAsync();
        var page = await LetterAsync(mail, BrowserApp.Phone, scripts: false);
        await page.FocusAsync("a.action");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/c/**");
        var steps = 0;
        for (; steps < 40 && !await page.Locator("#CallTime:focus").IsVisibleAsync(); steps++)
            await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("社長あてに");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".notice-ok")).ToContainTextAsync("「電話ください」と承りました");
        await Assertions.Expect(page.Locator(".notice-ok")).ToContainTextAsync("午前");
        await page.Context.CloseAsync();
    }
}
