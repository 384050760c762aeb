using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Pages.Staff;

public class AccountsTests(TownApp app) : IClassFixture<TownApp>
{
    private const string InviteForm = "form[action*=Invite]";

    private async Task<TestPage> Invite(string mail, string role, string? company = null, string name = "招待 花子") =>
        await (await (await app.As(Roles.Admin)).Open(StaffLinks.Accounts)).Submit(
            InviteForm, ("Input.Name", name), ("Input.Mail", mail), ("Input.Role", role), ("Input.Company", company));

    private async Task<TownUser?> Account(string mail) => await app.Use<UserManager<TownUser>, TownUser?>(users => users.FindByEmailAsync(mail));

    private async Task<string> InvitationTo(string mail)
    {
        await using var db = app.Database.Open();
        var row = await db.Set<OutgoingMail>().Where(m => m.Address == mail && m.Kind == "account.invite").OrderBy(m => m.Id).LastAsync(TestContext.Current.CancellationToken);
        var id = long.Parse(row.Links["open"].Split('/')[1]);
        return await app.Use<LinkKey, string>(key => Task.FromResult(MailedLinks.Path(key, LinkPurpose.ConfirmAddress, id)));
    }

    [Fact]
    public async Task Invite_AMember_WhoChoosesAPasswordAndFindsTheCompany()
    {
        var company = await app.Data.Company(c => c.Named("株式会社招待製作所", "しょうたいせいさくしょ").Listed());
        var mail = $"invited{app.Data.Next()}@example.jp";
        var answer = await Invite(mail, Roles.Member, "招待製作");
        Assert.Equal(StaffLinks.Accounts, answer.Location);
        var list = await answer.Follow();
        Assert.Contains("招待のメールを送ります", list.Text(), StringComparison.Ordinal);
        Assert.Contains($"{mail} 掲載企業 株式会社招待製作所 招待中", list.Text("tbody"), StringComparison.Ordinal);

        var browser = app.Visitor();
        var page = await browser.Open(await InvitationTo(mail));
        var done = await page.Submit("main form", ("Password", "しょうたいされたことば"), ("Again", "しょうたいされたことば"));
        Assert.Equal(MyLinks.Desk, done.Location);
        Assert.Equal(company.Name, (await browser.Open(MyLinks.Desk)).Text("h1"));
    }

    [Fact]
    public async Task Invite_WithAnAddressThatIsThere_SaysSo()
    {
        var user = await app.NewUser(Roles.Buyer);
        Assert.Contains("登録ずみです", (await Invite(user.Email!, Roles.City)).Text(".error-summary"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a@example.jp", Roles.Member, null, "会社が要ります")]
    [InlineData("a@example.jp", Roles.Member, "そんな会社はない", "その名前の会社はありません")]
    [InlineData("a@example.jp", Roles.City, "二社", "掲載企業のアカウントだけ")]
    [InlineData("a@example.jp", Roles.Member, "二社", "どの会社か決まりません")]
    [InlineData("a@example.jp", "King", null, "役割を一覧から")]
    [InlineData("a@example.jp", "", null, "役割を選んでください")]
    [InlineData("no address", Roles.City, null, "「@」がありません")]
    public async Task Invite_FilledInWrongly_SaysWhatToMend(string mail, string role, string? company, string sentence)
    {
        if (company is "二社")
        {
            await app.Data.Company(c => c.Named("二社ひがし", "にしゃひがし"));
            await app.Data.Company(c => c.Named("二社にし", "にしゃにし"));
        }
        var page = await Invite(mail, role, company);
        Assert.Contains(sentence, page.Text(".error-summary"), StringComparison.Ordinal);
        Assert.Null(await Account(mail is "no address" ? "nobody@example.jp" : mail));
    }

    [Fact]
    public async Task Role_Changed_EndsTheSessions()
    {
        var user = await app.NewUser(Roles.City);
        var theirs = await app.As(user);
        Assert.Equal(HttpStatusCode.OK, (await theirs.Open(StaffLinks.Desk)).Status);
        var page = await (await app.As(Roles.Admin)).Open(StaffLinks.Account(user.Id));
        var answer = await (await page.Submit("form[action*=Role]", ("role", Roles.Partner))).Follow();
        Assert.Contains("連携機関", answer.Text("dl"), StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.NotNull((await theirs.Open(StaffLinks.Desk)).Location);
        Assert.Equal([Roles.Partner], await app.Use<UserManager<TownUser>, IList<string>>(async users => await users.GetRolesAsync((await users.FindByEmailAsync(user.Email!))!)));
    }

    [Fact]
    public async Task Lock_EndsTheSessions_AndUnlockLetsIn()
    {
        var user = await app.NewUser(Roles.Member);
        var theirs = await app.As(user);
        var admin = await app.As(Roles.Admin);
        var page = await admin.Open(StaffLinks.Account(user.Id));
        var locked = await (await page.Submit("form[action*=Lock]")).Follow();
        Assert.Contains("ロック", locked.Text("dl"), StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.NotNull((await theirs.Open(MyLinks.Desk)).Location);
        Assert.Null((await SignIn(user)).Location);
        await locked.Submit("form[action*=Unlock]");
        Assert.NotNull((await SignIn(user)).Location);
    }

    private async Task<TestPage> SignIn(TownUser user) => await (await app.Visitor().Open(AccountLinks.SignIn))
        .Submit("main form", ("Mail", user.Email), ("Password", "試験のためのながいことば"));

    [Fact]
    public async Task OwnAccount_IsChangedByNobodyButOthers()
    {
        var me = await app.UserOf(Roles.Admin);
        var other = await app.NewUser(Roles.Buyer);
        var admin = await app.As(Roles.Admin);
        Assert.Null((await admin.Open(StaffLinks.Account(me.Id))).Document.QuerySelector("main form"));
        var page = await admin.Open(StaffLinks.Account(other.Id));
        page.Document.QuerySelector("form[action*=Lock]")!.SetAttribute("action", $"{StaffLinks.Account(me.Id)}?handler=Lock");
        var answer = await (await page.Submit("form[action*=Lock]")).Follow();
        Assert.Contains("ほかの管理者が変えます", answer.Text(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await admin.Open(StaffLinks.Accounts)).Status);
    }

    [Fact]
    public async Task List_NarrowedByWordsAndRole()
    {
        var user = await app.NewUser(Roles.Reviewer, mail: $"sagasu{app.Data.Next()}@example.jp");
        var admin = await app.As(Roles.Admin);
        Assert.Contains(user.Email!, (await admin.Open($"{StaffLinks.Accounts}?q=sagasu&role=Reviewer")).Text("tbody"), StringComparison.Ordinal);
        Assert.Contains("この条件のアカウントはありません", (await admin.Open($"{StaffLinks.Accounts}?q=sagasu&role=City")).Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/staff/accounts/00000000-0000-0000-0000-000000000001")]
    [InlineData("/staff/accounts/x")]
    public async Task Account_ThatIsNone_IsNotFound(string path) => Assert.Equal(HttpStatusCode.NotFound, (await (await app.As(Roles.Admin)).Open(path)).Status);

    [Fact]
    public async Task NotAnAdministrator_IsForbidden()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.As(Roles.City)).Open(StaffLinks.Accounts)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.As(Roles.City)).Open(StaffLinks.Account((await app.UserOf(Roles.City)).Id))).Status);
    }
}
