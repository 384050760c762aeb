using System.Net;
using System.Text.RegularExpressions;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Mail;
using MonozukuriTown.Tests.Mailings;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Pages.Account;

public sealed partial class ResetTests(TownApp app) : IClassFixture<TownApp>
{
    private const string New = "あたらしいながいことば";

    private async Task<MimePart[]> MailsTo(string address)
    {
        var files = Directory.Exists(app.MailFolder) ? Directory.GetFiles(app.MailFolder, "*.eml") : [];
        var mails = await Task.WhenAll(files.Select(async f => MimeReader.Read(await File.ReadAllBytesAsync(f, TestContext.Current.CancellationToken))));
        return [.. mails.Where(m => m["X-Receiver"].Contains(address, StringComparison.Ordinal))];
    }

    private async Task<string> LinkTo(string address)
    {
        await MailHouse.UntilAsync(async () => (await MailsTo(address)).Length > 0, "the mail lies there");
        return Path((await MailsTo(address))[^1]);
    }

    private static string Path(MimePart mail) => new Uri(Address().Match(mail.Find("text/plain")!.Text).Value).AbsolutePath;

    private async Task<TestPage> Ask(string address) =>
        await (await app.Visitor().Open("/account/reset")).Submit(fields: ("Mail", address));

    [Fact]
    public async Task Reset_WholeJourney_ANewPasswordOnce()
    {
        var user = await app.NewUser(Roles.Buyer);
        Assert.Contains("お送りしました", (await Ask(user.Email!)).Text(), StringComparison.Ordinal);
        var link = await LinkTo(user.Email!);

        // Scanners open links: any number of times, nothing happens.
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, (await app.Visitor().Open(link)).Status);
        var page = await app.Visitor().Open(link);
        Assert.Equal("no-referrer", page.Response.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(page.Response.Headers.CacheControl!.NoStore);
        var other = await app.Visitor().Open(link);

        var done = await page.Submit(fields: [("Password", New), ("Again", New)]);
        Assert.Equal("/account/signin?done=reset", done.Location);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Submit(fields: [("Password", "べつのながいことばです"), ("Again", "べつのながいことばです")])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().Open(link)).Status);

        var signedIn = await (await app.Visitor().Open("/account/signin")).Submit(fields: [("Mail", user.Email!), ("Password", New)]);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.Status);
    }

    [Fact]
    public async Task Reset_TwoAtTheSameMoment_OneIsHeard()
    {
        var user = await app.NewUser(Roles.Buyer);
        await Ask(user.Email!);
        var link = await LinkTo(user.Email!);
        var pages = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.Visitor().Open(link)));
        var answers = await Task.WhenAll(pages.Select((page, i) => page.Submit(fields: [("Password", $"{New}その{i}"), ("Again", $"{New}その{i}")])));
        Assert.Equal(1, answers.Count(a => a.Status == HttpStatusCode.Redirect));
        Assert.Equal(3, answers.Count(a => a.Status == HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Ask_ForAnAddressNobodyHas_SaysTheSameAndSendsNothing()
    {
        var known = await app.NewUser(Roles.Buyer);
        var answers = new[] { await Ask(known.Email!), await Ask("nobody-here@example.jp") };
        Assert.Equal(answers[0].Text(), answers[1].Text());
        await LinkTo(known.Email!);
        Assert.Empty(await MailsTo("nobody-here"));
    }

    [Fact]
    public async Task Ask_AgainAtOnce_SendsOneAndLaterEndsTheOld()
    {
        var user = await app.NewUser(Roles.Buyer);
        await Ask(user.Email!);
        await Ask(user.Email!);
        var first = await LinkTo(user.Email!);
        Assert.Single(await MailsTo(user.Email!));
        app.Clock.Advance(AccountMails.Between + TimeSpan.FromSeconds(1));
        await Ask(user.Email!);
        await MailHouse.UntilAsync(async () => (await MailsTo(user.Email!)).Length == 2, "the second mail lies there");
        var second = (await MailsTo(user.Email!)).Select(Path).Single(p => p != first);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().Open(first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await app.Visitor().Open(second)).Status);
        app.Clock.Advance(AccountMails.ResetLifetime);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().Open(second)).Status);
    }

    [Theory]
    [InlineData("", "入力してください")]
    [InlineData("no address", "「@」がありません")]
    public async Task Ask_BadAddress_SaysWhy(string typed, string words) =>
        Assert.Contains(words, (await Ask(typed)).Text(), StringComparison.Ordinal);

    [Theory]
    [InlineData("short", "short", "10文字以上")]
    [InlineData("ながいながいことばです", "べつのながいことばです", "違います")]
    public async Task Set_BadPassword_SaysWhyAndTheLinkStaysGood(string password, string again, string words)
    {
        var user = await app.NewUser(Roles.Buyer);
        await Ask(user.Email!);
        var page = await (await app.Visitor().Open(await LinkTo(user.Email!))).Submit(fields: [("Password", password), ("Again", again)]);
        Assert.Contains(words, page.Text(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await page.Submit(fields: [("Password", New), ("Again", New)])).Status);
    }

    [Theory]
    [InlineData("/account/reset/x")]
    [InlineData("/account/reset/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/account/reset/%E3%81%82")]
    public async Task Open_MadeUpToken_SaysThatItIsNotGood(string path) =>
        Assert.Contains("このページは使えません", (await app.Visitor().Open(path)).Text(), StringComparison.Ordinal);

    [GeneratedRegex("http://localhost/account/reset/[A-Za-z0-9_-]+", RegexOptions.None, 1000)]
    private static partial Regex Address();
}
