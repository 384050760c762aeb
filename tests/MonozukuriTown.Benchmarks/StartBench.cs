namespace MonozukuriTown.Benchmarks;

/// <summary>start_s: a started process to its first page, with the demo town. rss_mb_10000: resident memory with 10,000 companies after some traffic.</summary>
public static class StartBench
{
    public static async Task RunAsync()
    {
        await ServerProcess.RunVerbAsync("migrate");
        await ServerProcess.RunVerbAsync("seed", "demo");
        List<double> times = [];
        for (var i = 0; i < 5; i++)
        {
            await using var server = await ServerProcess.StartTownAsync("/companies");
            times.Add(server.StartTime.TotalSeconds);
        }
        Figures.Print("start_s", Figures.Median(times));

        await ServerProcess.RunVerbAsync("seed", "companies", "10000");
        await using var town = await ServerProcess.StartTownAsync("/companies");
        foreach (var address in BenchPages.Searches().Concat(await BenchPages.ListingsAsync()))
        {
            using var answer = await town.Client.GetAsync(new Uri(address, UriKind.Relative));
            answer.EnsureSuccessStatusCode();
        }
        Figures.Print("rss_mb_10000", town.ResidentMegabytes());
    }
}
