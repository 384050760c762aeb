using MonozukuriTown.Core.Data;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Commands;

public class DatabaseAwayTests
{
    private const string Away = "Host=127.0.0.1;Port=1;Database=town;Username=town_app";

    public static TheoryData<string, string, string[]> Doors => new()
    {
        { Away, "does not answer", ["migrate"] },
        { Away, "does not answer", ["import", "redirects", TownHome.Seeds("demo", "redirects.csv")] },
        { Away, "does not answer", ["seed", "demo"] },
        { "nonsense", "ConnectionStrings:Town cannot be read", ["import", "undo"] },
        { "Database=town", "ConnectionStrings:Town cannot be read", ["migrate"] },
    };

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Command_WithoutItsDatabase_SaysSoInOneSentence(string connection, string sentence, string[] words)
    {
        var (code, output, error) = await TownCommand.RunAsync(connection, words);

        Assert.Equal(1, code);
        Assert.Contains(sentence, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Empty(output);
    }
}
