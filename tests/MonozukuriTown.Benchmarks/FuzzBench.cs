using MonozukuriTown.Core.Data;
using MonozukuriTown.Matching;
using MonozukuriTown.Matching.Tests;

namespace MonozukuriTown.Benchmarks;

/// <summary>
/// 100,000 broken orders against the demo town, and some thousand as long as may be that say one word over and over.
/// fuzz_failures: those that threw; fuzz_max_ms: the longest, by processor time;
/// fuzz_memory_growth_mb: what the second half of them left behind. Ends with 1 when an order threw, one took 50 ms, or memory grew.
/// </summary>
public static class FuzzBench
{
    private const int Orders = 100_000;

    /// <summary>Every twentieth word of the vocabulary is said over and over.</summary>
    private const int Every = 20;

    private const double LongestMs = 50;
    private const double MostGrowthMb = 2;

    public static int Run()
    {
        var vocabulary = Vocabulary.Load(TownHome.Seeds("vocabulary"));
        var catalog = CompanyCatalog.Build(vocabulary, JsonLines.ReadCompanies(Path.Combine(TownHome.Seeds("demo"), "companies.jsonl")));
        var reader = new RfqReader(vocabulary);
        var orders = new OrderFuzz(vocabulary, seed: 20261125);
        var failures = 0;
        (double Ms, string Order) longest = (0, "");
        List<double> times = new(Orders * 2);
        long half = 0;
        foreach (var (i, order) in Enumerable.Range(0, Orders).Select(_ => orders.Next()).Concat(orders.Repetitions(each: Every)).Index())
        {
            if (i == Orders / 2)
                half = GC.GetTotalMemory(forceFullCollection: true);
            var ms = ThreadClock.Measure(() =>
            {
                try
                {
                    Matcher.Match(catalog, reader.Read(order));
                }
                // Whatever it is: the sort of failure is what is looked for.
                catch (Exception e)
                {
                    failures++;
                    Figures.Say($"order {i}: {e}");
                }
            });
            times.Add(ms);
            // The first ones belong to the compiler.
            if (i > Orders / 100 && ms > longest.Ms)
                longest = (ms, order);
        }
        times.Sort();
        var growth = (GC.GetTotalMemory(forceFullCollection: true) - half) / 1048576.0;
        Figures.Say($"{times.Count} orders; the slowest had {longest.Order.Length} characters: {longest.Order[..Math.Min(60, longest.Order.Length)]}");
        Figures.Print("fuzz_failures", failures);
        Figures.Print("fuzz_p50_ms", times[times.Count / 2]);
        Figures.Print("fuzz_max_ms", longest.Ms);
        Figures.Print("fuzz_memory_growth_mb", growth);
        return failures > 0 || longest.Ms > LongestMs || growth > MostGrowthMb ? 1 : 0;
    }
}
