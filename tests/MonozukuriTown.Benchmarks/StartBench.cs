namespace MonozukuriTown.Benchmarks;

/// <summary>
/// start_s: from starting the published program to its first page (a search that answers 200, with the companies read), with the demo town in a
/// migrated database whose cluster runs; what deploy/start does before (publish, cluster, migrations, seeds) is not in it. start_cpu_s: the
/// processor time of the same, which a busy machine doesn't stretch. rss_mb_10000: resident memory with 10,000 companies more, after 1,200 pages.
/// </summary>
public static class StartBench
{
    public static async Task RunAsync()
    {
        await ServerProcess.RunVerbAsync("migrate");
        await ServerProcess.RunVerbAsync("seed", "demo");
        List<double> times = [], cpu = [];
        for (var i = 0; i < 7; i++)
        {
            await using var server = await ServerProcess.StartTownAsync("/companies");
            times.Add(server.StartTime.TotalSeconds);
            cpu.Add(server.StartCpuTime.TotalSeconds);
        }
        Figures.Say("start_s: the published program from its start to the first page; cluster running, schema migrated, demo town");
        Figures.Print("start_s", Figures.Median(times));
        Figures.Print("start_cpu_s", Figures.Median(cpu));

        await ServerProcess.RunVerbAsync("seed", "companies", "10000");
        await using var town = await ServerProcess.StartTownAsync("/companies");
        Figures.Print("start_s_10000", town.StartTime.TotalSeconds);
        Figures.Print("start_cpu_s_10000", town.StartCpuTime.TotalSeconds);
        foreach (var address in BenchPages.Searches().Concat(await BenchPages.ListingsAsync()))
        {
            using var answer = await town.Client.GetAsync(new Uri(address, UriKind.Relative));
            answer.EnsureSuccessStatusCode();
        }
        Figures.Print("rss_mb_10000", town.ResidentMegabytes());
    }
}
