#if WITH_LUCENE
using MonozukuriTown.Lucene;
#endif

namespace MonozukuriTown.Matching.Tests.Text;

/// <summary>Skipped, never passed, where the package feed has no Lucene.Net.</summary>
public sealed class LuceneTextIndexTests : TextIndexContract
{
#if WITH_LUCENE
    protected override ITextIndexBuilder Builder { get; } = new LuceneTextIndexBuilder();
#else
    protected override ITextIndexBuilder Builder
    {
        get
        {
            Assert.Skip("Lucene.Net is not in the package feed.");
            return null;
        }
    }
#endif
}
