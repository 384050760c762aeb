using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Lucene;

/// <summary>The tokens of one field of one document: each term number as often as it was counted.</summary>
internal sealed class TermNumberStream : TokenStream
{
    private readonly ICharTermAttribute token;
    private readonly List<TermCount> terms = [];
    private int next;
    private int given;

    public TermNumberStream() => token = AddAttribute<ICharTermAttribute>();

    /// <summary>A number as a term: two characters of 15 and 16 bits would touch surrogates, so three of 11 bits.</summary>
    public static string Term(int number) =>
        string.Create(3, number, static (text, n) => (text[0], text[1], text[2]) = ((char)(n >>> 22), (char)(n >>> 11 & 0x7FF), (char)(n & 0x7FF)));

    public void Clear() => terms.Clear();

    public void Add(TermCount term) => terms.Add(term);

    public override void Reset()
    {
        base.Reset();
        (next, given) = (0, 0);
    }

    public override bool IncrementToken()
    {
        if (next == terms.Count)
            return false;
        ClearAttributes();
        token.SetEmpty().Append(Term(terms[next].Term));
        if (++given == terms[next].Count)
            (next, given) = (next + 1, 0);
        return true;
    }
}
