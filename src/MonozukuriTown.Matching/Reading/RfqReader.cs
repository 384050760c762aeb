namespace MonozukuriTown.Matching;

/// <summary>Reads an order (見積依頼) as it was written: terse or chatty, Japanese or English, and says what it understood.</summary>
public sealed class RfqReader(Vocabulary vocabulary)
{
    /// <summary>Characters read of an order; the rest is ignored.</summary>
    public const int MaxLength = 20_000;

    /// <summary>The names of towns that a region in an order is looked up in; usually those of the listed companies.</summary>
    public IReadOnlyList<string> Towns { get; init; } = [];

    /// <summary>Reads free text, with the optional fields of a form.</summary>
    public RfqNeed Read(string text, RfqForm? form = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        throw new NotSupportedException($"Reading {vocabulary.Processes.Count} processes is the next step.");
    }

    /// <summary>
    /// The need as the buyer corrected it: only what the chips say counts. A chip without <c>=</c> is read as words of an order
    /// and its facts are added, so that a buyer can type 研磨 into a box. Chips that name nothing known are dropped.
    /// </summary>
    public RfqNeed FromChips(string text, IEnumerable<string> chips)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(chips);
        throw new NotSupportedException($"Reading {vocabulary.Processes.Count} processes is the next step.");
    }
}
