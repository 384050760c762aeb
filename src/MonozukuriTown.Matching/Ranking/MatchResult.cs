namespace MonozukuriTown.Matching;

/// <summary>Whether a company can do an order.</summary>
public enum Verdict
{
    /// <summary>Does not fit: a stated limit rules it out, or it does none of the steps. Never named in public.</summary>
    No,

    /// <summary>Does some of the steps, not all.</summary>
    Partly,

    /// <summary>Does every step as far as known; something that matters is not stated.</summary>
    Maybe,

    /// <summary>Does every step, and nothing it states speaks against it.</summary>
    Fits,
}

/// <summary>✓ fits, △ not known, ✗ does not fit.</summary>
public enum ReasonMark
{
    /// <summary>✗</summary>
    Fails,

    /// <summary>△</summary>
    Unknown,

    /// <summary>✓</summary>
    Fits,
}

/// <summary>Why a company fits one demand or not: the order's fact, and the company's in its own words.</summary>
/// <param name="Demand">What kind of demand.</param>
/// <param name="Mark">✓ △ ✗.</param>
/// <param name="OrderFact">The order's side: 板厚 1.5 mm.</param>
/// <param name="CompanyFact">The company's side: 板厚 0.5～6 mm, or 記載なし.</param>
/// <param name="Span">Where the demand stands in the order; null when it is not from the text.</param>
public sealed record Reason(NeedKind Demand, ReasonMark Mark, string OrderFact, string CompanyFact, TextSpan? Span)
{
    /// <summary>✓, △ or ✗.</summary>
    public string Sign => Mark switch { ReasonMark.Fits => "✓", ReasonMark.Unknown => "△", _ => "✗" };

    public override string ToString() => $"{Sign} {OrderFact}：{CompanyFact}";
}

/// <summary>One ranked company.</summary>
public sealed record Match
{
    /// <summary>1 is best.</summary>
    public required int Rank { get; init; }

    public required CompanyFacts Company { get; init; }

    /// <summary>Comparable within one result only; falls with the rank.</summary>
    public required double Score { get; init; }

    public required Verdict Verdict { get; init; }

    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>Indexes into <see cref="RfqNeed.Steps"/> that the company does.</summary>
    public required IReadOnlyList<int> Steps { get; init; }

    /// <summary>At least one of its steps is done by its partners (協力会社で対応).</summary>
    public bool WithPartners { get; init; }
}

/// <summary>One link of a chain: a step, who does it, and who could instead.</summary>
/// <param name="Step">Index into <see cref="RfqNeed.Steps"/>.</param>
/// <param name="Company">Who does it.</param>
/// <param name="Alternatives">Others that could, best first.</param>
public sealed record ChainLink(int Step, CompanyFacts Company, IReadOnlyList<CompanyFacts> Alternatives);

/// <summary>共同受注: the smallest set of companies that does all steps, in working order.</summary>
/// <param name="Links">One per step.</param>
/// <param name="Lead">窓口会社: who talks to the buyer.</param>
/// <param name="Handovers">How often the work changes hands.</param>
public sealed record Chain(IReadOnlyList<ChainLink> Links, CompanyFacts Lead, int Handovers);

/// <summary>A question whose answer would narrow most, with the answers to choose from.</summary>
/// <param name="Text">In Japanese, polite.</param>
/// <param name="Answers">Label to show, and the chip that the answer adds (see <see cref="RfqNeed.ToChips"/>).</param>
public sealed record Question(string Text, IReadOnlyList<(string Label, string Chip)> Answers);

/// <summary>What came of an order.</summary>
public sealed record MatchResult
{
    public required RfqNeed Need { get; init; }

    /// <summary>Ranked; holds no <see cref="Verdict.No"/>.</summary>
    public required IReadOnlyList<Match> Matches { get; init; }

    /// <summary>Companies that do the work but are ruled out by what they state, best first: for staff only.</summary>
    public required IReadOnlyList<Match> Excluded { get; init; }

    /// <summary>How many companies that do at least one step are ruled out (条件に合わない会社 n社).</summary>
    public required int ExcludedCount { get; init; }

    /// <summary>How many companies fit, may fit and fit in part, all ranks counted.</summary>
    public required int FitsCount { get; init; }

    /// <inheritdoc cref="FitsCount"/>
    public required int MaybeCount { get; init; }

    /// <inheritdoc cref="FitsCount"/>
    public required int PartlyCount { get; init; }

    /// <summary>Proposed when nobody does every step; empty otherwise.</summary>
    public IReadOnlyList<Chain> Chains { get; init; } = [];

    /// <summary>When the order says too little to rank: two questions instead of a random list.</summary>
    public IReadOnlyList<Question> Questions { get; init; } = [];

    /// <summary>When nobody fits: which demand rules out the most, and what to relax, in Japanese.</summary>
    public string? NobodyBecause { get; init; }
}
