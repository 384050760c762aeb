using System.Diagnostics;
using System.Globalization;
using System.Text;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Benchmarks;

/// <summary>
/// How the catalog grows from 1,000 to 100,000 companies: time to index one, memory of one beyond its own texts, and processor time of an order and of
/// a search. Writes <c>.local/growth.svg</c> beside the figures.
/// </summary>
public static class GrowthBench
{
    private static readonly int[] Sizes = [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000];
    private static readonly string[] Queries = ["研磨", "旋盤加工", "SUS304 板金", "精密", "ISO9001 めっき"];

    private sealed record Point(int Size, double IndexUs, double Kilobytes, double MatchP50, double MatchP99, double SearchP50);

    public static void Run()
    {
        var vocabulary = Vocabulary.Load(TownHome.Seeds("vocabulary"));
        var demo = JsonLines.ReadCompanies(Path.Combine(TownHome.Seeds("demo"), "companies.jsonl"));
        var orders = MatchBench.Orders(vocabulary);
        Measure(vocabulary, demo, orders, 1_000, rounds: 20);
        var points = Sizes.Select(size => Measure(vocabulary, demo, orders, size, rounds: size > 20_000 ? 3 : 8)).ToList();
        foreach (var p in points)
        {
            Figures.Print($"growth_index_us_{p.Size}", p.IndexUs);
            Figures.Print($"growth_kb_{p.Size}", p.Kilobytes);
            Figures.Print($"growth_match_p50_ms_{p.Size}", p.MatchP50);
            Figures.Print($"growth_match_p99_ms_{p.Size}", p.MatchP99);
            Figures.Print($"growth_search_p50_ms_{p.Size}", p.SearchP50);
        }
        var file = TownHome.Local("growth.svg");
        File.WriteAllText(file, Draw(points));
        Figures.Say($"drawn in {file}");
    }

    private static Point Measure(Vocabulary vocabulary, IReadOnlyList<CompanyFacts> demo, List<string> orders, int size, int rounds)
    {
        var companies = MatchBench.Resample(demo, size);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        var catalog = CompanyCatalog.Build(vocabulary, companies);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        var reader = new RfqReader(vocabulary);
        List<double> matches = [], searches = [];
        for (var round = 0; round < rounds; round++)
        {
            matches.AddRange(orders.Select(order => ThreadClock.Measure(() => Matcher.Match(catalog, reader.Read(order)))));
            searches.AddRange(Queries.Select(q => ThreadClock.Measure(() => CompanySearch.Search(catalog, new() { Text = q }))));
        }
        matches.Sort();
        searches.Sort();
        GC.KeepAlive(companies);
        return new(size, seconds * 1e6 / size, memory / 1024.0 / size, matches[matches.Count / 2], matches[(int)(matches.Count * 0.99)], searches[searches.Count / 2]);
    }

    // Both axes by powers of ten: what grows with the number of companies is a straight line.
    private static string Draw(IReadOnlyList<Point> points)
    {
        const int left = 70, top = 30, width = 520, height = 300;
        (string Name, string Colour, string Dash, Func<Point, double> Value)[] lines =
        [
            ("order, p99 (ms)", "#b3261e", "", p => p.MatchP99), ("order, median (ms)", "#b3261e", "6 4", p => p.MatchP50), ("search, median (ms)", "#0b57d0", "", p => p.SearchP50),
            ("memory of a company (KB)", "#146c2e", "2 3", p => p.Kilobytes), ("indexing a company (0.1 ms)", "#5f6368", "8 3 2 3", p => p.IndexUs / 100),
        ];
        const double low = -2, high = 1.5;
        double X(int size) => left + width * (Math.Log10(size) - 3) / 2;
        double Y(double value) => top + height * (high - Math.Clamp(Math.Log10(Math.Max(value, 1e-9)), low, high)) / (high - low);
        var svg = new StringBuilder();
        void Add(FormattableString part) => svg.Append(part.ToString(CultureInfo.InvariantCulture)).Append('\n');
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 840 390\" font-family=\"sans-serif\" font-size=\"13\" role=\"img\" aria-label=\"Growth from 1,000 to 100,000 companies\">");
        Add($"<rect width=\"840\" height=\"390\" fill=\"#fff\"/>");
        foreach (var value in (double[])[0.01, 0.1, 1, 10])
            Add($"<path d=\"M{left} {Y(value):0.#}h{width}\" stroke=\"#ddd\"/><text x=\"{left - 8}\" y=\"{Y(value) + 4:0.#}\" text-anchor=\"end\">{value}</text>");
        foreach (var size in Sizes)
            Add($"<path d=\"M{X(size):0.#} {top}v{height}\" stroke=\"#eee\"/><text x=\"{X(size):0.#}\" y=\"{top + height + 20}\" text-anchor=\"middle\">{size / 1000}k</text>");
        Add($"<text x=\"{left + width / 2}\" y=\"{top + height + 46}\" text-anchor=\"middle\">companies</text>");
        for (var i = 0; i < lines.Length; i++)
        {
            var (name, colour, dash, value) = lines[i];
            var path = string.Join('L', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.Size):0.#} {Y(value(p)):0.#}")));
            var dashes = dash.Length > 0 ? $" stroke-dasharray=\"{dash}\"" : "";
            var y = top + 12 + i * 26;
            Add($"<path d=\"M{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dashes}/>");
            Add($"<path d=\"M610 {y}h34\" stroke=\"{colour}\" stroke-width=\"2\"{dashes}/><text x=\"650\" y=\"{y + 4}\">{name}</text>");
        }
        return svg.Append("</svg>\n").ToString();
    }
}
