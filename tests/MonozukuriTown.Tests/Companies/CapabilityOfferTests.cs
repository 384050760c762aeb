using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Imports;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Companies;

/// <summary>What equipment says, from the offer to the answer, through the pages people use.</summary>
public class CapabilityOfferTests(TownApp app) : IClassFixture<TownApp>
{
    private const string Order = "アルミ マシニング加工 100×80×20 10個";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<(Company Company, HttpClient Browser)> Shop(Action<CompanyBuilder>? set = null)
    {
        var company = await app.Data.Company(c =>
        {
            c.Listed().With("板金加工").WithEquipment("ロボドリル", "ファナック", "α-D21MiB5");
            set?.Invoke(c);
        });
        return (company, await app.As(await app.NewUser(Roles.Member, company)));
    }

    private async Task<List<CapabilityOffer>> Kept(Company company)
    {
        await using var db = app.Database.Open();
        return await db.CapabilityOffers.AsNoTracking().Where(o => o.CompanyId == company.Id).OrderBy(o => o.ProcessId).ToListAsync(Stop);
    }

    private async Task<bool> PublicFinds(Company company)
    {
        await app.CatalogFollows();
        return (await (await app.Visitor().Open(SiteLinks.Match)).Submit("form[action='/match']", ("text", Order))).Text().Contains(company.Name, StringComparison.Ordinal);
    }

    private static string FormOf(string process) => $"[aria-labelledby=offers] form:has(input[value='{process}'])";

    private async Task<TestPage> Answer(HttpClient browser, string process, string answer) =>
        await (await browser.Open(MyLinks.Company)).Submit(FormOf(process), ("answer", answer));

    [Fact]
    public async Task BeforeTheCompanyWasTold_OnlyStaffSeeIt()
    {
        var (company, _) = await Shop();
        Assert.False(await PublicFinds(company));
        Assert.DoesNotContain(company.Name, (await app.Visitor().Open(CompanyLinks.ByProcess("cut.mc"))).Text(), StringComparison.Ordinal);
        var staff = await app.As(Roles.City);
        var match = await (await staff.Open(SiteLinks.Match)).Submit("form[action='/match']", ("text", Order));
        Assert.Contains(company.Name, match.Text(), StringComparison.Ordinal);
        Assert.Contains("会社に知らせていないので、公開していません", match.Text(), StringComparison.Ordinal);
        Assert.Contains("まだ知らせていません。公開していません", (await staff.Open(StaffLinks.Company(company.Id))).Text("[aria-labelledby=offers]"), StringComparison.Ordinal);
        Assert.Empty(await Kept(company));
    }

