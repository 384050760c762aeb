using System.Collections.Concurrent;

namespace MonozukuriTown.Matching;

/// <summary>Terms and their numbers; grows, never shrinks, safe to share between threads.</summary>
public sealed class TermTable
{
    /// <summary>Stands before the terms of model numbers, so that they are not mixed up with words.</summary>
    public const char ModelMark = '#';

    // More than this behind the sorted part is sorted in; fewer are looked at one by one.
    private const int MostUnsorted = 512;

    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, int> ids = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, string> models = new();
    private readonly Dictionary<char, List<int>> pairs = [];
    private readonly List<string> terms = [];
    private int[] sorted = [];

    public int Count => ids.Count;

    public string this[int id]
    {
        get
        {
            lock (gate)
                return terms[id];
        }
    }

    /// <summary>The id of a term, new when it has none.</summary>
    public int Add(ReadOnlySpan<char> term)
    {
        if (ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(term, out var id))
            return id;
        lock (gate)
        {
            if (ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(term, out id))
                return id;
            var text = term.ToString();
            terms.Add(text);
            id = terms.Count - 1;
            if (text.Length <= 2)
            {
                Pair(text[0], id);
                if (text.Length == 2 && text[1] != text[0])
                    Pair(text[1], id);
            }
            return ids[text] = id;
        }
    }

    /// <summary>The id of a model number, which is remembered as it was written first.</summary>
    public int AddModel(ReadOnlySpan<char> key, string written)
    {
        var id = Add(key);
        models.TryAdd(id, written);
        return id;
    }

    /// <summary>The id of a term, -1 when no document has it.</summary>
    public int Find(ReadOnlySpan<char> term) =>
        ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(term, out var id) ? id : -1;

    /// <summary>A model number as it was written.</summary>
    public string Model(int id) => models[id];

    /// <summary>Terms that begin with these characters; binary search, whatever the number of terms.</summary>
    public IReadOnlyList<int> StartingWith(ReadOnlySpan<char> prefix, int limit)
    {
        lock (gate)
        {
            SortIn();
            List<int> found = [];
            for (var i = LowerBound(prefix); i < sorted.Length && found.Count < limit && terms[sorted[i]].AsSpan().StartsWith(prefix, StringComparison.Ordinal); i++)
                found.Add(sorted[i]);
            for (var i = sorted.Length; i < terms.Count && found.Count < limit; i++)
            {
                if (terms[i].AsSpan().StartsWith(prefix, StringComparison.Ordinal))
                    found.Add(i);
            }
            return found;
        }
    }

    /// <summary>The pairs of characters (and the character itself) in which a character stands: what a single 研 can find.</summary>
    public IReadOnlyList<int> PairsWith(char c, int limit)
    {
        lock (gate)
            return pairs.TryGetValue(c, out var list) ? [.. list.Take(limit)] : [];
    }

    private void Pair(char c, int id)
    {
        if (!pairs.TryGetValue(c, out var list))
            pairs.Add(c, list = []);
        list.Add(id);
    }

    // Merging costs what the table is long; the wait for that many new terms is longer the longer the table is.
    private void SortIn()
    {
        if (terms.Count - sorted.Length <= Math.Max(MostUnsorted, sorted.Length / 64))
            return;
        int[] fresh = [.. Enumerable.Range(sorted.Length, terms.Count - sorted.Length)];
        Array.Sort(fresh, (x, y) => string.CompareOrdinal(terms[x], terms[y]));
        var merged = new int[terms.Count];
        for (int i = 0, j = 0, n = 0; n < merged.Length; n++)
            merged[n] = j == fresh.Length || i < sorted.Length && string.CompareOrdinal(terms[sorted[i]], terms[fresh[j]]) < 0 ? sorted[i++] : fresh[j++];
        sorted = merged;
    }

    private int LowerBound(ReadOnlySpan<char> prefix)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (terms[sorted[middle]].AsSpan().SequenceCompareTo(prefix) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
