using Lucene.Net.Index;
using Lucene.Net.Search;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Lucene;

/// <summary>One block behind the seam: weighted terms become one boolean query whose sum is the score.</summary>
internal sealed class LuceneTextIndex(IndexReader reader) : ITextIndex
{
    public static readonly string[] Fields = Enum.GetNames<TextField>();

    // Lucene refuses queries of more clauses; the sum of several queries is the same sum.
    private const int MostClauses = 1024;

    public int Count => reader.MaxDoc;

    public int DocumentFrequency(TextField field, int term) => term < 0 ? 0 : reader.DocFreq(LuceneTerm(field, term));

    public long TotalLength(TextField field) => Math.Max(reader.GetSumTotalTermFreq(Fields[(int)field]), 0);

    public void Score(ReadOnlySpan<WeightedTerm> terms, ReadOnlySpan<float> averageLengths, Span<float> scores, Span<ulong> found)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scores.Length, Count, nameof(scores));
        ArgumentOutOfRangeException.ThrowIfLessThan(averageLengths.Length, Fields.Length, nameof(averageLengths));
        if (found.Length > 0)
            ArgumentOutOfRangeException.ThrowIfLessThan(found.Length * 64, Count, nameof(found));
        if (terms.IsEmpty || Count == 0)
            return;
        // A searcher is a reader and a similarity, no more; this one knows the catalog's mean lengths.
        var searcher = new IndexSearcher(reader) { Similarity = new ExactLengthBm25(averageLengths.ToArray()) };
        var sums = new Sums(Count);
        for (var from = 0; from < terms.Length; from += MostClauses)
        {
            var query = new BooleanQuery(disableCoord: true);
            foreach (var term in terms[from..Math.Min(from + MostClauses, terms.Length)])
            {
                if (term.Term >= 0)
                    query.Add(new TermQuery(LuceneTerm(term.Field, term.Term)) { Boost = term.Weight }, Occur.SHOULD);
            }
            searcher.Search(query, sums);
        }
        for (var d = 0; d < sums.Scores.Length; d++)
        {
            scores[d] += sums.Scores[d];
            // Weights are above 0, and so is the score of whoever has a term.
            if (found.Length > 0 && sums.Scores[d] > 0)
                found[d >> 6] |= 1UL << d;
        }
    }

    private static Term LuceneTerm(TextField field, int term) => new(Fields[(int)field], TermNumberStream.Term(term));

    private sealed class Sums(int count) : ICollector
    {
        private Scorer? scorer;
        private int first;

        public float[] Scores { get; } = new float[count];

        public bool AcceptsDocsOutOfOrder => true;

        public void SetScorer(Scorer scorer) => this.scorer = scorer;

        public void SetNextReader(AtomicReaderContext context) => first = context.DocBase;

        public void Collect(int doc) => Scores[first + doc] += scorer!.GetScore();
    }
}
