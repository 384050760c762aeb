using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Pages.My;

public class SecurityTests(TownApp app) : IClassFixture<TownApp>
{
    private const string Old = "試験のためのながいことば";
    private const string New = "あたらしいながいことば";
    private const string PasswordForm = "form[action*=Password]";

    private async Task<bool> CanSignIn(TownUser user, string password)
    {
        var page = await app.Visitor().Open(AccountLinks.SignIn);
        return (await page.Submit("main form", ("Mail", user.Email), ("Password", password))).Location is not null;
    }

    [Fact]
    public async Task ChangePassword_TheOldOneEnds_AndOtherSessionsWithIt()
    {
        var user = await app.NewUser(Roles.City);
        var (here, elsewhere) = (await app.As(user), await app.As(user));
        var answer = await (await here.Open(MyLinks.Security)).Submit(PasswordForm, ("Current", Old), ("Password", New));
        Assert.Contains("パスワードを変えました", (await answer.Follow()).Text(), StringComparison.Ordinal);
        Assert.False(await CanSignIn(user, Old));
        Assert.True(await CanSignIn(user, New));
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Null((await here.Open(MyLinks.Security)).Location);
        Assert.StartsWith("http://localhost" + AccountLinks.SignIn, (await elsewhere.Open(MyLinks.Security)).Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", New, "今のパスワードを入力してください。")]
    [InlineData("ちがうことばちがうことば", New, "今のパスワードが違います。")]
    [InlineData(Old, "", "新しいパスワードを入力してください。")]
    [InlineData(Old, "みじかい", "パスワードは10文字以上にしてください。")]
    public async Task ChangePassword_Wrong_SaysWhatToMend(string current, string password, string sentence)
    {
        var user = await app.NewUser(Roles.Member);
        var page = await (await (await app.As(user)).Open(MyLinks.Security)).Submit(PasswordForm, ("Current", current), ("Password", password));
        Assert.Contains(sentence, page.Text(".error-summary"), StringComparison.Ordinal);
        Assert.True(await CanSignIn(user, Old));
    }

    [Fact]
    public async Task ChangePassword_GuessedTenTimes_EndsTheSession()
    {
        var user = await app.NewUser(Roles.Buyer);
        var browser = await app.As(user);
        var page = await browser.Open(MyLinks.Security);
        for (var i = 0; i < 10; i++)
            await page.Submit(PasswordForm, ("Current", "ちがうことばちがうことば"), ("Password", New));
        var last = await page.Submit(PasswordForm, ("Current", Old), ("Password", New));
        Assert.StartsWith(AccountLinks.SignIn, last.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everywhere_EndsEverySession()
    {
        var user = await app.NewUser(Roles.Reviewer);
        var (here, elsewhere) = (await app.As(user), await app.As(user));
        var answer = await (await here.Open(MyLinks.Security)).Submit("form[action*=Everywhere]");
        Assert.Contains("すべての端末からログアウトしました", (await answer.Follow()).Text(), StringComparison.Ordinal);
        Assert.NotNull((await here.Open(MyLinks.Security)).Location);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.NotNull((await elsewhere.Open(MyLinks.Security)).Location);
    }
}
