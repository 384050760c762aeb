using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Companies;

public class ReindexTests(TownApp app) : IClassFixture<TownApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reindex_OfAnEditThatLeftNoNote_SaysSoAndMendsIt()
    {
        var renamed = await app.Data.Company(c => c.Listed());
        var paused = await app.Data.Company(c => c.Listed());
        var draft = await app.Data.Company();
        await app.CatalogFollows();
        var equal = await RunAsync();
        Assert.True(equal.Code == 0, equal.Out + equal.Error);
        Assert.Contains("すべてデータベースと同じです", equal.Out, StringComparison.Ordinal);

        await UnseenAsync($"""
            update company set name = '株式会社無音' where id = {renamed.Id};
            update company set status = 'Paused' where id = {paused.Id};
            update company set status = 'Listed' where id = {draft.Id};
            """);
        await app.CatalogFollows();
        Assert.NotEqual("株式会社無音", Held(renamed)?.Name);

        var mended = await RunAsync();
        Assert.True(mended.Code == 3, mended.Out + mended.Error);
        Assert.Contains($"会社 {renamed.Id} 株式会社無音：検索の内容が違います", mended.Out, StringComparison.Ordinal);
        Assert.Contains($"会社 {paused.Id} {paused.Name}：掲載中ではないのに、検索に出ます", mended.Out, StringComparison.Ordinal);
        Assert.Contains($"会社 {draft.Id} {draft.Name}：掲載中なのに、検索に出ません", mended.Out, StringComparison.Ordinal);
        Assert.Contains("違っていた3社を読み直させました", mended.Out, StringComparison.Ordinal);
        Assert.Equal(("株式会社無音", (string?)null, draft.Name), (Held(renamed)?.Name, Held(paused)?.Name, Held(draft)?.Name));
        Assert.Equal(0, (await RunAsync()).Code);
    }

    [Fact]
    public async Task Reindex_OfATableNobodyWatches_SaysHowToMendIt()
    {
        await using var owner = new TownDbContext(TownDatabase.Options(app.Database.OwnerConnection));
        await owner.Database.ExecuteSqlAsync($"drop trigger note_catalog_change on award", Stop);
        var run = await RunAsync();
        Assert.True(run.Code == 1, run.Out + run.Error);
        Assert.Contains("次の表の変更は検索に伝わりません：award。deploy/town migrate", run.Out, StringComparison.Ordinal);
        await TownDatabase.MigrateAsync(app.Database.OwnerConnection, Stop);
        Assert.Equal(0, (await RunAsync()).Code);
    }

    [Fact]
    public async Task Tables_AreThoseTheTriggersWatch()
    {
        await using var db = app.Database.Open();
        var watched = await db.Database.SqlQuery<string>($"""
            select tgrelid::regclass::text as "Value" from pg_trigger where tgname = 'note_catalog_change'
            """).ToListAsync(Stop);
        Assert.Equal(CatalogCheck.Tables.Order(StringComparer.Ordinal), watched.Order(StringComparer.Ordinal));
    }

    private Matching.CompanyFacts? Held(Company company) =>
        app.Services.GetRequiredService<CatalogFeed>().Current.Find(CatalogFacts.Key(company.Id));

    // As after a restore without triggers, or a hand that switched them off.
    private async Task UnseenAsync(string sql)
    {
        await using var owner = new TownDbContext(TownDatabase.Options(app.Database.OwnerConnection));
        await using var transaction = await owner.Database.BeginTransactionAsync(Stop);
        await owner.Database.ExecuteSqlRawAsync("alter table company disable trigger note_catalog_change", Stop);
        await owner.Database.ExecuteSqlRawAsync(sql, Stop);
        await owner.Database.ExecuteSqlRawAsync("alter table company enable trigger note_catalog_change", Stop);
        await transaction.CommitAsync(Stop);
    }

    private Task<(int Code, string Out, string Error)> RunAsync() => TownCommand.RunAsync(app.Database, "reindex");
}
