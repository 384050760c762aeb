using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail;
using MonozukuriTown.Mail.Bounces;
using MonozukuriTown.Tests.Imports;
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

    private static Task<int> AddListAsync(MailHouse house, int mailing, params string[] addresses) => house.InScope(async services =>
    {
        var count = await services.GetRequiredService<Outbox>().AddListAsync<PlainMail>(
            new() { Kind = "newsletter", MailingId = mailing, List = MailList.Newsletter, Title = "11月号 {{name}} 様", Parameters = new Dictionary<string, object?> { [nameof(PlainMail.Company)] = "{{name}}" } },
            [.. addresses.Select(a => new ListRecipient(EmailAddress.Parse(a), a, new Dictionary<string, string> { ["name"] = a, ["open"] = "https://town.example.jp/" }))], TestContext.Current.CancellationToken);
        await services.GetRequiredService<TownDbContext>().SaveChangesAsync();
        return count;
    });

    [Fact]
    public async Task AddList_EachAddressOnce_WithItsOwnLinkAndTheWordsTheLawAsksFor()
    {
        var transport = new ScriptedTransport();
        await using var house = new MailHouse(database, transport, new() { ["Town:PostalAddress"] = "〒000-0000 試験市中央1-1", ["Mail:ContactPerson"] = "山本" });
        Assert.Equal(2, await AddListAsync(house, 11, "a@list.example.jp", "b@list.example.jp", "A@List.example.jp"));
        await Assert.ThrowsAsync<DbUpdateException>(() => AddListAsync(house, 11, "a@list.example.jp"));
        Assert.Equal(1, await AddListAsync(house, 12, "a@list.example.jp"));
        await house.StartAsync();
        await MailHouse.UntilAsync(() => Task.FromResult(transport.Mails.Count(m => m.Recipient.Domain == "list.example.jp") == 3), "they leave");
        var mails = transport.Mails.Where(m => m.Recipient.Domain == "list.example.jp").ToList();
        foreach (var mail in mails)
        {
            string Header(string name) => mail.Message.Headers.SingleOrDefault(h => h.Name == name)?.Value ?? "";
            Assert.Matches("^<https://town.example.jp/u/[A-Za-z0-9_-]{32}>$", Header("List-Unsubscribe"));
            Assert.Equal("List-Unsubscribe=One-Click", Header("List-Unsubscribe-Post"));
            Assert.Equal("<newsletter.mail.example.jp>", Header("List-Id"));
            Assert.Equal("", Header("Auto-Submitted"));
            Assert.Equal("sangyo@city.example.jp", mail.Message.ReplyTo!.Address.Value);
            Assert.EndsWith("@mail.example.jp>", mail.Message.MessageId, StringComparison.Ordinal);
            Assert.Equal($"11月号 {mail.Recipient.Value} 様", mail.Message.Subject);
            foreach (var words in new[] { "試験市 産業振興課（担当 山本）", "電話 06-0000-0000（受付時間", "〒000-0000 試験市中央1-1", "「メールマガジン」の配信先", "苦情", "配信はいつでもお断りになれます" })
            {
                Assert.Contains(words, mail.Message.Text, StringComparison.Ordinal);
                Assert.Contains(words, mail.Message.Html, StringComparison.Ordinal);
            }
            Assert.Contains(Header("List-Unsubscribe").Trim('<', '>'), mail.Message.Text, StringComparison.Ordinal);
        }
        string Leave(OutboundMail mail) => mail.Message.Headers.Single(h => h.Name == "List-Unsubscribe").Value;
        var first = mails.Where(m => m.Recipient.Key == "a@list.example.jp").ToList();
        Assert.Equal(Leave(first[0]), Leave(first[1]));
        Assert.NotEqual(Leave(first[0]), Leave(mails.Single(m => m.Recipient.Key == "b@list.example.jp")));
    }

    [Fact]
    public async Task Essential_SaysAMachineWroteIt_AndOffersNoWayToLeave()
    {
        var transport = new ScriptedTransport();
        await using var house = new MailHouse(database, transport);
        await house.InScope(async services =>
        {
            await services.GetRequiredService<Outbox>().AddAsync<PlainMail>(Mail("essential/1", company: "大切"));
            return await services.GetRequiredService<TownDbContext>().SaveChangesAsync();
        });
        await house.StartAsync();
        await MailHouse.UntilAsync(() => Task.FromResult(transport.Mails.Any(m => m.Message.Subject == "大切 へのお知らせ")), "it leaves");
        var mail = transport.Mails.First(m => m.Message.Subject == "大切 へのお知らせ").Message;
        Assert.Equal(["Auto-Submitted"], mail.Headers.Select(h => h.Name));
        Assert.DoesNotContain("配信を止める", mail.Text, StringComparison.Ordinal);
        Assert.Contains("このメールへの返信で承ります", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddList_WhoLeft_StaysLeftWhateverIsImportedOrSubscribedAgain()
    {
        var transport = new ScriptedTransport();
        await using var house = new MailHouse(database, transport);
        await house.InScope(services => services.GetRequiredService<Suppressions>().AddAsync(new()
        {
            AddressKey = "left@stay.example.jp",
            List = MailList.Newsletter,
            Reason = SuppressionReason.Left,
            Way = MailWay.OneClick,
            Note = "x",
        }));
        // A real import that brings the address back, in other letters, and the company that has it.
        var desk = new ImportDesk(database.Connection);
        await desk.BringAsync("""{"id":"STAY-1","name":"株式会社残留製作所","kana":"ざんりゅうせいさくしょ","tel":"06-0000-0777","ward_or_city":"試験市","email":"LEFT@stay.example.jp"}""" + "\n");
        Assert.Equal("LEFT@stay.example.jp", (await desk.CompanyAsync("STAY-1")).Email, ignoreCase: true);
        // A new subscription and a list brought in: both are written down, neither lifts anything.
        await house.InScope(async services =>
        {
            var suppressions = services.GetRequiredService<Suppressions>();
            suppressions.Record("left@stay.example.jp", MailList.Newsletter, given: true, MailWay.Form, "メールマガジンを受け取る", DateTimeOffset.UtcNow);
            suppressions.Record("left@stay.example.jp", null, given: true, MailWay.Import, "会員名簿", DateTimeOffset.UtcNow);
            return await services.GetRequiredService<TownDbContext>().SaveChangesAsync();
        });
        await AddListAsync(house, 21, "Left@stay.example.jp", "other@stay.example.jp");
        await house.StartAsync();
        await MailHouse.UntilAsync(async () =>
        {
            await using var db = database.Open();
            return await db.Set<OutgoingMail>().CountAsync(m => m.MailingId == 21 && (m.State == MailState.Sent || m.State == MailState.Suppressed)) == 2;
        }, "both are settled");
        await using (var db = database.Open())
            Assert.Null((await db.Set<Suppression>().SingleAsync(s => s.AddressKey == "left@stay.example.jp", TestContext.Current.CancellationToken)).LiftedAt);
        Assert.Equal(["other@stay.example.jp"], transport.Mails.Select(m => m.Recipient.Key).Where(a => a.EndsWith("stay.example.jp", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Housekeeping_OldBodies_AreErasedWhereNothingWaitsForThem()
    {
        var clock = new TestClock();
        await using var house = new MailHouse(database, new ScriptedTransport(), new() { ["Mail:KeepBodiesDays"] = "30" }, services => services.AddSingleton<TimeProvider>(clock));
        async Task<long> BodyAsync(MailState state, int days)
        {
            var at = clock.GetUtcNow().AddDays(-days);
            var row = await database.Data.Add(new OutgoingMail
            {
                Lane = MailLane.Mailing,
                State = state,
                Kind = "old",
                Subject = $"{state}/{days}",
                Address = "old@example.jp",
                AddressKey = "old@example.jp",
                RecipientName = "",
                Fields = { ["name"] = "山田" },
                Body = new MailBody { Title = "残る件名", Text = "消える本文", Html = "<p>消える", CreatedAt = at },
                CreatedAt = at,
                FinishedAt = at,
            });
            return row.Id;
        }
        var (old, young, uncertain) = (await BodyAsync(MailState.Sent, 31), await BodyAsync(MailState.Sent, 29), await BodyAsync(MailState.Uncertain, 300));
        await house.InScope(async services =>
        {
            await services.GetRequiredService<MailHousekeeping>().RunAsync(new(1, "", clock.GetUtcNow(), 1), TestContext.Current.CancellationToken);
            return 0;
        });
        await using var db = database.Open();
        var rows = await db.Set<OutgoingMail>().Include(m => m.Body).Where(m => m.Kind == "old").ToDictionaryAsync(m => m.Id, TestContext.Current.CancellationToken);
        Assert.Equal(("残る件名", "", null, 0), (rows[old].Body!.Title, rows[old].Body!.Text, rows[old].Body!.Html, rows[old].Fields.Count));
        Assert.NotNull(rows[old].Body!.ErasedAt);
        Assert.All([young, uncertain], id => Assert.Equal(("消える本文", 1), (rows[id].Body!.Text, rows[id].Fields.Count)));
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
    [InlineData("Mail:Transport", "builtin", "Mail:Server:Host")]
    [InlineData("Mail:Transport", "mailkit", "Mail:Server:Host")]
    [InlineData("Mail:Transport", "pigeon", "Mail:Transport")]
    public async Task Options_Wrong_SayWhatToSet(string setting, string value, string named)
    {
        await using var house = new MailHouse(database, new ScriptedTransport(), new() { [setting] = value });
        var problem = Assert.Throws<OptionsValidationException>(() => house.Get<IOptions<MailOptions>>().Value);
        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
    }
}
