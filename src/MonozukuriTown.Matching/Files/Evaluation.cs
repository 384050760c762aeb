using System.Globalization;

namespace MonozukuriTown.Matching;

/// <summary>
/// How good a run is against graded judgements (3 ideal, 2 can, 1 a part). nDCG@10 with gain 2^grade − 1 and discount
/// 1/log2(rank + 1) (Järvelin and Kekäläinen 2002); NaN where there is nothing to take a mean of.
/// </summary>
public sealed record Evaluation
{
    public required int Orders { get; init; }

    public required double Ndcg10 { get; init; }

    public required double Recall10 { get; init; }

    public required double Mrr { get; init; }

    public required double WrongFirst { get; init; }

    public required double Nobody { get; init; }

    public required double Fits3 { get; init; }

    public required double Fits0 { get; init; }

    /// <summary>nDCG@10 of each order that has a grade, worst first.</summary>
    public required IReadOnlyList<(string RfqId, double Ndcg10)> PerOrder { get; init; }

    public static Evaluation Of(IEnumerable<RunRow> run, IReadOnlyDictionary<string, Dictionary<string, int>> grades, IEnumerable<string> rfqIds)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(grades);
        ArgumentNullException.ThrowIfNull(rfqIds);
        var byOrder = run.GroupBy(r => r.RfqId, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.OrderBy(r => r.Rank).ThenBy(r => r.CompanyKey, StringComparer.Ordinal).DistinctBy(r => r.CompanyKey, StringComparer.Ordinal).ToList(), StringComparer.Ordinal);
        var per = new List<(string, double)>();
        List<double> recall = [], mrr = [], nobody = [];
        int orders = 0, wrong = 0, doable = 0, g3 = 0, g3Fits = 0, fits = 0, fits0 = 0;
        foreach (var id in rfqIds)
        {
            orders++;
            var grade = grades.GetValueOrDefault(id) ?? [];
            var ranked = byOrder.GetValueOrDefault(id) ?? [];
            var said = ranked.Where(r => r.Verdict == Verdict.Fits).Select(r => r.CompanyKey).ToHashSet(StringComparer.Ordinal);
            var good = grade.Count(g => g.Value >= 2);
            g3 += grade.Count(g => g.Value == 3);
            g3Fits += grade.Count(g => g.Value == 3 && said.Contains(g.Key));
            fits += said.Count;
            fits0 += said.Count(k => grade.GetValueOrDefault(k) == 0);
            if (good == 0)
                nobody.Add(said.Count > 0 ? 0 : 1);
            if (grade.Count == 0)
                continue;
            var dcg = ranked.Take(10).Select((r, i) => Gain(grade.GetValueOrDefault(r.CompanyKey)) / Math.Log2(i + 2)).Sum();
            var ideal = grade.Values.OrderDescending().Take(10).Select((g, i) => Gain(g) / Math.Log2(i + 2)).Sum();
            per.Add((id, ideal > 0 ? dcg / ideal : 0));
            if (good == 0)
                continue;
            doable++;
            recall.Add(ranked.Take(10).Count(r => grade.GetValueOrDefault(r.CompanyKey) >= 2) / (double)Math.Min(good, 10));
            var first = ranked.FindIndex(r => grade.GetValueOrDefault(r.CompanyKey) >= 2);
            mrr.Add(first < 0 ? 0 : 1.0 / (first + 1));
            if (ranked.Count == 0 || grade.GetValueOrDefault(ranked[0].CompanyKey) == 0)
                wrong++;
        }
        return new()
        {
            Orders = orders,
            Ndcg10 = Mean(per.ConvertAll(p => p.Item2)),
            Recall10 = Mean(recall),
            Mrr = Mean(mrr),
            WrongFirst = doable > 0 ? wrong / (double)doable : double.NaN,
            Nobody = Mean(nobody),
            Fits3 = g3 > 0 ? g3Fits / (double)g3 : double.NaN,
            Fits0 = fits > 0 ? fits0 / (double)fits : 0,
            PerOrder = [.. per.OrderBy(p => p.Item2)],
        };
    }

    /// <summary>The line that the scoring script prints.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"orders={Orders} ndcg10={Four(Ndcg10)} recall10={Four(Recall10)} mrr={Four(Mrr)} wrong_first={Four(WrongFirst)} nobody={Four(Nobody)} fits3={Four(Fits3)} fits0={Four(Fits0)}");

    /// <summary>Reads judgements: <c>order_id,firm_id,grade</c>.</summary>
    /// <exception cref="MatchingFileException">Not there, or a row that is none.</exception>
    public static IReadOnlyDictionary<string, Dictionary<string, int>> ReadGrades(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MatchingFileException(path, 0, e is FileNotFoundException or DirectoryNotFoundException ? "the file is not there" : "the file can't be read");
        }
        var rows = CsvRows.Read(text);
        if (rows.Count == 0 || rows[0].Cells is not ["order_id", "firm_id", "grade"])
            throw new MatchingFileException(path, 1, "the header order_id,firm_id,grade was expected");
        var grades = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        foreach (var row in rows.Skip(1))
        {
            if (row.Cells.Count != 3 || !int.TryParse(row.Cells[2], NumberStyles.None, CultureInfo.InvariantCulture, out var grade) || grade > 3)
                throw new MatchingFileException(path, row.Line, "an order, a company and a grade from 0 to 3 were expected");
            if (!grades.TryGetValue(row.Cells[0], out var order))
                grades.Add(row.Cells[0], order = new(StringComparer.Ordinal));
            order[row.Cells[1]] = grade;
        }
        return grades;
    }

    private static string Four(double value) => double.IsNaN(value) ? "nan" : value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static double Gain(int grade) => (1 << grade) - 1;

    private static double Mean(List<double> values) => values.Count > 0 ? values.Average() : double.NaN;
}
