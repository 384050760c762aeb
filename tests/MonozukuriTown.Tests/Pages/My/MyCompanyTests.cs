using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Pages.My;

public class MyCompanyTests(TownApp app) : IClassFixture<TownApp>
{
    [Fact]
    public async Task Get_ShowsEachSectionWithItsState()
    {
        var company = await app.Data.Company(c => c.Listed().With("歯車研削").Confirmed(ListingSection.Capabilities, app.Clock.GetUtcNow())
            .Set(x => (x.Email, x.EmailVisibility) = ("hidden@example.jp", Visibility.Hidden)));
        var page = await (await app.As(await app.NewUser(Roles.Member, company))).Open(MyLinks.Company);
        Assert.Contains("2026年10月に確認", page.Text("[aria-labelledby=part-Capabilities]"), StringComparison.Ordinal);
        Assert.Contains("歯車研削", page.Text("[aria-labelledby=part-Capabilities]"), StringComparison.Ordinal);
        Assert.Contains("保有設備 未記入", page.Text("[aria-labelledby=part-Equipment]"), StringComparison.Ordinal);
        Assert.Contains("hidden@example.jp（職員だけ）", page.Text("[aria-labelledby=part-Basic]"), StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("main a[href^='tel:']"));
    }

    [Fact]
    public async Task Get_FourHundredCapabilitiesAndLongWords_IsShown()
    {
        var company = await app.Data.Company(c =>
        {
            c.Listed().Named("株式会社ひがし大阪精密機械器具総合製作所 大阪事業本部", "ひがしおおさか");
            for (var i = 0; i < Company.CapabilitiesMax; i++)
                c.With($"加工{i}");
        });
        var page = await (await app.As(await app.NewUser(Roles.Member, company))).Open(MyLinks.Company);
        Assert.Contains("加工399", page.Text(), StringComparison.Ordinal);
    }
}
