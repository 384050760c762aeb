using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Pages.Account;

public class AddressChangeTests(TownApp app) : IClassFixture<TownApp>
{
    private const string Password = "試験のためのながいことば";
    private const string AskForm = "form[action*=Address]";
    private const string YesForm = "form[action*=confirm]";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string NewAddress() => $"atarashii{app.Data.Next()}@example.jp";

    private async Task<TestPage> Ask(TownUser user, string? to, string? password = Password) =>
        await (await (await app.As(user)).Open(MyLinks.Security)).Submit(AskForm, ("NewMail", to), ("MailPassword", password));

    private async Task<List<OutgoingMail>> MailsTo(string address)
    {
        await using var db = app.Database.Open();
        return await db.Set<OutgoingMail>().AsNoTracking().Include(m => m.Body).Where(m => m.Address == address && m.Kind == "account.address").OrderBy(m => m.Id).ToListAsync(Stop);
    }

    private async Task<string> LinkTo(string address)
    {
        var id = long.Parse((await MailsTo(address))[^1].Links["open"].Split('/')[1]);
        return await app.Use<LinkKey, string>(key => Task.FromResult(MailedLinks.Path(key, LinkPurpose.ChangeAddress, id)));
    }

    private async Task<string?> AddressOf(TownUser user) =>
        await app.Use<UserManager<TownUser>, string?>(async users => (await users.FindByIdAsync(user.Id.ToString()))!.Email);

