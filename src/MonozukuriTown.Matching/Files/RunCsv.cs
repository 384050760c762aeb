using System.Globalization;
using System.Text;

namespace MonozukuriTown.Matching;

/// <summary>One row of a run: an order's company with its verdict.</summary>
public sealed record RunRow(string RfqId, int Rank, string CompanyKey, double Score, Verdict Verdict, string Reasons);

/// <summary>Run files: <c>rfq_id,rank,firm_id,score,verdict,reasons</c>.</summary>
public static class RunCsv
{
    public const string Header = "rfq_id,rank,firm_id,score,verdict,reasons";

    /// <summary>The rows of one result: the ranked companies, then those that are ruled out, at most <paramref name="limit"/>.</summary>
    public static IEnumerable<RunRow> Rows(string rfqId, MatchResult result, int limit = 20)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Matches.Concat(result.Excluded).Take(limit).Select((m, i) =>
            new RunRow(rfqId, i + 1, m.Company.Key, m.Score, m.Verdict, string.Join(" / ", m.Reasons)));
    }

    public static string Write(IEnumerable<RunRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var b = new StringBuilder().Append(Header).Append('\n');
        foreach (var r in rows)
        {
            b.Append(CsvRows.Write(
            [
                r.RfqId, r.Rank.ToString(CultureInfo.InvariantCulture), r.CompanyKey, r.Score.ToString("0.#####", CultureInfo.InvariantCulture),
                r.Verdict.ToString().ToLowerInvariant(), r.Reasons,
            ])).Append('\n');
        }
        return b.ToString();
    }
}
