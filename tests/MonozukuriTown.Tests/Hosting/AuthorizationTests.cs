using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace MonozukuriTown.Tests.Hosting;

/// <summary>Every endpoint of the running portal × every role, against authorization.csv.</summary>
public class AuthorizationTests(TownDoors town) : IClassFixture<TownDoors>
{
    [Fact]
    public async Task EveryWayIn_AsEveryRole_AnswersAsTheTableSays()
    {
        var table = AuthorizationTable.Read();
        List<string> wrong = [];
        foreach (var group in town.Entrances.GroupBy(e => e.Name, StringComparer.Ordinal))
        {
            table.Rows.TryGetValue(group.Key, out var row);
            foreach (var entrance in group)
            {
                var seen = await Try(entrance);
                if (row is null)
                    wrong.Add($"No row for {entrance.Method} {town.Address(entrance)}. If this is what it should be, add: {seen}");
                else if (!string.Equals(row.ToString(), seen.ToString(), StringComparison.Ordinal))
                    wrong.Add($"{entrance.Pattern}{Environment.NewLine}  table: {row}{Environment.NewLine}  now:   {seen}");
            }
        }
        wrong.AddRange(table.Rows.Keys.Except(town.Entrances.Select(e => e.Name), StringComparer.Ordinal).Select(name => $"A row without a way in, take it out: {name}"));
        Assert.True(wrong.Count == 0, $"Columns: {AuthorizationTable.Heading}{Environment.NewLine}{string.Join(Environment.NewLine, wrong)}");
    }

    [Fact]
    public void Table_IsSorted_AndHasNoWordOfItsOwn()
    {
        var table = AuthorizationTable.Read();
        string[] words = ["ok", "signin", "400", "403", "404", "410"];
        Assert.All(table.Rows.Values, row => Assert.All(row.Answers, answer => Assert.Contains(answer, words)));
        Assert.Equal(table.Rows.Keys.OrderBy(Place, StringComparer.Ordinal), table.Rows.Keys);
    }

    [Fact]
    public void StaticAssets_AreOpenToEverybody()
    {
        var assets = town.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is not null).ToList();
        Assert.NotEmpty(assets);
        Assert.All(assets, asset => Assert.NotNull(asset.Metadata.GetMetadata<IAllowAnonymous>()));
    }

    [Theory]
    [InlineData("GET", "/there/is/no/such/page")]
    [InlineData("GET", "/staff/there/is/no/such/page")]
    [InlineData("POST", "/there/is/no/such/page")]
    public async Task AnAddressOfNothing_IsNotFound(string method, string address)
    {
        foreach (var role in AuthorizationTable.Visitors)
        {
            using var answer = await town.Knock(role, method, address);
            Assert.Equal("404", TownDoors.Said(answer));
        }
    }

    private async Task<AuthorizationTable.Row> Try(Entrance entrance)
    {
        var token = "-";
        if (entrance.Method is not "GET")
        {
            // Whoever is let in, a form without its token changes nothing.
            List<string> bare = [];
            foreach (var visitor in AuthorizationTable.Visitors)
            {
                using var answer = await town.Knock(visitor, entrance, withToken: false);
                bare.Add(TownDoors.Said(answer));
            }
            // (Sent to sign in, though signed in: the handler ran.)
            token = bare.Exists(said => said is "ok" or "404") || bare.TrueForAll(said => said is "signin") ? "open" : "required";
        }
        List<string> answers = [];
        foreach (var visitor in AuthorizationTable.Visitors)
        {
            using var answer = await town.Knock(visitor, entrance);
            answers.Add(TownDoors.Said(answer));
        }
        return new(entrance.Name, token, answers);
    }

    private static string Place(string name) => string.Join(' ', name.Split(' ', 2).Reverse());
}
