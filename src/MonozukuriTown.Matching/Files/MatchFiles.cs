using System.Globalization;

namespace MonozukuriTown.Matching;

/// <summary>The command line's work on files: no database, no settings.</summary>
public static class MatchFiles
{
    /// <summary>Matches every order of a file and writes the run.</summary>
    /// <exception cref="MatchingFileException">One sentence with file and line.</exception>
    /// <exception cref="VocabularyException">One sentence with file and line.</exception>
    public static IReadOnlyList<RunRow> Run(string companiesPath, string rfqsPath, string outPath, string vocabularyDirectory)
    {
        var rows = Match(companiesPath, rfqsPath, vocabularyDirectory, out _);
        try
        {
            File.WriteAllText(outPath, RunCsv.Write(rows));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MatchingFileException(outPath, 0, "the file can't be written");
        }
        return rows;
    }

    /// <summary>Matches every order of a file and scores the run against judgements.</summary>
    /// <exception cref="MatchingFileException">One sentence with file and line.</exception>
    /// <exception cref="VocabularyException">One sentence with file and line.</exception>
    public static Evaluation Evaluate(string companiesPath, string rfqsPath, string gradesPath, string vocabularyDirectory)
    {
        var grades = Evaluation.ReadGrades(gradesPath);
        var rows = Match(companiesPath, rfqsPath, vocabularyDirectory, out var ids);
        return Evaluation.Of(rows, grades, ids);
    }

    /// <summary>Matches orders of several steps and looks whether every step goes to a company that can do it.</summary>
    /// <exception cref="MatchingFileException">One sentence with file and line.</exception>
    /// <exception cref="VocabularyException">One sentence with file and line.</exception>
    public static ChainEvaluation EvaluateChains(string companiesPath, string rfqsPath, string chainsPath, string vocabularyDirectory)
    {
        var judged = ChainEvaluation.Read(chainsPath);
        var (catalog, reader) = Load(companiesPath, vocabularyDirectory);
        var orders = JsonLines.ReadRfqs(rfqsPath).ToDictionary(o => o.Id, StringComparer.Ordinal);
        return ChainEvaluation.Of(judged, id => orders.TryGetValue(id, out var o) ? Matcher.Match(catalog, reader.Read(o.Text, o.Form)) : null);
    }

    /// <summary>The full sum of one company for every order of a file, line by line.</summary>
    /// <exception cref="MatchingFileException">One sentence with file and line.</exception>
    /// <exception cref="VocabularyException">One sentence with file and line.</exception>
    public static IEnumerable<string> Explain(string companiesPath, string rfqsPath, string key, string vocabularyDirectory)
    {
        var (catalog, reader) = Load(companiesPath, vocabularyDirectory);
        if (catalog.Find(key) is null)
            throw new MatchingFileException(companiesPath, 0, $"no company has the id {key}");
        foreach (var order in JsonLines.ReadRfqs(rfqsPath))
        {
            yield return $"{order.Id} {order.Text}";
            if (Matcher.Explain(catalog, reader.Read(order.Text, order.Form), key) is not { } e)
            {
                yield return "  (outside the town's trades)";
                continue;
            }
            yield return $"  {e.Company.Key} {e.Company.Name}: {e.Verdict}";
            foreach (var term in e.Terms)
                yield return $"  {term}";
            yield return string.Create(CultureInfo.InvariantCulture, $"  = {e.Score:0.0000}");
            foreach (var reason in e.Reasons)
                yield return $"    {reason}";
        }
    }

    private static (CompanyCatalog Catalog, RfqReader Reader) Load(string companiesPath, string vocabularyDirectory)
    {
        var vocabulary = Vocabulary.Load(vocabularyDirectory);
        var catalog = CompanyCatalog.Build(vocabulary, JsonLines.ReadCompanies(companiesPath));
        return (catalog, new RfqReader(vocabulary) { Towns = [.. catalog.Companies.Select(c => c.Town).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal)] });
    }

    private static List<RunRow> Match(string companiesPath, string rfqsPath, string vocabularyDirectory, out IReadOnlyList<string> ids)
    {
        var (catalog, reader) = Load(companiesPath, vocabularyDirectory);
        var orders = JsonLines.ReadRfqs(rfqsPath);
        ids = [.. orders.Select(o => o.Id)];
        return [.. orders.SelectMany(o => RunCsv.Rows(o.Id, Matcher.Match(catalog, reader.Read(o.Text, o.Form))))];
    }
}