    [Fact]
    public async Task SeenOnTheDesk_IsTold_DatedAndPublic()
    {
        var (company, browser) = await Shop();
        var page = await browser.Open(MyLinks.Company);
        Assert.Contains("ファナック α-D21MiB5 ロボドリル から（大きさの目安 500×400×330mm）", page.Text("[aria-labelledby=offers]"), StringComparison.Ordinal);
        Assert.All(await Kept(company), o => Assert.Equal((OfferState.Offered, app.Clock.GetUtcNow(), ToldBy.Desk), (o.State, o.ToldAt!.Value, o.ToldBy!.Value)));
        Assert.True(await PublicFinds(company));
        Assert.Contains("令和8年10月28日に自社のページで見ました", (await (await app.As(Roles.City)).Open(StaffLinks.Company(company.Id))).Text("[aria-labelledby=offers]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchedInAdvance_IsNotTold()
    {
        var (company, browser) = await Shop();
        using var early = new HttpRequestMessage(HttpMethod.Get, MyLinks.Company) { Headers = { { "Sec-Purpose", "prefetch" } } };
        using var answer = await browser.SendAsync(early, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await Kept(company));
    }

    [Fact]
    public async Task Confirmed_BecomesACapability()
    {
        var (company, browser) = await Shop(c => c.Confirmed(ListingSection.Capabilities, app.Clock.GetUtcNow()));
        var page = await (await Answer(browser, "cut.mc", "yes")).Follow();
        Assert.Contains("加工対応範囲に加えました", page.Text(), StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector(FormOf("cut.mc")));
        await using var db = app.Database.Open();
        var capability = await db.Companies.Where(c => c.Id == company.Id).SelectMany(c => c.Capabilities).SingleAsync(c => c.ProcessId == "cut.mc", Stop);
        Assert.Equal((500m, 400m, 330m, 1), (capability.Limits.MaxLength, capability.Limits.MaxWidth, capability.Limits.MaxHeight, capability.Position));
        Assert.Equal(2, (await db.CompanySections.SingleAsync(s => s.CompanyId == company.Id && s.Section == ListingSection.Capabilities, Stop)).Version);
        Assert.Equal(OfferState.Confirmed, (await Kept(company)).Single(o => o.ProcessId == "cut.mc").State);
        Assert.Contains("対応しているとの答え", (await (await app.As(Roles.City)).Open(StaffLinks.Company(company.Id))).Text("[aria-labelledby=offers]"), StringComparison.Ordinal);
        Assert.True(await PublicFinds(company));
        // The same again, from another window.
        Assert.False(await app.Use<CapabilityOffers, bool>(o => o.ConfirmAsync(company.Id, "cut.mc", Stop)));
        Assert.Equal(1, await db.Companies.Where(c => c.Id == company.Id).SelectMany(c => c.Capabilities).CountAsync(c => c.ProcessId == "cut.mc", Stop));
    }

    [Fact]
    public async Task Declined_StaysSo_WhateverIsImportedAgain()
    {
        var (company, browser) = await Shop(c => c.Set(x => x.ExternalId = "Z901"));
        foreach (var process in new[] { "cut.mc", "cut.drill", "cut.tap" })
            Assert.Equal(HttpStatusCode.Redirect, (await Answer(browser, process, "no")).Status);
        Assert.False(await PublicFinds(company));
        Assert.Null((await browser.Open(MyLinks.Company)).Document.QuerySelector("[aria-labelledby=offers]"));

        // The machine goes with one import and comes back, twice, with the next.
        foreach (var machines in new[] { "オークマ／LB3000／NC旋盤／1台", "ファナック／α-D21MiB5／ロボドリル／2台;ファナック／α-D14／ロボドリル／1台" })
        {
            await using var scope = app.Services.CreateAsyncScope();
            var imports = scope.ServiceProvider.GetRequiredService<ImportService>();
            using var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"企業ID,会社名,保有設備\nZ901,{company.Name},{machines}\n"));
            var run = await imports.CheckAsync(ImportKind.Companies, file, "machines.csv", Stop);
            var result = await imports.ApplyAsync(run.Id, Stop);
            Assert.True(result.Done, result.Sentence);
        }
        Assert.False(await PublicFinds(company));
        Assert.Equal(3, (await Kept(company)).Count(o => o.State == OfferState.Declined));
        Assert.Null((await browser.Open(MyLinks.Company)).Document.QuerySelector("[aria-labelledby=offers]"));
        var staff = await app.As(Roles.City);
        Assert.Contains("していないとの答え", (await staff.Open(StaffLinks.Company(company.Id))).Text("[aria-labelledby=offers]"), StringComparison.Ordinal);
        Assert.DoesNotContain(company.Name, (await (await staff.Open(SiteLinks.Match)).Submit("form[action='/match']", ("text", Order))).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MailAccepted_IsTold_AndNeverGoesTwice()
    {
        var (company, _) = await Shop();
        var page = await (await app.As(Roles.Advisor)).Open(StaffLinks.Company(company.Id));
        page = await (await page.Submit("form[action*=Tell]")).Follow();
        Assert.Contains("送信待ちに入れました", page.Text(), StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("form[action*=Tell]"));
        Assert.All(await Kept(company), o => Assert.NotNull(o.MailedAt));
        // Handed over already or not yet: either way there is nothing to send again.
        Assert.Contains(await app.Use<CapabilityOffers, TellResult>(o => o.TellAsync(company.Id, "http://localhost/my/company", Stop)), new[] { TellResult.MailedBefore, TellResult.NothingNew });

        await using var db = app.Database.Open();
        var subject = company.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var mail = await db.Set<OutgoingMail>().AsNoTracking().Include(m => m.Body).SingleAsync(m => m.Kind == CapabilityOffers.MailKind && m.Subject == subject, Stop);
        Assert.Contains($"http://localhost/my/company?company={company.Id}", mail.Body!.Text, StringComparison.Ordinal);
        Assert.Contains("ロボドリル", mail.Body.Text, StringComparison.Ordinal);
        // The dispatcher hands it over in its own time; what counts is its mark.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while ((await Kept(company)).Exists(o => o.ToldAt is null))
            await Task.Delay(50, patience.Token);
        Assert.Equal(MailState.Sent, (await db.Set<OutgoingMail>().AsNoTracking().SingleAsync(m => m.Id == mail.Id, Stop)).State);
        Assert.All(await Kept(company), o => Assert.Equal(ToldBy.Mail, o.ToldBy));
        Assert.True(await PublicFinds(company));
    }

    [Fact]
    public async Task Answer_OfSomebodyElse_OrOfNothingOffered_IsNotFound()
    {
        var (company, browser) = await Shop();
        var (other, _) = await Shop();
        var page = await browser.Open(MyLinks.Company);
        var form = page.Document.QuerySelector(FormOf("cut.mc"))!.GetAttribute("action")!;
        Assert.DoesNotContain("company=", form, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await page.Submit(FormOf("cut.mc"), ("answer", "yes"), ("company", $"{other.Id}"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await page.Submit(FormOf("cut.mc"), ("answer", "yes"), ("process", "cast.sand"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await page.Submit(FormOf("cut.mc"), ("answer", "perhaps"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await page.Submit(FormOf("cut.mc"), ("answer", null))).Status);
        Assert.All(await Kept(company), o => Assert.Equal(OfferState.Offered, o.State));
        Assert.Empty(await Kept(other));
    }

    [Fact]
    public async Task Offers_OfACompanyWithoutMachines_AreNone()
    {
        var company = await app.Data.Company(c => c.Listed().With("板金加工"));
        var browser = await app.As(await app.NewUser(Roles.Member, company));
        Assert.Null((await browser.Open(MyLinks.Company)).Document.QuerySelector("[aria-labelledby=offers]"));
        Assert.Equal(TellResult.NothingNew, await app.Use<CapabilityOffers, TellResult>(o => o.TellAsync(company.Id, "http://localhost/", Stop)));
    }

    [Fact]
    public async Task Command_TellsEveryCompanyOnce()
    {
        var (company, _) = await Shop();
        var count = await TownCommand.RunAsync(app.Database, "offers");
        Assert.True(count.Code == 0, count.Error);
        Assert.Contains("まだ知らせていない推定が", count.Out, StringComparison.Ordinal);
        Assert.Empty(await Kept(company));
    }
}
