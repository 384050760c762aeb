namespace MonozukuriTown.Matching;

/// <summary>An index into a list of the vocabulary with how well it stands for what was asked (0 to 1).</summary>
public readonly record struct Weighted(int Index, double Weight);

/// <summary>A process. Two levels: groups (切削) have no parent, leaves (旋盤加工) have one.</summary>
public sealed record Process
{
    public required int Index { get; init; }

    /// <summary><c>cut</c> or <c>cut.turn</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Index of the group; -1 for a group.</summary>
    public required int Parent { get; init; }

    public required string Name { get; init; }

    public required string English { get; init; }

    public required IReadOnlyList<string> Synonyms { get; init; }

    /// <summary>What a company that has this process can usually do as well, with how surely.</summary>
    public IReadOnlyList<Weighted> Covers { get; init; } = [];

    public bool IsGroup => Parent < 0;
}

/// <summary>A material, in a tree of families: SUS304 → オーステナイト系 → ステンレス → 鉄鋼.</summary>
public sealed record Material
{
    public required int Index { get; init; }

    public required string Id { get; init; }

    /// <summary>Index of the family; -1 at the top.</summary>
    public required int Parent { get; init; }

    public required string Name { get; init; }

    public required string English { get; init; }

    public required IReadOnlyList<string> Synonyms { get; init; }
}

/// <summary>A certification or registration: ISO9001, JIS Q 9100, 溶接管理技術者.</summary>
public sealed record Certification
{
    public required int Index { get; init; }

    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required string English { get; init; }

    public required IReadOnlyList<string> Synonyms { get; init; }
}

/// <summary>What a machine says about the company that owns it. Models are matched by their beginning.</summary>
/// <param name="Envelope">What fits on it; null where it is not known or differs within the series.</param>
public sealed record Machine(
    string Maker, IReadOnlyList<string> MakerSynonyms, string ModelPrefix, string Kind, IReadOnlyList<Weighted> Processes, LimitFacts? Envelope = null);

/// <summary>What a word implies without saying it: an object, a problem, a use.</summary>
public sealed record Implication
{
    public required string Word { get; init; }

    public required IReadOnlyList<string> Synonyms { get; init; }

    /// <summary><c>object</c>, <c>problem</c>, <c>use</c>, …; what it is called in the vocabulary file.</summary>
    public required string Kind { get; init; }

    public required IReadOnlyList<Weighted> Processes { get; init; }

    public required IReadOnlyList<int> Materials { get; init; }

    public required IReadOnlyList<int> Certifications { get; init; }

    public required double Confidence { get; init; }

    public required string Because { get; init; }
}

/// <summary>A vocabulary file that can't be used: the message names file and line.</summary>
public sealed class VocabularyException(string file, int line, string problem)
    : Exception($"{file}:{line}: {problem}")
{
    public string File { get; } = file;

    public int Line { get; } = line;
}