    private async Task<TestPage> SignIn(string mail) => await (await app.Visitor().Open(AccountLinks.SignIn)).Submit("main form", ("Mail", mail), ("Password", Password));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Change_ConfirmedByBoth_IsMade_AndEndsTheSessions(bool oldFirst)
    {
        var user = await app.NewUser(Roles.Member);
        var (elsewhere, to) = (await app.As(user), NewAddress());
        Assert.Contains("確認のメールを送りました", (await (await Ask(user, to)).Follow()).Text(), StringComparison.Ordinal);
        string[] both = [await LinkTo(user.Email!), await LinkTo(to)];
        var (first, second) = oldFirst ? (both[0], both[1]) : (both[1], both[0]);

        // Scanners open links: nothing happens.
        foreach (var link in both)
            Assert.Equal(HttpStatusCode.OK, (await app.Visitor().Open(link)).Status);
        var page = await app.Visitor().Open(first);
        Assert.Contains($"いまのアドレス{user.Email} 新しいアドレス{to}", page.Text("dl"), StringComparison.Ordinal);
        Assert.Contains("承りました", (await page.Submit(YesForm)).Text(), StringComparison.Ordinal);
        Assert.Equal(user.Email, await AddressOf(user));
        Assert.Equal(HttpStatusCode.NotFound, (await page.Submit(YesForm)).Status);
        Assert.Contains("メールアドレスを変えました", (await (await app.Visitor().Open(second)).Submit(YesForm)).Text(), StringComparison.Ordinal);

        Assert.Equal(to, await AddressOf(user));
        Assert.NotNull((await SignIn(to)).Location);
        Assert.Null((await SignIn(user.Email!)).Location);
        Assert.Contains(to, (await MailsTo(user.Email!))[^1].Body!.Text, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.NotNull((await elsewhere.Open(MyLinks.Security)).Location);
        await using var db = app.Database.Open();
        var log = await db.ChangeLog.Include(e => e.Personal).SingleAsync(e => e.Entity == nameof(TownUser) && e.EntityId == user.Id.ToString() && e.Reason != null, Stop);
        Assert.DoesNotContain(to, log.Cells, StringComparison.Ordinal);
        Assert.Contains(to, log.Personal!.Cells, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_ConfirmedByBothAtTheSameMoment_IsMade()
    {
        var user = await app.NewUser(Roles.Buyer);
        var to = NewAddress();
        await Ask(user, to);
        var pages = new[] { await app.Visitor().Open(await LinkTo(user.Email!)), await app.Visitor().Open(await LinkTo(to)) };
        var answers = await Task.WhenAll(pages.Select(p => p.Submit(YesForm)));
        Assert.Single(answers, a => a.Text().Contains("メールアドレスを変えました", StringComparison.Ordinal));
        Assert.Equal(to, await AddressOf(user));
    }

    [Fact]
    public async Task Refused_ByTheOldAddress_NeitherLinkIsGoodAnyMore()
    {
        var user = await app.NewUser(Roles.Buyer);
        var to = NewAddress();
        await Ask(user, to);
        var newSide = await app.Visitor().Open(await LinkTo(to));
        Assert.Contains("変更を取り消しました", (await (await app.Visitor().Open(await LinkTo(user.Email!))).Submit("form[action*=refuse]")).Text(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await newSide.Submit(YesForm)).Status);
        Assert.Equal(user.Email, await AddressOf(user));
    }

    [Fact]
    public async Task AskedAgain_TheHalvesOfTwoChangesMakeNone()
    {
        var user = await app.NewUser(Roles.Buyer);
        var to = NewAddress();
        await Ask(user, to);
        var first = await LinkTo(user.Email!);
        await (await app.Visitor().Open(first)).Submit(YesForm);
        app.Clock.Advance(AccountMails.Between + TimeSpan.FromSeconds(1));
        await Ask(user, to);
        Assert.Contains("承りました", (await (await app.Visitor().Open(await LinkTo(to))).Submit(YesForm)).Text(), StringComparison.Ordinal);
        Assert.Equal(user.Email, await AddressOf(user));
        app.Clock.Advance(AddressChanges.Lifetime);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().Open(await LinkTo(user.Email!))).Status);
    }

    [Fact]
    public async Task AnAddressSomebodyHas_IsToldToItsHolderAlone()
    {
        var (user, other) = (await app.NewUser(Roles.Buyer), await app.NewUser(Roles.Buyer));
        var answers = new[] { (await (await Ask(user, other.Email)).Follow()).Text(".notice"), (await (await Ask(await app.NewUser(Roles.Buyer), "nobody-has@example.jp")).Follow()).Text(".notice") };
        Assert.All(answers, a => Assert.Contains("に、確認のメールを送りました", a, StringComparison.Ordinal));
        var mail = Assert.Single(await MailsTo(other.Email!));
        Assert.Contains("すでに別のアカウントで使われている", mail.Body!.Text, StringComparison.Ordinal);
        Assert.Empty(mail.Links);
    }

    [Theory]
    [InlineData("", Password, "新しいメールアドレスを入力してください。")]
    [InlineData("no address", Password, "「@」がありません")]
    [InlineData("SAME", Password, "いまと同じ")]
    [InlineData("new@example.jp", "", "パスワードを入力してください。")]
    [InlineData("new@example.jp", "ちがうことばちがうことば", "パスワードが違います。")]
    public async Task Ask_FilledInWrongly_SaysWhatToMend_AndMailsNobody(string to, string password, string sentence)
    {
        var user = await app.NewUser(Roles.City);
        Assert.Contains(sentence, (await Ask(user, to is "SAME" ? user.Email!.ToUpperInvariant() : to, password)).Text(".error-summary"), StringComparison.Ordinal);
        Assert.Empty(await MailsTo(user.Email!));
    }

    [Fact]
    public async Task Ask_AgainAtOnce_MailsOnce()
    {
        var user = await app.NewUser(Roles.Buyer);
        await Ask(user, NewAddress());
        Assert.Contains("いま送ったところです", (await (await Ask(user, NewAddress())).Follow()).Text(), StringComparison.Ordinal);
        Assert.Single(await MailsTo(user.Email!));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Open_MadeUpToken_SaysThatItIsNotGood(string token)
    {
        var page = await app.Visitor().Open($"/account/address/{token}");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("このページは使えません", page.Text(), StringComparison.Ordinal);
        Assert.Equal("no-referrer", page.Response.Headers.GetValues("Referrer-Policy").Single());
    }
}
