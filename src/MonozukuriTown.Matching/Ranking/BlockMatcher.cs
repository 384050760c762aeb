namespace MonozukuriTown.Matching;

/// <summary>One company's standing in a match before its reasons are written.</summary>
internal readonly record struct Standing(int Block, int Company, float Score, Verdict Verdict, int StepsDone, NeedKind FailedBy, bool WithPartners, bool Foreign)
{
    public const NeedKind Nothing = (NeedKind)(-1);
}

/// <summary>Scores the companies of one block: processes first, then what limits say, then text.</summary>
internal sealed class BlockMatcher(MatchPlan plan)
{
    private readonly float[] best = new float[plan.Steps.Length * CatalogBlock.MaxCompanies];
    private readonly ushort[] rows = new ushort[plan.Steps.Length * CatalogBlock.MaxCompanies];
    private readonly bool[] partners = new bool[plan.Steps.Length * CatalogBlock.MaxCompanies];
    private readonly float[] breadth = new float[CatalogBlock.MaxCompanies];
    private readonly float[] text = new float[CatalogBlock.MaxCompanies];
    private readonly float weights = plan.Steps.Sum(s => s.Weight);

    /// <summary>Strength of a step for a company of the block scored last.</summary>
    public float Strength(int step, int company) => best[step * CatalogBlock.MaxCompanies + company];

    /// <summary>How a company of the block scored last stands.</summary>
    public Standing Stand(int blockNumber, CatalogBlock block, int company) =>
        plan.Steps.Length == 0 ? ByText(blockNumber, block, company) : Judge(blockNumber, block, company, new Tally(0));

    public int Row(int step, int company) => rows[step * CatalogBlock.MaxCompanies + company];

    public void Run(int blockNumber, CatalogBlock block, Tally tally)
    {
        Array.Clear(best);
        Array.Clear(partners);
        if (plan.Steps.Length == 0)
        {
            Array.Clear(text);
            block.Text.Score(plan.Terms, plan.Catalog.AverageLengths, text);
        }
        for (var s = 0; s < plan.Steps.Length; s++)
            Step(s, block);
        for (var c = 0; c < block.Count; c++)
        {
            var any = false;
            for (var s = 0; s < plan.Steps.Length; s++)
                any |= best[s * CatalogBlock.MaxCompanies + c] >= MatchWeights.DoneStep;
            if (any)
                tally.Add(Judge(blockNumber, block, c, tally), plan.Steps.Length);
            else if (plan.Steps.Length == 0 && text[c] > 0)
                tally.Add(ByText(blockNumber, block, c), 0);
        }
    }

    private void Step(int s, CatalogBlock block)
    {
        var at = s * CatalogBlock.MaxCompanies;
        var broad = plan.Steps[s].IsBroad;
        if (broad)
            Array.Clear(breadth);
        foreach (var (process, weight) in plan.Steps[s].Alternatives)
        {
            Take(block.Postings(process), at, weight, broad);
            if (plan.ForStaff)
                Take(block.StaffPostings(process), at, weight, broad);
        }
        if (!broad)
            return;
        for (var c = 0; c < block.Count; c++)
            best[at + c] *= 1 - MatchWeights.Breadth + MatchWeights.Breadth * Math.Min(1, breadth[c] / plan.Steps[s].Ways);
    }

    private void Take(ReadOnlySpan<Posting> postings, int at, float weight, bool broad)
    {
        var scale = weight / Posting.Scale;
        foreach (var p in postings)
        {
            var v = p.Strength * scale;
            if (p.ByPartner)
                v *= MatchWeights.PartnerStep;
            if (broad)
                breadth[p.Company] += v;
            if (v <= best[at + p.Company])
                continue;
            best[at + p.Company] = v;
            rows[at + p.Company] = p.Row;
            partners[at + p.Company] = p.ByPartner;
        }
    }

