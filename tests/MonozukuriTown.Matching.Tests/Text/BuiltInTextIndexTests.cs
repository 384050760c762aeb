namespace MonozukuriTown.Matching.Tests.Text;

public sealed class BuiltInTextIndexTests : TextIndexContract
{
    protected override ITextIndexBuilder Builder { get; } = new BuiltInTextIndexBuilder();
}
