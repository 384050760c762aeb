namespace MonozukuriTown.Matching.Tests;

/// <summary>
/// Short phrases as all kinds of buyers write them, and sentences that only sound like work. Each phrase names one thing or one
/// wish; what the groups are was judged by hand. A word added to the vocabulary that breaks one of them is read too widely.
/// </summary>
public sealed class PhraseTests
{
    public static TheoryData<string, string> Phrases()
    {
        var data = new TheoryData<string, string>();
        foreach (var row in Rows("phrases.csv"))
            data.Add(row[0], row[1]);
        return data;
    }

    public static TheoryData<string> Traps() => [.. Rows("traps.csv").Select(r => r[0])];

    [Theory]
    [MemberData(nameof(Phrases))]
    public void Read_Phrase_FirstStepIsOfItsTrade(string phrase, string groups)
    {
        var steps = Town.Steps(Town.Read(phrase));
        Assert.NotEmpty(steps);
        Assert.Contains(steps[0].Split('.')[0], groups.Split('|'));
    }

    [Theory]
    [MemberData(nameof(Traps))]
    public void Read_Trap_NeitherStepNorMaterial(string phrase)
    {
        var need = Town.Read(phrase);
        Assert.Empty(Town.Steps(need));
        Assert.Empty(Town.Materials(need));
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(string file) =>
        CsvRows.Read(File.ReadAllText(Path.Combine(Town.Data, file))).Skip(1).Select(r => r.Cells);
}
