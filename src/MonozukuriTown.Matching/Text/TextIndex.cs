namespace MonozukuriTown.Matching;

/// <summary>The fields of a company's text. Each has lengths and statistics of its own.</summary>
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

/// <summary>How often a term occurs in one field of a document.</summary>
/// <param name="Field">Where.</param>
/// <param name="Term">Id of the catalog's <see cref="TermTable"/>, 0 and up; an engine needs no more than the number.</param>
/// <param name="Count">Occurrences, 1 to <see cref="TextDocument.MaxCount"/>.</param>
public readonly record struct TermCount(TextField Field, int Term, int Count);

/// <summary>One company's text after analysis: what an engine indexes. Immutable.</summary>
public sealed class TextDocument
{
    /// <summary>More occurrences of a term in a field are refused: engines keep counts in 16 bits.</summary>
    public const int MaxCount = ushort.MaxValue;

    /// <summary>Number of fields: <see cref="TextField"/> runs from 0 to below this.</summary>
    public const int FieldCount = 7;

    private readonly TermCount[] terms;
    private readonly int[] lengths = new int[FieldCount];

    /// <param name="terms">Each field and term at most once, in ascending order of term, then field. May be empty. Taken over, not copied.</param>
    /// <exception cref="ArgumentException">Out of order, a pair twice, or a count that is out of range.</exception>
    public TextDocument(TermCount[] terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        for (var i = 0; i < terms.Length; i++)
        {
            if (i > 0 && Order(terms[i - 1], terms[i].Term, terms[i].Field) >= 0)
                throw new ArgumentException($"Terms ascend by term and field, each once: {terms[i]} follows {terms[i - 1]}.", nameof(terms));
            if (terms[i].Count is < 1 or > MaxCount)
                throw new ArgumentException($"A count is 1 to {MaxCount}: {terms[i]}.", nameof(terms));
            lengths[(int)terms[i].Field] += terms[i].Count;
        }
        this.terms = terms;
    }

    /// <summary>Ascending by term, then field.</summary>
    public ReadOnlySpan<TermCount> Terms => terms;

    /// <summary>Exact length of each field, in tokens (the sum of its counts), by <see cref="TextField"/>.</summary>
    public ReadOnlySpan<int> Lengths => lengths;

    /// <summary>How often a term occurs in a field; 0 when it does not.</summary>
    public int CountOf(TextField field, int term)
    {
        int low = 0, high = terms.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = Order(terms[middle], term, field);
            if (order == 0)
                return terms[middle].Count;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return 0;
    }

    private static int Order(in TermCount t, int term, TextField field) =>
        t.Term != term ? t.Term.CompareTo(term) : ((int)t.Field).CompareTo((int)field);
}

/// <summary>A term to look for in one field.</summary>
/// <param name="Field">Where to look; the same term in two fields is two weighted terms.</param>
/// <param name="Term">Id of the catalog's <see cref="TermTable"/>; one that no document has scores nothing.</param>
/// <param name="Weight">
/// Above 0. Already holds field boost, query weight and the idf over the whole catalog, so that blocks can be scored on their
/// own and still compare. An engine adds no idf, norm of the query or coordination of its own.
/// </param>
public readonly record struct WeightedTerm(TextField Field, int Term, float Weight);

/// <summary>The one formula: BM25, k1 = 1.2, b = 0.75; Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond".</summary>
public static class Bm25
{
    public const float K1 = 1.2f;
    public const float B = 0.75f;

    /// <summary>weight · tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / average)).</summary>
    /// <param name="weight">Of the term, see <see cref="WeightedTerm"/>.</param>
    /// <param name="count">Occurrences in the field, from 1.</param>
    /// <param name="length">Exact length of the field in tokens.</param>
    /// <param name="average">Mean length of the field over the catalog, in tokens; below 1 it counts as 1.</param>
    public static float Score(float weight, float count, float length, float average) =>
        weight * (count * (K1 + 1) / (count + Norm(length, average)));

    /// <summary>What a length adds below the line: the same for all terms of a document's field.</summary>
    internal static float Norm(float length, float average) => K1 * (1 - B + B * length / Math.Max(average, 1));
}

/// <summary>
/// The seam for free text: an immutable index over one block of companies. Analysis, synonyms, expansion by prefix and by
/// misspelling, idf, highlights and suggestions stand above it; below it are postings and <see cref="Bm25"/>. Every engine passes
/// the same contract tests (TextIndexContract): equal ranking, scores within 1e-3. Safe to read from many threads at once;
/// the same call gives the same answer every time.
/// </summary>
public interface ITextIndex
{
    /// <summary>Number of documents, 0 to 65,536; their numbers run from 0 in the order they were given.</summary>
    int Count { get; }

    /// <summary>In how many documents the term occurs in this field; 0 for a term that is not known.</summary>
    int DocumentFrequency(TextField field, int term);

    /// <summary>Sum of the lengths of a field over all documents, in tokens.</summary>
    long TotalLength(TextField field);

    /// <summary>
    /// Adds to <paramref name="scores"/> what <see cref="Bm25.Score"/> gives for each term and document; documents without any of
    /// the terms stay as they were. A term given twice counts twice. No terms: nothing happens.
    /// </summary>
    /// <param name="terms">Any number, in any order.</param>
    /// <param name="averageLengths">Mean length of each field over the whole catalog, in tokens, by <see cref="TextField"/>.</param>
    /// <param name="scores">One per document at least; what stands in it stays and is added to.</param>
    /// <param name="found">
    /// One bit per document at least, document d in bit d % 64 of number d / 64: set for those that have any of the terms, others stay. Empty when
    /// nobody asks.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="scores"/>, <paramref name="averageLengths"/> or <paramref name="found"/> is too short.</exception>
    void Score(ReadOnlySpan<WeightedTerm> terms, ReadOnlySpan<float> averageLengths, Span<float> scores, Span<ulong> found);
}

/// <summary>Builds the index of one block. Safe to call from many threads at once: blocks are built side by side.</summary>
public interface ITextIndexBuilder
{
    /// <summary>Name for staff and the log, with the version where there is one: <c>Lucene.Net 4.8.0</c>.</summary>
    string Name { get; }

    /// <param name="documents">In the order of their numbers; none at all is allowed, and so are documents without terms.</param>
    /// <exception cref="ArgumentException">More than 65,536 documents.</exception>
    ITextIndex Build(IReadOnlyList<TextDocument> documents);
}
