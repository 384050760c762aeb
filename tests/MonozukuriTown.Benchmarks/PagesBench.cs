using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MonozukuriTown.Benchmarks;

/// <summary>
/// search_page_ratio and listing_page_ratio: requests a second of the published portal with 10,000 companies, divided by those of a bare
/// Razor page that emits the same bytes through the same encoder. Rounds take turns; the median of their ratios counts.
/// …_cpu_ratio is the same by processor time a request (the load generator's and the database's left out), for machines that do other things too.
/// </summary>
public static partial class PagesBench
{
    private const int Rounds = 5;
    private const int WarmPages = 6_000;
    private const int WarmRounds = 15;

    public static async Task RunAsync()
    {
        await ServerProcess.RunVerbAsync("migrate");
        await ServerProcess.RunVerbAsync("seed", "demo");
        await ServerProcess.RunVerbAsync("seed", "companies", "10000");
        await using var town = await ServerProcess.StartTownAsync("/companies");
        var kinds = new[] { (Figure: "search_page", Addresses: BenchPages.Searches()), (Figure: "listing_page", Addresses: await BenchPages.ListingsAsync()) };
        var folder = Directory.CreateTempSubdirectory("town-bench-").FullName;
        try
        {
            Dictionary<string, string> bodies = new(StringComparer.Ordinal);
            foreach (var (figure, addresses) in kinds)
            {
                if (addresses.Count < 500)
                    throw new InvalidOperationException($"{addresses.Count} addresses are too few for {figure}.");
                foreach (var address in addresses)
                    bodies[address] = await town.Client.GetStringAsync(new Uri(address, UriKind.Relative));
                await File.WriteAllLinesAsync(Path.Combine(folder, figure), addresses);
                Figures.Say($"{figure}: {addresses.Count} pages, {addresses.Average(a => bodies[a].Length):0} characters each");
            }
            var pages = Path.Combine(folder, "pages.json");
            await File.WriteAllTextAsync(pages, JsonSerializer.Serialize(bodies));
            await using var bare = await ServerProcess.StartBareAsync(pages, kinds[0].Addresses[0]);
            foreach (var (address, body) in bodies)
            {
                if (!string.Equals(await bare.Client.GetStringAsync(new Uri(address, UriKind.Relative)), body, StringComparison.Ordinal))
                    throw new InvalidOperationException($"The bare page of {address} is not the same.");
            }
            foreach (var (figure, _) in kinds)
                await MeasureAsync(figure, Path.Combine(folder, figure), town, bare);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(string figure, string addresses, ServerProcess town, ServerProcess bare)
    {
        await WarmAsync(town, addresses);
        await WarmAsync(bare, addresses);
        List<Round> ours = [], theirs = [];
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await AskAsync(town, addresses, 4));
            theirs.Add(await AskAsync(bare, addresses, 4));
            Figures.Say($"{figure}: {ours[^1].PerSecond:0}/s of {theirs[^1].PerSecond:0}/s, {ours[^1].CpuMs:0.000} ms of {theirs[^1].CpuMs:0.000} ms a page");
        }
        Figures.Print($"{figure}_ratio", Figures.Median(ours.Zip(theirs, (a, b) => a.PerSecond / b.PerSecond)));
        Figures.Print($"{figure}_cpu_ratio", Figures.Median(ours.Zip(theirs, (a, b) => b.CpuMs / a.CpuMs)));
        Figures.Print($"{figure}s_per_s", Figures.Median(ours.Select(r => r.PerSecond)));
        Figures.Print($"{figure}_cpu_ms", Figures.Median(ours.Select(r => r.CpuMs)));
    }

    // The first pages belong to the compiler: by number, because on a busy machine seconds say nothing.
    private static async Task WarmAsync(ServerProcess server, string addresses)
    {
        for (double asked = 0, rounds = 0; asked < WarmPages && rounds < WarmRounds; rounds++)
            asked += (await AskAsync(server, addresses, 4)).Count;
    }

    private sealed record Round(double PerSecond, double Count, double CpuMs);

    private static async Task<Round> AskAsync(ServerProcess server, string addresses, int seconds)
    {
        var start = new ProcessStartInfo("wrk",
            ["-t1", "-c8", string.Create(CultureInfo.InvariantCulture, $"-d{seconds}s"), "-s", Path.Combine(AppContext.BaseDirectory, "turns.lua"), server.Address])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["TOWN_ADDRESSES"] = addresses },
        };
        var cpu = server.CpuTime();
        using var wrk = Process.Start(start)!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        if (output.Contains("Non-2xx", StringComparison.Ordinal) || Answered().Match(output) is not { Success: true } match)
            throw new InvalidOperationException($"wrk: {output}");
        double Number(string name) => double.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
        return new(Number("rate"), Number("count"), (server.CpuTime() - cpu).TotalMilliseconds / Number("count"));
    }

    [GeneratedRegex(@"(?<count>[0-9]+) requests in .*Requests/sec:\s+(?<rate>[0-9.]+)", RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Answered();
}
