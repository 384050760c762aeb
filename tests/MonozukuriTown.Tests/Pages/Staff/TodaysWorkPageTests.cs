using System.Net;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Work;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Pages.Staff;

public class TodaysWorkPageTests(TownApp app) : IClassFixture<TownApp>
{
    private static readonly DateOnly Today = new(2026, 10, 28);

    private async Task<WorkItem> Item(Company? company, string reason, DateOnly? due = null, Guid? owner = null) => await app.Data.Add(new WorkItem
    {
        Kind = "test",
        Subject = app.Data.Next().ToString(),
        Reason = reason,
        Due = due ?? Today,
        CompanyId = company?.Id,
        OwnerId = owner,
        OpenedAt = app.Clock.GetUtcNow(),
    });

    private async Task<WorkItem> Saved(WorkItem item)
    {
        await using var db = app.Database.Open();
        return await db.WorkItems.SingleAsync(w => w.Id == item.Id, TestContext.Current.CancellationToken);
    }

    private static string Row(WorkItem first) => $"#w{first.Id}";

    [Fact]
    public async Task Get_SeveralReasonsOfOneCompany_AreOneRow_LateFirst()
    {
        var company = await app.Data.Company(c => c.Listed().Set(x => x.Tel = "06-0000-0031"));
        var late = await Item(company, "引き合いに回答がありません", Today.AddDays(-2));
        await Item(company, "加工対応範囲が空です", Today.AddDays(9));
        var page = await (await app.As(Roles.City)).Open(StaffLinks.AllWork);
        var text = page.Text(Row(late));
        Assert.Contains(company.Name, text, StringComparison.Ordinal);
        Assert.Contains("2日過ぎています", text, StringComparison.Ordinal);
        Assert.Contains("引き合いに回答がありません 加工対応範囲が空です", text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector($"{Row(late)}.work-late a[href='tel:0600000031']"));
        Assert.Equal(Row(late), "#" + page.Document.QuerySelector(".work-list > li")!.Id);
    }

    [Fact]
    public async Task Get_SomebodyElsesWork_IsOnlyUnderEverybody()
    {
        var other = await app.NewUser(Roles.Advisor);
        var theirs = await Item(await app.Data.Company(), "ほかの人の仕事", owner: other.Id);
        var nobodys = await Item(await app.Data.Company(), "だれの仕事でもない");
        var browser = await app.As(Roles.City);
        var mine = await browser.Open(StaffLinks.Desk);
        Assert.Null(mine.Document.QuerySelector(Row(theirs)));
        Assert.NotNull(mine.Document.QuerySelector(Row(nobodys)));
        Assert.NotNull((await browser.Open(StaffLinks.AllWork)).Document.QuerySelector(Row(theirs)));
    }

