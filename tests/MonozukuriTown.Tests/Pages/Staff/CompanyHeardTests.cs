using System.Net;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Confirming;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Tests.Companies.Confirming;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Pages.Staff;

/// <summary>What staff heard on a visit, by telephone or on a 返信票, and the 返信票 itself.</summary>
public class CompanyHeardTests(FreshnessTown town) : IClassFixture<FreshnessTown>
{
    private const string Form = "form[action*=Heard]";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<TestPage> OpenAsync(Company company, string role = Roles.Advisor) => await (await town.As(role)).Open(StaffLinks.Company(company.Id));

    private Task<List<FreshnessAnswer>> AnswersAsync(Company company) =>
        town.Use<TownDbContext, List<FreshnessAnswer>>(db => db.FreshnessAnswers.AsNoTracking().Where(a => a.CompanyId == company.Id).OrderBy(a => a.Id).ToListAsync(Stop));

    private string Today => town.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(Roles.Admin)]
    [InlineData(Roles.City)]
    [InlineData(Roles.Advisor)]
    public async Task ACall_ConfirmsWhatStoodOnThePage_AndAnswersTheMail(string role)
    {
        var (company, _, link) = await town.AskedAsync();
        var answer = await (await OpenAsync(company, role)).Submit(Form, ("Heard.Way", "Phone"), ("Heard.Who", "田中さん"));
        Assert.Equal(StaffLinks.Company(company.Id) + "#freshness", answer.Location);
        Assert.All(await town.ConfirmedAsync(company), s => Assert.Equal(town.Clock.GetUtcNow(), s.Value));
        var said = Assert.Single(await AnswersAsync(company));
        Assert.Equal((AnsweredBy.Phone, FreshnessChoice.Same, "田中さん"), (said.Way, said.Choice, said.Who));
        Assert.NotNull(said.EnteredBy);
        Assert.NotNull((await town.RequestsAsync(company)).Single().ClosedAt);
        Assert.Contains("「変わりなし」と承りました", (await town.Visitor().Open(link)).Text(), StringComparison.Ordinal);
        town.Days(20);
        await town.MorningAsync();
        Assert.Single(await town.MailsAsync(company));
    }

    [Fact]
    public async Task AVisitOfLastWeek_CountsFromThatDay_AndNeverTakesBackALaterOne()
    {
        var company = await town.CompanyAsync();
        var visit = TownClock.DateOf(town.Clock.GetUtcNow()).AddDays(-7);
        await town.Use<ListingSections, bool>(s => s.ConfirmAsync(company.Id, [new(ListingSection.Basic, 1)], Stop));
        await (await OpenAsync(company)).Submit(Form, ("Heard.Way", "Visit"), ("Heard.On", visit.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        var confirmed = await town.ConfirmedAsync(company);
        Assert.Equal((town.Clock.GetUtcNow(), TownClock.At(visit)), (confirmed[ListingSection.Basic]!.Value, confirmed[ListingSection.Capabilities]!.Value));
    }

    [Fact]
    public async Task SomethingToPutRight_IsTodaysWork_AndOnlyTheTickedPartsAreConfirmed()
    {
        var (company, _, _) = await town.AskedAsync();
        var page = await OpenAsync(company);
        // The browser sends what is ticked; here one of two.
        var answer = await page.Submit(Form, ("Heard.Way", "Fax"), ("Heard.Parts", "Basic:1"), ("Heard.Words", "旋盤は2台になった"));
        Assert.NotNull(answer.Location);
        var confirmed = await town.ConfirmedAsync(company);
        Assert.Equal(town.Clock.GetUtcNow(), confirmed[ListingSection.Basic]);
        Assert.NotEqual(town.Clock.GetUtcNow(), confirmed[ListingSection.Capabilities]);
        Assert.Equal(FreshnessAnswers.EditWork, Assert.Single(await town.WorkAsync(company)).Kind);
        Assert.Contains("旋盤は2台になった", (await OpenAsync(company)).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangedSinceThePageWasOpened_NothingIsConfirmed()
    {
        var company = await town.CompanyAsync();
        var page = await OpenAsync(company);
        await town.Use<TownDbContext, int>(db => db.CompanySections.Where(s => s.CompanyId == company.Id && s.Section == ListingSection.Capabilities)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.Version, x => x.Version + 1), Stop));
        var again = await (await page.Submit(Form, ("Heard.Way", "Phone"))).Follow();
        Assert.Contains("そのあいだに掲載内容が変わりました", again.Text(), StringComparison.Ordinal);
        Assert.Empty(await AnswersAsync(company));
        Assert.DoesNotContain(town.Clock.GetUtcNow(), (await town.ConfirmedAsync(company)).Values.OfType<DateTimeOffset>());
    }

    [Theory]
    [InlineData("", "", "", "どうやって聞いたか")]
    [InlineData("Link", "", "", "どうやって聞いたか")]
    [InlineData("Phone", "2099-01-01", "", "今日までの日")]
    [InlineData("Phone", "2020-01-01", "", "今日までの日")]
    [InlineData("Phone", "きのう", "", "今日までの日")]
    [InlineData("Phone", "", "長", "60文字まで")]
    public async Task Wrong_IsASentence_AndWhatWasTypedStays(string way, string on, string who, string sentence)
    {
        var company = await town.CompanyAsync();
        var page = await (await OpenAsync(company)).Submit(Form, ("Heard.Way", way), ("Heard.On", on.Length == 0 ? Today : on),
            ("Heard.Who", string.Concat(Enumerable.Repeat(who, FreshnessAnswer.WhoMax + 1))), ("Heard.Words", "直すところ"));
        Assert.Contains(sentence, page.Text(".error-summary"), StringComparison.Ordinal);
        Assert.Contains("直すところ", page.Document.QuerySelector("[name='Heard.Words']")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await AnswersAsync(company));
    }

    [Fact]
    public async Task NobodyButStaff_Records()
    {
        var company = await town.CompanyAsync();
        var (owner, editor, other) = (await town.NewUser(Roles.Member, company), await town.NewUser(Roles.Member, company), await town.NewUser(Roles.Member, await town.CompanyAsync()));
        await town.Use<TownDbContext, int>(db => db.CompanyUsers.Where(k => k.UserId == editor.Id).ExecuteUpdateAsync(k => k.SetProperty(x => x.Kind, CompanyUserKind.Editor), Stop));
        foreach (var user in new[] { owner, editor, other })
        {
            var browser = await town.As(user);
            foreach (var address in new[] { StaffLinks.Company(company.Id), StaffLinks.Sheet(company.Id) })
                Assert.Equal(HttpStatusCode.Forbidden, (await browser.Open(address)).Status);
        }
        Assert.Contains(AccountLinks.SignIn, (await town.Visitor().Open(StaffLinks.Sheet(company.Id))).Location, StringComparison.Ordinal);
        Assert.Empty(await AnswersAsync(company));
    }

    [Fact]
    public async Task ASheet_IsMadeOnce_AndItsCodeOpensThePage()
    {
        var company = await town.CompanyAsync(monthsAgo: 1);
        var browser = await town.As(Roles.City);
        var first = await browser.Open(StaffLinks.Sheet(company.Id));
        Assert.Null(first.Document.QuerySelector("svg.qr"));
        Assert.Empty(await town.RequestsAsync(company));
        Assert.Equal(StaffLinks.Sheet(company.Id), (await first.Submit("main form")).Location);
        var sheet = await first.Submit("main form");
        Assert.NotNull((await sheet.Follow()).Document.QuerySelector("svg.qr path"));
        var request = Assert.Single(await town.RequestsAsync(company));
        Assert.Equal(AskedBy.Paper, request.Way);

        // Answered on paper; a new one the same day is another.
        await (await OpenAsync(company)).Submit(Form, ("Heard.Way", "Fax"));
        Assert.Null((await browser.Open(StaffLinks.Sheet(company.Id))).Document.QuerySelector("svg.qr"));
        await (await browser.Open(StaffLinks.Sheet(company.Id))).Submit("main form");
        Assert.Equal(2, (await town.RequestsAsync(company)).Count);
        Assert.NotNull((await browser.Open(StaffLinks.Sheet(company.Id))).Document.QuerySelector("svg.qr"));
    }
}
