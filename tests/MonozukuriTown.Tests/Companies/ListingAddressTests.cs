using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Tests.Mailings;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Companies;

public class ListingAddressTests(TownApp app) : IClassFixture<TownApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Both have begun, and neither has written, when the row is let go.</summary>
    private async Task<T[]> AtOnce<T>(Company company, params Func<ListingAddress, Task<T>>[] people)
    {
        await using var db = app.Database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(Stop);
        await db.Database.ExecuteSqlAsync($"select from company where id = {company.Id} for update", Stop);
        var all = Task.WhenAll(people.Select(app.Use));
        // Outside the transaction: inside one, what others do is looked up once and stays so.
        await using var watch = app.Database.Open();
        await MailHouse.UntilAsync(async () => all.IsCompleted || await watch.Database.SqlQuery<int>(
            $"select count(*)::int as \"Value\" from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'").SingleAsync(Stop) >= people.Length, "both wait");
        await transaction.CommitAsync(Stop);
        return await all;
    }

    [Fact]
    public async Task TwoClerksAtOnce_OneChangesTheStatus_TheOtherIsToldSo()
    {
        var company = await app.Data.Company(c => c.Listed());
        var done = await AtOnce(company,
            a => a.SetStatusAsync(company.Id, CompanyStatus.Listed, CompanyStatus.Paused, "休業の届け", Stop),
            a => a.SetStatusAsync(company.Id, CompanyStatus.Listed, CompanyStatus.Paused, "電話で聞いた", Stop));
        Assert.Equal([false, true], done.Order());
        await using var db = app.Database.Open();
        Assert.Equal(1, await db.ChangeLog.CountAsync(e => e.CompanyId == company.Id, Stop));
    }

    [Fact]
    public async Task TwoClerksAtOnce_MoveItTwice_AndBothOldAddressesGoOn()
    {
        var company = await app.Data.Company(c => c.Listed());
        var slugs = new[] { $"{company.Slug}-a", $"{company.Slug}-b" };
        Assert.All(await AtOnce(company, a => a.MoveAsync(company.Id, slugs[0], Stop), a => a.MoveAsync(company.Id, slugs[1], Stop)), Assert.Null);
        await using var db = app.Database.Open();
        var now = (await db.Companies.SingleAsync(c => c.Id == company.Id, Stop)).Slug;
        Assert.Equal(slugs.Append(company.Slug).Where(s => s != now).Order(), (await db.OldSlugs.Where(s => s.CompanyId == company.Id).Select(s => s.Slug).ToListAsync(Stop)).Order());
    }
}
