namespace MonozukuriTown.Matching;

/// <summary>The built-in engine: an inverted index in flat arrays, BM25 by field.</summary>
public sealed class BuiltInTextIndexBuilder : ITextIndexBuilder
{
    public string Name => "built-in";

    public ITextIndex Build(IReadOnlyList<TextDocument> documents, TermTable terms) => new BuiltInTextIndex(documents);
}

internal sealed class BuiltInTextIndex : ITextIndex
{
    public const float K1 = 1.2f;
    public const float B = 0.75f;
    private const int Fields = 7;

    private readonly Dictionary<int, (int Start, int Count)> lists;
    private readonly ushort[] documents;
    private readonly byte[] counts;
    private readonly ushort[] lengths;
    private readonly long[] totals = new long[Fields];

    public BuiltInTextIndex(IReadOnlyList<TextDocument> texts)
    {
        Count = texts.Count;
        lengths = new ushort[Count * Fields];
        var sizes = new Dictionary<int, int>();
        var all = 0;
        for (var d = 0; d < Count; d++)
        {
            for (var f = 0; f < Fields; f++)
            {
                lengths[d * Fields + f] = (ushort)Math.Min(texts[d].Lengths[f], ushort.MaxValue);
                totals[f] += texts[d].Lengths[f];
            }
            foreach (var t in texts[d].Terms)
            {
                var key = Key(t.Field, t.Term);
                sizes[key] = sizes.GetValueOrDefault(key) + 1;
                all++;
            }
        }
        lists = new(sizes.Count);
        documents = new ushort[all];
        counts = new byte[all];
        var next = 0;
        foreach (var (key, size) in sizes)
        {
            lists.Add(key, (next, size));
            sizes[key] = next;
            next += size;
        }
        for (var d = 0; d < Count; d++)
        {
            foreach (var t in texts[d].Terms)
            {
                var key = Key(t.Field, t.Term);
                var at = sizes[key]++;
                documents[at] = (ushort)d;
                counts[at] = (byte)Math.Min(t.Count, byte.MaxValue);
            }
        }
    }

    public int Count { get; }

    public int DocumentFrequency(TextField field, int term) => lists.TryGetValue(Key(field, term), out var list) ? list.Count : 0;

    public long TotalLength(TextField field) => totals[(int)field];

    public void Score(ReadOnlySpan<WeightedTerm> terms, ReadOnlySpan<float> averageLengths, Span<float> scores)
    {
        foreach (var term in terms)
        {
            if (!lists.TryGetValue(Key(term.Field, term.Term), out var list))
                continue;
            var field = (int)term.Field;
            var average = Math.Max(averageLengths[field], 1);
            for (var i = list.Start; i < list.Start + list.Count; i++)
            {
                var d = documents[i];
                float tf = counts[i];
                var norm = K1 * (1 - B + B * lengths[d * Fields + field] / average);
                scores[d] += term.Weight * (tf * (K1 + 1) / (tf + norm));
            }
        }
    }

    private static int Key(TextField field, int term) => term * Fields + (int)field;
}
