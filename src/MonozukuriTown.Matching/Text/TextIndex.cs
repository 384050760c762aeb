using System.Collections.Concurrent;

namespace MonozukuriTown.Matching;

/// <summary>The fields of a company's text.</summary>
public enum TextField
{
    Name,
    Process,
    Material,
    Equipment,
    Product,
    Text,
    Other,
}

/// <summary>A term of one field with how often it occurs; the term is an id of the <see cref="TermTable"/>.</summary>
public readonly record struct TermCount(TextField Field, int Term, int Count);

/// <summary>One company's text after analysis, terms sorted by term and field. Exact field lengths are kept: they count tokens.</summary>
public sealed class TextDocument(TermCount[] terms, int[] lengths)
{
    public IReadOnlyList<TermCount> Terms => terms;

    public IReadOnlyList<int> Lengths => lengths;

    /// <summary>How often a term occurs in a field.</summary>
    public int CountOf(TextField field, int term)
    {
        int low = 0, high = terms.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            ref readonly var t = ref terms[middle];
            var order = t.Term != term ? t.Term.CompareTo(term) : ((int)t.Field).CompareTo((int)field);
            if (order == 0)
                return t.Count;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return 0;
    }
}

/// <summary>
/// A term to look for. The weight already holds field boost, query weight and the idf over the whole catalog, so that blocks
/// can be scored on their own and still compare.
/// </summary>
public readonly record struct WeightedTerm(TextField Field, int Term, float Weight);

/// <summary>
/// The seam for free text: an immutable index over one block of companies that adds BM25 scores, k1 = 1.2, b = 0.75
/// (Robertson and Zaragoza 2009), to a row of scores.
/// </summary>
public interface ITextIndex
{
    /// <summary>Number of documents; their numbers run from 0 in the order they were given.</summary>
    int Count { get; }

    /// <summary>In how many documents the term occurs in this field.</summary>
    int DocumentFrequency(TextField field, int term);

    /// <summary>Sum of the lengths of a field.</summary>
    long TotalLength(TextField field);

    /// <summary>Adds to <paramref name="scores"/> (one per document) the score of each term; lengths are compared with the catalog's averages.</summary>
    void Score(ReadOnlySpan<WeightedTerm> terms, ReadOnlySpan<float> averageLengths, Span<float> scores);
}

/// <summary>Builds the index of one block.</summary>
public interface ITextIndexBuilder
{
    /// <summary>Name for staff and the log.</summary>
    string Name { get; }

    ITextIndex Build(IReadOnlyList<TextDocument> documents, TermTable terms);
}

/// <summary>Terms and their numbers; grows, never shrinks, safe to share between threads.</summary>
public sealed class TermTable
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, int> ids = new(StringComparer.Ordinal);
    private readonly List<string> terms = [];

    public int Count => ids.Count;

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
            return ids[text] = terms.Count - 1;
        }
    }

    /// <summary>The id of a term, -1 when no document has it.</summary>
    public int Find(ReadOnlySpan<char> term) =>
        ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(term, out var id) ? id : -1;

    public string this[int id]
    {
        get
        {
            lock (gate)
                return terms[id];
        }
    }

    /// <summary>Terms that begin with these characters; for suggestions and prefix search.</summary>
    public IReadOnlyList<int> StartingWith(string prefix, int limit)
    {
        lock (gate)
        {
            var found = new List<int>();
            for (var i = 0; i < terms.Count && found.Count < limit; i++)
            {
                if (terms[i].StartsWith(prefix, StringComparison.Ordinal))
                    found.Add(i);
            }
            return found;
        }
    }
}
