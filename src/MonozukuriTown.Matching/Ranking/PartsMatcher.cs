namespace MonozukuriTown.Matching;

/// <summary>
/// An order for several things: each is matched by itself, with its own material and figures. Whoever makes all leads, whoever
/// makes one well follows; nobody is ruled out by the figures of another part.
/// </summary>
internal static class PartsMatcher
{
    public static MatchResult Match(CompanyCatalog catalog, RfqNeed need, int limit, bool forStaff)
    {
        var whole = Matcher.Match(catalog, need with { Parts = [] }, limit, forStaff);
        var parts = need.Parts.Select(p => Matcher.Match(catalog, Whole(need, p), Kept, forStaff)).ToList();
        var sums = new Dictionary<string, Sum>(StringComparer.Ordinal);
        for (var i = 0; i < parts.Count; i++)
        {
            var result = parts[i];
            // What is named first is what the order is about.
            var weight = i == 0 ? MatchWeights.FirstPart : 1;
            foreach (var match in result.Matches)
            {
                if (!sums.TryGetValue(match.Company.Key, out var sum))
                    sums.Add(match.Company.Key, sum = new());
                sum.Add(match, weight, match.Steps.Select(s => Step(need, result.Need.Steps[s])));
            }
        }
        var ranked = sums.Values.OrderByDescending(s => s.Score(parts.Count)).ThenBy(s => s.Matches[0].Company.Key, StringComparer.Ordinal).ToList();
        var matches = ranked.Take(limit).Select((s, i) => s.Write(i + 1, parts.Count)).ToList();
        var excluded = whole.Excluded.Where(m => !sums.ContainsKey(m.Company.Key)).ToList();
        var counts = ranked.CountBy(s => s.Verdict(parts.Count)).ToDictionary();
        return whole with
        {
            Matches = matches,
            Excluded = excluded,
            FitsCount = counts.GetValueOrDefault(Verdict.Fits),
            MaybeCount = counts.GetValueOrDefault(Verdict.Maybe),
            PartlyCount = counts.GetValueOrDefault(Verdict.Partly),
            // Ruled out is who can make none of the things.
            ExcludedCount = parts.Min(p => p.ExcludedCount),
            NobodyBecause = ranked.Count > 0 ? null : whole.NobodyBecause,
            Chains = ranked.Exists(s => s.Verdict(parts.Count) >= Verdict.Maybe) ? [] : whole.Chains,
            Questions = [],
        };
    }

    /// <summary>A part with what the order says for all of them.</summary>
    public static RfqNeed Whole(RfqNeed need, RfqNeed part) => part with { Facts = [.. part.Facts, .. Shared(need, part)] };

    // The place of a part's step among those of the whole order; -1 when the whole reads it otherwise.
    private static int Step(RfqNeed need, NeedStep step)
    {
        for (var i = 0; i < need.Steps.Count; i++)
        {
            if (string.Equals(need.Steps[i].Fact.Value, step.Fact.Value, StringComparison.Ordinal))
                return i;
        }
        return -1;
    }

    // Enough of each part for the list of all.
    private const int Kept = 30;

    // A certificate, a region, a deadline hold for all parts.
    private static IEnumerable<NeedFact> Shared(RfqNeed need, RfqNeed part) =>
        need.Facts.Where(f => f.Kind is NeedKind.Certification or NeedKind.Region or NeedKind.Deadline && !part.Facts.Any(p => p.Kind == f.Kind && string.Equals(p.Value, f.Value, StringComparison.Ordinal)));

    private sealed class Sum
    {
        private double best;
        private double all;

        public List<Match> Matches { get; } = [];

        private readonly SortedSet<int> steps = [];

        public void Add(Match match, double weight, IEnumerable<int> done)
        {
            steps.UnionWith(done.Where(s => s >= 0));
            var score = weight * match.Score * (match.Verdict >= MonozukuriTown.Matching.Verdict.Maybe ? 1 : MatchWeights.PartlyOfPart);
            best = Math.Max(best, score);
            all += score;
            Matches.Add(match);
        }

        public double Score(int parts) => best + MatchWeights.EveryPart * all / parts;

        public Verdict Verdict(int parts) =>
            Matches.Count == parts && Matches.TrueForAll(m => m.Verdict == MonozukuriTown.Matching.Verdict.Fits) ? MonozukuriTown.Matching.Verdict.Fits
            : Matches.Count == parts && Matches.TrueForAll(m => m.Verdict >= MonozukuriTown.Matching.Verdict.Maybe) ? MonozukuriTown.Matching.Verdict.Maybe
            : MonozukuriTown.Matching.Verdict.Partly;

        public Match Write(int rank, int parts) => Matches[0] with
        {
            Rank = rank,
            Score = Math.Round(Score(parts), 5),
            Verdict = Verdict(parts),
            Reasons = [.. Matches.SelectMany(m => m.Reasons.Where(r => r.Mark != ReasonMark.Fails)).Distinct()],
            Steps = [.. steps],
            WithPartners = Matches.Exists(m => m.WithPartners),
        };
    }
}
