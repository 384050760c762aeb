namespace MonozukuriTown.Matching;

/// <summary>
/// The vocabulary as the search box needs it: words by their beginning, by how they sound (from <c>readings.csv</c>), and by what
/// somebody meant who slipped.
/// </summary>
internal sealed class WordBook
{
    private const int LongestPart = 6;
    private const double Alikeness = 0.5;

    private readonly LexiconEntry[] entries;
    private readonly PrefixTable written;
    private readonly PrefixTable sounds;
    private readonly LexiconEntry[] soundOwners;
    private readonly Dictionary<string, LexiconEntry> bySound = new(StringComparer.Ordinal);
    private readonly Dictionary<int, List<int>> byPair = [];
    private readonly string[] makers;
    private readonly PrefixTable makerKeys;
    private readonly Dictionary<string, string[]> otherMakers = new(StringComparer.Ordinal);

    public WordBook(Vocabulary vocabulary, IReadOnlyDictionary<string, string> readings)
    {
        entries = [.. vocabulary.Lexicon.Entries.Where(e => e.Meanings.Count > 0)];
        written = new(Array.ConvertAll(entries, e => e.Folded), allTails: false);
        for (var i = 0; i < entries.Length; i++)
        {
            foreach (var pair in Pairs(entries[i].Folded))
            {
                if (!byPair.TryGetValue(pair, out var list))
                    byPair.Add(pair, list = []);
                list.Add(i);
            }
        }
        List<(string Sound, LexiconEntry Entry)> read = [];
        foreach (var entry in entries)
        {
            if (Sound(entry.Folded, readings) is not { Length: >= 2 } sound)
                continue;
            read.Add((sound, entry));
            // 鋳物 before イモノ: the word that is not merely its own reading is the better answer; then the shorter one.
            if (!bySound.TryGetValue(sound, out var known) || Prefer(entry, known))
                bySound[sound] = entry;
        }
        sounds = new([.. read.Select(r => r.Sound)], allTails: false);
        soundOwners = [.. read.Select(r => r.Entry)];
        // What machines are called by: makers, kinds, and names like ロボドリル.
        makers = [.. vocabulary.Machines.SelectMany(m => m.MakerSynonyms.Append(m.Maker).Append(m.Kind).Append(m.ModelPrefix.Any(char.IsDigit) ? "" : m.ModelPrefix))
            .Where(m => m.Length >= 3).DistinctBy(FoldedText.Fold, StringComparer.Ordinal)];
        makerKeys = new(Array.ConvertAll(makers, FoldedText.Fold), allTails: false);
        foreach (var machine in vocabulary.Machines)
        {
            string[] names = [machine.Maker, .. machine.MakerSynonyms];
            foreach (var name in names.Where(n => names.Length > 1 && n.Length > 0))
                otherMakers.TryAdd(FoldedText.Fold(name), [.. names.Where(n => !string.Equals(n, name, StringComparison.Ordinal))]);
        }
    }

    /// <summary>The word that sounds exactly so.</summary>
    public LexiconEntry? BySound(string sound) => bySound.GetValueOrDefault(sound);

    /// <summary>What a maker of machines is called besides: FANUC for ファナック.</summary>
    public IReadOnlyList<string> OtherMakers(string folded) => otherMakers.GetValueOrDefault(folded, []);

    /// <summary>Words that begin so, as written or as they sound.</summary>
    public IEnumerable<LexiconEntry> StartingWith(string folded, string? sound)
    {
        foreach (var place in written.StartingWith(folded))
        {
            if (place.Offset == 0)
                yield return entries[place.Text];
        }
        if (sound is not { Length: >= 2 })
            yield break;
        foreach (var place in sounds.StartingWith(sound))
        {
            if (place.Offset == 0)
                yield return soundOwners[place.Text];
        }
    }

    /// <summary>Words of the vocabulary, and what machines are called by, that are one slip away from what was typed.</summary>
    public IEnumerable<string> Alike(string folded, string? sound, bool beginning = false)
    {
        HashSet<int> found = [];
        if (folded.Length >= 2)
            written.OneSlip(folded, beginning, found);
        foreach (var i in found)
            yield return entries[i].Word;
        found.Clear();
        if (folded.Length >= 3)
            makerKeys.OneSlip(folded, beginning, found);
        foreach (var i in found)
            yield return makers[i];
        found.Clear();
        if (sound is { Length: >= 4 })
            sounds.OneSlip(sound, beginning, found);
        foreach (var i in found)
            yield return soundOwners[i].Word;
    }

    /// <summary>Words that share most pairs of characters with this one (Dice's coefficient, a half at least), best first.</summary>
    public IEnumerable<LexiconEntry> Nearest(string folded)
    {
        var pairs = Pairs(folded);
        Dictionary<int, int> shared = [];
        foreach (var i in pairs.SelectMany(p => byPair.GetValueOrDefault(p, [])))
            shared[i] = shared.GetValueOrDefault(i) + 1;
        return shared.Select(s => (Entry: entries[s.Key], Likeness: 2.0 * s.Value / (pairs.Count + Pairs(entries[s.Key].Folded).Count)))
            .Where(x => x.Likeness >= Alikeness).OrderByDescending(x => x.Likeness).ThenBy(x => x.Entry.Folded, StringComparer.Ordinal).Select(x => x.Entry);
    }

    private static HashSet<int> Pairs(string folded)
    {
        HashSet<int> pairs = [];
        for (var i = 1; i < folded.Length; i++)
            pairs.Add(folded[i - 1] << 16 | folded[i]);
        return pairs;
    }

    private static bool Prefer(LexiconEntry entry, LexiconEntry known)
    {
        var (kana, other) = (entry.Folded.All(FoldedText.IsKatakana), known.Folded.All(FoldedText.IsKatakana));
        return kana != other ? other : entry.Folded.Length < known.Folded.Length;
    }

    // A word whose every part has a reading: 旋盤加工 is せんばん and かこう.
    private static string? Sound(string folded, IReadOnlyDictionary<string, string> readings)
    {
        if (folded.Any(c => FoldedText.IsLatin(c) || char.IsAsciiDigit(c)))
            return null;
        var sound = "";
        for (var i = 0; i < folded.Length;)
        {
            var length = Math.Min(LongestPart, folded.Length - i);
            string? reading = null;
            while (length > 0 && !readings.TryGetValue(folded.Substring(i, length), out reading))
                length--;
            if (reading is null && !FoldedText.IsKatakana(folded[i]))
                return null;
            sound += reading ?? folded[i].ToString();
            i += Math.Max(length, 1);
        }
        return SoundKey.Of(sound);
    }
}
