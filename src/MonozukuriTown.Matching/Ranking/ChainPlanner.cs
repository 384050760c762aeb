namespace MonozukuriTown.Matching;

/// <summary>
/// 共同受注: when nobody does every step, the smallest set of companies that together do, fewer handovers first, then nearness,
/// then how well each does its step. Everyone on a chain does its step alone and meets the hard facts for it.
/// </summary>
internal sealed class ChainPlanner(MatchPlan plan)
{
    private const int PoolPerStep = 8;
    private const int MaxSteps = 8;
    private const int MaxChains = 3;

    private readonly record struct Candidate(int Block, int Company, float Strength);

    public IReadOnlyList<Chain> Plan()
    {
        var steps = Math.Min(plan.Steps.Length, MaxSteps);
        var pools = new List<Candidate>[steps];
        for (var s = 0; s < steps; s++)
        {
            pools[s] = Pool(s);
            if (pools[s].Count == 0)
                return [];
        }
        var best = new List<(double Cost, int[] Choice)>();
        Choose(pools, new int[steps], 0, 0, best);
        return [.. best.OrderBy(b => b.Cost).Take(MaxChains).Select(b => Build(pools, b.Choice))];
    }

    // Branch and bound: a partial choice that already costs more than the third best whole one is left.
    private void Choose(List<Candidate>[] pools, int[] choice, int step, double cost, List<(double Cost, int[] Choice)> best)
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

    private double Cost(List<Candidate>[] pools, int[] choice, int step)
    {
        var here = pools[step][choice[step]];
        var cost = 0.5 * (1.1 - here.Strength);
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

    private static bool Same(in Candidate a, in Candidate b) => a.Block == b.Block && a.Company == b.Company;

    private CompanyFacts Facts(in Candidate c) => plan.Catalog.Blocks[c.Block].Readings[c.Company].Facts;

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

    private List<Candidate> Pool(int s)
    {
        var step = plan.Steps[s];
        var pool = new List<Candidate>();
        var seen = new Dictionary<int, float>();
        for (var b = 0; b < plan.Catalog.Blocks.Length; b++)
        {
            var block = plan.Catalog.Blocks[b];
            seen.Clear();
            foreach (var (process, weight) in step.Alternatives)
            {
                foreach (var p in block.Postings(process))
                {
                    // A partner's work is no step of one's own.
                    if (p.ByPartner)
                        continue;
                    var v = p.Strength / Posting.Scale * weight;
                    if (v < MatchWeights.DoneStep || seen.TryGetValue(p.Company, out var known) && known >= v)
                        continue;
                    if (Rules(step, block, p.Row))
                        continue;
                    seen[p.Company] = v;
                }
            }
            foreach (var (company, v) in seen)
                pool.Add(new(b, company, v * Material(block, company)));
        }
        pool.Sort((x, y) =>
        {
            var byStrength = y.Strength.CompareTo(x.Strength);
            return byStrength != 0 ? byStrength : string.CompareOrdinal(Facts(x).Key, Facts(y).Key);
        });
        // Whoever also does a neighbouring step saves a handover: keep room for them beyond the first few.
        return pool.Count > PoolPerStep ? pool[..PoolPerStep] : pool;
    }

    private bool Rules(PlannedStep step, CatalogBlock block, int row)
    {
        ref readonly var limits = ref block.Limits[row];
        return HardFacts.Size(plan, step, limits) == Fit.Fails
            || HardFacts.Thickness(plan, step, limits) == Fit.Fails
            || HardFacts.Diameter(plan, step, limits) == Fit.Fails
            || HardFacts.Tolerance(plan, step, limits) == Fit.Fails
            || HardFacts.Lot(plan, limits) == Fit.Fails;
    }

    private float Material(CatalogBlock block, int company)
    {
        var stated = block.Readings[company].Materials;
        if (plan.MaterialScores.Length == 0 || stated.Length == 0)
            return 0.9f;
        float sum = 0;
        foreach (var scores in plan.MaterialScores)
            sum += stated.Max(m => scores[m]);
        return MatchWeights.MaterialFloor + (1 - MatchWeights.MaterialFloor) * sum / plan.MaterialScores.Length;
    }

    private Chain Build(List<Candidate>[] pools, int[] choice)
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
            shares[facts.Key] = shares.GetValueOrDefault(facts.Key) + plan.Steps[s].Weight * (plan.Steps[s].Group is "fin" or "surf" or "heat" ? 0.6 : 1);
        }
        var lead = shares.OrderByDescending(x => x.Value).First().Key;
        return new(links, links.First(l => string.Equals(l.Company.Key, lead, StringComparison.Ordinal)).Company, handovers);
    }
}
