using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Work;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Pages.Staff;

public class HandOverTests(TownApp app) : IClassFixture<TownApp>
{
    private const string Form = "form[action*=HandOver]";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<WorkItem> Work(TownUser owner, bool done = false) => await app.Data.Add(new WorkItem
    {
        Kind = "test",
        Subject = $"{app.Data.Next()}",
        Reason = "確かめる",
        Due = new(2026, 10, 28),
        OwnerId = owner.Id,
        OpenedAt = app.Clock.GetUtcNow(),
        ClosedAt = done ? app.Clock.GetUtcNow() : null,
    });

    private async Task<Guid?> OwnerOf(WorkItem item)
    {
        await using var db = app.Database.Open();
        return await db.WorkItems.Where(w => w.Id == item.Id).Select(w => w.OwnerId).SingleAsync(Stop);
    }

    private async Task<TestPage> Open(TownUser user) => await (await app.As(Roles.Admin)).Open(StaffLinks.Account(user.Id));

    private async Task<bool> IsLocked(TownUser user) =>
        await app.Use<UserManager<TownUser>, bool>(async users => await users.IsLockedOutAsync((await users.FindByEmailAsync(user.Email!))!));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AllThatIsOpen_GoesToAColleague_InOneStep(bool thenLock)
    {
        var (leaving, colleague, third) = (await app.NewUser(Roles.Advisor), await app.NewUser(Roles.City), await app.NewUser(Roles.City));
        WorkItem[] open = [await Work(leaving), await Work(leaving)];
        var (done, others) = (await Work(leaving, done: true), await Work(third));
        var page = await Open(leaving);
        Assert.Contains("済んでいない仕事を2件担当しています", page.Text("[aria-labelledby=handover]"), StringComparison.Ordinal);
        var said = (await (await page.Submit(Form, ("to", colleague.Id.ToString()), ("thenLock", thenLock ? "true" : null))).Follow()).Text();
        Assert.Contains($"2件の仕事を、{colleague.DisplayName}さんに引き継ぎました。", said, StringComparison.Ordinal);
        foreach (var item in open)
            Assert.Equal(colleague.Id, await OwnerOf(item));
        Assert.Equal((leaving.Id, third.Id), ((await OwnerOf(done))!.Value, (await OwnerOf(others))!.Value));
        Assert.Equal(thenLock, await IsLocked(leaving));
        await using var db = app.Database.Open();
        Assert.Equal(2, await db.ChangeLog.CountAsync(e => e.Entity == nameof(WorkItem) && open.Select(o => o.Id.ToString()).Contains(e.EntityId), Stop));
    }

    [Fact]
    public async Task ToNobody_OrToSomebodyWhoIsNoStaff_ChangesNothing()
    {
        var (leaving, member) = (await app.NewUser(Roles.City), await app.NewUser(Roles.Member));
        var item = await Work(leaving);
        foreach (var to in new[] { "", member.Id.ToString(), leaving.Id.ToString(), "x" })
        {
            var answer = await (await Open(leaving)).Submit(Form, ("to", to), ("thenLock", "true"));
            Assert.Contains("引き継ぐ人を一覧から選んでください", (await answer.Follow()).Text(), StringComparison.Ordinal);
        }
        Assert.Equal(leaving.Id, await OwnerOf(item));
        Assert.False(await IsLocked(leaving));
    }

    [Fact]
    public async Task WhoOwnsNothing_HasNothingToHandOver()
    {
        Assert.Contains("担当している仕事は、いまありません", (await Open(await app.NewUser(Roles.City))).Text("[aria-labelledby=handover]"), StringComparison.Ordinal);
        Assert.Null((await Open(await app.NewUser(Roles.Buyer))).Document.QuerySelector("[aria-labelledby=handover]"));
    }
}
