namespace MonozukuriTown.Matching;

/// <summary>Where in the order's original text a fact was read: UTF-16 positions, end exclusive.</summary>
public readonly record struct TextSpan(int Start, int End)
{
    /// <summary>UTF-16 units.</summary>
    public int Length => End - Start;
}

/// <summary>What a fact of an order is about. The lower-case name is the kind of a chip.</summary>
public enum NeedKind
{
    /// <summary>One step; the value is a weighted list of process ids of which any will do.</summary>
    Process,

    /// <summary>Value: list of material ids of which any will do.</summary>
    Material,

    /// <summary>Value: <c>300x200x50</c>, millimetres, any order; two numbers for a flat piece, one for the longest side.</summary>
    Size,

    /// <summary>Millimetres.</summary>
    Diameter,

    /// <summary>Millimetres.</summary>
    Thickness,

    /// <summary>Millimetres, half width of ±.</summary>
    Tolerance,

    /// <summary>Ra in micrometres.</summary>
    Roughness,

    /// <summary>Kilograms of one piece.</summary>
    Weight,

    /// <summary>Pieces, with an optional rhythm: <c>200</c>, <c>200/month</c>, <c>1000/year</c>.</summary>
    Quantity,

    /// <summary>Weeks.</summary>
    Deadline,

    /// <summary>Value: certification id; required unless the fact is a wish.</summary>
    Certification,

    /// <summary>Value: name of a town.</summary>
    Region,

    /// <summary>A process the buyer ruled out or does himself.</summary>
    Excluded,

    /// <summary>What the buyer hands over: <c>material</c>, <c>parts</c>, <c>die</c>, <c>sample</c>.</summary>
    Supplied,

    /// <summary>図面: <c>yes</c>, <c>no</c>, <c>sketch</c>.</summary>
    Drawing,

    /// <summary>A trade that no manufacturer of the town has (酒造, ホームページ制作): what was asked lies outside; the value names it.</summary>
    Outside,

    /// <summary>A word without a place in the vocabulary that still says something (製品, 用途).</summary>
    Word,
}

/// <summary>One thing read in an order.</summary>
public sealed record NeedFact
{
    /// <summary>What it is about.</summary>
    public required NeedKind Kind { get; init; }

    /// <summary>Canonical value with the unit of its <see cref="NeedKind"/>, culture-invariant.</summary>
    public required string Value { get; init; }

    /// <summary>The fact in Japanese, ready to show on a chip: 旋盤加工, φ40 mm, ISO9001（あれば尚可）.</summary>
    public required string Label { get; init; }

    /// <summary>Null when the fact comes from a form field or the buyer added it.</summary>
    public TextSpan? Span { get; init; }

    /// <summary>0 to 1; 1 is what the order states outright.</summary>
    public double Sureness { get; init; } = 1;

    /// <summary>For what was concluded: the word it was concluded from and why, in Japanese.</summary>
    public string? InferredFrom { get; init; }

    /// <summary>Wished, not required.</summary>
    public bool IsWish { get; init; }
}

/// <summary>Optional fields of a form beside the text. A stated field wins over what the text says.</summary>
public sealed record RfqForm
{
    /// <summary>As it was typed: 200, 200個, 月200, 1,000 pcs. Without a number nothing is demanded.</summary>
    public string? Quantity { get; init; }

    /// <summary>A material in the buyer's words (SUS304); what the vocabulary doesn't know is ignored.</summary>
    public string? Material { get; init; }

    /// <summary>Weeks from today.</summary>
    public double? DeadlineWeeks { get; init; }

    /// <summary>Up to three lengths in millimetres.</summary>
    public IReadOnlyList<double> MaxSizeMm { get; init; } = [];

    /// <summary>Half the width of ± in millimetres.</summary>
    public double? ToleranceMm { get; init; }

    /// <summary>Ids or names (ISO9001); each is required.</summary>
    public IReadOnlyList<string> Certifications { get; init; } = [];
}

/// <summary>One step of the work: any of the processes will do, each with how well it would serve (0 to 1).</summary>
/// <param name="Processes">Indexes into <see cref="Vocabulary.Processes"/> with their weights, best first.</param>
/// <param name="Fact">The fact it was read from.</param>
public sealed record NeedStep(IReadOnlyList<(int Process, double Weight)> Processes, NeedFact Fact);

/// <summary>
/// What an order asks for. Everything else is derived from <see cref="Facts"/>: take facts away or add some, build a new need
/// with <see cref="RfqReader.FromChips"/>, and nothing of the old reading is left.
/// </summary>
public sealed record RfqNeed
{
    /// <summary>The order as it was given (at most <see cref="RfqReader.MaxLength"/> characters are read).</summary>
    public required string Text { get; init; }

    /// <summary>What was read, in the order it was found; a page shows them as chips.</summary>
    public required IReadOnlyList<NeedFact> Facts { get; init; }

    /// <summary>Steps in working order.</summary>
    public IReadOnlyList<NeedStep> Steps { get; init; } = [];

    /// <summary>Each entry is one demanded material as a set of alternatives (indexes into <see cref="Vocabulary.Materials"/>).</summary>
    public IReadOnlyList<IReadOnlyList<int>> Materials { get; init; } = [];

    /// <summary>Lengths in millimetres, longest first; a round piece counts its diameter twice.</summary>
    public IReadOnlyList<double> Size { get; init; } = [];

    /// <summary>The greatest that was named: holes and bores are smaller than the piece. Of springs the wire's.</summary>
    public double? DiameterMm { get; init; }

    /// <summary>The greatest that was named; a company's upper limit is compared with it.</summary>
    public double? ThicknessMm { get; init; }

    /// <summary>The least thickness that was named; a company's lower limit is compared with it.</summary>
    public double? ThinnestMm { get; init; }

    /// <summary>The tightest that was named, as the half width of ±.</summary>
    public double? ToleranceMm { get; init; }

    /// <summary>The finest that was named, Ra in micrometres.</summary>
    public double? RoughnessRa { get; init; }

    /// <summary>Of one piece, the heaviest that was named; kilograms.</summary>
    public double? WeightKg { get; init; }

    /// <summary>Pieces of one delivery, as compared with a company's lot.</summary>
    public long? Quantity { get; init; }

    /// <summary>試作後量産: what is to follow when the first lot went well; never less than <see cref="Quantity"/>.</summary>
    public long? QuantityLater { get; init; }

    /// <summary>Weeks from the day the order was read.</summary>
    public double? DeadlineWeeks { get; init; }

    /// <summary>Of an order for several things each by itself; empty for one thing.</summary>
    public IReadOnlyList<RfqNeed> Parts { get; init; } = [];

    /// <summary>The trade asked for when it lies outside the town's; then nobody is proposed.</summary>
    public string? Outside { get; init; }

    /// <summary>Share of the order's nouns that were understood, 0 to 1; 1 when the buyer has corrected the reading.</summary>
    public double Understood { get; init; } = 1;

    /// <summary>True when nothing in the order says what is to be made or done.</summary>
    public bool IsVague { get; init; }

    /// <summary>
    /// The facts as plain strings, so that a page without state can post them back:
    /// <c>kind=value</c>, then <c>@start-end</c>, <c>~sureness</c>, <c>?</c> for a wish, <c>&lt;inferred from</c>.
    /// </summary>
    public IReadOnlyList<string> ToChips() => [.. Facts.Select(NeedChip.Write)];
}
