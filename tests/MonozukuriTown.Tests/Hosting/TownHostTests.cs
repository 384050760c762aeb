using System.Net;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Hosting;

public class TownHostTests(TownApp app) : IClassFixture<TownApp>
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_OnAMigratedDatabase_IsGood(string address)
    {
        var page = await app.Visitor().Open(address);
        Assert.Equal((HttpStatusCode.OK, "Healthy"), (page.Status, page.Body));
    }

    [Fact]
    public async Task Answers_CarryThePolicyWithoutInlineAnything()
    {
        var page = await app.Visitor().Open("/health/live");
        var policy = Assert.Single(page.Response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assets_AskedForCompressed_HaveABody()
    {
        var browser = app.Visitor();
        browser.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");
        var answer = await browser.GetAsync(new Uri("/css/base.css", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Answers_ToSomebodySignedIn_AreKeptNowhere()
    {
        Assert.NotEqual("no-store", (await app.Visitor().Open("/about")).Response.Headers.CacheControl?.ToString());
        Assert.Equal("no-store", (await (await app.As(Roles.Member)).Open("/about")).Response.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Assets_AreAskedForOnce_AndNamedByTheirContent()
    {
        var member = await app.As(Roles.Member);
        var page = await member.Open("/about");
        // What deploy/assets fetches may not have been there when this was built.
        var styles = page.Document.QuerySelectorAll("link[rel=stylesheet]").Select(l => l.GetAttribute("href")!).Where(a => !a.StartsWith("/vendor/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(styles);
        foreach (var address in styles)
        {
            Assert.Matches("^/.*[.][a-z0-9]{10}[.]css$", address);
            var asset = await member.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
            Assert.NotEqual("no-store", asset.Headers.CacheControl?.ToString());
        }
    }

    [Fact]
    public async Task UserOf_IsOneUserARole()
    {
        Assert.Equal((await app.UserOf(Roles.City)).Id, (await app.UserOf(Roles.City)).Id);
        Assert.NotEqual((await app.UserOf(Roles.City)).Id, (await app.UserOf(Roles.Advisor)).Id);
    }
}
