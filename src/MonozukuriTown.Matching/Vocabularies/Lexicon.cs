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
    public bool NeedsCapitals { get; private set; } = folded.Length <= 3 && folded.All(FoldedText.IsLatin);

    /// <summary>ダイ is not だい: short katakana words are not looked for in hiragana.</summary>
    public bool NeedsScript { get; private set; } = folded.Length <= 3 && word.Length > 0 && folded.All(FoldedText.IsKatakana) && !word.Any(FoldedText.IsHiragana);

    /// <summary>おり, わな: two kana of hiragana are a word only where no other hiragana but a particle stands beside them.</summary>
    public bool NeedsFreeKana { get; } = folded.Length <= 2 && folded.All(FoldedText.IsKatakana);

    /// <summary>Written in katakana throughout, two characters or more.</summary>
    public bool IsKatakana { get; } = folded.Length > 1 && folded.All(FoldedText.IsKatakana) && !word.Any(FoldedText.IsHiragana);

    /// <summary>軸, 箱: one kanji is a word only where no other kanji or figure stands beside it.</summary>
    public bool NeedsFreeHan { get; } = folded.Length == 1 && FoldedText.IsHan(folded[0]);

    /// <summary>かご beside カゴ, pom beside POM: the row says that it is written in hiragana or in small letters as well.</summary>
    public void AlsoWritten(string other)
    {
        NeedsScript &= !other.Any(FoldedText.IsHiragana);
        NeedsCapitals &= !other.Any(char.IsAsciiLetterLower);
    }

    private static bool Edges(string folded) =>
        folded.All(FoldedText.IsKatakana) && folded.Length <= 3;
}

/// <summary>All words of the vocabulary in one trie. Built once, then only read.</summary>
internal sealed class Lexicon
{
    private readonly List<LexiconEntry?> entries = [null];

    // Open addressing over (node, character): a step of the scan is one multiplication and seldom more than one look.
    private ulong[] keys = new ulong[1 << 12];
    private int[] nodes = new int[1 << 12];
    private int used;

    public int Count { get; private set; }

    public IEnumerable<LexiconEntry> Entries => entries.OfType<LexiconEntry>();

    public LexiconEntry GetOrAdd(string word)
    {
        var folded = FoldedText.Fold(word.Trim());
        var node = 0;
        foreach (var c in folded)
        {
            var next = Step(node, c);
            if (next < 0)
            {
                next = entries.Count;
                entries.Add(null);
                Put(Key(node, c), next);
            }
            node = next;
        }
        if (entries[node] is { } found)
        {
            found.AlsoWritten(word);
            return found;
        }
        Count++;
        var entry = new LexiconEntry(word.Trim(), folded);
        entries[node] = entry;
        return entry;
    }

    public int Step(int node, char c)
    {
        var key = Key(node, c);
        var mask = keys.Length - 1;
        for (var i = Slot(key, mask); ; i = (i + 1) & mask)
        {
            if (keys[i] == key)
                return nodes[i];
            if (keys[i] == 0)
                return -1;
        }
    }

    public LexiconEntry? At(int node) => entries[node];

    private static ulong Key(int node, char c) => ((ulong)(uint)node << 16 | c) + 1;

    private static int Slot(ulong key, int mask) => (int)(key * 0x9E3779B97F4A7C15UL >> 40) & mask;

    private void Put(ulong key, int node)
    {
        if (used * 2 >= keys.Length)
        {
            var (oldKeys, oldNodes) = (keys, nodes);
            keys = new ulong[oldKeys.Length * 2];
            nodes = new int[oldKeys.Length * 2];
            used = 0;
            for (var i = 0; i < oldKeys.Length; i++)
            {
                if (oldKeys[i] != 0)
                    Put(oldKeys[i], oldNodes[i]);
            }
        }
        var mask = keys.Length - 1;
        var slot = Slot(key, mask);
        while (keys[slot] != 0)
            slot = (slot + 1) & mask;
        keys[slot] = key;
        nodes[slot] = node;
        used++;
    }
}
