using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Mailings;

public sealed class MailHealthTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Away_ManyConnectionsAtOnce_IsOneFailureAndEachTryOneMore()
    {
        await using var house = new MailHouse(database, new ScriptedTransport());
        var health = house.Get<MailHealth>();
        for (var connection = 0; connection < 24; connection++)
            Assert.Equal((connection == 0, 1), await health.ServerAwayAsync("gone", Stop));
        await health.WaitAsync(TimeSpan.Zero, TimeProvider.System, Stop);
        Assert.Equal(MailHealth.ServerState.OnTrial, health.Server);
        Assert.Equal((false, 2), await health.ServerAwayAsync("gone", Stop));
        Assert.Equal((false, 2), await health.ServerAwayAsync("gone", Stop));
    }

    [Fact]
    public async Task Back_FoundByOne_WakesTheOthersAtOnce()
    {
        await using var house = new MailHouse(database, new ScriptedTransport());
        var health = house.Get<MailHealth>();
        await health.ServerAwayAsync("gone", Stop);
        var others = Enumerable.Range(0, 5).Select(_ => health.WaitAsync(TimeSpan.FromHours(1), TimeProvider.System, Stop)).ToList();
        Assert.All(others, wait => Assert.False(wait.IsCompleted));
        Assert.True(await health.ServerBackAsync(Stop));
        await Task.WhenAll(others).WaitAsync(TimeSpan.FromMinutes(1), Stop);
        Assert.Equal(MailHealth.ServerState.Answers, health.Server);
        // The next time it is away they wait anew.
        await health.ServerAwayAsync("gone again", Stop);
        Assert.False(health.WaitAsync(TimeSpan.FromHours(1), TimeProvider.System, Stop).IsCompleted);
    }
}
