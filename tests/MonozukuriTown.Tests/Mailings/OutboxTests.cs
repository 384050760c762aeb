using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail;
using MonozukuriTown.Mail.Bounces;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Mailings;

public sealed class OutboxTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static PersonalMail Mail(string subject, MailedLink? link = null, string company = "株式会社①髙<研磨> & 子") => new()
    {
        Kind = "test.notice",
        Subject = subject,
        To = EmailAddress.Parse("Yamada@Kenma.example.jp"),
        ToName = company,
        Title = $"{company} へのお知らせ",
        Parameters = new Dictionary<string, object?> { [nameof(PlainMail.Company)] = company },
        Links = link is null ? new Dictionary<string, MailedLink>() : new Dictionary<string, MailedLink> { ["open"] = link },
    };

    [Fact]
    public async Task Add_WithLink_StoresNoTokenAndSendsOne()
    {
        var transport = new ScriptedTransport();
        await using var house = new MailHouse(database, transport);
        var (row, linkId) = await house.InScope(async services =>
        {
            var db = services.GetRequiredService<TownDbContext>();
            var link = services.GetRequiredService<MailedLinks>().Add(LinkPurpose.GuestOrder, "order/1", TimeSpan.FromDays(30));
            var mail = await services.GetRequiredService<Outbox>().AddAsync<PlainMail>(Mail("order/1", link));
            await db.SaveChangesAsync();
            return (mail, link.Id);
        });
        var token = house.Get<LinkKey>().Token(LinkPurpose.GuestOrder, linkId);
        await using (var db = database.Open())
        {
            var body = await db.Set<MailBody>().SingleAsync(b => b.Id == row.BodyId, TestContext.Current.CancellationToken);
            Assert.Contains("株式会社①髙&lt;研磨&gt; &amp; 子 様", body.Html, StringComparison.Ordinal);
            Assert.Contains("株式会社①髙<研磨> & 子 様\n\n内容を見る\n{{open}}\n", body.Text, StringComparison.Ordinal);
            Assert.Contains("産業振興課", body.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("style>", body.Text, StringComparison.Ordinal);
            var all = await db.Database.SqlQuery<string>($"select to_json(m)::text || to_json(b)::text || to_json(l)::text as \"Value\" from outgoing_mail m join mail_body b on b.id = m.body_id cross join mailed_link l where m.id = {row.Id}").ToListAsync(TestContext.Current.CancellationToken);
            Assert.All(all, text => Assert.DoesNotContain(token, text, StringComparison.Ordinal));
        }

        await house.StartAsync();
        await MailHouse.UntilAsync(() => Task.FromResult(transport.Mails.Any(m => m.Message.Subject.Contains('①'))), "the mail leaves");
        var sent = transport.Mails.First(m => m.Message.Text.Contains(token, StringComparison.Ordinal));
        Assert.Contains($"https://town.example.jp/o/{token}\n", sent.Message.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"https://town.example.jp/o/{token}\"", sent.Message.Html, StringComparison.Ordinal);
        Assert.Equal("Yamada@kenma.example.jp", sent.Recipient.Value);
        Assert.StartsWith("bounce+", sent.ReturnPath!.Local, StringComparison.Ordinal);
        var address = new BounceAddress(EmailAddress.Parse("bounce@mail.example.jp"), house.Get<LinkKey>().Mark);
        Assert.Equal(row.Id, address.Find(sent.ReturnPath.Value));
        Assert.Equal("sangyo@city.example.jp", sent.Message.ReplyTo!.Address.Value);
        Assert.DoesNotContain(house.Logs.Lines, line => line.Contains(token, StringComparison.Ordinal) || line.Contains("yamada", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Add_SameThingTwice_TheIndexRefuses()
    {
        await using var house = new MailHouse(database, new ScriptedTransport());
        await house.InScope(async services =>
        {
            await services.GetRequiredService<Outbox>().AddAsync<PlainMail>(Mail("twice"));
            return await services.GetRequiredService<TownDbContext>().SaveChangesAsync();
        });
        await Assert.ThrowsAsync<DbUpdateException>(() => house.InScope(async services =>
        {
            await services.GetRequiredService<Outbox>().AddAsync<PlainMail>(Mail("twice"));
            return await services.GetRequiredService<TownDbContext>().SaveChangesAsync();
        }));
    }

    [Fact]
    public async Task Add_CallerDoesNotSave_NothingIsMailed()
    {
        await using var house = new MailHouse(database, new ScriptedTransport());
        await house.InScope(async services => await services.GetRequiredService<Outbox>().AddAsync<PlainMail>(Mail("unsaved")));
        await using var db = database.Open();
        Assert.False(await db.Set<OutgoingMail>().AnyAsync(m => m.Subject == "unsaved", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Add_TenThousandCharactersOfTitle_IsCutNotRefused()
    {
        await using var house = new MailHouse(database, new ScriptedTransport());
        var row = await house.InScope(async services =>
        {
            var mail = await services.GetRequiredService<Outbox>().AddAsync<PlainMail>(Mail("long", company: string.Concat(Enumerable.Repeat("😀長い", 4000))));
            await services.GetRequiredService<TownDbContext>().SaveChangesAsync();
            return mail;
        });
        Assert.InRange(row.Body!.Title.Length, 298, 300);
        Assert.EndsWith("…", row.Body.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Fill_OnlyKnownNamesOnce_ValuesAreNotReadAgain()
    {
        var fields = new Dictionary<string, string> { ["a"] = "<{{b}}>", ["b"] = "x" };
        Assert.Equal("1 <{{b}}> {{c}} x {{", MailComposer.Fill("1 {{a}} {{c}} {{b}} {{", fields, html: false));
        Assert.Equal("&lt;{{b}}&gt;漢字", MailComposer.Fill("{{a}}漢字", fields, html: true));
    }

    [Theory]
    [InlineData("Mail:From", "nobody", "Mail:From")]
    [InlineData("Mail:Bounce", "no bounce", "Mail:Bounce")]
    [InlineData("Mail:ReplyTo", "x", "Mail:ReplyTo")]
    [InlineData("Mail:Connections", "0", "Mail:Connections")]
    [InlineData("Mail:Transport", "smtp", "Mail:Server:Host")]
    public async Task Options_Wrong_SayWhatToSet(string setting, string value, string named)
    {
        await using var house = new MailHouse(database, new ScriptedTransport(), new() { [setting] = value });
        var problem = Assert.Throws<OptionsValidationException>(() => house.Get<IOptions<MailOptions>>().Value);
        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
    }
}
