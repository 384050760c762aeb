namespace MonozukuriTown.Matching;

internal enum MeaningKind : byte
{
    Process,
    Material,
    Certification,
    Implication,
}

internal readonly record struct Meaning(MeaningKind Kind, int Index, double Weight);

/// <summary>A word of the vocabulary with all it can mean; nothing for words that only protect from a false hit.</summary>
internal sealed class LexiconEntry(string word, string folded)
{
    /// <summary>As the file writes it.</summary>
    public string Word { get; } = word;

    public string Folded { get; } = folded;

    public List<Meaning> Meanings { get; } = [];

    /// <summary>Said of several processes without choosing (磨き): the weights tell how likely each is meant.</summary>
    public bool IsAmbiguous { get; set; }

    /// <summary>Short words must stand free: ラップ is not in スクラップ, AM is not in FRAME.</summary>
    public bool NeedsEdges { get; } = Edges(folded);

    /// <summary>Two or three Latin letters also need capitals in a sentence of Latin letters: PP, not "pp"; AS, not "as".</summary>
    public bool NeedsCapitals { get; } = folded.Length <= 3 && folded.All(FoldedText.IsLatin);

    /// <summary>ダイ is not だい: short katakana words are not looked for in hiragana.</summary>
    public bool NeedsScript { get; } = folded.Length <= 3 && word.Length > 0 && folded.All(FoldedText.IsKatakana) && !word.Any(FoldedText.IsHiragana);

    private static bool Edges(string folded) =>
        folded.All(FoldedText.IsKatakana) && folded.Length <= 3;
}

/// <summary>All words of the vocabulary in one trie. Built once, then only read.</summary>
internal sealed class Lexicon
{
    private readonly Dictionary<(int Node, char Next), int> edges = [];
    private readonly List<LexiconEntry?> entries = [null];

    public int Count { get; private set; }

    public LexiconEntry GetOrAdd(string word)
    {
        var folded = FoldedText.Fold(word.Trim());
        var node = 0;
        foreach (var c in folded)
        {
            if (!edges.TryGetValue((node, c), out var next))
            {
                next = entries.Count;
                entries.Add(null);
                edges.Add((node, c), next);
            }
            node = next;
        }
        if (entries[node] is { } found)
            return found;
        Count++;
        var entry = new LexiconEntry(word.Trim(), folded);
        entries[node] = entry;
        return entry;
    }

    public int Step(int node, char c) => edges.TryGetValue((node, c), out var next) ? next : -1;

    public LexiconEntry? At(int node) => entries[node];
}