    private Standing Judge(int blockNumber, CatalogBlock block, int c, Tally tally)
    {
        float sum = 0;
        var done = 0;
        var sure = plan.IsSure;
        var withPartners = false;
        var failed = Standing.Nothing;
        var factor = 1f;
        var (mainRow, mainWeight) = (-1, -1f);
        // By step; beyond 64 there is no chain that would ask.
        ulong failing = 0;
        var common = 0;
        var main = 0f;
        for (var s = 0; s < plan.Steps.Length; s++)
        {
            var step = plan.Steps[s];
            var v = best[s * CatalogBlock.MaxCompanies + c];
            if (v < MatchWeights.DoneStep)
            {
                if ((step.IsCommon || step.IsSoft) && plan.Steps.Length > 1)
                    common++;
                sure &= !step.IsOpenMaking;
                continue;
            }
            var row = rows[s * CatalogBlock.MaxCompanies + c];
            ref readonly var limits = ref block.Limits[row];
            var fails = Fails(step, limits);
            if (fails != Standing.Nothing)
            {
                failing |= 1UL << s;
                // What is only wished or concluded rules nobody out who does the rest: it is asked, as if it were not done here.
                if (step.IsSoft && plan.Steps.Length > 1)
                {
                    common++;
                    continue;
                }
                failed = fails;
            }
            done++;
            sum += step.Weight * v;
            // Beside its own trade a shop finishes what it made: there a side line is enough.
            sure &= step.IsSoft || v >= (plan.Steps.Length > 1 ? MatchWeights.SureSideStep : MatchWeights.SureStep);
            main = Math.Max(main, v);
            withPartners |= partners[s * CatalogBlock.MaxCompanies + c];
            if (step.Weight > mainWeight)
                (mainRow, mainWeight) = (row, step.Weight);
            if (HardFacts.Lot(plan, step, limits) == Fit.Stretched)
            {
                factor = Math.Min(factor, MatchWeights.LotStretched);
                sure = false;
            }
        }
        // Bitmaps and columns only: touching the company itself would cost more than all the sums.
        foreach (var required in plan.Required)
        {
            if (block.Facets.Certifications.GetValueOrDefault(required)?[c] is not true)
                failed = NeedKind.Certification;
        }
        var material = Material(block, mainRow >= 0 ? mainRow : block.FirstRows[c]);
        factor *= 1 - plan.MaterialSureness * (1 - (material < 0 && plan.IsMaterialAssumed ? 1 : MaterialFactor(material)));
        foreach (var wished in plan.Wished)
        {
            if (block.Facets.Certifications.GetValueOrDefault(wished)?[c] is not true)
                factor *= MatchWeights.WishMissing;
        }
        // Who does everything else than a common step is taken to do that as well, but asked.
        if (common > 0 && done + common == plan.Steps.Length && done > 0)
        {
            done += common;
            for (var s = 0; s < plan.Steps.Length; s++)
            {
                if (plan.Steps[s].IsCommon && !plan.Steps[s].IsSoft && best[s * CatalogBlock.MaxCompanies + c] < MatchWeights.DoneStep)
                    sum += plan.Steps[s].Weight * MatchWeights.CommonStep;
            }
        }
        sure &= main >= MatchWeights.SureStep;
        if (plan.IsMaterialAssumed)
            material = material is >= 0 and < MatchWeights.ForeignMaterial ? MatchWeights.NearMaterial : float.NaN;
        var coverage = sum / weights;
        var score = coverage * factor;
        if (tally.Steps.Length > 0)
            Offer(blockNumber, block, c, done, material, failing, tally);
        var verdict = failed != Standing.Nothing ? Verdict.No
            : done < plan.Steps.Length ? Verdict.Partly
            : sure && !withPartners && material is >= MatchWeights.SameMaterial or float.NaN ? Verdict.Fits
            : Verdict.Maybe;
        return new(blockNumber, c, score, verdict, done, failed, withPartners, material is >= 0 and < MatchWeights.ForeignMaterial);
    }

    private Standing ByText(int blockNumber, CatalogBlock block, int c)
    {
        var material = Material(block, block.FirstRows[c]);
        var score = Saturated(text[c]) * MaterialFactor(material);
        return new(blockNumber, c, score, Verdict.Partly, 0, Standing.Nothing, WithPartners: false, Foreign: false);
    }

    // The demand on this step that the row states it can't meet; of several the last.
    private NeedKind Fails(PlannedStep step, in RowLimits limits) =>
        HardFacts.Lot(plan, step, limits) == Fit.Fails ? NeedKind.Quantity
        : HardFacts.Weight(plan, limits) == Fit.Fails ? NeedKind.Weight
        : HardFacts.Roughness(plan, limits) == Fit.Fails ? NeedKind.Roughness
        : HardFacts.Tolerance(plan, step, limits) == Fit.Fails ? NeedKind.Tolerance
        : HardFacts.Diameter(plan, step, limits) == Fit.Fails ? NeedKind.Diameter
        : HardFacts.Thickness(plan, step, limits) == Fit.Fails ? NeedKind.Thickness
        : HardFacts.Size(plan, step, limits) == Fit.Fails ? NeedKind.Size
        : Standing.Nothing;

    /// <summary>Kinship of the best stated material, averaged over the demanded ones; NaN when nothing is demanded, -1 when nothing is stated.</summary>
    private float Material(CatalogBlock block, int row)
    {
        if (plan.MaterialScores.Length == 0 || !plan.MaterialMatters)
            return float.NaN;
        var stated = block.Materials(row);
        if (stated.Length == 0)
            return -1;
        float sum = 0;
        foreach (var scores in plan.MaterialScores)
        {
            float top = 0;
            foreach (var m in stated)
                top = Math.Max(top, scores[m]);
            sum += top;
        }
        return sum / plan.MaterialScores.Length;
    }

    private static float MaterialFactor(float material) => material switch
    {
        float.NaN => 1,
        < 0 => MatchWeights.MaterialUnknown,
        _ => MatchWeights.MaterialFloor + (1 - MatchWeights.MaterialFloor) * MathF.Sqrt(material),
    };

    // For a chain everyone does a step alone: own work only, within the limits that hold for that step.
    private void Offer(int blockNumber, CatalogBlock block, int c, int done, float material, ulong failing, Tally tally)
    {
        foreach (var required in plan.Required)
        {
            if (block.Facets.Certifications.GetValueOrDefault(required)?[c] is not true)
                return;
        }
        for (var s = 0; s < plan.Steps.Length; s++)
        {
            var at = s * CatalogBlock.MaxCompanies + c;
            if (best[at] < MatchWeights.DoneStep || partners[at] || (failing >> s & 1) != 0)
                continue;
            var strength = best[at] * MaterialFactor(material);
            // Whoever also does a neighbouring step saves a handover.
            tally.Steps[s].Offer(strength + MatchWeights.AlsoDoes * (done - 1), new(blockNumber, c, strength));
        }
    }

    public static float Saturated(float score) => score / (score + 12);
}
