using MonozukuriTown.Core.Data;
using MonozukuriTown.Matching;
#if WITH_LUCENE
using MonozukuriTown.Lucene;
#endif

namespace MonozukuriTown.Benchmarks;

/// <summary>
/// The search box over 10,000 companies, as the page asks for it: words understood, every company met, facets counted, twenty
/// shown with highlights. Times are processor time, so that a busy machine tells the same; the two engines take turns.
/// </summary>
public static class SearchBench
{
    private const int Size = 10_000;
    private const int Rounds = 9;

    private static readonly string[] Queries =
    [
        "研磨", "旋盤", "旋盤加工", "SUS304 板金", "アルミ 切削 5軸", "ロボドリル", "α-D21MiB", "VF2", "製作所", "精密", "株式会社", "シャフト",
        "食品機械 ホッパー 溶接", "鏡面", "ISO9001 めっき", "kadoma", "かどま せいき", "精機", "laser", "門真市 プレス 金型", "樹脂 成形 試作", "歯車", "φ20 旋削", "",
    ];

    private static readonly string[] Unmet = ["旋盤加光", "ろぼどるり", "senbann", "鬼怒川精密", "mashining", "SUS3004 板金"];

    public static void Run() =>
        Run(Vocabulary.Load(TownHome.Seeds("vocabulary")), JsonLines.ReadCompanies(Path.Combine(TownHome.Seeds("demo"), "companies.jsonl")));

    public static void Run(Vocabulary vocabulary, IReadOnlyList<CompanyFacts> demo)
    {
        var companies = MatchBench.Resample(demo, Size);
        // Often enough that nothing is measured before it is compiled as it will stay.
        var small = CompanyCatalog.Build(vocabulary, demo);
        for (var i = 0; i < 60; i++)
            All(small);
        Thread.Sleep(500);
        var catalog = Build(vocabulary, companies, new BuiltInTextIndexBuilder(), "");
        var times = Measure(catalog, Queries);
        Figures.Print("search_cpu_ms_p50_10000", times[times.Count / 2]);
        Figures.Print("search_cpu_ms_max_10000", times[^1]);
        Figures.Print("search_unmet_cpu_ms_max_10000", Measure(catalog, Unmet)[^1]);
#if WITH_LUCENE
        var other = Build(vocabulary, companies, new LuceneTextIndexBuilder(), "_lucene");
        for (var i = 0; i < 5; i++)
            All(other);
        List<double> ratios = [];
        List<double> lucene = [];
        for (var round = 0; round < Rounds; round++)
        {
            var ours = ThreadClock.Measure(() => All(catalog));
            var theirs = ThreadClock.Measure(() => All(other));
            ratios.Add(ours / theirs);
            lucene.Add(theirs / Queries.Length);
        }
        Figures.Print("search_cpu_ms_mean_10000_lucene", Figures.Median(lucene));
        Figures.Print("search_vs_lucene_ratio", Figures.Median(ratios));
#else
        Figures.Say("Lucene.Net is not in the package feed: search_vs_lucene_ratio is not measured.");
#endif
    }

    private static CompanyCatalog Build(Vocabulary vocabulary, List<CompanyFacts> companies, ITextIndexBuilder engine, string suffix)
    {
        CompanyCatalog.Build(vocabulary, companies.Take(1100), engine);
        var catalog = CompanyCatalog.Build(vocabulary, [], engine);
        // Built by several threads: the time of all of them.
        var before = Environment.CpuUsage.TotalTime;
        catalog = CompanyCatalog.Build(vocabulary, companies, engine);
        var build = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
        Figures.Print($"index_companies_per_cpu_s{suffix}", Size / build * 1000);
        List<double> edits = [];
        for (var i = 0; i < Rounds; i++)
            edits.Add(ThreadClock.Measure(() => catalog.WithChanged(companies[i * 1000] with { Summary = "旋盤加工とシャフト" })));
        Figures.Print($"edit_cpu_ms{suffix}", Figures.Median(edits));
        return catalog;
    }

    // Sorted: the median of several runs of each query.
    private static List<double> Measure(CompanyCatalog catalog, string[] queries)
    {
        List<double> times = [];
        foreach (var text in queries)
        {
            var query = new SearchQuery { Text = text };
            List<double> runs = [];
            for (var round = -2; round < Rounds; round++)
            {
                var time = ThreadClock.Measure(() => CompanySearch.Search(catalog, query));
                if (round >= 0)
                    runs.Add(time);
            }
            times.Add(Figures.Median(runs));
            Figures.Say($"{times[^1],8:0.000} ms  {text} ({CompanySearch.Search(catalog, query).Total})");
        }
        times.Sort();
        return times;
    }

    private static void All(CompanyCatalog catalog)
    {
        foreach (var text in Queries)
            CompanySearch.Search(catalog, new() { Text = text });
    }
}
