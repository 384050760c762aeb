using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Companies;

public class ListingSectionsTests(TownApp app) : IClassFixture<TownApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Before => app.Clock.GetUtcNow().AddMonths(-13);

    private Task<Company> Shop() => app.Data.Company(c => c.Listed().With("旋盤加工").Confirmed(ListingSection.Basic, Before));

    private async Task SavedByAnother(Company company)
    {
        await using var db = app.Database.Open();
        (await db.CompanySections.SingleAsync(s => s.CompanyId == company.Id, Stop)).Version++;
        await db.SaveChangesAsync(Stop);
    }

    /// <summary>What the scope goes on to save is its own; nothing of the refused confirmation goes with it.</summary>
    private async Task AssertOnlyTheNextThingIsSaved(TownDbContext db, Company company)
    {
        (await db.Companies.SingleAsync(c => c.Id == company.Id, Stop)).Summary = "次の保存";
        await db.SaveChangesAsync(Stop);
        await using var now = app.Database.Open();
        var section = await now.CompanySections.SingleAsync(s => s.CompanyId == company.Id, Stop);
        Assert.Equal((2, Before), (section.Version, section.ConfirmedAt!.Value));
        var log = await now.ChangeLog.SingleAsync(e => e.CompanyId == company.Id, Stop);
        Assert.Equal((nameof(Company), ChangeKind.Changed), (log.Entity, log.Kind));
    }

    [Fact]
    public async Task Confirm_OneOfTwoWasChanged_LeavesNothingToSave()
    {
        var company = await Shop();
        await SavedByAnother(company);
        await using var scope = app.Services.CreateAsyncScope();
        var sections = scope.ServiceProvider.GetRequiredService<ListingSections>();
        Assert.False(await sections.ConfirmAsync(company.Id, [new(ListingSection.Capabilities, 0), new(ListingSection.Basic, 1)], Stop));
        await AssertOnlyTheNextThingIsSaved(scope.ServiceProvider.GetRequiredService<TownDbContext>(), company);
    }

    [Fact]
    public async Task Confirm_ChangedBetweenReadingAndSaving_LeavesNothingToSave()
    {
        var company = await Shop();
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TownDbContext>();
        // Read by this scope before the other's save: the rows in hand say 1, the database says 2.
        Assert.Single(await db.CompanySections.Where(s => s.CompanyId == company.Id).ToListAsync(Stop));
        await SavedByAnother(company);
        var sections = scope.ServiceProvider.GetRequiredService<ListingSections>();
        Assert.False(await sections.ConfirmAsync(company.Id, [new(ListingSection.Capabilities, 0), new(ListingSection.Basic, 1)], Stop));
        await AssertOnlyTheNextThingIsSaved(db, company);
    }
}
