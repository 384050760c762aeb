using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Work;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Pages.Staff;

public class AuditTests(TownApp app) : IClassFixture<TownApp>
{
    private async Task<Company> Changed()
    {
        var company = await app.Data.Company(c => c.Listed());
        await app.Use<TownDbContext, int>(async db =>
        {
            var row = await db.Companies.SingleAsync(c => c.Id == company.Id);
            (row.Status, row.Employees, row.Representative) = (CompanyStatus.Paused, 21, "代表 花子");
            return await db.SaveChangesAsync();
        });
        return company;
    }

    [Fact]
    public async Task Log_SaysCellByCell_WithoutWhatIsPersonal()
    {
        var company = await Changed();
        var page = await (await app.As(Roles.City)).Open($"{StaffLinks.Audit}?company={company.Id}&entity=Company&day=2026-10-28");
        var row = page.Text("tbody tr");
        Assert.Contains("令和8年10月28日", row, StringComparison.Ordinal);
        Assert.Contains("掲載状態： 掲載中→ 休止中", row, StringComparison.Ordinal);
        Assert.Contains("従業員： 21", row, StringComparison.Ordinal);
        Assert.DoesNotContain("代表 花子", page.Body, StringComparison.Ordinal);
        Assert.Contains("個人の情報を見る", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_OfTodaysWork_SaysWhatToDo_AndNoNamesOfOurOwn()
    {
        var company = await app.Data.Company(c => c.Listed());
        await app.Use<TownDbContext, int>(db =>
        {
            db.Add(new WorkItem { CompanyId = company.Id, Kind = "listing.stale", Subject = "subject-1", Reason = "掲載を確かめる", Due = new(2026, 10, 30), OpenedAt = app.Clock.GetUtcNow(), Link = "/staff/companies/1" });
            return db.SaveChangesAsync();
        });
        var row = (await (await app.As(Roles.City)).Open($"{StaffLinks.Audit}?company={company.Id}&entity=WorkItem")).Text("tbody tr");
        Assert.Contains("すること： 掲載を確かめる", row, StringComparison.Ordinal);
        Assert.Contains("期限： 令和8年10月30日", row, StringComparison.Ordinal);
        Assert.DoesNotContain("listing.stale", row, StringComparison.Ordinal);
        Assert.DoesNotContain("/staff/", row, StringComparison.Ordinal);
        Assert.DoesNotContain("subject-1", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_OfARowWithoutAMoment_SaysNone()
    {
        var company = await app.Data.Company(c => c.Listed());
        await app.Use<TownDbContext, int>(db =>
        {
            db.Add(new WorkItem { CompanyId = company.Id, Kind = "listing.stale", Subject = "subject-2", Reason = "掲載を確かめる", Due = new(2026, 10, 30) });
            return db.SaveChangesAsync();
        });
        var row = (await (await app.As(Roles.City)).Open($"{StaffLinks.Audit}?company={company.Id}&entity=WorkItem")).Text("tbody tr");
        Assert.Contains("すること： 掲載を確かめる", row, StringComparison.Ordinal);
        Assert.DoesNotContain(" 1年", row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("entity=Capability")]
    [InlineData("day=2026-10-27")]
    public async Task Log_FilteredToSomethingElse_IsEmpty(string filter)
    {
        var company = await Changed();
        Assert.Contains("この条件の記録はありません", (await (await app.As(Roles.Admin)).Open($"{StaffLinks.Audit}?company={company.Id}&{filter}")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_ADayThatIsNone_SaysHowToWriteIt() =>
        Assert.Contains("日付は", (await (await app.As(Roles.City)).Open($"{StaffLinks.Audit}?day=きのう")).Text(".error-summary"), StringComparison.Ordinal);

    [Fact]
    public async Task Personal_WithAReason_IsShown_AndTheViewingIsOnRecord()
    {
        var company = await Changed();
        var browser = await app.As(Roles.City);
        var page = await browser.Open($"{StaffLinks.Audit}?company={company.Id}");
        var refused = await page.Submit("main form[method=post]", ("reason", "  "));
        Assert.Contains("見る理由を書いてください", refused.Text(".error-summary"), StringComparison.Ordinal);
        Assert.DoesNotContain("代表 花子", refused.Body, StringComparison.Ordinal);

        var shown = await page.Submit("main form[method=post]", ("reason", "本人からの開示の求め"));
        Assert.Contains("代表者： 代表 花子", shown.Text("tbody .notice"), StringComparison.Ordinal);
        await using var db = app.Database.Open();
        var viewing = await db.ChangeLog.SingleAsync(e => e.CompanyId == company.Id && e.Kind == ChangeKind.Viewed, TestContext.Current.CancellationToken);
        Assert.Equal(("本人からの開示の求め", (await app.UserOf(Roles.City)).Id), (viewing.Reason, viewing.UserId!.Value));
        Assert.Contains("閲覧", (await browser.Open($"{StaffLinks.Audit}?company={company.Id}")).Text("tbody"), StringComparison.Ordinal);
    }

    /// <summary>A field that gets into the log has a word there.</summary>
    [Fact]
    public void Words_AreThereForEveryFieldOfACompany()
    {
        using var db = app.Database.Open();
        var entities = db.Model.GetEntityTypes().Where(e => e.ClrType == typeof(Company) || e.ClrType.IsAssignableTo(typeof(ICompanyRecord)) || e.ClrType == typeof(TownUser));
        List<string> missing = [];
        foreach (var entity in entities.Where(e => e.FindAnnotation("Town:Unlogged") is null))
        {
            var name = entity.ClrType.Name;
            if (ChangeWords.Entity(name) == name)
                missing.Add(name);
            var properties = entity.GetProperties().Where(p => !p.IsShadowProperty() && !p.IsPrimaryKey() && p.FindAnnotation("Town:Unlogged") is null).Select(p => p.Name)
                .Concat(entity.GetComplexProperties().SelectMany(c => c.ComplexType.GetProperties().Select(p => $"{c.Name}.{p.Name}")));
            missing.AddRange(properties.Where(p => !ChangeWords.IsSilent(name, p) && ChangeWords.Property(name, p) is null).Select(p => $"{name}.{p}"));
        }
        Assert.True(missing.Count == 0, "ChangeWords lacks: " + string.Join(", ", missing));
    }
}
