using MonozukuriTown.Browser.Tests.Support;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Work;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Browser.Tests;

/// <summary>The pages about accounts with all they can hold, folded parts open.</summary>
public sealed class AccountPagesTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Theory]
    [InlineData(BrowserApp.Phone)]
    [InlineData(BrowserApp.Desktop)]
    public async Task Account_WithEverythingUnfolded_HasNothingToComplainOf(int width)
    {
        var company = await app.Data.Company(c => c.Listed().Named("株式会社ひがし大阪精密機械器具総合製作所 大阪事業本部", "ひがしおおさか").Set(x => x.Tel = "06-0000-0001"));
        var member = await app.NewUser(Roles.Member, company, $"a-very-long-address-of-somebody-{app.Data.Next()}@long-domain-of-the-company.example.jp");
        await app.Data.Add(new WorkItem { Kind = "test", Subject = $"{app.Data.Next()}", Reason = "掲載内容を確かめる。", Due = new(2026, 11, 18), OwnerId = member.Id });
        var page = await app.Open(StaffLinks.Account(member.Id), Roles.Admin, width);
        foreach (var summary in await page.Locator("main summary").AllAsync())
            await summary.ClickAsync();
        await app.Check(page);
        await page.ClickAsync("form[action*=Restore] button");
        await page.Locator("#Restore_Spoke:invalid, #Restore_Company:invalid").First.WaitForAsync();
    }

    [Theory]
    [InlineData(BrowserApp.Phone)]
    [InlineData(BrowserApp.Desktop)]
    public async Task Security_WithSeveralDevices_HasNothingToComplainOf(int width)
    {
        var user = await app.NewUser(Roles.Member);
        foreach (var agent in new[] { "Chrome Windows", "Safari iPhone", "" })
        {
            await app.Use<DeviceSessions, Guid>(devices => devices.StartAsync(user.Id, user.SecurityStamp!, agent, cancellation: TestContext.Current.CancellationToken));
        }
        var page = await app.Open(MyLinks.Security, user, width);
        Assert.Equal(3, await page.Locator("[aria-labelledby=devices] tbody tr").CountAsync());
        await app.Check(page);
    }
}
