namespace MonozukuriTown.Matching;

/// <summary>
/// 共同受注: when nobody does every step, the smallest set of companies that together do, fewer handovers first, then nearness,
/// then how well each does its step. Everyone on a chain does its step alone and meets the hard facts for it.
/// </summary>
internal sealed class ChainPlanner(MatchPlan plan, TopList<StepCandidate>[] candidates)
{
    private const int MaxSteps = 8;
    private const int MaxChains = 3;

    public IReadOnlyList<Chain> Plan()
    {
        var steps = plan.Steps.Length;
        // A chain that leaves steps out is none.
        if (steps > MaxSteps)
            return [];
        var pools = new List<StepCandidate>[steps];
        for (var s = 0; s < steps; s++)
        {
            pools[s] = Pool(s, steps);
            if (pools[s].Count == 0)
                return [];
        }
        var best = new List<(double Cost, int[] Choice)>();
        Choose(pools, new int[steps], 0, 0, best);
        return [.. best.OrderBy(b => b.Cost).Take(MaxChains).Select(b => Build(pools, b.Choice))];
    }

    // Branch and bound: a partial choice that already costs more than the third best whole one is left.
    private void Choose(List<StepCandidate>[] pools, int[] choice, int step, double cost, List<(double Cost, int[] Choice)> best)
    {
        if (best.Count >= MaxChains && cost >= best[^1].Cost)
            return;
        if (step == pools.Length)
        {
            best.Add((cost, [.. choice]));
            best.Sort((a, b) => a.Cost.CompareTo(b.Cost));
            if (best.Count > MaxChains)
                best.RemoveAt(best.Count - 1);
            return;
        }
        for (var i = 0; i < pools[step].Count; i++)
        {
            choice[step] = i;
            Choose(pools, choice, step + 1, cost + Cost(pools, choice, step), best);
        }
    }

    private double Cost(List<StepCandidate>[] pools, int[] choice, int step)
    {
        var here = pools[step][choice[step]];
        var cost = 1.2 * (1.1 - here.Strength);
        if (step == 0)
            return cost + 3;
        var before = pools[step - 1][choice[step - 1]];
        if (Same(here, before))
            return cost;
        cost += 1; // a handover
        var seen = false;
        for (var s = 0; s < step; s++)
            seen |= Same(pools[s][choice[s]], here);
        return cost + (seen ? 0 : 3) + 0.4 * Distance(Facts(before), Facts(here));
    }

    private static bool Same(in StepCandidate a, in StepCandidate b) => a.Block == b.Block && a.Company == b.Company;

    private CompanyFacts Facts(in StepCandidate c) => plan.Catalog.Blocks[c.Block].Readings[c.Company].Facts;

    /// <summary>0 next door, 1 far or not known.</summary>
    private static double Distance(CompanyFacts a, CompanyFacts b)
    {
        if (a is { Latitude: { } lat1, Longitude: { } lon1 } && b is { Latitude: { } lat2, Longitude: { } lon2 })
        {
            var x = (lon2 - lon1) * Math.Cos((lat1 + lat2) * Math.PI / 360) * 111.3;
            var y = (lat2 - lat1) * 110.6;
            return Math.Min(Math.Sqrt(x * x + y * y) / 20, 1);
        }
        return a.Town.Length > 0 && string.Equals(a.Town, b.Town, StringComparison.Ordinal) ? 0.1 : 0.7;
    }

    // The more steps, the fewer to choose from: the search stays small.
    private List<StepCandidate> Pool(int s, int steps)
    {
        var size = steps switch { <= 2 => 20, 3 => 12, 4 => 8, 5 => 6, _ => 4 };
        var pool = candidates[s].Best().Select(c => c.Item).ToList();
        pool.Sort((x, y) =>
        {
            var byStrength = y.Strength.CompareTo(x.Strength);
            return byStrength != 0 ? byStrength : string.CompareOrdinal(Facts(x).Key, Facts(y).Key);
        });
        var several = pool.Where(c => Enumerable.Range(0, steps).Count(o => candidates[o].Best().Any(x => Same(x.Item, c))) > 1);
        return [.. several.Concat(pool).DistinctBy(c => (c.Block, c.Company)).Take(size)];
    }

    private Chain Build(List<StepCandidate>[] pools, int[] choice)
    {
        var links = new List<ChainLink>();
        var handovers = 0;
        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var s = 0; s < choice.Length; s++)
        {
            var chosen = pools[s][choice[s]];
            var facts = Facts(chosen);
            if (s > 0 && !Same(chosen, pools[s - 1][choice[s - 1]]))
                handovers++;
            links.Add(new(s, facts, [.. pools[s].Where(c => !Same(c, chosen)).Take(3).Select(c => Facts(c))]));
            // The lead does most of the work, and the main step rather than the last polish.
            shares[facts.Key] = shares.GetValueOrDefault(facts.Key) + plan.Steps[s].Weight * (plan.Steps[s].IsFinish ? MatchWeights.FinishBesideMaking : 1);
        }
        var lead = shares.OrderByDescending(x => x.Value).First().Key;
        return new(links, links.First(l => string.Equals(l.Company.Key, lead, StringComparison.Ordinal)).Company, handovers);
    }
}
