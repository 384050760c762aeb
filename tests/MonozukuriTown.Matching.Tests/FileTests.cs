using System.Diagnostics;
using System.Globalization;

namespace MonozukuriTown.Matching.Tests;

public sealed class FileTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("match").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("{\"id\":\"A\",\"name\":\"A\"}\n{\"id\":\"B\",", 2)]
    [InlineData("{\"id\":\"A\"}", 1)]
    [InlineData("[1]", 1)]
    [InlineData("{\"id\":\"A\",\"name\":\"A\",\"processes\":\"旋盤\"}", 1)]
    [InlineData("{\"id\":\"A\",\"name\":\"A\",\"max_size_mm\":[1,\"x\"]}", 1)]
    [InlineData("\n\n{\"id\":\"A\",\"name\":\"A\",\"lot\":5}", 3)]
    public void ReadCompanies_BadLine_IsOneSentenceWithFileAndLine(string text, int line)
    {
        var e = Assert.Throws<MatchingFileException>(() => JsonLines.ReadCompanies(Write("firms.jsonl", text)));
        Assert.Equal(line, e.Line);
        Assert.Contains("firms.jsonl", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void ReadCompanies_MissingOrBinaryFile_IsASentence()
    {
        Assert.Throws<MatchingFileException>(() => JsonLines.ReadCompanies(Path.Combine(directory, "none")));
        Assert.Throws<MatchingFileException>(() => JsonLines.ReadCompanies(Write("b", "\0\u0001\ufffd\u0002")));
    }

    [Fact]
    public void ReadGrades_BadRow_NamesTheLine() =>
        Assert.Equal(3, Assert.Throws<MatchingFileException>(() => Evaluation.ReadGrades(Write("q.csv", "order_id,firm_id,grade\nQ1,F1,3\nQ1,F2,x\n"))).Line);

    [Fact]
    public void Rows_AtMostTwenty_AndReadableAgain()
    {
        var companies = Enumerable.Range(0, 40).Select(i => Town.Company($"K{i}", "旋盤加工")).ToArray();
        var rows = RunCsv.Rows("Q", Town.Match("旋盤加工 \"引用\", 10個", companies)).ToList();
        Assert.Equal(20, rows.Count);
        var csv = CsvRows.Read(RunCsv.Write(rows));
        Assert.Equal(21, csv.Count);
        Assert.All(csv, r => Assert.Equal(6, r.Cells.Count));
    }

    [Fact]
    public void Evaluation_OfTheSameRun_AgreesWithTheScoringScript()
    {
        // score.py is the judge outside of this repository; this is the same program, kept beside the test.
        var run = Path.Combine(directory, "run.csv");
        var (orders, grades) = (Path.Combine(Town.Data, "own-orders.jsonl"), Path.Combine(Town.Data, "own-qrels.csv"));
        var firms = Write("firms.jsonl", string.Join('\n', Enumerable.Range(1, 150).Select(i =>
            "{\"id\":\"F" + i.ToString("000", CultureInfo.InvariantCulture) + "\",\"name\":\"会社\",\"processes\":[\"" + new[] { "旋盤加工", "精密板金", "めっき", "射出成形", "レーザー切断" }[i % 5] + "\"],\"lot\":{\"min\":1,\"max\":" + (i * 10).ToString(CultureInfo.InvariantCulture) + "}}")));
        MatchFiles.Run(firms, orders, run, Path.Combine(Town.Root, "seeds", "vocabulary"));
        var ours = MatchFiles.Evaluate(firms, orders, grades, Path.Combine(Town.Root, "seeds", "vocabulary"));
        using var python = System.Diagnostics.Process.Start(new ProcessStartInfo("python3", [Path.Combine(Town.Data, "score.py"), run, grades, orders]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var theirs = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        Assert.Equal(theirs.Trim(), ours.ToString());
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(directory, name);
        File.WriteAllText(path, text);
        return path;
    }
}
