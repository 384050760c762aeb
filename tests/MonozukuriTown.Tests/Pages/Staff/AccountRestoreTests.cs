using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Pages.Staff;

/// <summary>An account that its person lost comes back after a call to the number in the listing.</summary>
public class AccountRestoreTests(TownApp app) : IClassFixture<TownApp>
{
    private const string Password = "試験のためのながいことば";
    private const string New = "とりもどしたことばです";
    private const string Form = "form[action*=Restore]";
    private const string Section = "[aria-labelledby=restore]";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<(TownUser User, Company Company)> Keeper(string? tel = "06-0000-0099")
    {
        var company = await app.Data.Company(c => c.Listed().Set(x => x.Tel = tel));
        return (await app.NewUser(Roles.Member, company), company);
    }

    private async Task<TestPage> Open(TownUser user) => await (await app.As(Roles.Admin)).Open(StaffLinks.Account(user.Id));

    private async Task<TestPage> SignIn(string mail, string password) =>
        await (await app.Visitor().Open(AccountLinks.SignIn)).Submit("main form", ("Mail", mail), ("Password", password));

    private async Task<OutgoingMail> LastMailTo(string address)
    {
        await using var db = app.Database.Open();
        return await db.Set<OutgoingMail>().AsNoTracking().Include(m => m.Body).Where(m => m.Address == address).OrderBy(m => m.Id).LastAsync(Stop);
    }

    private async Task<string> Link(OutgoingMail mail)
    {
        var id = long.Parse(mail.Links["open"].Split('/')[1]);
        return await app.Use<LinkKey, string>(key => Task.FromResult(MailedLinks.Path(key, LinkPurpose.PasswordReset, id)));
    }

