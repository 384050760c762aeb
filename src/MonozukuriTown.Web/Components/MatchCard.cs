using MonozukuriTown.Matching;

namespace MonozukuriTown.Web.Components;

/// <summary>One ranked company with its verdict in words.</summary>
public sealed record MatchCard
{
    public required CompanyCard Company { get; init; }
    public required Verdict Verdict { get; init; }

    /// <summary>One sentence on the verdict.</summary>
    public required string Why { get; init; }
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>Null where this viewer may not see it.</summary>
    public string? Tel { get; init; }

    /// <summary>How the company came to its place, term by term; for staff.</summary>
    public Explanation? Sum { get; init; }

    public static MatchCard Of(Match match, int steps, DateOnly today, string? tel) => new()
    {
        Company = CompanyCard.Of(match.Company, today),
        Verdict = match.Verdict,
        Why = Sentence(match, steps),
        Reasons = match.Reasons,
        Tel = tel,
    };

    private static string Sentence(Match match, int steps)
    {
        var words = Words.Here;
        var unknown = match.Reasons.Count(r => r.Mark != ReasonMark.Fits);
        return match.Verdict switch
        {
            Verdict.Fits when unknown == 0 => words.FitsWhy,
            Verdict.Fits => Words.Format(words.FitsButAsk, unknown),
            Verdict.Maybe when match.WithPartners => words.MaybePartner,
            Verdict.Maybe when unknown == 0 => words.MaybeUsual,
            Verdict.Maybe => Words.Format(words.MaybeWhy, unknown),
            Verdict.Partly => Words.Format(words.PartlyWhy, steps, match.Steps.Count),
            _ => Words.Format(words.NoWhy, string.Join('、', match.Reasons.Where(r => r.Mark == ReasonMark.Fails).Select(r => r.OrderFact))),
        };
    }
}
