using MonozukuriTown.Browser.Tests.Support;
using MonozukuriTown.Core.Accounts;

namespace MonozukuriTown.Browser.Tests;

public class HealthTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Fact]
    public async Task Ready_InABrowser_SaysHealthy()
    {
        var page = await app.Open("/health/ready", Roles.City);
        Assert.Equal("Healthy", await page.InnerTextAsync("body"));
    }
}