    [Fact]
    public async Task Restored_ToANewAddress_TheOldWaysInEnd_AndTheCallIsOnRecord()
    {
        var (user, company) = await Keeper();
        var intruder = await app.As(user);
        var to = $"modotta{app.Data.Next()}@example.jp";
        var answer = await (await Open(user)).Submit(Form, ("Restore.Company", $"{company.Id}"), ("Restore.Spoke", "社長の山本様"), ("Restore.Note", "先月直した設備を聞いた"), ("Restore.Mail", to));
        Assert.Contains("アカウントを取り戻しました", (await answer.Follow()).Text(), StringComparison.Ordinal);

        Assert.Null((await SignIn(user.Email!, Password)).Location);
        Assert.Null((await SignIn(to, Password)).Location);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.NotNull((await intruder.Open(MyLinks.Desk)).Location);
        Assert.Contains(to, (await LastMailTo(user.Email!)).Body!.Text, StringComparison.Ordinal);
        var done = await (await app.Visitor().Open(await Link(await LastMailTo(to)))).Submit("main form", ("Password", New), ("Again", New));
        Assert.Equal("/account/signin?done=reset", done.Location);
        Assert.NotNull((await SignIn(to, New)).Location);

        var audit = await (await app.As(Roles.City)).Open($"{StaffLinks.Audit}?entity={ChangeHistory.RestoreEntity}&company={company.Id}");
        var row = audit.Text("tbody tr");
        Assert.Contains("試験 Admin（管理者）", row, StringComparison.Ordinal);
        Assert.Contains("折り返しの電話で本人を確かめ、アカウントを取り戻しました。", row, StringComparison.Ordinal);
        Assert.Contains("かけた電話番号（掲載の番号）： 06-0000-0099", row, StringComparison.Ordinal);
        Assert.DoesNotContain("山本", row, StringComparison.Ordinal);
        var opened = (await audit.Submit("tbody tr form", ("reason", "試験"))).Text("tbody .notice");
        foreach (var words in new[] { user.DisplayName, "話した相手： 社長の山本様", "確かめたこと： 先月直した設備を聞いた" })
            Assert.Contains(words, opened, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restored_WithTheSameAddress_MailsALinkAtOnce_AndTheOldOneEnds()
    {
        var (user, company) = await Keeper();
        await (await app.Visitor().Open(AccountLinks.Reset)).Submit(fields: ("Mail", user.Email));
        var old = await Link(await LastMailTo(user.Email!));
        await (await Open(user)).Submit(Form, ("Restore.Company", $"{company.Id}"), ("Restore.Spoke", "本人"));
        var now = await Link(await LastMailTo(user.Email!));
        Assert.NotEqual(old, now);
        Assert.Contains("使えません", (await app.Visitor().Open(old)).Text(), StringComparison.Ordinal);
        Assert.Equal("/account/signin?done=reset", (await (await app.Visitor().Open(now)).Submit("main form", ("Password", New), ("Again", New))).Location);
    }

    [Fact]
    public async Task Restored_AChangeOfAddressThatSomebodyAskedForEnds()
    {
        var (user, company) = await Keeper();
        await (await (await app.As(user)).Open(MyLinks.Security)).Submit("form[action*=Address]", ("NewMail", $"tori{app.Data.Next()}@example.jp"), ("MailPassword", Password));
        await (await Open(user)).Submit(Form, ("Restore.Company", $"{company.Id}"), ("Restore.Spoke", "本人"));
        await using var db = app.Database.Open();
        var links = await db.Set<MailedLink>().Where(l => l.Purpose == LinkPurpose.ChangeAddress && l.Subject.Contains(user.Id.ToString())).ToListAsync(Stop);
        Assert.Equal(2, links.Count);
        Assert.All(links, l => Assert.Equal(app.Clock.GetUtcNow(), l.ExpiresAt));
    }

    [Theory]
    [InlineData("", "本人", "", "折り返した番号を選んでください。")]
    [InlineData("999999", "本人", "", "折り返した番号を選んでください。")]
    [InlineData("OWN", " ", "", "話した相手を書いてください。")]
    [InlineData("OWN", "本人", "no address", "「@」がありません")]
    [InlineData("OWN", "本人", "TAKEN", "登録ずみです")]
    public async Task FilledInWrongly_SaysWhatToMend_KeepsTheRest_AndChangesNothing(string number, string spoke, string mail, string sentence)
    {
        var (user, company) = await Keeper();
        var taken = (await app.NewUser(Roles.Buyer)).Email;
        var page = await (await Open(user)).Submit(Form, ("Restore.Company", number is "OWN" ? $"{company.Id}" : number), ("Restore.Spoke", spoke),
            ("Restore.Note", "書いたこと"), ("Restore.Mail", mail is "TAKEN" ? taken : mail));
        Assert.Contains(sentence, page.Text(".error-summary"), StringComparison.Ordinal);
        Assert.Equal("書いたこと", page.Document.QuerySelector("[name='Restore.Note']")!.GetAttribute("value"));
        Assert.NotNull((await SignIn(user.Email!, Password)).Location);
        await using var db = app.Database.Open();
        Assert.False(await db.ChangeLog.AnyAsync(e => e.CompanyId == company.Id && e.Entity == ChangeHistory.RestoreEntity, Stop));
    }

    [Fact]
    public async Task WithoutAListedNumber_ItIsNotOffered()
    {
        var (user, _) = await Keeper(tel: null);
        var page = await Open(user);
        Assert.Contains("掲載の電話番号がない", page.Text(Section), StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector(Form));
    }

    [Fact]
    public async Task LockedByAnAdministrator_StaysLocked()
    {
        var (user, company) = await Keeper();
        var page = await Open(user);
        await page.Submit("form[action*=Lock]");
        Assert.Contains("先にロックを解いてください", (await Open(user)).Text(Section), StringComparison.Ordinal);
        await page.Submit(Form, ("Restore.Company", $"{company.Id}"), ("Restore.Spoke", "本人"));
        Assert.True(await app.Use<UserManager<TownUser>, bool>(async users => await users.IsLockedOutAsync((await users.FindByEmailAsync(user.Email!))!)));
    }

    [Fact]
    public async Task NumberThatWasChangedNotLongAgo_IsPointedOut()
    {
        var (user, company) = await Keeper();
        Assert.DoesNotContain("変えられています", (await Open(user)).Text(Section), StringComparison.Ordinal);
        await app.Use<TownDbContext, int>(async db =>
        {
            (await db.Companies.SingleAsync(c => c.Id == company.Id)).Tel = "06-9999-9999";
            return await db.SaveChangesAsync();
        });
        Assert.Contains("電話番号は、令和8年10月28日に変えられています", (await Open(user)).Text(Section), StringComparison.Ordinal);
    }
}
