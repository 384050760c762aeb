using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Network;
using MonozukuriTown.Matching;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Companies;

public class CatalogFeedTests(TownApp app) : IClassFixture<TownApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CatalogFeed Feed => app.Services.GetRequiredService<CatalogFeed>();

    [Fact]
    public async Task Catalog_HoldsListedCompaniesOnly()
    {
        var listed = await app.Data.Company(c => c.Listed());
        var draft = await app.Data.Company();
        await app.CatalogFollows();
        Assert.Equal(listed.Name, Held(listed)?.Name);
        Assert.Null(Held(draft));
    }

    [Fact]
    public async Task Catalog_AfterACompanyIsPaused_DropsIt()
    {
        var company = await app.Data.Company(c => c.Listed());
        await app.CatalogFollows();
        await Change(company, c => c.Status = CompanyStatus.Paused);
        await app.CatalogFollows();
        Assert.Null(Held(company));
    }

    [Fact]
    public async Task Catalog_FollowsEveryPartOfAListing()
    {
        var company = await app.Data.Company(c => c.Listed().With("旋盤加工").WithEquipment("NC旋盤"));
        var other = await app.Data.Company(c => c.Listed());
        await app.CatalogFollows();
        await using var db = app.Database.Open();

        await ExecuteAsync($"update capability set process = '歯車研削' where company_id = {company.Id}");
        await app.CatalogFollows();
        Assert.Equal("歯車研削", Held(company)!.Capabilities.Single().Process);

        await app.Data.Add(new Membership { CompanyId = company.Id, JoinedOn = new DateOnly(2020, 4, 1) });
        await app.Data.Add(new Core.Certification.Award { CompanyId = company.Id, Number = 9_001, FiscalYear = 2024 });
        await app.CatalogFollows();
        Assert.Equal((true, 9_001), (Held(company)!.NetworkMember, Held(company)!.MeisterNumber));

        await ExecuteAsync($"update membership set left_on = '2021-03-31' where company_id = {company.Id}");
        await ExecuteAsync($"delete from award where company_id = {company.Id}");
        await app.CatalogFollows();
        Assert.Equal((false, (int?)null), (Held(company)!.NetworkMember, Held(company)!.MeisterNumber));

        // A machine that moves to another company changes both.
        await ExecuteAsync($"update equipment set company_id = {other.Id} where company_id = {company.Id}");
        await app.CatalogFollows();
        Assert.Equal((0, 1), (Held(company)!.Equipment.Count, Held(other)!.Equipment.Count));

        await ExecuteAsync($"delete from company where id = {other.Id}");
        await app.CatalogFollows();
        Assert.Null(Held(other));

        async Task ExecuteAsync(FormattableString sql) => await db.Database.ExecuteSqlAsync(sql, Stop);
    }

    [Fact]
    public async Task Catalog_IsWokenByTheDatabase()
    {
        var company = await app.Data.Company(c => c.Listed());
        await app.CatalogFollows();
        await Change(company, c => c.Name = "株式会社改称");
        await Until(() => Held(company)?.Name == "株式会社改称");
    }

    [Fact]
    public async Task Catalog_OfAnEditThatCommitsLate_IsNotLost()
    {
        var late = await app.Data.Company(c => c.Listed());
        var early = await app.Data.Company(c => c.Listed());
        await app.CatalogFollows();
        // The first transaction is older, but the second commits before it, and the feed looks in between.
        await using var first = app.Database.Open();
        await using var transaction = await first.Database.BeginTransactionAsync(Stop);
        await Rename(first, late, "株式会社後着");
        await Change(early, c => c.Name = "株式会社先着");
        await app.CatalogFollows();
        Assert.Equal("株式会社先着", Held(early)?.Name);
        Assert.NotEqual("株式会社後着", Held(late)?.Name);
        await transaction.CommitAsync(Stop);
        await app.CatalogFollows();
        Assert.Equal("株式会社後着", Held(late)?.Name);
    }

    [Fact]
    public async Task Catalog_UnderWritersThatCommitInAnyOrder_EndsEqualToTheDatabase()
    {
        const int writers = 6;
        var companies = new List<Company>();
        for (var i = 0; i < writers * 2; i++)
            companies.Add(await app.Data.Company(c => c.Listed()));
        await app.CatalogFollows();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(async w =>
        {
            var random = new Random(w);
            for (var round = 0; round < 12; round++)
            {
                await using var db = app.Database.Open();
                await using var transaction = await db.Database.BeginTransactionAsync(Stop);
                // Own companies, so that nobody waits for another's row and the order of commits is free.
                await Rename(db, companies[w], $"株式会社{w}の{round}");
                if (random.Next(3) == 0)
                    await app.CatalogFollows();
                await Rename(db, companies[writers + w], $"株式会社{w}の{round}");
                await Task.Delay(random.Next(12), Stop);
                if (random.Next(5) == 0)
                    await transaction.RollbackAsync(Stop);
                else
                    await transaction.CommitAsync(Stop);
            }
        }));
        await app.CatalogFollows();
        await using var now = app.Database.Open();
        foreach (var company in companies)
            Assert.Equal((await now.Companies.SingleAsync(c => c.Id == company.Id, Stop)).Name, Held(company)?.Name);
    }

    [Fact]
    public async Task Catalog_NeverShowsHalfATransaction()
    {
        var one = await app.Data.Company(c => c.Listed());
        var two = await app.Data.Company(c => c.Listed());
        await Both(-1);
        await app.CatalogFollows();
        using var finished = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (!finished.IsCancellationRequested)
            {
                var catalog = Feed.Current;
                var name = catalog.Find(CatalogFacts.Key(one.Id))!.Name;
                Assert.Equal(name, catalog.Find(CatalogFacts.Key(two.Id))!.Name);
                seen.Add(name);
            }
            return seen.Count;
        }, Stop);
        for (var i = 0; i < 15; i++)
        {
            await Both(i);
            await app.CatalogFollows();
        }
        await finished.CancelAsync();
        Assert.InRange(await reader, 2, 16);

        async Task Both(int number)
        {
            await using var db = app.Database.Open();
            await db.Companies.Where(c => c.Id == one.Id || c.Id == two.Id)
                .ForEachAsync(c => c.Name = $"株式会社対{number}", Stop);
            await db.SaveChangesAsync(Stop);
        }
    }

    [Fact]
    public async Task Catalog_AfterItsListeningConnectionIsEnded_FollowsAgain()
    {
        var company = await app.Data.Company(c => c.Listed());
        await app.CatalogFollows();
        for (var i = 0; i < 3; i++)
        {
            await using (var db = app.Database.Open())
            {
                // Sets are ended one after the other: each time there must be a new one.
                await Until(() => db.Database.SqlQuery<bool>($"""
                    select coalesce(bool_or(pg_terminate_backend(pid)), false) as "Value" from pg_stat_activity
                    where datname = current_database() and application_name = {CatalogFeed.ListenerName}
                    """).Single());
            }
            await Change(company, c => c.Name = $"株式会社再接続{i}");
            await Until(() => Held(company)?.Name == $"株式会社再接続{i}");
        }
    }

    [Fact]
    public async Task Catalog_OfAnEditNobodyIsToldOf_FollowsByPolling()
    {
        var company = await app.Data.Company(c => c.Listed());
        await app.CatalogFollows();
        await using var owner = new TownDbContext(TownDatabase.Options(app.Database.OwnerConnection));
        await using (var transaction = await owner.Database.BeginTransactionAsync(Stop))
        {
            // What the trigger does, without its pg_notify: as if the notification had been lost on its way.
            await owner.Database.ExecuteSqlAsync($"alter table company disable trigger note_catalog_change", Stop);
            await owner.Database.ExecuteSqlAsync($"update company set name = '株式会社無言' where id = {company.Id}", Stop);
            await owner.Database.ExecuteSqlAsync($"insert into catalog_change (company_id) values ({company.Id})", Stop);
            await owner.Database.ExecuteSqlAsync($"alter table company enable trigger note_catalog_change", Stop);
            await transaction.CommitAsync(Stop);
        }
        await Until(() => Held(company)?.Name == "株式会社無言");
    }

    [Fact]
    public async Task Catalog_WhenALookBreaksOff_FindsTheEditTheNextTime()
    {
        var company = await app.Data.Company(c => c.Listed());
        await using var node = new Node(app.Database);
        await node.Feed.RefreshAsync(Stop);
        await using var locked = new TownDbContext(TownDatabase.Options(app.Database.OwnerConnection));
        await Change(company, c => c.Name = "株式会社中断");
        await using (await locked.Database.BeginTransactionAsync(Stop))
        {
            // The notes can be read, the companies not: the look ends in the middle.
            await locked.Database.ExecuteSqlAsync($"lock table equipment in access exclusive mode", Stop);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            patience.CancelAfter(300);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => node.Feed.RefreshAsync(patience.Token));
        }
        await node.Feed.RefreshAsync(Stop);
        Assert.Equal("株式会社中断", node.Feed.Current.Find(CatalogFacts.Key(company.Id))?.Name);
    }

    [Fact]
    public async Task Catalog_WithACompanyThisProgramCannotRead_FollowsTheOthers()
    {
        var odd = await app.Data.Company(c => c.Listed());
        var plain = await app.Data.Company(c => c.Listed());
        await using var node = new Node(app.Database);
        await node.Feed.RefreshAsync(Stop);
        await using var db = app.Database.Open();
        // As a newer program might have written it.
        await db.Database.ExecuteSqlAsync($"insert into company_section (company_id, section, version) values ({odd.Id}, 'Holograms', 1)", Stop);
        await Change(odd, c => c.Name = "株式会社未来");
        await Change(plain, c => c.Name = "株式会社現在");
        await node.Feed.RefreshAsync(Stop);
        Assert.Equal(odd.Name, node.Feed.Current.Find(CatalogFacts.Key(odd.Id))?.Name);
        Assert.Equal("株式会社現在", node.Feed.Current.Find(CatalogFacts.Key(plain.Id))?.Name);
        Assert.Equal([odd.Id], node.Feed.Unreadable);

        // One that starts now has no earlier facts of it, and starts all the same.
        await using var fresh = new Node(app.Database);
        await fresh.Feed.RefreshAsync(Stop);
        Assert.Null(fresh.Feed.Current.Find(CatalogFacts.Key(odd.Id)));
        Assert.Equal([odd.Id], fresh.Feed.Unreadable);

        await db.Database.ExecuteSqlAsync($"delete from company_section where company_id = {odd.Id}", Stop);
        await node.Feed.RefreshAsync(Stop);
        Assert.Equal("株式会社未来", node.Feed.Current.Find(CatalogFacts.Key(odd.Id))?.Name);
        Assert.Empty(node.Feed.Unreadable);
    }

    [Fact]
    public async Task Catalog_OfTwoNodes_IsTheSame()
    {
        var company = await app.Data.Company(c => c.Listed());
        await using var node = new Node(app.Database);
        await node.Feed.StartAsync(Stop);
        await node.Feed.WaitAsync(Stop);
        await Change(company, c => c.Name = "株式会社双子");
        await Until(() => Held(company)?.Name == "株式会社双子" && node.Feed.Current.Find(CatalogFacts.Key(company.Id))?.Name == "株式会社双子");
        await node.Feed.StopAsync(Stop);
    }

    [Fact]
    public async Task Catalog_OfThousandsOfEditsAtOnce_TakesThemInTogether()
    {
        await using var node = new Node(app.Database);
        await node.Feed.RefreshAsync(Stop);
        var (before, version) = (node.Feed.Current.Count, node.Feed.Version);
        await using var db = app.Database.Open();
        List<Company> many = [.. Enumerable.Range(0, 2_500).Select(_ => new CompanyBuilder(app.Data.Next()).Listed().With("旋盤加工").Company)];
        db.AddRange(many);
        await db.SaveChangesAsync(Stop);
        await node.Feed.RefreshAsync(Stop);
        Assert.Equal((before + 2_500, version + 1), (node.Feed.Current.Count, node.Feed.Version));
        var ids = many.ConvertAll(c => c.Id);
        await db.Database.ExecuteSqlAsync($"delete from company where id = any({ids})", Stop);
        await node.Feed.RefreshAsync(Stop);
        Assert.Equal((before, version + 2), (node.Feed.Current.Count, node.Feed.Version));
    }

    [Fact]
    public async Task Notes_OlderThanAWeek_GoByTheDatabasesClock()
    {
        await using var db = app.Database.Open();
        await db.Database.ExecuteSqlAsync($"insert into catalog_change (company_id, at) values (1, now() - interval '8 days'), (2, now() - interval '6 days')", Stop);
        // The clock of this node is weeks off.
        await using var node = new Node(app.Database, app.Clock);
        await node.Feed.RefreshAsync(Stop);
        Assert.Equal([2], await db.CatalogChanges.Where(c => c.CompanyId < 3).Select(c => c.CompanyId).ToListAsync(Stop));
    }

    [Fact]
    public async Task Notes_OfTheDatabaseThisOneWasRestoredFrom_AreDropped()
    {
        await using var db = app.Database.Open();
        await db.Database.ExecuteSqlAsync($"insert into catalog_change (company_id, xid) values (3, (pg_current_xact_id()::text::numeric + 1000000)::text::xid8)", Stop);
        await TownDatabase.MigrateAsync(app.Database.OwnerConnection, Stop);
        Assert.False(await db.CatalogChanges.AnyAsync(c => c.CompanyId == 3, Stop));
    }

    private CompanyFacts? Held(Company company) => Feed.Current.Find(CatalogFacts.Key(company.Id));

    private static async Task Until(Func<bool> done)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (!done())
            await Task.Delay(20, patience.Token);
    }

    private async Task Change(Company company, Action<Company> change)
    {
        await using var db = app.Database.Open();
        change(await db.Companies.SingleAsync(c => c.Id == company.Id, Stop));
        await db.SaveChangesAsync(Stop);
    }

    private static async Task Rename(TownDbContext db, Company company, string name)
    {
        (await db.Companies.SingleAsync(c => c.Id == company.Id, Stop)).Name = name;
        await db.SaveChangesAsync(Stop);
    }

    /// <summary>Another node on the same database: a feed with services of its own.</summary>
    private sealed class Node : IAsyncDisposable
    {
        private readonly ServiceProvider services;

        public Node(TestDatabase database, TimeProvider? clock = null)
        {
            services = new ServiceCollection().AddScoped(_ => database.Open()).BuildServiceProvider();
            Feed = new CatalogFeed(SmallVocabulary.Value, new BuiltInTextIndexBuilder(), services.GetRequiredService<IServiceScopeFactory>(),
                new TownClock(clock ?? TimeProvider.System), NullLogger<CatalogFeed>.Instance);
        }

        public CatalogFeed Feed { get; }

        public async ValueTask DisposeAsync()
        {
            await Feed.StopAsync(CancellationToken.None);
            Feed.Dispose();
            await services.DisposeAsync();
        }
    }
}
