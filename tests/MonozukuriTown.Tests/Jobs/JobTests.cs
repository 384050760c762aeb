using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Jobs;
using MonozukuriTown.Tests.Mailings;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Jobs;

/// <summary>Nodes of one town that share its timed jobs: what the tests of them stand on.</summary>
public abstract class JobTests : IAsyncLifetime
{
    private readonly TestDatabase database = new();

    protected TestClock Clock { get; } = new();

    protected JobScript Script { get; } = new();

    private protected List<MailHouse> Houses { get; } = [];

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => database.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var house in Houses)
            await house.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A node of the town: its own services on the one database.</summary>
    protected JobRunner Node(TestClock? its = null)
    {
        var house = new MailHouse(database, new ScriptedTransport(), more: services =>
        {
            services.AddSingleton<TimeProvider>(its ?? Clock);
            services.AddSingleton(Script);
            services.AddScoped(_ =>
            {
                Script.BeforeLock?.Invoke().GetAwaiter().GetResult();
                return new Actor();
            });
            services.AddScoped<TimedJobs>();
            services.AddJobRunner();
            services.AddJob<ScriptedJob>();
            services.AddJob<RoundJob>();
        });
        Houses.Add(house);
        return house.Get<JobRunner>();
    }

    protected TownDbContext Open() => database.Open();

    protected Task<T> With<T>(Func<TimedJobs, TownDbContext, Task<T>> act) =>
        Houses[0].InScope(services => act(services.GetRequiredService<TimedJobs>(), services.GetRequiredService<TownDbContext>()));

    protected Task<int> AddAsync(string subject, DateTimeOffset? due = null) => With(async (jobs, db) =>
    {
        await jobs.AddAsync<ScriptedJob>(subject, due ?? Clock.GetUtcNow(), Stop);
        return await db.SaveChangesAsync(Stop);
    });

    protected async Task<TimedJob> RowAsync(string subject)
    {
        await using var db = Open();
        return await db.Set<TimedJob>().SingleAsync(j => j.Subject == subject, Stop);
    }

    protected async Task<int> EffectsAsync(string subject)
    {
        await using var db = Open();
        return await db.WorkItems.CountAsync(w => w.Kind == ScriptedJob.Kind && w.Subject.StartsWith(subject + "/"), Stop);
    }

    protected async Task RunAllAsync(JobRunner node)
    {
        while (await node.RunNextAsync(Stop))
            Assert.True(Script.Begun.Count < 500, "it never ends");
    }

    protected async Task SqlAsync(string sql)
    {
        await using var db = Open();
#pragma warning disable EF1002 // Words of the tests only.
        await db.Database.ExecuteSqlRawAsync(sql, Stop);
#pragma warning restore EF1002
    }
}
