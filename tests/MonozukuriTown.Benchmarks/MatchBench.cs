using System.Diagnostics;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Benchmarks;

/// <summary>
/// catalog_kb_per_company: memory of the catalog beside the companies' own texts, which here belong to the demo town.
/// index_companies_per_s: the median of five builds of 10,000; index_first_… the first of the process, compiler included.
/// match_p50/p99_ms: the clock; match_cpu_p99_ms: the same by the thread's own processor time, which a busy machine doesn't stretch.
/// Reading, ranking, reasons and chains of one order, as a page asks for them, over 150, 10,000 and 100,000 companies.
/// Generated companies take each fact from another one of the demo town, under a fixed seed: copies would tie everywhere.
/// </summary>
public static class MatchBench
{
    // The first ones belong to the compiler: a server has read more orders than these before anybody measures it.
    private const int WarmRounds = 20;

    public static void Run()
    {
        var vocabulary = Vocabulary.Load(TownHome.Seeds("vocabulary"));
        var demo = JsonLines.ReadCompanies(Path.Combine(TownHome.Seeds("demo"), "companies.jsonl"));
        var orders = Orders(vocabulary);
        foreach (var size in (int[])[150, 10_000, 100_000])
        {
            var companies = size <= demo.Count ? [.. demo.Take(size)] : Resample(demo, size);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var (catalog, build) = Build(vocabulary, companies);
            var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
            var reader = new RfqReader(vocabulary) { Towns = [.. companies.Select(c => c.Town).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal)] };
            var rounds = size > 50_000 ? 6 : 20;
            List<double> times = [], cpu = [];
            for (var round = -WarmRounds; round < rounds; round++)
            {
                foreach (var order in orders)
                {
                    var from = Stopwatch.GetTimestamp();
                    var spent = ThreadClock.Measure(() => Matcher.Match(catalog, reader.Read(order)));
                    if (round < 0)
                        continue;
                    times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
                    cpu.Add(spent);
                }
            }
            times.Sort();
            cpu.Sort();
            Figures.Print($"match_p50_ms_{size}", times[times.Count / 2]);
            Figures.Print($"match_p99_ms_{size}", times[(int)(times.Count * 0.99)]);
            Figures.Print($"match_cpu_p99_ms_{size}", cpu[(int)(cpu.Count * 0.99)]);
            if (size == 10_000)
            {
                Figures.Print("catalog_kb_per_company", memory / 1024.0 / size);
                Figures.Print("index_first_companies_per_s", size / build);
                Figures.Print("index_companies_per_s", size / Figures.Median(Enumerable.Range(0, 5).Select(_ => Build(vocabulary, companies).Seconds)));
            }
            Figures.Say($"{size} companies indexed in {build:0.00} s, {orders.Count} orders matched {rounds} times");
        }
        SearchBench.Run(vocabulary, demo);
    }

    private static (CompanyCatalog Catalog, double Seconds) Build(Vocabulary vocabulary, List<CompanyFacts> companies)
    {
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        return (CompanyCatalog.Build(vocabulary, companies), Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    // Orders as buyers write them: a process, a material, sizes and a quantity in many combinations, and long mails.
    public static List<string> Orders(Vocabulary vocabulary)
    {
        var random = new Random(20260401);
        string Pick(IReadOnlyList<string> list) => list[random.Next(list.Count)];
        var processes = vocabulary.Processes.Where(p => !p.IsGroup).SelectMany(p => p.Synonyms.Take(4).Prepend(p.Name)).ToList();
        var materials = vocabulary.Materials.Select(m => m.Name).ToList();
        List<string> orders = [];
        for (var i = 0; i < 200; i++)
        {
            var text = (i % 5) switch
            {
                0 => $"{Pick(materials)} {Pick(processes)} {random.Next(10, 800)}×{random.Next(10, 400)}×{random.Next(2, 100)} {random.Next(1, 2000)}個",
                1 => $"{Pick(materials)} t{random.Next(1, 12)} {Pick(processes)}→{Pick(processes)}→{Pick(processes)} {random.Next(1, 500)}ケ/月 ISO9001あれば尚可",
                2 => $"φ{random.Next(3, 200)}×{random.Next(10, 900)} {Pick(materials)} {Pick(processes)} ±0.0{random.Next(1, 9)} {random.Next(1, 50)}本だけお願いできますか",
                3 => $"Looking for {Pick(processes)}, {Pick(materials)}, {random.Next(1, 900)} pcs, {random.Next(10, 300)}x{random.Next(10, 300)} mm",
                _ => $"お世話になっております。設備の更新にあたり部品の製作先を探しております。{Pick(materials)}の{Pick(processes)}で{random.Next(10, 900)}×{random.Next(10, 300)}、数量{random.Next(1, 300)}個、{Pick(processes)}までお願いしたいです。来月末の納入を希望します。図面はあります。ご検討よろしくお願いいたします。",
            };
            orders.Add(text);
        }
        return orders;
    }

    public static List<CompanyFacts> Resample(IReadOnlyList<CompanyFacts> demo, int size)
    {
        var random = new Random(7);
        CompanyFacts Any() => demo[random.Next(demo.Count)];
        List<CompanyFacts> companies = new(size);
        for (var i = 0; i < size; i++)
        {
            companies.Add(new()
            {
                Key = $"G{i:000000}",
                Name = Any().Name,
                Kana = Any().Kana,
                Summary = Any().Summary,
                Capabilities = Any().Capabilities,
                Materials = Any().Materials,
                Limits = Any().Limits,
                Equipment = Any().Equipment,
                Certifications = Any().Certifications,
                Industries = Any().Industries,
                Products = Any().Products,
                Town = Any().Town,
                Employees = Any().Employees,
            });
        }
        return companies;
    }
}
