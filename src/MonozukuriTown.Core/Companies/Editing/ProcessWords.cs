using MonozukuriTown.Matching;

namespace MonozukuriTown.Core.Companies.Editing;

/// <summary>Which process of the vocabulary a company's word is. Where the word leaves that open, the company is asked, once a word.</summary>
internal sealed class ProcessWords(Vocabulary vocabulary)
{
    /// <summary>The cell that holds what was chosen, and for which word: <c>cut.turn=旋盤</c>; <c>=旋盤</c> is "none of them, as it is".</summary>
    public const string Chosen = "chosen";

    private const int Offered = 8;

    public static string Mark(string? processId, string word) => $"{processId}={word}";

    public Action<Capability>? Read(RowText row, SectionProblems problems)
    {
        var word = new Imports.Cell(row["process"]).Written;
        if (word.Length == 0)
            return null;
        var chosen = row[Chosen];
        var end = chosen.IndexOf('=', StringComparison.Ordinal);
        if (end >= 0 && string.Equals(new Imports.Cell(chosen[(end + 1)..]).Written, word, StringComparison.Ordinal)
            && (end == 0 || vocabulary.FindProcess(chosen[..end]) is not null))
        {
            var id = end == 0 ? null : chosen[..end];
            return c => c.ProcessId = id;
        }
        var read = vocabulary.ReadProcesses(word);
        if (read is [var process])
            return c => c.ProcessId = process.Id;
        var near = read.Count > 0 ? read : vocabulary.NearProcesses(word, Offered);
        var name = row.NameOf("process");
        problems.Add(name, read.Count > 0 ? $"「{word}」は、いくつかの加工に使う言葉です。どの加工か選んでください。"
            : near.Count > 0 ? $"「{word}」に当たる加工を見つけられません。近いものを選ぶか、言葉のまま載せてください。"
            : $"「{word}」に当たる加工を見つけられません。ほかの言い方にするか、言葉のまま載せてください。");
        problems.Choices.TryAdd(row.NameOf(Chosen),
            [.. near.Take(Offered).Select(p => (Mark(p.Id, row["process"].Trim()), p.Name)), (Mark(null, row["process"].Trim()), "どれでもない（言葉のまま載せる）")]);
        return null;
    }
}
