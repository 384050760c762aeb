using System.Net;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Events;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Pages.My;

public class MyDeskTests(TownApp app) : IClassFixture<TownApp>
{
    private async Task<(Company Company, HttpClient Browser)> Own(Action<CompanyBuilder>? set = null)
    {
        var company = await app.Data.Company(c =>
        {
            c.Listed().With("旋盤加工").Confirmed(ListingSection.Basic, app.Clock.GetUtcNow().AddMonths(-13));
            set?.Invoke(c);
        });
        return (company, await app.As(await app.NewUser(Roles.Member, company)));
    }

    private async Task<CompanySection?> Saved(Company company, ListingSection section)
    {
        await using var db = app.Database.Open();
        return await db.CompanySections.SingleOrDefaultAsync(s => s.CompanyId == company.Id && s.Section == section, TestContext.Current.CancellationToken);
    }

    private static string FormOf(ListingSection section) => $"#sections ~ ul form:has(input[value^='{section}:'])";

    [Fact]
    public async Task Get_OneCompany_ShowsItsSectionsWithTheirMonth()
    {
        var (company, browser) = await Own();
        var page = await browser.Open(MyLinks.Desk);
        Assert.Equal(company.Name, page.Text("h1"));
        var list = page.Text("#sections ~ ul");
        Assert.Contains("会社概要 2025年9月に確認（1年以上前）", list, StringComparison.Ordinal);
        Assert.Contains("加工対応範囲 まだ確認していません", list, StringComparison.Ordinal);
        Assert.DoesNotContain("保有設備", list, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector($"main a[href='{CompanyLinks.Detail(company.Slug)}']"));
    }

    [Fact]
    public async Task Confirm_OneSection_IsOnRecordWithWhoAndWhen()
    {
        var (company, browser) = await Own();
        var answer = await (await browser.Open(MyLinks.Desk)).Submit(FormOf(ListingSection.Basic));
        Assert.Equal(MyLinks.Desk, answer.Location);
        Assert.Contains("承りました", (await answer.Follow()).Text(), StringComparison.Ordinal);
        Assert.Equal(app.Clock.GetUtcNow(), (await Saved(company, ListingSection.Basic))!.ConfirmedAt);
        Assert.Null(await Saved(company, ListingSection.Capabilities));
        await using var db = app.Database.Open();
        var log = await db.ChangeLog.SingleAsync(e => e.CompanyId == company.Id && e.Entity == nameof(CompanySection), TestContext.Current.CancellationToken);
        Assert.Equal(Roles.Member, log.Actor);
    }

    [Fact]
    public async Task Confirm_Everything_ConfirmsWhatIsFilled()
    {
        var (company, browser) = await Own();
        var answer = await (await browser.Open(MyLinks.Desk)).Submit(".now form");
        Assert.Contains("いまお願いすることはありません", (await answer.Follow()).Text(".now"), StringComparison.Ordinal);
        Assert.NotNull((await Saved(company, ListingSection.Capabilities))!.ConfirmedAt);
        Assert.Null(await Saved(company, ListingSection.Equipment));
    }

    [Fact]
    public async Task Confirm_ChangedSinceItWasSeen_IsRefused()
    {
        var (company, browser) = await Own();
        var page = await browser.Open(MyLinks.Desk);
        await using (var db = app.Database.Open())
        {
            (await db.CompanySections.SingleAsync(s => s.CompanyId == company.Id, TestContext.Current.CancellationToken)).Version++;
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        var answer = await page.Submit(".now form");
        Assert.Contains("そのあいだに内容が変わりました", (await answer.Follow()).Text(), StringComparison.Ordinal);
        Assert.True((await Saved(company, ListingSection.Basic))!.ConfirmedAt < app.Clock.GetUtcNow());
        Assert.Null(await Saved(company, ListingSection.Capabilities));
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Nothing:1")]
    [InlineData("Equipment:0")]
    [InlineData("99:0")]
    [InlineData(null)]
    public async Task Confirm_WhatIsNoSection_IsRefused(string? seen)
    {
        var (_, browser) = await Own();
        var answer = await (await browser.Open(MyLinks.Desk)).Submit(FormOf(ListingSection.Basic), ("seen", seen));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task SomebodyElsesCompany_IsNotThere()
    {
        var (company, browser) = await Own();
        var (other, _) = await Own();
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Open(MyLinks.Of(MyLinks.Desk, other.Id))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Open(MyLinks.Of(MyLinks.Company, other.Id))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Open(MyLinks.Of(MyLinks.Desk, 999999))).Status);
        var page = await browser.Open(MyLinks.Of(MyLinks.Desk, company.Id));
        page.Document.QuerySelector(".now form")!.SetAttribute("action", $"/my?company={other.Id}&handler=Confirm");
        Assert.Equal(HttpStatusCode.NotFound, (await page.Submit(".now form")).Status);
        Assert.NotEqual(app.Clock.GetUtcNow(), (await Saved(other, ListingSection.Basic))!.ConfirmedAt);
    }

    [Fact]
    public async Task SeveralCompanies_AreChosenFrom()
    {
        var (first, _) = await Own();
        var (second, _) = await Own();
        var user = await app.NewUser(Roles.Member, first);
        await app.Data.Keeper(second, user);
        var browser = await app.As(user);
        var page = await browser.Open(MyLinks.Desk);
        Assert.Contains("どの会社のページを開きますか", page.Text(), StringComparison.Ordinal);
        var chosen = await browser.Open(MyLinks.Of(MyLinks.Desk, second.Id));
        Assert.Equal(second.Name, chosen.Text("h1"));
        Assert.Equal(MyLinks.Of(MyLinks.Desk, second.Id), (await chosen.Submit(".now form")).Location);
        Assert.NotNull((await Saved(second, ListingSection.Capabilities))?.ConfirmedAt);
        Assert.Null(await Saved(first, ListingSection.Capabilities));
    }

    [Fact]
    public async Task NoCompany_SaysWhomToCall()
    {
        var page = await (await app.As(await app.NewUser(Roles.Member))).Open(MyLinks.Desk);
        Assert.Contains("会社が結びついていません", page.Text(".empty"), StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("main a[href^='tel:']"));
    }

    [Fact]
    public async Task NextEvent_IsTheFirstThatHasNotEnded()
    {
        var (_, browser) = await Own();
        Assert.Contains("まだ決まっていません", (await browser.Open(MyLinks.Desk)).Text("[aria-labelledby=event]"), StringComparison.Ordinal);
        foreach (var (title, day, published) in new[] { ("前の会", 1, true), ("次の会", 30, true), ("その次の会", 31, true), ("まだ内緒の会", 29, false) })
        {
            var start = TownClock.At(new(2026, 10, day), new(14, 0));
            await app.Data.Add(new TownEvent { Slug = $"e{app.Data.Next()}", Title = title, Kind = "定例会", StartsAt = start, EndsAt = start.AddHours(2), Published = published });
        }
        var text = (await browser.Open(MyLinks.Desk)).Text("[aria-labelledby=event]");
        Assert.Contains("2026年10月30日（金）14:00～16:00", text, StringComparison.Ordinal);
        Assert.Contains("次の会", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.City)]
    [InlineData(Roles.Buyer)]
    public async Task NotAMember_IsForbidden(string role) =>
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.As(role)).Open(MyLinks.Desk)).Status);
}