    [Fact]
    public async Task Done_ClosesWhatWasSeen_AndNothingThatCameMeanwhile()
    {
        var company = await app.Data.Company();
        var seen = await Item(company, "一つ目");
        var page = await (await app.As(Roles.City)).Open(StaffLinks.AllWork);
        var meanwhile = await Item(company, "あとから来た", Today.AddDays(1));
        var done = await page.Submit($"{Row(seen)} form[action*=Done]");
        Assert.Equal(StaffLinks.AllWork, done.Location);
        Assert.Contains("済みにしました", (await done.Follow()).Text(), StringComparison.Ordinal);
        Assert.NotNull((await Saved(seen)).ClosedAt);
        Assert.Null((await Saved(meanwhile)).ClosedAt);
        await using var db = app.Database.Open();
        var log = await db.ChangeLog.Where(e => e.Entity == nameof(WorkItem) && e.EntityId == seen.Id.ToString())
            .SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal((company.Id, (await app.UserOf(Roles.City)).Id), (log.CompanyId!.Value, log.UserId!.Value));
        Assert.Contains("すでに済み", (await (await page.Submit($"{Row(seen)} form[action*=Done]")).Follow()).Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-10-28")]
    [InlineData("2020-01-01")]
    [InlineData("2030-01-01")]
    [InlineData("きのう")]
    [InlineData("")]
    public async Task Later_OnADayThatIsNone_SaysWhichAre(string day)
    {
        var item = await Item(await app.Data.Company(), "あとで");
        var page = await (await app.As(Roles.City)).Open(StaffLinks.Desk);
        var answer = await (await page.Submit($"{Row(item)} form[action*=Later]", ("day", day))).Follow();
        Assert.Contains("令和8年10月29日（木）から1年", answer.Text(), StringComparison.Ordinal);
        Assert.Equal(Today, (await Saved(item)).Due);
    }

    [Fact]
    public async Task Later_MovesTheDay()
    {
        var item = await Item(await app.Data.Company(), "あとで");
        var page = await (await app.As(Roles.City)).Open(StaffLinks.Desk);
        await page.Submit($"{Row(item)} form[action*=Later]", ("day", "2026-11-04"));
        Assert.Equal(new DateOnly(2026, 11, 4), (await Saved(item)).Due);
    }

    [Fact]
    public async Task Later_OnADayTheTownHallIsClosed_IsDueWhenItOpensAndSaysSo()
    {
        var item = await Item(await app.Data.Company(), "あとで");
        var page = await (await app.As(Roles.City)).Open(StaffLinks.Desk);
        var answer = await (await page.Submit($"{Row(item)} form[action*=Later]", ("day", "2026-11-22"))).Follow();
        Assert.Contains("令和8年11月24日（火）に、また知らせます。", answer.Text(), StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2026, 11, 24), (await Saved(item)).Due);
    }

    [Fact]
    public async Task Assign_ToAColleague_ButNobodyElse()
    {
        var advisor = await app.UserOf(Roles.Advisor);
        var item = await Item(await app.Data.Company(), "担当");
        var page = await (await app.As(Roles.City)).Open(StaffLinks.AllWork);
        var member = await app.UserOf(Roles.Member);
        await page.Submit($"{Row(item)} form[action*=Assign]", ("owner", member.Id.ToString()));
        Assert.Null((await Saved(item)).OwnerId);
        await page.Submit($"{Row(item)} form[action*=Assign]", ("owner", advisor.Id.ToString()));
        Assert.Equal(advisor.Id, (await Saved(item)).OwnerId);
    }

    [Theory]
    [InlineData(Roles.Member)]
    [InlineData(Roles.Buyer)]
    public async Task Get_NotStaff_IsForbidden(string role) =>
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.As(role)).Open(StaffLinks.Desk)).Status);

    [Fact]
    public async Task Get_Anonymous_SignsInFirst() => Assert.Contains("/account/signin?back=%2Fstaff", (await app.Visitor().Open(StaffLinks.Desk)).Location, StringComparison.Ordinal);
}

public class DeskFiguresTests(TownApp app) : IClassFixture<TownApp>
{
    [Fact]
    public async Task Get_CountsRows_AndSaysAsOfWhen()
    {
        var fresh = app.Clock.GetUtcNow().AddMonths(-2);
        await app.Data.Company(c => c.Listed().Set(x => x.City = "試験市").Confirmed(ListingSection.Basic, fresh).Member().Awarded());
        await app.Data.Company(c => c.Listed().Set(x => x.City = "試験市北区").Confirmed(ListingSection.Basic, app.Clock.GetUtcNow().AddMonths(-13)));
        // A part confirmed lately does not make the rest fresh.
        await app.Data.Company(c => c.Listed().With("旋盤加工").Confirmed(ListingSection.Basic, fresh).Member(since: new(2026, 10, 29)));
        await app.Data.Company(c => c.Member(left: new(2026, 10, 28)));
        var figures = (await (await app.As(Roles.Advisor)).Open(StaffLinks.Desk)).Text(".meters");
        Assert.Contains("掲載中の会社（市内）2社", figures.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("掲載中の会社（市外も含む）3社", figures.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("会員1社", figures.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("全部を1年以内に確認した掲載1社／3社（33%）", figures.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("令和8年10月28日", (await (await app.As(Roles.Advisor)).Open(StaffLinks.Desk)).Text("#figures"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NothingToDo_SaysWhatComesHere() =>
        Assert.Contains("今日やることはありません", (await (await app.As(Roles.City)).Open(StaffLinks.Desk)).Text(".empty"), StringComparison.Ordinal);
}
