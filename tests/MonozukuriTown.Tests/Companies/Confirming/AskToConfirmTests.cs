using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Confirming;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Mailings;

namespace MonozukuriTown.Tests.Companies.Confirming;

/// <summary>Who is asked when, and what becomes of silence.</summary>
public class AskToConfirmTests(FreshnessTown town) : IClassFixture<FreshnessTown>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Task<Company> CompanyOnPaperAsync() => town.CompanyAsync(set: c => c.Set(x => (x.ContactMethod, x.Fax) = (ContactMethod.Fax, "06-0000-9999")));

    [Fact]
    public async Task SixMonthsAfterTheOldestConfirmation_EveryKeeperGetsALinkOfTheirOwn_Once()
    {
        var company = await town.CompanyAsync(monthsAgo: 5);
        var people = new[] { await town.NewUser(Roles.Member, company), await town.NewUser(Roles.Member, company) };
        await town.MorningAsync();
        Assert.Empty(await town.RequestsAsync(company));

        town.Days(32);
        await town.MorningAsync();
        await town.MorningAsync();
        var request = Assert.Single(await town.RequestsAsync(company));
        Assert.Equal(TownClock.DateOf(company.Sections.Min(s => s.ConfirmedAt)!.Value).AddMonths(6), request.Due);
        var mails = await town.MailsAsync(company);
        Assert.Equal(people.Select(p => p.Email!).Order(StringComparer.Ordinal), mails.Select(m => m.Address).Order(StringComparer.Ordinal));
        Assert.Equal(2, mails.Select(m => town.Link(m)).Distinct(StringComparer.Ordinal).Count());
        Assert.All(mails, mail => Assert.Equal((MailLane.Mailing, MailList.Listing), (mail.Lane, mail.List)));
        Assert.All(mails, mail => Assert.Contains("旋盤加工（SUS304）", mail.Body!.Text, StringComparison.Ordinal));
        Assert.Empty(await town.WorkAsync(company));

        // The next morning nobody is asked again.
        town.Days(1);
        await town.MorningAsync();
        Assert.Single(await town.RequestsAsync(company));
    }

    [Fact]
    public async Task WhatTheListingShowsNobody_StaysOutOfTheMail()
    {
        var company = await town.CompanyAsync(set: c => c.Set(x => (x.Tel, x.TelVisibility, x.ContactPerson) = ("06-1111-2222", Visibility.Members, "内緒 太郎")));
        await town.MorningAsync();
        var mail = Assert.Single(await town.MailsAsync(company));
        Assert.Equal(company.Email, mail.Address);
        foreach (var secret in new[] { "06-1111-2222", "内緒" })
        {
            Assert.DoesNotContain(secret, mail.Body!.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, mail.Body!.Html!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Silence_IsRemindedOfAfter14Days_AndIsTodaysWorkAfter28()
    {
        var company = await town.CompanyAsync();
        await town.NewUser(Roles.Member, company);
        await town.MorningAsync();
        town.Days(13);
        await town.MorningAsync();
        Assert.Single(await town.MailsAsync(company));

        town.Days(1);
        await town.MorningAsync();
        await town.MorningAsync();
        var mails = await town.MailsAsync(company);
        Assert.Equal([FreshnessRequests.AskKind, FreshnessRequests.RemindKind], mails.Select(m => m.Kind));
        Assert.Equal(town.Link(mails[0]), town.Link(mails[1]));
        Assert.Empty(await town.WorkAsync(company));

        town.Days(14);
        await town.MorningAsync();
        Assert.Equal(FreshnessRequests.StaleWork, Assert.Single(await town.WorkAsync(company)).Kind);
        // Done is done: it does not come back the next day.
        await town.Use<TownDbContext, int>(db => db.WorkItems.Where(w => w.CompanyId == company.Id).ExecuteUpdateAsync(w => w.SetProperty(x => x.ClosedAt, town.Clock.GetUtcNow()), Stop));
        town.Days(1);
        await town.MorningAsync();
        Assert.Empty(await town.WorkAsync(company));
        Assert.Equal(2, (await town.MailsAsync(company)).Count);

        // Half a year later it is asked anew.
        town.Days(184);
        await town.MorningAsync();
        Assert.Equal(2, (await town.RequestsAsync(company)).Count);
        Assert.NotNull((await town.RequestsAsync(company))[0].ClosedAt);
    }

    [Fact]
    public async Task ConfirmedOnTheOwnDeskMeanwhile_NothingMoreIsSent()
    {
        var (company, _, _) = await town.AskedAsync();
        town.Days(2);
        Assert.True(await town.Use<ListingSections, bool>(s => s.ConfirmAsync(company.Id, [new(ListingSection.Basic, 1), new(ListingSection.Capabilities, 1)], Stop)));
        town.Days(20);
        await town.MorningAsync();
        Assert.Single(await town.MailsAsync(company));
        Assert.NotNull((await town.RequestsAsync(company)).Single().ClosedAt);
    }

    [Fact]
    public async Task WhoLeftTheList_IsNotWrittenTo_AndIsCalledWhenNobodyElseIsThere()
    {
        var (alone, both) = (await town.CompanyAsync(), await town.CompanyAsync());
        var left = await town.NewUser(Roles.Member, alone);
        await town.Data.Keeper(both, left);
        var other = await town.NewUser(Roles.Member, both);
        await town.Data.Add(new Suppression { AddressKey = left.Email!, List = MailList.Listing, Reason = SuppressionReason.Left, Way = MailWay.Link, Since = town.Clock.GetUtcNow() });
        await town.MorningAsync();
        Assert.Empty(await town.MailsAsync(alone));
        Assert.Contains("電話で聞いてください", Assert.Single(await town.WorkAsync(alone)).Reason, StringComparison.Ordinal);
        Assert.Equal(other.Email, Assert.Single(await town.MailsAsync(both)).Address);
        Assert.Empty(await town.WorkAsync(both));
    }

    [Fact]
    public async Task Fax_MakesTheSheetTodaysWork_AndNoMail()
    {
        var company = await CompanyOnPaperAsync();
        await town.MorningAsync();
        Assert.Empty(await town.MailsAsync(company));
        var work = Assert.Single(await town.WorkAsync(company));
        Assert.Equal($"/staff/companies/{company.Id}/sheet", work.Link);
        town.Days(14);
        await town.MorningAsync();
        Assert.Contains("返信票がまだ", Assert.Single(await town.WorkAsync(company)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NotListedAnyMore_IsNeitherAskedNorReminded()
    {
        var (company, _, _) = await town.AskedAsync();
        var paused = await town.CompanyAsync(set: c => c.Set(x => x.Status = CompanyStatus.Paused));
        await town.Use<TownDbContext, int>(db => db.Companies.Where(c => c.Id == company.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.Status, CompanyStatus.Left), Stop));
        town.Days(14);
        await town.MorningAsync();
        Assert.Single(await town.MailsAsync(company));
        Assert.Empty(await town.RequestsAsync(paused));
    }

    [Fact]
    public async Task Killed_NothingIsHalfDone()
    {
        var company = await town.CompanyAsync();
        await town.MorningAsync(killed: true);
        Assert.Empty(await town.RequestsAsync(company));
        await town.MorningAsync();
        Assert.Single(await town.MailsAsync(company));
    }

    [Fact]
    public async Task Dates_OfManyAndOfOne_AreTheSame()
    {
        var company = await town.CompanyAsync(set: c => c.WithEquipment("NC旋盤").WithCertification("ISO9001").Set(x =>
        {
            (x.VisitOk, x.NameEn) = (true, "Shiken");
            x.Products.Add(new Product { Name = "軸" });
        }));
        var bare = await town.Data.Company(c => c.Listed());
        await using var db = town.Database.Open();
        foreach (var id in new[] { company.Id, bare.Id })
        {
            var one = ListingDates.Of(await db.Companies.AsNoTracking().WithParts().SingleAsync(c => c.Id == id, Stop));
            var many = (await db.Companies.Where(c => c.Id == id).DatesAsync(Stop)).Single();
            Assert.Equal(one.Filled, many.Filled);
            Assert.Equal((one.Start, one.Oldest), (many.Start, many.Oldest));
        }
    }

    [Theory]
    [InlineData("2026-04-28", "2026-10-28", "2026-10-28")]
    [InlineData("2026-04-29", "2026-10-28", null)]
    [InlineData("2020-08-31", "2026-10-28", "2026-08-31")]
    public void Due_IsTheLatestOfEverySixMonths(string confirmed, string today, string? due)
    {
        var dates = new ListingDates(1, new(2019, 4, 1), [TownClock.At(DateOnly.Parse(confirmed, null)), TownClock.At(new(2026, 10, 1))]);
        Assert.Equal(due is null ? (DateOnly?)null : DateOnly.Parse(due, null), dates.DueOn(6, DateOnly.Parse(today, null)));
    }
}

/// <summary>No more a day than the telephone can bear.</summary>
public class FreshnessPerDayTests(FreshnessPerDayTests.TwoADay town) : IClassFixture<FreshnessPerDayTests.TwoADay>
{
    public sealed class TwoADay : FreshnessTown
    {
        protected override int PerDay => 2;
    }

    [Fact]
    public async Task SoManyADay_TheOldestFirst_HoweverOftenItRuns()
    {
        List<Company> companies = [];
        foreach (var months in (int[])[8, 20, 9, 30, 7])
            companies.Add(await town.CompanyAsync(months));
        await town.MorningAsync();
        await town.MorningAsync();
        Assert.Equal([0, 1, 0, 1, 0], await AskedAsync(companies));
        town.Days(1);
        await town.MorningAsync();
        Assert.Equal([1, 1, 1, 1, 0], await AskedAsync(companies));
    }

    private async Task<List<int>> AskedAsync(List<Company> companies)
    {
        List<int> asked = [];
        foreach (var company in companies)
            asked.Add((await town.RequestsAsync(company)).Count);
        return asked;
    }
}
