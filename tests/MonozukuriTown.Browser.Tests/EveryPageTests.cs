using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using MonozukuriTown.Browser.Tests.Support;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Confirming;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Events;
using MonozukuriTown.Core.Jobs;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Core.Work;
using MonozukuriTown.Mail.Bounces;
using MonozukuriTown.Tests.Hosting;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Browser.Tests;

/// <summary>
/// Every page the portal has, found by its endpoints, in the role it is made for, with the rows people really have (long names, empty
/// fields): axe, no complaint of the browser, nothing wider than the window.
/// </summary>
public sealed class EveryPageTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private const string LongName = "株式会社ひがし大阪精密機械器具総合製作所 大阪事業本部 門前第二工場";

    // Pages that are nothing without a link from a mail or a letter; their own tests open them.
    private static readonly string[] OpenedElsewhere = ["/account/reset/{token}", "/account/verify/{token?}", "/staff/mailbox/{name}/html", "/errors/{code:int}",
        "/staff/imports/{id:int}", "/staff/imports/{id:int}/refused.{format}", "/staff/imports/template.{format}"];

    [Theory]
    [InlineData(BrowserApp.Phone)]
    [InlineData(BrowserApp.Desktop)]
    public async Task Page_OpenedInItsRole_HasNothingToComplainOf(int width)
    {
        var company = await FillAsync();
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["/companies/{slug}"] = "/companies/" + company.Slug,
            ["/events/{slug}"] = "/events/2026-12-09",
            ["/staff/companies/{id:int}"] = string.Create(CultureInfo.InvariantCulture, $"/staff/companies/{company.Id}"),
            ["/staff/companies/{id:int}/history"] = StaffLinks.CompanyHistory(company.Id),
            ["/staff/companies/{id:int}/{section}"] = StaffLinks.CompanySection(company.Id, ListingSection.Capabilities),
            ["/staff/companies/{id:int}/sheet"] = StaffLinks.Sheet(company.Id),
            ["/c/{token}"] = await AskAsync(company),
            ["/staff/mailbox/mails/{id:long}"] = await MailsAsync(),
            ["/u/{token}"] = await LeaveAsync(),
            ["/account/address/{token}"] = await LinkAsync(LinkPurpose.ChangeAddress, $"old/{(await app.UserOf(Roles.Buyer)).Id}/00000000/atarashii@kenma.example.jp", app.Clock.GetUtcNow().AddDays(2)),
            ["/staff/accounts/{id:guid}"] = $"/staff/accounts/{(await app.UserOf(Roles.Buyer)).Id}",
        };
        var member = await app.NewUser(Roles.Member, company);
        var sections = ListingSections.Shown.Select(s => MyLinks.Section(s, company.Id)).ToList();
        List<string> wrong = [];
        var opened = 0;
        foreach (var entrance in (await Entrance.AllAsync(app.Services)).Where(e => e.IsPage && e.Method is "GET" && e.Query.Length == 0))
        {
            var pattern = entrance.Name["GET ".Length..];
            if (OpenedElsewhere.Contains(pattern, StringComparer.Ordinal))
                continue;
            var one = pattern.Contains('{', StringComparison.Ordinal) ? values.GetValueOrDefault(pattern) : pattern;
            List<string> addresses = pattern is "/my/company/{section}" ? sections : one is null ? [] : [one];
            if (addresses.Count == 0)
                wrong.Add($"{pattern}: give it a value in this test.");
            foreach (var address in addresses)
                opened += await OpensAsync(pattern, address, member, width, wrong) ? 1 : 0;
        }
        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
        Assert.InRange(opened, 15, 500);
    }

    private async Task<bool> OpensAsync(string pattern, string address, TownUser member, int width, List<string> wrong)
    {
        var page = pattern.StartsWith("/my", StringComparison.Ordinal)
            ? await app.Open(address, member, width)
            : await app.Open(address, RoleFor(pattern), width);
        try
        {
            Assert.Equal(200, await page.EvaluateAsync<int>("performance.getEntriesByType('navigation')[0].responseStatus"));
            await app.Check(page);
            return true;
        }
        catch (Xunit.Sdk.XunitException e)
        {
            wrong.Add($"{address}: {e.Message}");
            return false;
        }
        finally
        {
            await page.Context.CloseAsync();
        }
    }

    [Theory]
    [InlineData(BrowserApp.Phone)]
    [InlineData(BrowserApp.Desktop)]
    public async Task PagesBehindMailedLinks_AndTheirLetters_HaveNothingToComplainOf(int width)
    {
        var known = await app.NewUser(Roles.Buyer);
        await CheckLetterAsync(width, "/account/register", "/account/verify/", ("#Name", "試験 花子"), ("#Mail", $"hanako{width}@example.jp"));
        await CheckLetterAsync(width, "/account/reset", "/account/reset/", ("#Mail", known.Email!));
    }

    /// <summary>From the form that asks for a mail, through the letter, to the page its link opens; and the page of a link that is none.</summary>
    private async Task CheckLetterAsync(int width, string form, string link, params (string Field, string Value)[] fields)
    {
        var page = await app.Open(form, width: width);
        foreach (var (field, value) in fields)
            await page.FillAsync(field, value);
        if (await page.Locator("#Agree").CountAsync() > 0)
            await page.CheckAsync("#Agree");
        await page.ClickAsync("main form button[type=submit]");
        await Assertions.Expect(page.Locator(".notice-ok")).ToBeVisibleAsync();
        await app.Check(page);

        var letters = await app.Open(StaffLinks.Mailbox, Roles.City, width);
        var letter = letters.Locator(".mail-list a", new() { HasText = fields[^1].Value }).First;
        for (var tries = 0; await letter.CountAsync() == 0 && tries < 50; tries++)
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
            await letters.ReloadAsync();
        }
        await letter.ClickAsync();
        var address = await letters.Locator($"main a[href*='{link}']").GetAttributeAsync("href");
        // Axe can't run inside a frame without scripts (it waits for ever): the letter is looked at as a page of its own.
        var html = await letters.EvaluateAsync<string>("fetch(document.querySelector('iframe').src).then(answer => answer.text())");
        await letters.EvaluateAsync("document.querySelector('iframe').remove()");
        await app.Check(letters);
        await letters.GotoAsync("about:blank");
        await letters.SetContentAsync(html);
        await app.Check(letters);
        await letters.Context.CloseAsync();

        await page.GotoAsync(address!);
        await Assertions.Expect(page.Locator("input[type=password]").First).ToBeVisibleAsync();
        await app.Check(page);
        await page.GotoAsync(link + "nothing");
        await app.Check(page);
        await page.Context.CloseAsync();
    }

    private static string? RoleFor(string pattern) => pattern switch
    {
        _ when pattern.StartsWith("/staff/accounts", StringComparison.Ordinal) => Roles.Admin,
        _ when pattern.StartsWith("/staff", StringComparison.Ordinal) => Roles.City,
        _ => null,
    };

    // Uncertain, and one that came back: the page of a mail at its longest.
    private async Task<string> MailsAsync()
    {
        var mail = await app.Data.Add(new OutgoingMail
        {
            Lane = MailLane.Mailing,
            State = MailState.Uncertain,
            Kind = "test",
            Subject = $"{app.Data.Next()}",
            List = MailList.Newsletter,
            Address = "yamada@kenma.example.jp",
            AddressKey = "yamada@kenma.example.jp",
            RecipientName = LongName,
            Body = new MailBody { Title = "第12回 門前ものづくり定例会と工場見学会のご案内（参加のお申し込みは11月末まで）", Text = "", CreatedAt = app.Clock.GetUtcNow() },
            CreatedAt = app.Clock.GetUtcNow(),
            FinishedAt = app.Clock.GetUtcNow(),
            ServerCode = 451,
            ServerWords = "4.3.0 Temporary lookup failure while the body of the message was being received",
        });
        await app.Data.Add(new Bounce
        {
            SourceKey = $"{mail.Id}",
            At = app.Clock.GetUtcNow(),
            MailId = mail.Id,
            AddressKey = mail.AddressKey,
            Kind = BounceKind.Failed,
            Reason = BounceReason.NoMailbox,
            Effect = BounceEffect.Suppressed,
            Status = "5.1.1",
            Words = "550 5.1.1 The email account that you tried to reach does not exist",
        });
        await app.Data.Add(new Suppression { AddressKey = $"yamada{mail.Id}@kenma.example.jp", Reason = SuppressionReason.Asked, Way = MailWay.Phone, Since = app.Clock.GetUtcNow(), Note = "令和8年10月28日 電話 山田 様：多すぎるとのこと" });
        await app.Data.Add(new TimedJob { Kind = "test.stuck", Subject = $"event/{mail.Id}", Due = app.Clock.GetUtcNow(), NextAttemptAt = app.Clock.GetUtcNow(), State = JobState.Stuck, Attempts = 6, Problem = "IOException: No space left on device" });
        return StaffLinks.Mail(mail.Id);
    }

    private Task<string> LeaveAsync() => LinkAsync(LinkPurpose.Leave, LeaveSubject.Of(MailList.Newsletter, "yamada@kenma.example.jp"), ends: null);

    private async Task<string> AskAsync(Company company)
    {
        var asked = await app.Data.Add(new FreshnessRequest { CompanyId = company.Id, Due = new(2026, 10, 28), AskedAt = app.Clock.GetUtcNow() });
        return await LinkAsync(LinkPurpose.Freshness, string.Create(CultureInfo.InvariantCulture, $"{asked.Id}/company"), app.Clock.GetUtcNow().AddDays(2));
    }

    private async Task<string> LinkAsync(LinkPurpose purpose, string subject, DateTimeOffset? ends)
    {
        var link = await app.Data.Add(new MailedLink { Purpose = purpose, Subject = subject, CreatedAt = app.Clock.GetUtcNow(), ExpiresAt = ends });
        return MailedLinks.Path(app.Services.GetRequiredService<LinkKey>(), purpose, link.Id);
    }

    private async Task<Company> FillAsync()
    {
        var company = await app.Data.Company(c => c.Listed().Named(LongName, "ひがしおおさかせいみつきかいきぐそうごうせいさくしょ")
            .With("旋盤加工", "cut.turn", ["SUS304", "A5052"]).With("研磨").WithEquipment("NC旋盤", "オークマ", "LB3000").WithCertification("ISO9001", "iso9001")
            .Confirmed(ListingSection.Basic, app.Clock.GetUtcNow()).Member().Awarded()
            .Set(x => (x.Summary, x.Employees, x.Tel) = ("丸物の旋盤加工を一個から。", 12, "06-0000-0001")));
        await app.Data.Company(c => c.Listed());
        await app.Use<TownDbContext, int>(async db =>
        {
            if (db.Events.Any())
                return 0;
            db.Add(new TownEvent
            {
                Slug = "2026-12-09",
                Title = "はじめての原価管理セミナー",
                Kind = "セミナー",
                StartsAt = app.Clock.GetUtcNow().AddDays(10),
                EndsAt = app.Clock.GetUtcNow().AddDays(10).AddHours(2),
                Published = true,
            });
            db.Add(new WorkItem { CompanyId = company.Id, Kind = "test", Subject = "1", Reason = "掲載内容が2年以上確認されていません。", Due = new(2026, 11, 18) });
            return await db.SaveChangesAsync();
        });
        await app.CatalogFollows();
        return company;
    }
}
