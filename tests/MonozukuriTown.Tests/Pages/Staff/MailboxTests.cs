using System.Net;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Tests.Mailings;
using MonozukuriTown.Tests.Support;

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

    [Fact]
    public async Task Again_UncertainMail_IsSentOnceHoweverOftenPressed()
    {
        long id;
        await using (var db = app.Database.Open())
        {
            var row = new OutgoingMail
            {
                State = MailState.Uncertain, Kind = "test", Subject = "again", Address = "again@example.jp", AddressKey = "again@example.jp", RecipientName = "宛先",
                Body = new MailBody { Title = "迷子のメール", Text = "本文", CreatedAt = DateTimeOffset.UtcNow }, CreatedAt = DateTimeOffset.UtcNow,
                FinishedAt = DateTimeOffset.UtcNow, ServerWords = "broken in the body",
            };
            db.Add(row);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            id = row.Id;
        }
        var city = await app.As(Roles.City);
        var page = await city.Open("/staff/mailbox");
        Assert.Contains("迷子のメール", page.Text(), StringComparison.Ordinal);
        Assert.Contains("broken in the body", page.Text(), StringComparison.Ordinal);
        var form = $"form:has(input[value='{id}'])";
        Assert.EndsWith("done=again", (await page.Submit(form)).Location, StringComparison.Ordinal);
        await MailHouse.UntilAsync(async () =>
        {
            await using var db = app.Database.Open();
            return (await db.Set<OutgoingMail>().SingleAsync(m => m.Id == id, TestContext.Current.CancellationToken)).State == MailState.Sent;
        }, "it is sent");
        Assert.EndsWith("done=late", (await page.Submit(form)).Location, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(app.MailFolder), f => File.ReadAllText(f).Contains("X-Receiver: <again@example.jp>", StringComparison.Ordinal));
        await using var context = app.Database.Open();
        Assert.Contains("broken in the body", (await context.Set<OutgoingMail>().SingleAsync(m => m.Id == id, TestContext.Current.CancellationToken)).History, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pause_Lane_StopsItUntilResumed()
    {
        var city = await app.As(Roles.City);
        Assert.Equal("/staff/mailbox", (await (await city.Open("/staff/mailbox")).Submit("form:has(input[value='Mailing'])")).Location);
        Assert.Contains("配信：人が止めています", (await city.Open("/staff/mailbox")).Text(), StringComparison.Ordinal);
        await (await city.Open("/staff/mailbox")).Submit("form:has(input[value='Mailing'])");
        Assert.Contains("配信：送っています", (await city.Open("/staff/mailbox")).Text(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await (await city.Open("/staff/mailbox")).Submit("form:has(input[value='Mailing'])", ("lane", "x"))).Status);
    }
}
