using System.Net;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Pages.Account;

public sealed class SignInTests(TownApp app) : IClassFixture<TownApp>
{
    private const string Password = "ながいひみつのことば";
    private const string Refusal = "メールアドレスかパスワードが違います。";

    [Theory]
    [InlineData(Roles.Admin, "/staff")]
    [InlineData(Roles.City, "/staff")]
    [InlineData(Roles.Advisor, "/staff")]
    [InlineData(Roles.Member, "/my")]
    [InlineData(Roles.Buyer, "/")]
    public async Task Post_RightPassword_LeadsToTheRolesDesk(string role, string desk)
    {
        var user = await app.NewUser(role, password: Password);

        var answer = await SignIn(user.Email, Password);

        Assert.Equal((HttpStatusCode.Found, desk), (answer.Status, answer.Location));
    }

    [Theory]
    [InlineData("/companies?q=研磨", "/companies?q=研磨")]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("//elsewhere.example/", "/")]
    [InlineData("/\\elsewhere.example/", "/")]
    public async Task Post_WithBack_GoesThereOnlyOnThisSite(string back, string expected)
    {
        var user = await app.NewUser(Roles.Buyer, password: Password);

        var answer = await SignIn(user.Email, Password, "/account/signin?back=" + Uri.EscapeDataString(back));

        Assert.Equal(expected, Uri.UnescapeDataString(answer.Location!));
    }

    [Fact]
    public async Task Post_AddressInFullWidth_IsTheSameAddress()
    {
        var user = await app.NewUser(Roles.Buyer, password: Password);

        var answer = await SignIn(" " + user.Email!.Replace("@", "＠", StringComparison.Ordinal), Password);

        Assert.Equal(HttpStatusCode.Found, answer.Status);
    }

    [Fact]
    public async Task Post_UnknownAddressAndWrongPassword_GetTheSameSentence()
    {
        var user = await app.NewUser(Roles.Buyer, password: Password);

        var wrong = await SignIn(user.Email, "ちがうことばです1234");
        var unknown = await SignIn("nobody@example.jp", Password);

        Assert.Contains(Refusal, wrong.Text(), StringComparison.Ordinal);
        Assert.Equal(wrong.Text(), unknown.Text());
        Assert.Equal(HttpStatusCode.OK, wrong.Status);
    }

    [Fact]
    public async Task Post_TenWrongPasswords_LockTheAccountForAWhile()
    {
        var user = await app.NewUser(Roles.Buyer, password: Password);
        for (var i = 0; i < 10; i++)
            await SignIn(user.Email, "ちがうことばです1234");

        var locked = await SignIn(user.Email, Password);

        Assert.Contains(Refusal, locked.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a@example.jp", "")]
    [InlineData("", "x")]
    [InlineData("not an address <script>", "x")]
    public async Task Post_NothingUseful_SaysWhatIsMissingAndKeepsTheAddress(string mail, string password)
    {
        var answer = await SignIn(mail, password);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.NotEmpty(answer.Document.QuerySelectorAll(".error-summary li"));
        Assert.DoesNotContain("<script>", answer.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NulCharacters_AreRefused()
    {
        var answer = await SignIn("a\0@example.jp", "x");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("受け取れませんでした", answer.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_ByGet_ChangesNothing_ByPostEndsTheSession()
    {
        var user = await app.NewUser(Roles.City, password: Password);
        var browser = app.Visitor();
        await (await browser.Open("/account/signin")).Submit("main form", ("Mail", user.Email), ("Password", Password));

        var page = await browser.Open("/account/signout");
        Assert.Equal("/staff", (await browser.Open("/account/signin")).Location);
        await page.Submit();

        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/account/signin")).Status);
    }

    [Theory]
    [InlineData("/nothing-here")]
    [InlineData("/staff2/x.html")]
    [InlineData("/companies/../../etc/passwd")]
    public async Task Get_AddressThatIsNone_IsNotFoundAndNotASignIn(string address)
    {
        var page = await app.Visitor().Open(address);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("ページが見つかりません", page.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NulInTheAddress_IsRefused()
    {
        var page = await app.Visitor().Open("/account/signin?back=%00");

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
    }

    private async Task<TestPage> SignIn(string? mail, string password, string address = "/account/signin") =>
        await (await app.Visitor().Open(address)).Submit("main form", ("Mail", mail), ("Password", password));
}
