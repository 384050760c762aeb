using System.Net;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Core.Work;
using MonozukuriTown.Mail.Bounces;
using MonozukuriTown.Tests.Mailings;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Pages.Staff;

public sealed class MailboxTests(TownApp app) : IClassFixture<TownApp>
{
    private async Task<string> MailAsync()
    {
        var user = await app.NewUser(Roles.Buyer);
        await (await app.Visitor().Open("/account/reset")).Submit(fields: ("Mail", user.Email!));
        var city = await app.As(Roles.City);
        string? link = null;
        await MailHouse.UntilAsync(async () =>
        {
            var page = await city.Open("/staff/mailbox");
            link = page.Document.QuerySelectorAll(".mail-list a").FirstOrDefault(a => a.TextContent.Contains(user.Email!, StringComparison.Ordinal))?.GetAttribute("href");
            return link is not null;
        }, "the mail is listed");
        return link!;
    }

    [Fact]
    public async Task Open_Mail_ShowsWordsHeadersAndAFrameOfItsOwn()
    {
        var link = await MailAsync();
        var city = await app.As(Roles.City);
        var page = await city.Open(link);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("新しいパスワードを決めてください", page.Text(".mail-body"), StringComparison.Ordinal);
        Assert.Contains("X-Receiver: <buyer", page.Body.Replace("&lt;", "<", StringComparison.Ordinal), StringComparison.Ordinal);
        var frame = page.Document.QuerySelector("iframe")!;
        Assert.Equal("", frame.GetAttribute("sandbox"));
        Assert.Contains(page.Document.QuerySelectorAll("main a"), a => a.GetAttribute("href")!.StartsWith("http://localhost/account/reset/", StringComparison.Ordinal));

        var html = await city.Open(frame.GetAttribute("src")!);
        Assert.Contains("sandbox", html.Response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", html.Response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("パスワードの再設定", html.Body, StringComparison.Ordinal);
        Assert.Contains("lang=\"ja\"", html.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.As(Roles.Member)).Open(frame.GetAttribute("src")!)).Status);
    }

    [Theory]
    [InlineData("../../../../etc/passwd")]
    [InlineData("20260101T000000000-0123456789abcdef.eml")]
    [InlineData("20260101T000000000-0123456789abcdef.eml%0A")]
    public async Task Open_NameThatIsNone_OpensNothing(string name)
    {
        var city = await app.As(Roles.City);
        Assert.Empty((await city.Open("/staff/mailbox?mail=" + Uri.EscapeDataString(name))).Document.QuerySelectorAll("iframe"));
        Assert.Equal(HttpStatusCode.NotFound, (await city.Open($"/staff/mailbox/{Uri.EscapeDataString(name)}/html")).Status);
    }

    private async Task<OutgoingMail> RowAsync(MailState state, string address, string title = "迷子のメール", DateTimeOffset? erased = null) => await app.Data.Add(new OutgoingMail
    {
        State = state,
        Kind = "test",
        Subject = address,
        Address = address,
        AddressKey = address,
        RecipientName = "宛先 太郎",
        Body = new MailBody { Title = title, Text = "本文", CreatedAt = DateTimeOffset.UtcNow, ErasedAt = erased },
        CreatedAt = DateTimeOffset.UtcNow,
        FinishedAt = DateTimeOffset.UtcNow,
        ServerCode = 451,
        ServerWords = "broken in the body",
        Attempts = 1,
    });

    private async Task<OutgoingMail> ReadAsync(long id)
    {
        await using var db = app.Database.Open();
        return await db.Set<OutgoingMail>().SingleAsync(m => m.Id == id, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Again_UncertainMail_IsSentOnceHoweverOftenPressed()
    {
        var id = (await RowAsync(MailState.Uncertain, "again@example.jp")).Id;
        await app.Data.Add(new WorkItem { Kind = "mail.uncertain", Subject = "", Reason = "送れたかどうかわからない", Due = new(2026, 10, 28) });
        var city = await app.As(Roles.City);
        var page = await city.Open((await city.Open("/staff/mailbox")).Document.QuerySelectorAll("main a").Single(a => a.TextContent.Contains("迷子のメール", StringComparison.Ordinal)).GetAttribute("href")!);
        Assert.Contains("broken in the body", page.Text(), StringComparison.Ordinal);
        Assert.Contains("前のメールが届いていたときは、同じものが2通届きます。", page.Text(), StringComparison.Ordinal);
        Assert.Contains("もう一度送ります", (await (await page.Submit("form[action*=Again]")).Follow()).Text(".notice"), StringComparison.Ordinal);
        await MailHouse.UntilAsync(async () => (await ReadAsync(id)).State == MailState.Sent, "it is sent");
        Assert.Contains("ほかの人が先に", (await (await page.Submit("form[action*=Again]")).Follow()).Text(".notice"), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(app.MailFolder), f => File.ReadAllText(f).Contains("X-Receiver: <again@example.jp>", StringComparison.Ordinal));
        var story = (await city.Open($"/staff/mailbox/mails/{id}")).Text("table");
        Assert.Contains("送れたかわからない 451 broken in the body", story, StringComparison.Ordinal);
        Assert.Contains("試験 Cityが「もう一度送ると決めました」", story, StringComparison.Ordinal);
        await using var db = app.Database.Open();
        Assert.False(await db.WorkItems.AnyAsync(w => w.Kind == "mail.uncertain" && w.ClosedAt == null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Arrived_UncertainMail_CountsAsSentAndIsNotSent()
    {
        var id = (await RowAsync(MailState.Uncertain, "arrived@example.jp", "届いたメール")).Id;
        var city = await app.As(Roles.City);
        await (await city.Open($"/staff/mailbox/mails/{id}")).Submit("form[action*=Arrived]");
        Assert.Equal(MailState.Sent, (await ReadAsync(id)).State);
        Assert.Contains("「届いていたと確かめました」", (await city.Open($"/staff/mailbox/mails/{id}")).Text(), StringComparison.Ordinal);
        Assert.Null((await ReadAsync(id)).Lease);
        Assert.DoesNotContain(Directory.CreateDirectory(app.MailFolder).GetFiles(), f => File.ReadAllText(f.FullName).Contains("arrived@example.jp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Again_MailWhoseTextIsNoLongerKept_IsNotOffered()
    {
        var id = (await RowAsync(MailState.Failed, "erased@example.jp", "古いメール", DateTimeOffset.UtcNow)).Id;
        var city = await app.As(Roles.City);
        var page = await city.Open($"/staff/mailbox/mails/{id}");
        Assert.Contains("本文を消したので、送り直せません", page.Text(), StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("form[action*=Again]"));
        Assert.False(await app.Use<MailDesk, bool>(desk => desk.SendAgainAsync(id, default)));
        Assert.Equal(HttpStatusCode.NotFound, (await city.Open("/staff/mailbox/mails/987654321")).Status);
    }

    [Fact]
    public async Task List_FilteredByStateAndWords_AndTheSameAsAFile()
    {
        await RowAsync(MailState.Failed, "=failed@example.jp", "断られたメール");
        var returned = await RowAsync(MailState.Sent, "returned@example.jp", "戻ったメール");
        await app.Data.Add(new Bounce
        {
            SourceKey = new string('b', 64),
            At = app.Clock.GetUtcNow(),
            MailId = returned.Id,
            AddressKey = "returned@example.jp",
            Kind = BounceKind.Failed,
            Reason = BounceReason.NoMailbox,
            Effect = BounceEffect.Suppressed,
            Status = "5.1.1",
            Words = "user unknown <script>",
        });
        var city = await app.As(Roles.City);
        var failed = await city.Open("/staff/mailbox/mails?show=Failed&q=断られた");
        Assert.Contains("断られたメール", failed.Text("table"), StringComparison.Ordinal);
        Assert.DoesNotContain("戻ったメール", failed.Text(), StringComparison.Ordinal);
        Assert.Contains("戻ってきた", (await city.Open("/staff/mailbox/mails?show=Returned")).Text("table"), StringComparison.Ordinal);
        var story = await city.Open($"/staff/mailbox/mails/{returned.Id}");
        Assert.Contains("アドレスがない このアドレスへの配信を止めました 5.1.1 user unknown <script>", story.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", story.Body, StringComparison.Ordinal);
        var file = await city.Open("/staff/mailbox/mails?handler=csv&show=Failed");
        Assert.Contains("text/csv", file.Response.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        Assert.Contains("断られたメール", file.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(",=failed@", file.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("戻ったメール", file.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AsAFile_IsOnRecord_WithWhoAndHowMany_AndItsWordsApart()
    {
        await RowAsync(MailState.Failed, $"taken{app.Data.Next()}@example.jp", "書き出しの試験");
        await RowAsync(MailState.Failed, $"taken{app.Data.Next()}@example.jp", "書き出しの試験");
        var city = await app.As(Roles.City);
        Assert.Equal(HttpStatusCode.OK, (await city.Open("/staff/mailbox/mails?handler=xlsx&show=Failed&q=書き出しの")).Status);
        var audit = await city.Open($"{StaffLinks.Audit}?entity={ChangeHistory.DownloadEntity}");
        var row = audit.Text("tbody tr:first-child");
        Assert.Contains("試験 City（市職員）", row, StringComparison.Ordinal);
        Assert.Contains("個人の情報の書き出し 閲覧", row.Replace("書き出し閲覧", "書き出し 閲覧", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("メールの一覧を2件、ファイルに書き出しました。", row, StringComparison.Ordinal);
        Assert.Contains("しぼり込み： 送れなかった", row, StringComparison.Ordinal);
        Assert.DoesNotContain("書き出しの", row.Replace("個人の情報の書き出し", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var opened = await audit.Submit("tbody tr:first-child form", ("reason", "試験"));
        Assert.Contains("しぼり込みの言葉： 書き出しの", opened.Text("tbody .notice"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pause_Lane_StopsItUntilResumed()
    {
        var city = await app.As(Roles.City);
        const string Lane = "section[aria-labelledby=lane-Mailing]";
        Assert.Equal("/staff/mailbox", (await (await city.Open("/staff/mailbox")).Submit("form:has(input[value='Mailing'])")).Location);
        Assert.Contains("人が止めています", (await city.Open("/staff/mailbox")).Text(Lane), StringComparison.Ordinal);
        await (await city.Open("/staff/mailbox")).Submit("form:has(input[value='Mailing'])");
        Assert.Contains("送っています", (await city.Open("/staff/mailbox")).Text(Lane), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await (await city.Open("/staff/mailbox")).Submit("form:has(input[value='Mailing'])", ("lane", "x"))).Status);
    }
}
