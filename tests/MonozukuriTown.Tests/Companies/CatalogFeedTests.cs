using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Companies;

public class CatalogFeedTests(TownApp app) : IClassFixture<TownApp>
{
    private CatalogFeed Feed => app.Services.GetRequiredService<CatalogFeed>();

    [Fact]
    public async Task Catalog_HoldsListedCompaniesOnly()
    {
        var listed = await app.Data.Company(c => c.Listed());
        var draft = await app.Data.Company();
        await app.CatalogFollows();
        Assert.Equal(listed.Name, Feed.Current.Find(CatalogFacts.Key(listed.Id))?.Name);
        Assert.Null(Feed.Current.Find(CatalogFacts.Key(draft.Id)));
    }

    [Fact]
    public async Task Catalog_AfterACompanyIsPaused_DropsIt()
    {
        var company = await app.Data.Company(c => c.Listed());
        await app.CatalogFollows();
        await Change(company, c => c.Status = CompanyStatus.Paused);
        await app.CatalogFollows();
        Assert.Null(Feed.Current.Find(CatalogFacts.Key(company.Id)));
    }

    [Fact]
    public async Task Catalog_IsWokenByTheDatabase()
    {
        var company = await app.Data.Company(c => c.Listed());
        await app.CatalogFollows();
        await Change(company, c => c.Name = "株式会社改称");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        while (Feed.Current.Find(CatalogFacts.Key(company.Id))?.Name != "株式会社改称")
            await Task.Delay(20, patience.Token);
    }

    [Fact]
    public async Task Catalog_OfAnEditThatCommitsLate_IsNotLost()
    {
        var late = await app.Data.Company(c => c.Listed());
        var early = await app.Data.Company(c => c.Listed());
        await app.CatalogFollows();
        // The first transaction is older, but the second commits before it, and the feed looks in between.
        await using var first = app.Database.Open();
        await using var transaction = await first.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await Rename(first, late, "株式会社後着");
        await Change(early, c => c.Name = "株式会社先着");
        await app.CatalogFollows();
        Assert.Equal("株式会社先着", Feed.Current.Find(CatalogFacts.Key(early.Id))?.Name);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        await app.CatalogFollows();
        Assert.Equal("株式会社後着", Feed.Current.Find(CatalogFacts.Key(late.Id))?.Name);
    }

    private async Task Change(Company company, Action<Company> change)
    {
        await using var db = app.Database.Open();
        change(await db.Companies.SingleAsync(c => c.Id == company.Id, TestContext.Current.CancellationToken));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private static async Task Rename(Core.Data.TownDbContext db, Company company, string name)
    {
        (await db.Companies.SingleAsync(c => c.Id == company.Id, TestContext.Current.CancellationToken)).Name = name;
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
