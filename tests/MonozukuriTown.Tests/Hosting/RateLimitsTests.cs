using System.Globalization;
using System.Net;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Hosting;

public class RateLimitsTests(RateLimitsTests.Narrow app) : IClassFixture<RateLimitsTests.Narrow>
{
    /// <summary>Lets nobody try more than twice a minute.</summary>
    public sealed class Narrow : TownApp
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings => [.. base.Settings, new("RateLimits:SignInsPerMinute", "2"), new("RateLimits:PagesPerMinute", "12")];
    }

    [Fact]
    public async Task TooManyRequests_AreToldToWait_InWords()
    {
        var page = await app.Visitor().Open("/account/signin");
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.OK, (await page.Submit("main form", ("Mail", "nobody@example.jp"), ("Password", "ちがう"))).Status);
        IsRefused(await page.Submit("main form", ("Mail", "nobody@example.jp"), ("Password", "ちがう")));

        // Past the limit of all pages the page that says so comes too.
        var last = page;
        for (var i = 0; i < 12; i++)
            last = await app.Visitor().Open("/about");
        IsRefused(last);
        // Nor is whoever looks whether the portal lives.
        Assert.Equal(HttpStatusCode.OK, (await app.Visitor().Open("/health/ready")).Status);
        // What it looks like isn't refused: the page would come without its styles.
        Assert.Equal(HttpStatusCode.OK, (await app.Visitor().Open("/css/base.css")).Status);
    }

    private static void IsRefused(TestPage page)
    {
        Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
        Assert.Equal("しばらくお待ちください", page.Text("h1"));
        Assert.InRange(int.Parse(Assert.Single(page.Response.Headers.GetValues("Retry-After")), CultureInfo.InvariantCulture), 1, 60);
    }
}
