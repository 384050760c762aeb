namespace MonozukuriTown.Matching;

/// <summary>Which companies meet a query, and how well: every run by its words, by a name, or by a machine.</summary>
internal sealed class SearchPass
{
    private const float Model = 12;
    private static readonly float[] Boosts = [3f, 1.6f, 0.8f, 0.9f, 1.3f, 0.7f, 0.6f];

    private readonly CompanyCatalog catalog;
    private readonly CompanySet[][] runSets;

    // Scratch, one block at a time.
    private readonly float[] sum = new float[CatalogBlock.MaxCompanies];
    private readonly CompanySet unit = new();
    private readonly CompanySet whole = new();
    private readonly CompanySet found = new();

    public SearchPass(CompanyCatalog catalog, SearchWords words)
    {
        this.catalog = catalog;
        Words = words;
        var blocks = catalog.Blocks;
        Sets = new CompanySet[blocks.Length];
        Scores = new float[blocks.Length][];
        runSets = new CompanySet[blocks.Length][];
        RunCounts = new int[words.Runs.Count];
        var plans = words.Runs.Select(r => new RunPlan(this, r)).ToArray();
        // Figures rule nobody out, unless nothing else is asked.
        var narrowing = words.Runs.Select(r => !r.IsFigure || words.Runs.All(x => x.IsFigure)).ToArray();
        for (var b = 0; b < blocks.Length; b++)
        {
            var block = blocks[b];
            var scores = Scores[b] = new float[block.Count];
            var all = CompanySet.All(block.Count);
            runSets[b] = new CompanySet[plans.Length];
            for (var r = 0; r < plans.Length; r++)
            {
                var met = runSets[b][r] = Met(block, plans[r], scores);
                RunCounts[r] += met.Count;
                if (narrowing[r])
                    all.And(met);
            }
            if (words.Whole is { } name)
                Names(block, name, all, scores);
            Sets[b] = all;
            Total += all.Count;
        }
    }

    public SearchWords Words { get; }

    public CompanySet[] Sets { get; private set; }

    public float[][] Scores { get; }

    /// <summary>How many companies meet each run, whatever else is asked.</summary>
    public int[] RunCounts { get; }

    /// <summary>How many companies meet all runs.</summary>
    public int Total { get; private set; }

    /// <summary>Those that meet any run instead of all.</summary>
    public void Widen()
    {
        Total = 0;
        for (var b = 0; b < Sets.Length; b++)
        {
            Sets[b] = new();
            foreach (var set in runSets[b])
                Sets[b].Or(set);
            Total += Sets[b].Count;
        }
    }

    private CompanySet Met(CatalogBlock block, RunPlan plan, float[] scores)
    {
        var met = CompanySet.All(block.Count);
        for (var u = 0; u < plan.Run.Units.Count; u++)
        {
            unit.Clear();
            Unit(block, plan.Run.Units[u], plan.Terms[u], unit, scores);
            met.And(unit);
        }
        for (var o = 0; o < plan.Others.Length; o++)
            Unit(block, plan.Run.Others[o], plan.Others[o], met, scores);
        Names(block, plan.Run.Name, met, scores);
        if (plan.Models.Length > 0)
        {
            found.Clear();
            block.Text.Score(plan.Models, catalog.AverageLengths, scores, found.Bits);
            Add(found, met, scores, Model);
        }
        return met;
    }

    private void Names(CatalogBlock block, NameQuery name, CompanySet met, float[] scores)
    {
        found.Clear();
        block.Names.Match(name, sum, found);
        foreach (var c in found)
        {
            met[c] = true;
            scores[c] += sum[c];
            sum[c] = 0;
        }
    }

    private void Unit(CatalogBlock block, SearchUnit unit, WeightedTerm[][] terms, CompanySet met, float[] scores)
    {
        var bits = met.Bits;
        foreach (var p in unit.Processes)
        {
            var weight = (float)p.Weight;
            foreach (ref readonly var posting in block.Postings(p.Index))
            {
                var v = posting.Strength / Posting.Scale * weight * (posting.ByPartner ? MatchWeights.PartnerStep : 1);
                if (v < MatchWeights.DoneStep)
                    continue;
                var c = posting.Company;
                bits[c >> 6] |= 1UL << c;
                scores[c] += 8 * v;
            }
        }
        foreach (var m in unit.Materials)
            Add(block.Facets.Materials.GetValueOrDefault(m), met, scores, 4);
        foreach (var q in unit.Certifications)
            Add(block.Facets.Certifications.GetValueOrDefault(q), met, scores, 4);
        if (terms.Length > 0)
            Text(block, terms, met, scores);
    }

    private static void Add(CompanySet? set, CompanySet met, float[] scores, float score)
    {
        if (set is null)
            return;
        met.Or(set);
        foreach (var c in set)
            scores[c] += score;
    }

    // All pieces of the word in one company: 研磨 is one pair of characters, 鈴音精機 three.
    private void Text(CatalogBlock block, WeightedTerm[][] groups, CompanySet met, float[] scores)
    {
        if (groups is [var only])
        {
            block.Text.Score(only, catalog.AverageLengths, scores, met.Bits);
            return;
        }
        whole.Clear();
        whole.Fill(block.Count);
        foreach (var terms in groups)
        {
            found.Clear();
            block.Text.Score(terms, catalog.AverageLengths, sum, found.Bits);
            whole.And(found);
            if (whole.IsEmpty)
                break;
        }
        met.Or(whole);
        foreach (var c in whole)
            scores[c] += sum[c] / groups.Length;
        Array.Clear(sum);
    }

    private WeightedTerm[] Weigh(int[] terms, params ReadOnlySpan<TextField> fields)
    {
        List<WeightedTerm> weighted = [];
        foreach (var term in terms)
        {
            foreach (var field in fields)
            {
                var df = catalog.DocumentFrequency(field, term);
                if (df > 0)
                    weighted.Add(new(field, term, Boosts[(int)field] * MatchPlan.Idf(catalog.Count, df)));
            }
        }
        return [.. weighted];
    }

    /// <summary>A run with the weights of its terms, which hold for all blocks.</summary>
    private sealed class RunPlan
    {
        private static readonly TextField[] All = Enum.GetValues<TextField>();

        public RunPlan(SearchPass pass, SearchRun run)
        {
            Run = run;
            Terms = [.. run.Units.Select(u => Weigh(pass, u))];
            Others = [.. run.Others.Select(u => Weigh(pass, u))];
            Models = pass.Weigh(run.Models, TextField.Equipment);
        }

        public SearchRun Run { get; }

        /// <summary>By unit; empty where characters find nothing.</summary>
        public WeightedTerm[][][] Terms { get; }

        public WeightedTerm[][][] Others { get; }

        public WeightedTerm[] Models { get; }

        private static WeightedTerm[][] Weigh(SearchPass pass, SearchUnit unit) =>
            unit.IsUnknownText ? [] : [.. unit.Terms.Select(t => pass.Weigh(t, All))];
    }
}
