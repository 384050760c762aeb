using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Commands;

public class WrongWordsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    [InlineData("nothing", "'nothing'")]
    [InlineData("seed", "demo, companies")]
    [InlineData("seed companies abc", "from 1 to")]
    [InlineData("import nothing file.csv", "'nothing'")]
    public async Task WrongWords_ExitTwo_WithOneSentence(string words, string said)
    {
        var (code, output, error) = await TownCommand.RunAsync(database, words.Split(' '));
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(said, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
