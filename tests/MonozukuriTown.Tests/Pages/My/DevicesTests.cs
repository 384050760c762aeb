using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Jobs;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Pages.My;

public class DevicesTests(TownApp app) : IClassFixture<TownApp>
{
    private const string Password = "試験のためのながいことば";
    private const string Windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";
    private const string Phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
    private const string List = "[aria-labelledby=devices]";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<HttpClient> SignIn(TownUser user, string agent)
    {
        var browser = app.Visitor();
        browser.DefaultRequestHeaders.Add("User-Agent", agent);
        Assert.NotNull((await (await browser.Open(AccountLinks.SignIn)).Submit("main form", ("Mail", user.Email), ("Password", Password))).Location);
        return browser;
    }

    private async Task<List<DeviceSession>> Rows(TownUser user)
    {
        await using var db = app.Database.Open();
        return await db.Set<DeviceSession>().Where(s => s.UserId == user.Id).ToListAsync(Stop);
    }

    private static string EndForm(TestPage page, string device) =>
        $"{List} form:has(input[value='{page.Document.QuerySelectorAll(List + " tr").Single(r => r.TextContent.Contains(device, StringComparison.Ordinal)).QuerySelector("input[name=id]")!.GetAttribute("value")}'])";

    [Fact]
    public async Task OneIsSignedOut_TheOtherStays()
    {
        var user = await app.NewUser(Roles.Member);
        var here = await SignIn(user, Windows);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        var phone = await SignIn(user, Phone);
        var page = await here.Open(MyLinks.Security);
        var list = page.Text(List);
        Assert.Contains("Safari（iPhone）", list, StringComparison.Ordinal);
        Assert.Contains("この端末です", page.Document.QuerySelectorAll(List + " tr").Single(r => r.TextContent.Contains("Chrome（Windows）", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        var answer = await page.Submit(EndForm(page, "iPhone"));
        Assert.Contains("ログアウトさせました", (await answer.Follow()).Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("iPhone", (await here.Open(MyLinks.Security)).Text(List), StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.NotNull((await phone.Open(MyLinks.Security)).Location);
        Assert.Equal(HttpStatusCode.OK, (await here.Open(MyLinks.Security)).Status);
    }

    [Fact]
    public async Task SomebodyElsesDevice_IsNotThere()
    {
        var (mine, theirs) = (await app.NewUser(Roles.Buyer), await app.NewUser(Roles.Buyer));
        var here = await SignIn(mine, Windows);
        await SignIn(mine, Phone);
        var other = await SignIn(theirs, Windows);
        var row = Assert.Single(await Rows(theirs));
        var page = await here.Open(MyLinks.Security);
        Assert.Equal(HttpStatusCode.NotFound, (await page.Submit(EndForm(page, "iPhone"), ("id", row.Id.ToString()))).Status);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.OK, (await other.Open(MyLinks.Security)).Status);
    }

    [Fact]
    public async Task NewPassword_LeavesThisDeviceAlone()
    {
        var user = await app.NewUser(Roles.City);
        var here = await SignIn(user, Windows);
        await SignIn(user, Phone);
        await (await here.Open(MyLinks.Security)).Submit("form[action*=Password]", ("Current", Password), ("Password", "あたらしいながいことば"));
        var list = (await here.Open(MyLinks.Security)).Text(List);
        Assert.Contains("Chrome（Windows）", list, StringComparison.Ordinal);
        Assert.Contains("この端末です", list, StringComparison.Ordinal);
        Assert.DoesNotContain("iPhone", list, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.OK, (await here.Open(MyLinks.Security)).Status);
    }

    [Fact]
    public async Task SignedOut_ItsCookieIsWorthNothing()
    {
        var user = await app.NewUser(Roles.Buyer);
        var here = await SignIn(user, Windows);
        Assert.Single(await Rows(user));
        await (await here.Open(AccountLinks.SignOut)).Submit("main form");
        Assert.Empty(await Rows(user));
    }

    [Fact]
    public async Task CookieFromBeforeThereWereDevices_GetsOne_AndStaysOne()
    {
        var user = await app.NewUser(Roles.Buyer);
        var browser = await app.As(user);
        for (var i = 0; i < 3; i++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(2));
            Assert.Equal(HttpStatusCode.OK, (await browser.Open(MyLinks.Security)).Status);
        }
        var row = Assert.Single(await Rows(user));
        Assert.Equal(app.Clock.GetUtcNow(), row.SeenAt);
        Assert.Contains("種類のわからない端末", (await browser.Open(MyLinks.Security)).Text(List), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NotUsedForItsLifetime_IsForgotten()
    {
        Assert.Contains(app.Services.GetServices<JobKind>(), k => k.Kind == ForgetDevices.Kind && k.Round is not null);
        var (old, young) = (await app.NewUser(Roles.Buyer), await app.NewUser(Roles.Buyer));
        await SignIn(old, Windows);
        app.Clock.Advance(DeviceSessions.Lifetime + TimeSpan.FromMinutes(1));
        await SignIn(young, Windows);
        await app.Use<ForgetDevices, int>(async job =>
        {
            await job.RunAsync(new(0, "", app.Clock.GetUtcNow(), 1), Stop);
            return 0;
        });
        Assert.Empty(await Rows(old));
        Assert.Single(await Rows(young));
    }

    [Theory]
    [InlineData(Windows, "Chrome（Windows）")]
    [InlineData(Phone, "Safari（iPhone）")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0", "Edge（Windows）")]
    [InlineData("Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36", "Chrome（Android）")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:144.0) Gecko/20100101 Firefox/144.0", "Firefox（Mac）")]
    [InlineData("curl/8.0", "種類のわからない端末")]
    [InlineData("", "種類のわからない端末")]
    [InlineData(null, "種類のわからない端末")]
    public void Words_SayWhatAPersonKnowsItBy(string? agent, string words) => Assert.Equal(words, DeviceWords.Of(agent));
}
