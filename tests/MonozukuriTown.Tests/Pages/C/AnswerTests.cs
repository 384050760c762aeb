using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Confirming;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Tests.Companies.Confirming;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Pages.C;

/// <summary>The page behind the mailed link: 変わりなし, 直す, 電話ください.</summary>
public class AnswerTests(FreshnessTown town) : IClassFixture<FreshnessTown>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Form(string choice) => $"main form[action$='handler={choice}']";

    private async Task<FreshnessAnswer?> AnswerAsync(Company company) => (await town.RequestsAsync(company)).Last().Answer;

    private Task<int> SetAsync(Company company, CompanyStatus status) =>
        town.Use<TownDbContext, int>(db => db.Companies.Where(c => c.Id == company.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.Status, status), Stop));

    private Task<int> EditAsync(Company company) => town.Use<TownDbContext, int>(async db =>
    {
        db.Add(new Capability { CompanyId = company.Id, Process = "ローレット加工", Position = 9 });
        (await db.CompanySections.SingleAsync(s => s.CompanyId == company.Id && s.Section == ListingSection.Capabilities, Stop)).Version++;
        return await db.SaveChangesAsync(Stop);
    });

    [Fact]
    public async Task Get_HoweverOften_ShowsTheListingAndChangesNothing()
    {
        var (company, _, link) = await town.AskedAsync(c => c.Set(x => (x.Tel, x.TelVisibility) = ("06-2222-3333", Visibility.Members)));
        var visitor = town.Visitor();
        var page = await visitor.Open(link);
        await visitor.Open(link + "?handler=same");
        using var head = await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Head, link), Stop);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("旋盤加工", page.Text(), StringComparison.Ordinal);
        // It may have been passed on: what is kept from the public stays so.
        Assert.DoesNotContain("06-2222-3333", page.Body, StringComparison.Ordinal);
        Assert.Contains("登録ずみ（会員と職員だけ）", page.Text(), StringComparison.Ordinal);
        Assert.Equal("no-referrer", page.Response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("no-store", page.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Null(await AnswerAsync(company));
    }

    [Fact]
    public async Task Same_ConfirmsEverythingThatWasSeen_WithoutSigningIn()
    {
        var (company, _, link) = await town.AskedAsync();
        var visitor = town.Visitor();
        var answer = await (await visitor.Open(link)).Submit(Form("same"));
        Assert.Equal(link, answer.Location);
        Assert.Contains("「変わりなし」と承りました", (await answer.Follow()).Text(), StringComparison.Ordinal);
        Assert.All(await town.ConfirmedAsync(company), s => Assert.Equal(town.Clock.GetUtcNow(), s.Value));
        var said = await AnswerAsync(company);
        Assert.Equal((FreshnessChoice.Same, AnsweredBy.Link), (said!.Choice, said.Way));
        Assert.Equal([ListingSection.Basic, ListingSection.Capabilities], said.Sections.Order());
        await using var db = town.Database.Open();
        Assert.All(await db.ChangeLog.Where(l => l.CompanyId == company.Id && l.At == town.Clock.GetUtcNow() && l.Entity == nameof(CompanySection)).ToListAsync(Stop),
            l => Assert.Equal("link", l.Actor));
        Assert.NotNull((await db.Set<MailedLink>().SingleAsync(l => l.Id == said.LinkId, Stop)).UsedAt);
    }

    [Fact]
    public async Task Same_AtTheSameMoment_IsOneAnswer_AndBothAreTold()
    {
        var company = await town.CompanyAsync();
        await town.NewUser(Roles.Member, company);
        await town.NewUser(Roles.Member, company);
        await town.MorningAsync();
        var links = (await town.MailsAsync(company)).ConvertAll(m => town.Link(m));
        var pages = await Task.WhenAll(links.Concat(links).Select(l => town.Visitor().Open(l)));
        var answers = await Task.WhenAll(pages.Select(p => p.Submit(Form("same"))));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.Status));
        foreach (var answer in answers)
            Assert.Contains("「変わりなし」と承りました", (await answer.Follow()).Text(), StringComparison.Ordinal);
        await using var db = town.Database.Open();
        Assert.Equal(1, await db.FreshnessAnswers.CountAsync(a => a.CompanyId == company.Id, Stop));
    }

    [Fact]
    public async Task TheSecondPerson_SeesTheFirstAnswer_WhichStays()
    {
        var company = await town.CompanyAsync();
        await town.NewUser(Roles.Member, company);
        await town.NewUser(Roles.Member, company);
        await town.MorningAsync();
        var links = (await town.MailsAsync(company)).ConvertAll(m => town.Link(m));
        var second = await town.Visitor().Open(links[1]);
        await (await town.Visitor().Open(links[0])).Submit(Form("call"), ("CallTime", "午後"));
        Assert.Contains("「電話ください」と承りました", (await (await second.Submit(Form("same"))).Follow()).Text(), StringComparison.Ordinal);
        Assert.Equal(FreshnessChoice.Call, (await AnswerAsync(company))!.Choice);
        Assert.DoesNotContain(town.Clock.GetUtcNow(), (await town.ConfirmedAsync(company)).Values.OfType<DateTimeOffset>());
    }

    [Fact]
    public async Task Same_OfAListingChangedMeanwhile_ConfirmsNothing_AndShowsTheNewOne()
    {
        var (company, _, link) = await town.AskedAsync();
        var visitor = town.Visitor();
        var page = await visitor.Open(link);
        await EditAsync(company);
        var again = await page.Submit(Form("same"));
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Contains("掲載内容が変わりました", again.Text(), StringComparison.Ordinal);
        Assert.Contains("ローレット加工", again.Text(), StringComparison.Ordinal);
        Assert.Null(await AnswerAsync(company));
        Assert.All(await town.ConfirmedAsync(company), s => Assert.NotEqual(town.Clock.GetUtcNow(), s.Value));
        // What stands there now can be confirmed.
        Assert.Equal(link, (await again.Submit(Form("same"))).Location);
    }

    [Fact]
    public async Task Same_WithAPartFilledInMeanwhile_IsAskedAgain()
    {
        var (company, _, link) = await town.AskedAsync();
        var page = await town.Visitor().Open(link);
        await town.Data.Add(new Equipment { CompanyId = company.Id, Kind = "NC旋盤" });
        Assert.Contains("掲載内容が変わりました", (await page.Submit(Form("same"))).Text(), StringComparison.Ordinal);
        Assert.Null(await AnswerAsync(company));
    }

    [Theory]
    [InlineData("Basic:1")]
    [InlineData("Basic:x")]
    [InlineData("")]
    [InlineData("Photos:0")]
    public async Task Same_OfAFormNobodyWasShown_ConfirmsNothing(string seen)
    {
        var (company, _, link) = await town.AskedAsync();
        using var content = new FormUrlEncodedContent([new("seen", seen)]);
        using var answer = await town.Visitor().PostAsync(new Uri(link + "?handler=same", UriKind.Relative), content, Stop);
        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.OK);
        Assert.Null(await AnswerAsync(company));
    }

    [Fact]
    public async Task Call_IsTodaysWork_WithTimeAndWordsWhereTheyBelong()
    {
        var (company, _, link) = await town.AskedAsync();
        await (await town.Visitor().Open(link)).Submit(Form("call"), ("CallTime", "午前"), ("CallText", "社長の田中あてに"));
        var work = Assert.Single(await town.WorkAsync(company));
        Assert.Equal(FreshnessAnswers.CallWork, work.Kind);
        Assert.Contains("午前", work.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("田中", work.Reason, StringComparison.Ordinal);
        Assert.Contains("田中", (await (await town.As(Roles.Advisor)).Open(StaffLinks.Company(company.Id))).Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("田中", (await town.Visitor().Open(link)).Body, StringComparison.Ordinal);
        // Personal words don't stand in the part of the log that is kept for ever.
        await using var db = town.Database.Open();
        Assert.DoesNotContain(await db.ChangeLog.Where(l => l.CompanyId == company.Id).Select(l => l.Cells).ToListAsync(Stop), c => c.Contains("田中", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Edit_ByOneself_GoesToTheSignInWithTheAddressFilledIn_AndIsCalledWhenNothingComesOfIt()
    {
        var (company, owner, link) = await town.AskedAsync();
        var answer = await (await town.Visitor().Open(link)).Submit(Form("edit"));
        var signIn = await answer.Follow();
        Assert.Equal(owner.Email, signIn.Document.QuerySelector("#Mail")!.GetAttribute("value"));
        Assert.DoesNotContain(owner.Email!, answer.Location, StringComparison.Ordinal);
        Assert.Contains(Uri.EscapeDataString(MyLinks.Of(MyLinks.Company, company.Id)), answer.Location, StringComparison.Ordinal);
        Assert.Equal(FreshnessChoice.Edit, (await AnswerAsync(company))!.Choice);
        // No reminder to somebody who answered.
        town.Days(13);
        await town.MorningAsync();
        Assert.Empty(await town.WorkAsync(company));
        town.Days(1);
        await town.MorningAsync();
        Assert.Contains("自分で直す", Assert.Single(await town.WorkAsync(company)).Reason, StringComparison.Ordinal);
        Assert.Single(await town.MailsAsync(company));
    }

    [Fact]
    public async Task Edit_InWords_IsTodaysWork()
    {
        var (company, _, link) = await town.AskedAsync();
        var page = await town.Visitor().Open(link);
        var empty = await page.Submit(Form("write"), ("Text", " "));
        Assert.Contains("直すところを書いてください", empty.Text(), StringComparison.Ordinal);
        var longer = await page.Submit(Form("write"), ("Text", new string('長', FreshnessAnswer.TextMax + 1)));
        Assert.Contains("1,000文字まで", longer.Text(), StringComparison.Ordinal);
        Assert.Contains(new string('長', FreshnessAnswer.TextMax + 1), longer.Body, StringComparison.Ordinal);
        await longer.Submit(Form("write"), ("Text", "従業員は15人です。\u202E<script>😀"));
        Assert.Equal("従業員は15人です。\u202E<script>😀", (await AnswerAsync(company))!.Text);
        Assert.Equal(FreshnessAnswers.EditWork, Assert.Single(await town.WorkAsync(company)).Kind);
        Assert.DoesNotContain("<script>😀", (await (await town.As(Roles.City)).Open(StaffLinks.Company(company.Id))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_OfAnotherPurpose_Expired_OrOfSomebodyWhoKeepsItNoMore_OpenNothing()
    {
        var (company, owner, link) = await town.AskedAsync();
        var key = town.Services.GetRequiredService<LinkKey>();
        var id = key.Open(LinkPurpose.Freshness, link["/c/".Length..])!.Value;
        foreach (var wrong in new[] { "/c/nothing", "/c/" + key.Token(LinkPurpose.Leave, id), "/c/" + key.Token(LinkPurpose.Freshness, id + 1) })
            Assert.Equal(HttpStatusCode.NotFound, (await town.Visitor().Open(wrong)).Status);

        var page = await town.Visitor().Open(link);
        await town.Use<TownDbContext, int>(db => db.CompanyUsers.Where(k => k.UserId == owner.Id).ExecuteDeleteAsync(Stop));
        Assert.Equal(HttpStatusCode.NotFound, (await page.Submit(Form("same"))).Status);
        Assert.Null(await AnswerAsync(company));
        await town.Data.Keeper(company, owner);
        town.Days(31 * 6);
        Assert.Equal(HttpStatusCode.NotFound, (await page.Submit(Form("same"))).Status);
        Assert.Null(await AnswerAsync(company));
    }

    [Fact]
    public async Task SomebodyElsesToken_ConfirmsOnlyTheirOwnListing()
    {
        var (mine, _, _) = await town.AskedAsync();
        var (theirs, _, link) = await town.AskedAsync();
        // The form of one page sent to another's address: the address says whose listing it is.
        await (await town.Visitor().Open(link)).Submit(Form("same"), ("company", mine.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Null(await AnswerAsync(mine));
        Assert.NotNull(await AnswerAsync(theirs));
    }

    [Theory]
    [InlineData(CompanyStatus.Left, HttpStatusCode.Gone)]
    [InlineData(CompanyStatus.Paused, HttpStatusCode.OK)]
    public async Task ACompanyThatWentAfterTheMail_IsToldSo(CompanyStatus status, HttpStatusCode answer)
    {
        var (company, _, link) = await town.AskedAsync();
        var page = await town.Visitor().Open(link);
        await SetAsync(company, status);
        Assert.Equal(answer, (await town.Visitor().Open(link)).Status);
        var said = await page.Submit(Form("same"));
        Assert.Equal(status == CompanyStatus.Left, await AnswerAsync(company) is null);
        Assert.Equal(status == CompanyStatus.Left ? HttpStatusCode.Gone : HttpStatusCode.Redirect, said.Status);
    }

    [Fact]
    public async Task WhoeverHoldsTheLink_MayAnswer_SignedInOrNot()
    {
        foreach (var role in new[] { Roles.Member, Roles.City, Roles.Buyer })
        {
            var (company, _, link) = await town.AskedAsync();
            await (await (await town.As(role)).Open(link)).Submit(Form("same"));
            Assert.NotNull(await AnswerAsync(company));
        }
    }

    [Fact]
    public async Task ConfirmedOnTheDeskBefore_TheLinkSaysSo()
    {
        var (company, _, link) = await town.AskedAsync();
        await town.Use<ListingSections, bool>(s => s.ConfirmAsync(company.Id, [new(ListingSection.Basic, 1), new(ListingSection.Capabilities, 1)], Stop));
        town.Days(1);
        await town.MorningAsync();
        Assert.Contains("もう確認していただいています", (await town.Visitor().Open(link)).Text(), StringComparison.Ordinal);
    }
}
