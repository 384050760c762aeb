using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Lucene;

/// <summary>
/// <see cref="Bm25"/> with exact field lengths. Lucene's own BM25Similarity keeps a length in one lossy byte and seals the method
/// that encodes it; a norm, however, is a whole number of any size, so here it is the length itself. No idf, query norm or
/// coordination: a term's weight holds what is to be said of it.
/// </summary>
/// <param name="averageLengths">Mean length of each field over the catalog; empty while an index is written.</param>
internal sealed class ExactLengthBm25(float[] averageLengths) : Similarity
{
    public override long ComputeNorm(FieldInvertState state) => state.Length;

    public override SimWeight ComputeWeight(float queryBoost, CollectionStatistics collectionStats, params TermStatistics[] termStats) =>
        new Weight(collectionStats.Field, queryBoost, averageLengths[Array.IndexOf(LuceneTextIndex.Fields, collectionStats.Field)]);

    public override SimScorer GetSimScorer(SimWeight weight, AtomicReaderContext context)
    {
        var own = (Weight)weight;
        return new Scorer(own, context.AtomicReader.GetNormValues(own.Name));
    }

    private sealed class Weight(string name, float boost, float average) : SimWeight
    {
        public string Name => name;

        public float Boost => boost;

        public float Average => average;

        public override float GetValueForNormalization() => 1;

        public override void Normalize(float queryNorm, float topLevelBoost)
        {
        }
    }

    // norms are missing only where no document has the field, and then nothing is scored.
    private sealed class Scorer(Weight weight, NumericDocValues? norms) : SimScorer
    {
        public override float Score(int doc, float freq) => Bm25.Score(weight.Boost, freq, norms?.Get(doc) ?? 0, weight.Average);

        public override float ComputeSlopFactor(int distance) => 1f / (distance + 1);

        public override float ComputePayloadFactor(int doc, int start, int end, BytesRef payload) => 1;
    }
}
