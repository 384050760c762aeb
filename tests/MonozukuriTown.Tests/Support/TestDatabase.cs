using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Tests.Support;

/// <summary>A migrated database of its own for one test class: <c>class CompanyTests(TestDatabase database) : IClassFixture&lt;TestDatabase&gt;</c>.</summary>
public sealed class TestDatabase : IAsyncLifetime
{
    private string name = "";

    /// <summary>Connection string of town_app, the role the site runs as.</summary>
    public string Connection => TownCluster.Connection("town_app", name);

    public string OwnerConnection => TownCluster.Connection("town_owner", name);

    public TestData Data { get; private set; } = null!;

    /// <summary>A context without the app's services: nothing is logged in the change log.</summary>
    public TownDbContext Open() => new(TownDatabase.Options(Connection));

    public async ValueTask InitializeAsync()
    {
        name = await TownCluster.NewDatabaseAsync();
        Data = new TestData(Open);
    }

    public async ValueTask DisposeAsync() => await TownCluster.DropAsync(name);
}
