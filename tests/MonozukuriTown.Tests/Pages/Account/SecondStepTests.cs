using System.Net;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Pages.Account;

/// <summary>Staff come in by password and a code; everybody else may want to.</summary>
public class SecondStepTests(TownApp app) : IClassFixture<TownApp>
{
    private const string Password = "試験のためのながいことば";
    private const string Wrong = "確認コードが違うか、使いおわったコードです。";
    private const string SetUp = "form[action='/my/security/authenticator'], form[action^='/my/security/authenticator?back']";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<TestPage> SignIn(HttpClient browser, TownUser user, string address = AccountLinks.SignIn) =>
        await (await browser.Open(address)).Submit("main form", ("Mail", user.Email), ("Password", Password));

    private static string KeyOf(TestPage page) => page.Text("[aria-labelledby=setup] code").Replace(" ", "", StringComparison.Ordinal);

    private string CodeOf(string key, int steps = 0) => Totp.Code(key, Totp.Step(app.Clock.GetUtcNow()) + steps);

    private void NextCode() => app.Clock.Advance(TimeSpan.FromSeconds(30));

    /// <summary>Signed in and registered: the browser, the key, the codes on paper.</summary>
    private async Task<(HttpClient Browser, string Key, List<string> Paper)> Register(TownUser user)
    {
        var browser = app.Visitor();
        await SignIn(browser, user);
        var page = await browser.Open(MyLinks.Authenticator);
        var key = KeyOf(page);
        var done = await page.Submit(SetUp, ("Code", CodeOf(key)), ("Password", Password));
        Assert.Contains("認証アプリを登録しました", done.Text(), StringComparison.Ordinal);
        List<string> paper = [.. done.Document.QuerySelectorAll("[aria-labelledby=codes] code").Select(c => c.TextContent)];
        NextCode();
        return (browser, key, paper);
    }

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void Code_IsThatOfTheStandard(long second, string code) =>
        Assert.Equal(code, Totp.Code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.Step(DateTimeOffset.FromUnixTimeSeconds(second))));

    [Theory]
    [InlineData(Roles.Admin)]
    [InlineData(Roles.City)]
    [InlineData(Roles.Advisor)]
    public async Task Staff_WithoutAuthenticator_AreLedToIt_AndOpenNothingBefore(string role)
    {
        var user = await app.NewUser(role);
        var browser = app.Visitor();
        Assert.Equal(StaffLinks.Desk, (await SignIn(browser, user)).Location);
        Assert.EndsWith("/my/security/authenticator?back=%2Fstaff%2Fcompanies%3Fq%3Da", (await browser.Open("/staff/companies?q=a")).Location, StringComparison.Ordinal);
        Assert.EndsWith("/my/security/authenticator?back=%2Fstaff", (await browser.Open(StaffLinks.Desk)).Location, StringComparison.Ordinal);

        var page = await browser.Open("/my/security/authenticator?back=%2Fstaff");
        Assert.Contains("職員のページを開くには、認証アプリの登録が必要です", page.Text(), StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("svg.qr"));
        var key = KeyOf(page);
        // Another look offers another key: opening the page settled nothing.
        Assert.NotEqual(key, KeyOf(await browser.Open(MyLinks.Authenticator)));
        var wrong = await page.Submit(SetUp, ("Code", CodeOf(key, 5)), ("Password", Password));
        Assert.Contains("数字が違います", wrong.Text(".error-summary"), StringComparison.Ordinal);
        Assert.Equal(key, KeyOf(wrong));
        Assert.Contains("パスワードが違います", (await wrong.Submit(SetUp, ("Code", CodeOf(key)), ("Password", "ちがうことばちがうことば"))).Text(".error-summary"), StringComparison.Ordinal);
        Assert.NotNull((await browser.Open(StaffLinks.Desk)).Location);

        var done = await wrong.Submit(SetUp, ("Code", CodeOf(key)), ("Password", Password));
        Assert.Equal(10, done.Document.QuerySelectorAll("[aria-labelledby=codes] code").Length);
        Assert.Equal("/staff", done.Document.QuerySelector("[aria-labelledby=codes] a.button")!.GetAttribute("href"));
        Assert.Equal(HttpStatusCode.OK, (await browser.Open(StaffLinks.Desk)).Status);
        // The cookie is made anew every minute: what it knows of the second step stays.
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.OK, (await browser.Open(StaffLinks.Desk)).Status);
        Assert.DoesNotContain("使わない", (await browser.Open(MyLinks.Authenticator)).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_TakesTheCode_OnceOnly()
    {
        var user = await app.NewUser(Roles.City);
        var (_, key, _) = await Register(user);
        var browser = app.Visitor();
        var step = await SignIn(browser, user, "/account/signin?back=%2Fstaff%2Fjobs");
        Assert.Equal("/account/code?back=%2Fstaff%2Fjobs", step.Location);
        // The password alone opens nothing.
        Assert.Contains(AccountLinks.SignIn, (await browser.Open(StaffLinks.Desk)).Location, StringComparison.Ordinal);
        Assert.Contains(AccountLinks.SignIn, (await browser.Open(MyLinks.Security)).Location, StringComparison.Ordinal);

        var page = await step.Follow();
        Assert.Contains(Wrong, (await page.Submit("main form", ("Code", CodeOf(key, -3)))).Text(), StringComparison.Ordinal);
        var full = string.Concat(CodeOf(key).Select(c => (char)(c + 0xFEE0)));
        Assert.Equal("/staff/jobs", (await page.Submit("main form", ("Code", full[..3] + " " + full[3..]))).Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.Open(StaffLinks.Desk)).Status);

        var second = await (await SignIn(app.Visitor(), user)).Follow();
        Assert.Contains(Wrong, (await second.Submit("main form", ("Code", CodeOf(key)))).Text(), StringComparison.Ordinal);
        Assert.Contains(Wrong, (await second.Submit("main form", ("Code", CodeOf(key, -1)))).Text(), StringComparison.Ordinal);
        NextCode();
        Assert.Equal("/staff", (await second.Submit("main form", ("Code", CodeOf(key)))).Location);
    }

    [Fact]
    public async Task SignIn_TheSameCodeTwiceAtOnce_LetsOneIn()
    {
        var user = await app.NewUser(Roles.Member);
        var (_, key, _) = await Register(user);
        var pages = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => await (await SignIn(app.Visitor(), user)).Follow()));
        var answers = await Task.WhenAll(pages.Select(p => app.Use<AuthenticatorCodes, bool>(c => c.SpendAsync(user.Id, key, CodeOf(key)))));
        Assert.Single(answers, a => a);
    }

    [Fact]
    public async Task SignIn_TenWrongCodes_LockEvenTheRightOne()
    {
        var user = await app.NewUser(Roles.City);
        var (_, key, paper) = await Register(user);
        var page = await (await SignIn(app.Visitor(), user)).Follow();
        for (var i = 0; i < 5; i++)
        {
            await page.Submit("main form", ("Code", CodeOf(key, 9)));
            await page.Submit("main form", ("Code", "aaaa-bbbb-cccc"));
        }
        Assert.Null((await page.Submit("main form", ("Code", CodeOf(key)))).Location);
        Assert.Null((await page.Submit("main form", ("Code", paper[0]))).Location);
    }

    [Fact]
    public async Task RecoveryCode_WorksOnce_AndNewOnesEndTheOld()
    {
        var user = await app.NewUser(Roles.Member);
        var (browser, _, paper) = await Register(user);
        Assert.Equal(10, paper.Distinct(StringComparer.Ordinal).Count());
        await using (var db = app.Database.Open())
        {
            var kept = await db.UserTokens.Where(t => t.UserId == user.Id).Select(t => t.Value).ToListAsync(Stop);
            Assert.DoesNotContain(kept, k => k!.Contains(paper[0].Replace("-", "", StringComparison.Ordinal), StringComparison.Ordinal));
        }
        Assert.Equal("/my", (await (await (await SignIn(app.Visitor(), user)).Follow()).Submit("main form", ("Code", paper[0].ToUpperInvariant()))).Location);
        Assert.Null((await (await (await SignIn(app.Visitor(), user)).Follow()).Submit("main form", ("Code", paper[0]))).Location);

        var page = await browser.Open(MyLinks.Authenticator);
        Assert.Contains("あと9個", page.Text(), StringComparison.Ordinal);
        var renewed = await page.Submit("form[action*=Codes]", ("CodesPassword", Password));
        var fresh = renewed.Document.QuerySelector("[aria-labelledby=codes] code")!.TextContent;
        Assert.Null((await (await (await SignIn(app.Visitor(), user)).Follow()).Submit("main form", ("Code", paper[1]))).Location);
        Assert.Equal("/my", (await (await (await SignIn(app.Visitor(), user)).Follow()).Submit("main form", ("Code", fresh))).Location);
    }

    [Fact]
    public async Task Company_TurnsItOffAgain_StaffCannot()
    {
        var member = await app.NewUser(Roles.Member);
        var (browser, _, _) = await Register(member);
        await (await browser.Open(MyLinks.Authenticator)).Submit("form[action*=Off]", ("OffPassword", Password));
        Assert.Equal("/my", (await SignIn(app.Visitor(), member)).Location);

        var staff = await app.NewUser(Roles.Advisor);
        var (desk, _, _) = await Register(staff);
        var page = await desk.Open(MyLinks.Authenticator);
        var token = page.Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("OffPassword", Password)]);
        await desk.PostAsync(new Uri("/my/security/authenticator?handler=Off", UriKind.Relative), form, Stop);
        Assert.StartsWith(AccountLinks.Code, (await SignIn(app.Visitor(), staff)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SomebodyElsesOffer_IsRefused()
    {
        var (mine, theirs) = (await app.NewUser(Roles.Member), await app.NewUser(Roles.Member));
        var foreign = await (await app.As(theirs)).Open(MyLinks.Authenticator);
        var seal = foreign.Document.QuerySelector("[name=Sealed]")!.GetAttribute("value");
        var page = await (await app.As(mine)).Open(MyLinks.Authenticator);
        var answer = await page.Submit(SetUp, ("Sealed", seal), ("Code", CodeOf(KeyOf(foreign))), ("Password", Password));
        Assert.Contains("時間が過ぎました", answer.Text(".error-summary"), StringComparison.Ordinal);
        Assert.NotNull((await SignIn(app.Visitor(), mine)).Location);
    }

    [Fact]
    public async Task CodePage_WithoutThePassword_GoesToTheDoor() =>
        Assert.Equal(AccountLinks.SignIn, (await app.Visitor().Open(AccountLinks.Code)).Location);

    [Fact]
    public async Task LostAuthenticator_OfStaff_GoesAfterACallBack_OnRecord()
    {
        var user = await app.NewUser(Roles.City);
        await Register(user);
        var admin = await app.As(Roles.Admin);
        var page = await admin.Open(StaffLinks.Account(user.Id));
        Assert.Contains("折り返した番号を書いてください", (await page.Submit("form[action*=Restore]", ("Restore.Spoke", "本人"))).Text(), StringComparison.Ordinal);
        var answer = await page.Submit("form[action*=Restore]", ("Restore.OfficeTel", "06-0000-1234"), ("Restore.Spoke", "本人"));
        Assert.Contains("アカウントを取り戻しました", (await answer.Follow()).Text(), StringComparison.Ordinal);
        Assert.Null((await SignIn(app.Visitor(), user)).Location);
        await using var db = app.Database.Open();
        Assert.False((await db.Users.SingleAsync(u => u.Id == user.Id, Stop)).TwoFactorEnabled);
        Assert.Contains("06-0000-1234", (await db.ChangeLog.SingleAsync(e => e.Entity == "AccountRestore" && e.EntityId == user.Id.ToString(), Stop)).Cells, StringComparison.Ordinal);
    }
}
