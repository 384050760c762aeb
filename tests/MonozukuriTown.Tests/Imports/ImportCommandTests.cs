using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Imports;

public class ImportCommandTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private Task<(int Code, string Out, string Error)> RunAsync(params string[] args) => TownCommand.RunAsync(database, ["import", .. args]);

    [Fact]
    public async Task Demo_ComesInTwiceWithoutDoubles_AndGoesAgain()
    {
        var file = TownHome.Seeds("demo", "companies.jsonl");
        var check = await RunAsync("companies", file);
        Assert.True(check.Code == 0, check.Error);
        Assert.Contains("新しい 196、変わる 0、変わらない 0、取り込めない 0", check.Out, StringComparison.Ordinal);
        Assert.Contains("--apply", check.Out, StringComparison.Ordinal);
        await using var db = database.Open();
        Assert.Equal(0, await db.Companies.CountAsync(TestContext.Current.CancellationToken));

        Assert.Contains("取り込みました", (await RunAsync("companies", file, "--apply")).Out, StringComparison.Ordinal);
        foreach (var (kind, name) in ((string, string)[])[("members", "members.csv"), ("awards", "meisters.csv"), ("redirects", "redirects.csv")])
        {
            var run = await RunAsync(kind, TownHome.Seeds("demo", name), "--apply");
            Assert.True(run.Code == 0, run.Out + run.Error);
        }
        Assert.Equal((196, 69), (await db.Companies.CountAsync(TestContext.Current.CancellationToken), await db.Awards.CountAsync(TestContext.Current.CancellationToken)));
        Assert.Contains("変わるところはありません", (await RunAsync("companies", file, "--apply")).Out, StringComparison.Ordinal);
        for (var n = 0; n < 4; n++)
            Assert.Equal(0, (await RunAsync("undo")).Code);
        Assert.Equal(0, await db.Companies.CountAsync(TestContext.Current.CancellationToken));
        Assert.Contains("ありません", (await RunAsync("undo")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongWords_ExitTwo_BadFilesOne()
    {
        Assert.Equal(2, (await RunAsync("companies")).Code);
        Assert.Equal(2, (await RunAsync("nonsense")).Code);
        Assert.Equal(2, (await RunAsync("companies", "/no/such/file")).Code);
        var picture = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.csv");
        await File.WriteAllBytesAsync(picture, [0x89, 0x50, 0x4E, 0x47], TestContext.Current.CancellationToken);
        try
        {
            var run = await RunAsync("companies", picture);
            Assert.Equal(1, run.Code);
            Assert.Contains("PNG", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
            await File.WriteAllTextAsync(picture, "会社名\n\"あ\n", TestContext.Current.CancellationToken);
            Assert.Equal(1, (await RunAsync("companies", picture)).Code);
        }
        finally
        {
            File.Delete(picture);
        }
    }
}
