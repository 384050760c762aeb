using System.Runtime.InteropServices;

namespace MonozukuriTown.Matching;

/// <summary>The built-in engine: an inverted index in flat arrays. A list is found by binary search, so that nothing but the postings costs memory.</summary>
public sealed class BuiltInTextIndexBuilder : ITextIndexBuilder
{
    public string Name => "built-in";

    public ITextIndex Build(IReadOnlyList<TextDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        if (documents.Count > ushort.MaxValue + 1)
            throw new ArgumentException($"A block holds at most {ushort.MaxValue + 1} documents, not {documents.Count}.", nameof(documents));
        return new BuiltInTextIndex(documents);
    }
}

internal sealed class BuiltInTextIndex : ITextIndex
{
    private const int Fields = TextDocument.FieldCount;

    // Ascending; the list of keys[i] runs from starts[i] to starts[i + 1], its documents in ascending order.
    private readonly long[] keys;
    private readonly int[] starts;
    private readonly ushort[] documents;
    private readonly ushort[] counts;
    private readonly int[] lengths;
    private readonly long[] totals = new long[Fields];
    private volatile LengthNorms? lengthNorms;

    public BuiltInTextIndex(IReadOnlyList<TextDocument> texts)
    {
        Count = texts.Count;
        lengths = new int[Count * Fields];
        var all = 0;
        for (var d = 0; d < Count; d++)
        {
            texts[d].Lengths.CopyTo(lengths.AsSpan(d * Fields));
            for (var f = 0; f < Fields; f++)
                totals[f] += texts[d].Lengths[f];
            all += texts[d].Terms.Length;
        }
        var sizes = new Dictionary<long, int>(all / 4);
        foreach (var text in texts)
        {
            foreach (var t in text.Terms)
                CollectionsMarshal.GetValueRefOrAddDefault(sizes, Key(t.Field, t.Term), out _)++;
        }
        keys = [.. sizes.Keys];
        Array.Sort(keys);
        starts = new int[keys.Length + 1];
        for (var i = 0; i < keys.Length; i++)
        {
            starts[i + 1] = starts[i] + sizes[keys[i]];
            sizes[keys[i]] = starts[i];
        }
        documents = new ushort[all];
        counts = new ushort[all];
        for (var d = 0; d < Count; d++)
        {
            foreach (var t in texts[d].Terms)
            {
                ref var next = ref CollectionsMarshal.GetValueRefOrAddDefault(sizes, Key(t.Field, t.Term), out _);
                documents[next] = (ushort)d;
                counts[next++] = (ushort)t.Count;
            }
        }
    }

    public int Count { get; }

    public int DocumentFrequency(TextField field, int term)
    {
        var i = Array.BinarySearch(keys, Key(field, term));
        return i < 0 ? 0 : starts[i + 1] - starts[i];
    }

    public long TotalLength(TextField field) => totals[(int)field];

    public void Score(ReadOnlySpan<WeightedTerm> terms, ReadOnlySpan<float> averageLengths, Span<float> scores, Span<ulong> found)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scores.Length, Count, nameof(scores));
        ArgumentOutOfRangeException.ThrowIfLessThan(averageLengths.Length, Fields, nameof(averageLengths));
        if (found.Length > 0)
            ArgumentOutOfRangeException.ThrowIfLessThan(found.Length * 64, Count, nameof(found));
        var norms = Norms(averageLengths);
        var list = 0;
        foreach (var term in terms)
        {
            var key = Key(term.Field, term.Term);
            list = Find(key, list);
            if (list == keys.Length || keys[list] != key)
                continue;
            var (first, count) = (starts[list], starts[list + 1] - starts[list]);
            var having = documents.AsSpan(first, count);
            Add(term.Weight, having, counts.AsSpan(first, count), norms.AsSpan((int)term.Field * Count, Count), scores);
            if (found.Length > 0)
            {
                foreach (var d in having)
                    found[d >> 6] |= 1UL << d;
            }
        }
    }

    // Bm25.Score with what is the same for all documents taken out of the loop.
    private static void Add(float weight, ReadOnlySpan<ushort> having, ReadOnlySpan<ushort> counts, ReadOnlySpan<float> norms, Span<float> scores)
    {
        weight *= Bm25.K1 + 1;
        for (var i = 0; i < having.Length && i < counts.Length; i++)
        {
            var d = having[i];
            float count = counts[i];
            scores[d] += weight * count / (count + norms[d]);
        }
    }

    // The first list whose key is no smaller. A term's fields stand side by side, so it mostly is where the last look ended, or right behind.
    private int Find(long key, int near)
    {
        if ((near == 0 || keys[near - 1] < key) && (near == keys.Length || keys[near] >= key))
            return near;
        if (near < keys.Length && keys[near] < key && (near + 1 == keys.Length || keys[near + 1] >= key))
            return near + 1;
        var found = Array.BinarySearch(keys, key);
        return found < 0 ? ~found : found;
    }

    // By field and document; the same mean lengths come again with every query until the catalog changes.
    private float[] Norms(ReadOnlySpan<float> averageLengths)
    {
        if (lengthNorms is { } made && made.For.AsSpan().SequenceEqual(averageLengths[..Fields]))
            return made.Norms;
        var norms = new float[Fields * Count];
        for (var f = 0; f < Fields; f++)
        {
            for (var d = 0; d < Count; d++)
                norms[f * Count + d] = Bm25.Norm(lengths[d * Fields + f], averageLengths[f]);
        }
        lengthNorms = new(averageLengths[..Fields].ToArray(), norms);
        return norms;
    }

    private sealed record LengthNorms(float[] For, float[] Norms);

    private static long Key(TextField field, int term) => (long)term * Fields + (int)field;
}
