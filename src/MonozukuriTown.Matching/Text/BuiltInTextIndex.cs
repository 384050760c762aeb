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

    public void Score(ReadOnlySpan<WeightedTerm> terms, ReadOnlySpan<float> averageLengths, Span<float> scores)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scores.Length, Count, nameof(scores));
        ArgumentOutOfRangeException.ThrowIfLessThan(averageLengths.Length, Fields, nameof(averageLengths));
        foreach (var term in terms)
        {
            var list = Array.BinarySearch(keys, Key(term.Field, term.Term));
            if (list < 0)
                continue;
            var field = (int)term.Field;
            // Bm25.Score with what is the same for all documents taken out of the loop.
            var weight = term.Weight * (Bm25.K1 + 1);
            var norms = Norms(averageLengths).AsSpan(field * Count, Count);
            var last = starts[list + 1];
            for (var i = starts[list]; i < last; i++)
            {
                var d = documents[i];
                float count = counts[i];
                scores[d] += weight * count / (count + norms[d]);
            }
        }
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
