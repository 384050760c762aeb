namespace MonozukuriTown.Matching;

/// <summary>Ranks the companies of a catalog for a need. Hard facts decide before words do; unknown is not "cannot".</summary>
public static class Matcher
{
    /// <summary>Rows of a result unless told otherwise.</summary>
    public const int DefaultLimit = 20;

    /// <summary>Ranks, gives reasons, and plans chains when nobody does every step. Safe to call from many threads.</summary>
    /// <param name="forStaff">Use what machines show also where the company was not told yet; never for the public.</param>
    public static MatchResult Match(CompanyCatalog catalog, RfqNeed need, int limit = DefaultLimit, bool forStaff = false)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(need);
        if (need.Parts.Count > 1)
            return PartsMatcher.Match(catalog, need, limit, forStaff);
        if (need.Outside is { } trade)
            return Nobody.Outside(need, trade);
        var plan = new MatchPlan(catalog, need, forStaff);
        var blocks = new BlockMatcher(plan);
        var tally = Gather(plan, blocks);
        var questions = need.IsVague ? VagueOrder.Questions(catalog, need, tally.Named.Best()) : [];
        var ranked = Ranked(plan, tally.Named, out var fitsFrom);
        var named = questions.Count > 0 ? [] : ranked.Take(limit);
        var excluded = Ranked(plan, tally.Excluded, out _).Take(limit);
        var fits = ranked.Count(s => s.Verdict == Verdict.Fits) + tally.FitsBehindKept(fitsFrom);
        var reasons = new ReasonWriter(plan, blocks);
        var nobody = tally.Fits + tally.Maybe == 0;
        return new()
        {
            Need = need,
            Matches = [.. named.Select((s, i) => reasons.Write(s, i + 1))],
            Excluded = [.. excluded.Select((s, i) => reasons.Write(s, i + 1))],
            ExcludedCount = tally.ExcludedCount,
            FitsCount = fits,
            MaybeCount = tally.Fits + tally.Maybe - fits,
            PartlyCount = tally.Partly,
            Questions = questions,
            Chains = nobody && plan.Steps.Length > 1 ? new ChainPlanner(plan, tally.Steps).Plan() : [],
            NobodyBecause = nobody && questions.Count == 0 ? Nobody.Because(plan, tally) : null,
        };
    }

    /// <summary>The full sum for one company; null when it isn't listed, or when the order asks for a trade outside the town's.</summary>
    public static Explanation? Explain(CompanyCatalog catalog, RfqNeed need, string key, bool forStaff = false)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(need);
        // Of an order for several things the one that the company stands best in is explained.
        return need.Parts.Count > 1
            ? need.Parts.Select(p => Explainer.Explain(catalog, PartsMatcher.Whole(need, p), key, forStaff)).Where(e => e is not null).MaxBy(e => e!.Score)
            : Explainer.Explain(catalog, need, key, forStaff);
    }

    /// <summary>The rank below which a company that does everything is to be asked all the same: it stands too far behind the best.</summary>
    internal static float FitsFrom(MatchPlan plan)
    {
        Ranked(plan, Gather(plan, new(plan)).Named, out var from);
        return from;
    }

    private static Tally Gather(MatchPlan plan, BlockMatcher blocks)
    {
        var tally = new Tally(plan.Steps.Length);
        for (var b = 0; b < plan.Catalog.Blocks.Length; b++)
            blocks.Run(b, plan.Catalog.Blocks[b], tally);
        return tally;
    }

    // Text only moves the best among each other; equal scores rank by key, so that every run says the same.
    private static List<Standing> Ranked(MatchPlan plan, TopList<Standing> best, out float fitsFrom)
    {
        var list = new List<(Standing Standing, string Key)>();
        foreach (var (_, _, standing) in best.Best())
        {
            var reading = plan.Catalog.Blocks[standing.Block].Readings[standing.Company];
            var text = plan.Steps.Length == 0 ? 0 : MatchWeights.Text * BlockMatcher.Saturated(plan.TextScore(reading.Text));
            list.Add((standing with { Score = standing.Score + text + Extra(plan, reading.Facts) }, reading.Facts.Key));
        }
        // Who stands far behind the best does it by the way: to be asked, though nothing speaks against it.
        fitsFrom = (list.Count > 0 ? list.Max(x => Rank(x.Standing)) : 0) * (plan.Steps.Length > 1 ? MatchWeights.NearBestOfSeveral : MatchWeights.NearBest);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i].Standing is { Verdict: Verdict.Fits } far && Rank(far) < fitsFrom)
                list[i] = (far with { Verdict = Verdict.Maybe }, list[i].Key);
        }
        list.Sort((x, y) =>
        {
            var byScore = Rank(y.Standing).CompareTo(Rank(x.Standing));
            return byScore != 0 ? byScore : string.CompareOrdinal(x.Key, y.Key);
        });
        return list.ConvertAll(x => x.Standing);
    }

    internal static float Extra(MatchPlan plan, CompanyFacts facts) =>
        (plan.Region is { } region && plan.Catalog.Vocabulary.Regions.Contains(region, facts.Town) ? MatchWeights.SameTown : 0)
        + (facts.ConfirmedMonth is null ? 0 : MatchWeights.Fresh);

    // Who does all of it leads; what does only a part follows by its share; what is ruled out never mixes in.
    internal static float Rank(in Standing s) => s.Verdict switch
    {
        Verdict.Fits => MatchWeights.AllSteps + s.Score + MatchWeights.FitsFirst,
        Verdict.Maybe => s.Foreign ? s.Score : MatchWeights.AllSteps + s.Score,
        Verdict.Partly => s.Score,
        _ => s.Score + s.StepsDone,
    };
}
