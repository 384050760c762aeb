using System.Numerics;
using System.Runtime.Intrinsics;

namespace MonozukuriTown.Matching;

/// <summary>One company's standing in a match before its reasons are written.</summary>
/// <param name="Row">Fact row of the block by which it does the heaviest of the steps: its materials count.</param>
internal readonly record struct Standing(
    int Block, int Company, float Score, Verdict Verdict, int StepsDone, Demands FailedBy, bool WithPartners, bool Foreign, int Row);

/// <summary>By what a company does a step best.</summary>
/// <param name="Row">Fact row of the block whose limits and materials hold for it.</param>
/// <param name="Process">The process it is listed under.</param>
/// <param name="Against">What the order asks of the step and the row states it can't meet.</param>
/// <param name="ByPartner">Done by a partner.</param>
/// <param name="IsStretched">The lot is outside what is stated, but within reach.</param>
/// <param name="IsHidden">Shown by a machine of which the company was not told: for staff alone.</param>
internal readonly record struct BestWay(ushort Row, ushort Process, Demands Against, bool ByPartner, bool IsStretched, bool IsHidden);

/// <summary>Scores the companies of one block: processes first, then what limits say, then text.</summary>
internal sealed class BlockMatcher
{
    private readonly MatchPlan plan;
    // Companies of the largest block, in whole vectors.
    private readonly int size;
    // By step, then company.
    private readonly float[] best;
    private readonly BestWay[] ways;
    private readonly float[] breadth;
    private readonly float[] text;
    // The same as bits: who does the step, whose way of doing it breaks a demand, and whose leaves a question (a partner's, a lot far off).
    private readonly ulong[] able;
    private readonly ulong[] failing;
    private readonly ulong[] open;
    private readonly CompanySet?[] required;
    private readonly CompanySet?[] wished;
    private readonly float weights;

    public BlockMatcher(MatchPlan plan)
    {
        this.plan = plan;
        foreach (var block in plan.Catalog.Blocks)
            size = Math.Max(size, block.Count);
        size = (size + 63) / 64 * 64;
        best = new float[plan.Steps.Length * size];
        ways = new BestWay[plan.Steps.Length * size];
        breadth = new float[Array.Exists(plan.Steps, s => s.IsBroad) ? size : 0];
        text = new float[plan.Steps.Length == 0 ? size : 0];
        able = new ulong[plan.Steps.Length * size / 64];
        failing = new ulong[able.Length];
        open = new ulong[able.Length];
        required = new CompanySet?[plan.Required.Length];
        wished = new CompanySet?[plan.Wished.Length];
        weights = plan.Steps.Sum(s => s.Weight);
    }

    /// <summary>Strength of a step for a company that was run or measured.</summary>
    public float Strength(int step, int company) => best[step * size + company];

    /// <summary>By what the company does the step, when it does it.</summary>
    public BestWay Way(int step, int company) => ways[step * size + company];

    /// <summary>What the company states of a step that is only wished or concluded speaks against it: it counts as not done, and rules nobody out.</summary>
    public bool IsPassedOver(int step, int company) =>
        plan.Steps[step].IsSoft && plan.Steps.Length > 1 && ways[step * size + company].Against != Demands.None;

    /// <summary>How one company stands, the rest of its block left alone.</summary>
    public Standing Stand(int blockNumber, CatalogBlock block, int company)
    {
        Begin(block);
        if (plan.Steps.Length == 0)
            return ByText(blockNumber, block, company);
        Measure(block, company);
        return Judge(blockNumber, block, company, new Tally(0));
    }

    /// <summary>Works out strengths and ways of one company.</summary>
    public void Measure(CatalogBlock block, int company)
    {
        var (reading, first) = (block.Readings[company], block.FirstRows[company]);
        for (var s = 0; s < plan.Steps.Length; s++)
        {
            var step = plan.Steps[s];
            best[s * size + company] = 0;
            if (step.IsBroad)
                breadth[company] = 0;
            foreach (var (process, weight) in step.Alternatives)
            {
                if (reading.Find(process) is { } e)
                    Take(block, [Posting.Of(company, first, e)], step, process, s * size, weight);
                if (plan.ForStaff && reading.FindForStaff(process) is { } shown && shown != reading.Find(process))
                    Take(block, [Posting.Of(company, first, shown)], step, process, s * size, weight, isHidden: true);
            }
            if (step.IsBroad)
                best[s * size + company] *= Share(step, company);
            foreach (var (process, weight) in step.OtherWays)
            {
                if (reading.Find(process) is { } e)
                    TakeOther(block, [Posting.Of(company, first, e)], step, process, s * size, weight);
            }
        }
    }

    private void Begin(CatalogBlock block)
    {
        for (var i = 0; i < required.Length; i++)
            required[i] = block.Facets.Certifications.GetValueOrDefault(plan.Required[i]);
        for (var i = 0; i < wished.Length; i++)
            wished[i] = block.Facets.Certifications.GetValueOrDefault(plan.Wished[i]);
        if (plan.Steps.Length > 0)
            return;
        Array.Clear(text);
        block.Text.Score(plan.Terms, plan.Catalog.AverageLengths, text, []);
    }

    public void Run(int blockNumber, CatalogBlock block, Tally tally)
    {
        Begin(block);
        if (plan.Steps.Length == 0)
        {
            for (var c = 0; c < block.Count; c++)
            {
                if (text[c] > 0)
                    tally.Add(ByText(blockNumber, block, c), 0, block.Ties[c]);
            }
            return;
        }
        Array.Clear(best);
        for (var s = 0; s < plan.Steps.Length; s++)
        {
            Step(s, block);
            MarkAble(s);
        }
        for (var word = 0; word < size / 64; word++)
        {
            for (var left = ToJudge(word, tally); left != 0; left &= left - 1)
            {
                var c = word * 64 + BitOperations.TrailingZeroCount(left);
                tally.Add(Judge(blockNumber, block, c, tally), plan.Steps.Length, block.Ties[c]);
            }
        }
    }

    private void MarkAble(int s)
    {
        var done = Vector256.Create(MatchWeights.DoneStep);
        for (var c = 0; c < size; c += 64)
        {
            ulong bits = 0;
            for (var i = 0; i < 64; i += Vector256<float>.Count)
                bits |= (ulong)Vector256.GreaterThanOrEqual(Vector256.Create(best.AsSpan(s * size + c + i)), done).ExtractMostSignificantBits() << i;
            able[(s * size + c) / 64] = bits;
        }
    }

    // Which of 64 companies to judge one by one. Whose verdict is plain and who, at the full strength of its steps, still stays behind all that are
    // kept is counted at once: of a large catalog these are most.
    private ulong ToJudge(int word, Tally tally)
    {
        ulong any = 0, failed = 0, unsure = plan.IsSure ? 0 : ulong.MaxValue, does = 0;
        var all = ulong.MaxValue;
        foreach (var set in required)
            failed |= ~(set?.Word(word) ?? 0);
        for (var s = 0; s < plan.Steps.Length; s++)
        {
            var (step, at) = (plan.Steps[s], s * size / 64 + word);
            var (done, fails) = (able[at], able[at] & failing[at]);
            any |= done;
            does |= step.IsSoft ? done & ~fails : done;
            unsure |= done & open[at] & ~fails;
            if (!step.IsSoft || plan.Steps.Length == 1)
                failed |= fails;
            if (!step.IsSoft && !step.IsCommon)
                all &= done;
            if (step.IsOpenMaking)
                unsure |= ~done;
        }
        if (any == 0 || tally.Named.Threshold < 0)
            return any;
        var behind = Behind(word, tally);
        var (partial, whole) = (any & ~all, any & all & does & ~failed & (unsure | behind.Unsure) & behind.Whole);
        var (partly, excluded) = (partial & does & ~failed & behind.Partly, partial & (failed | ~does) & behind.Excluded);
        tally.AddUnseen(BitOperations.PopCount(whole), BitOperations.PopCount(partly), BitOperations.PopCount(excluded));
        return any & ~whole & ~partly & ~excluded;
    }

    // Whose steps reach none of the lists (nor a place in a chain, while one may be needed) even if nothing else counts against it: as one that does
    // all of them, or some, or some and is ruled out; and who does a step too weakly to be sure.
    private (ulong Whole, ulong Partly, ulong Excluded, ulong Unsure) Behind(int word, Tally tally)
    {
        (ulong Whole, ulong Partly, ulong Excluded, ulong Unsure) found = default;
        var steps = plan.Steps;
        var (done, one, chains) = (Vector256.Create(MatchWeights.DoneStep), Vector256<float>.One, tally.NeedsChains);
        var (named, excluded) = (Vector256.Create(tally.Named.Threshold), Vector256.Create(tally.Excluded.Threshold));
        for (var i = 0; i < 64; i += Vector256<float>.Count)
        {
            Vector256<float> sum = default, taken = default, count = default, most = default, unsure = default;
            for (var s = 0; s < steps.Length; s++)
            {
                var v = Vector256.Create(best.AsSpan(s * size + word * 64 + i));
                var does = Vector256.GreaterThanOrEqual(v, done);
                sum += v * steps[s].Weight & does;
                count += one & does;
                most = Vector256.Max(most, v);
                if (!steps[s].IsSoft)
                    unsure |= does & Vector256.LessThan(v, Vector256.Create(SureFrom));
                if (steps[s].IsCommon && !steps[s].IsSoft)
                    taken += Vector256.AndNot(Vector256.Create(steps[s].Weight * MatchWeights.CommonStep), does);
            }
            unsure |= Vector256.LessThan(most, Vector256.Create(MatchWeights.SureStep));
            var unchained = Vector256<float>.AllBitsSet;
            for (var s = 0; s < steps.Length && chains; s++)
            {
                var v = Vector256.Create(best.AsSpan(s * size + word * 64 + i));
                unchained &= Vector256.LessThan(v, done) | Vector256.LessThan(v + MatchWeights.AlsoDoes * (count - one), Vector256.Create(tally.Steps[s].Threshold));
            }
            var score = sum / weights;
            found.Whole |= Bits(Vector256.LessThan(Vector256.Create(MatchWeights.AllSteps) + (sum + taken) / weights, named)) << i;
            found.Partly |= Bits(unchained & Vector256.LessThan(score, named)) << i;
            found.Excluded |= Bits(unchained & Vector256.LessThan(score + count, excluded)) << i;
            found.Unsure |= Bits(unsure) << i;
        }
        return found;
    }

    private static ulong Bits(Vector256<float> mask) => mask.ExtractMostSignificantBits();

    // Beside its own trade a shop finishes what it made: there a side line is enough.
    private float SureFrom => plan.Steps.Length > 1 ? MatchWeights.SureSideStep : MatchWeights.SureStep;

    private void Step(int s, CatalogBlock block)
    {
        var at = s * size;
        var step = plan.Steps[s];
        if (step.IsBroad)
            Array.Clear(breadth);
        var fails = failing.AsSpan(at / 64, size / 64);
        fails.Clear();
        foreach (var (process, weight) in step.Alternatives)
        {
            Take(block, block.Postings(process), step, process, at, weight);
            if (plan.ForStaff)
                Take(block, block.StaffPostings(process), step, process, at, weight, isHidden: true);
        }
        for (var c = 0; c < block.Count && step.IsBroad; c++)
            best[at + c] *= Share(step, c);
        if (!fails.ContainsAnyExcept(0UL))
            return;
        foreach (var (process, weight) in step.OtherWays)
            TakeOther(block, block.Postings(process), step, process, at, weight);
    }

    private float Share(PlannedStep step, int company) => 1 - MatchWeights.Breadth + MatchWeights.Breadth * Math.Min(1, breadth[company] / step.Ways);

    private void Take(CatalogBlock block, ReadOnlySpan<Posting> postings, PlannedStep step, int process, int at, float weight, bool isHidden = false)
    {
        var scale = weight / Posting.Scale;
        foreach (var p in postings)
        {
            var v = p.Strength * scale;
            if (p.ByPartner)
                v *= MatchWeights.PartnerStep;
            if (step.IsBroad)
                breadth[p.Company] += v;
            ref var known = ref best[at + p.Company];
            if (v <= known)
                continue;
            known = v;
            ref var way = ref ways[at + p.Company];
            var isStretched = false;
            var against = v < MatchWeights.DoneStep ? Demands.None : HardFacts.Against(plan, step, block.Limits, p.Row, out isStretched);
            way = new(p.Row, (ushort)process, against, p.ByPartner, isStretched, isHidden);
            Mark(ref failing[(at + p.Company) >> 6], p.Company, against != Demands.None);
            Mark(ref open[(at + p.Company) >> 6], p.Company, p.ByPartner || isStretched);
        }
    }

    // What the strongest way can't, another may: who turns to 200 mm and mills to 800 is asked for 600. It has to state that.
    private void TakeOther(CatalogBlock block, ReadOnlySpan<Posting> postings, PlannedStep step, int process, int at, float weight)
    {
        foreach (var p in postings)
        {
            if ((failing[(at + p.Company) >> 6] >> (p.Company & 63) & 1) == 0)
                continue;
            ref var way = ref ways[at + p.Company];
            var v = p.Strength * weight / Posting.Scale * (p.ByPartner ? MatchWeights.PartnerStep : 1) * (step.IsBroad ? Share(step, p.Company) : 1);
            if (v < MatchWeights.DoneStep || p.Row == way.Row || !HardFacts.States(block.Limits, p.Row, way.Against)
                || HardFacts.Against(plan, step, block.Limits, p.Row, out var isStretched) != Demands.None)
                continue;
            best[at + p.Company] = v;
            way = new(p.Row, (ushort)process, Demands.None, p.ByPartner, isStretched, IsHidden: false);
            Mark(ref failing[(at + p.Company) >> 6], p.Company, mark: false);
            Mark(ref open[(at + p.Company) >> 6], p.Company, p.ByPartner || isStretched);
        }
    }

    private static void Mark(ref ulong bits, int company, bool mark)
    {
        var bit = 1UL << (company & 63);
        bits = mark ? bits | bit : bits & ~bit;
    }

    private Standing Judge(int blockNumber, CatalogBlock block, int c, Tally tally)
    {
        float sum = 0;
        var done = 0;
        var sure = plan.IsSure;
        var withPartners = false;
        var (failed, passedOver) = (Demands.None, Demands.None);
        var factor = 1f;
        var (mainRow, mainWeight) = (-1, -1f);
        var common = 0;
        var main = 0f;
        for (var s = 0; s < plan.Steps.Length; s++)
        {
            var step = plan.Steps[s];
            var v = best[s * size + c];
            if (v < MatchWeights.DoneStep)
            {
                if ((step.IsCommon || step.IsSoft) && plan.Steps.Length > 1)
                    common++;
                sure &= !step.IsOpenMaking;
                continue;
            }
            ref readonly var way = ref ways[s * size + c];
            if (IsPassedOver(s, c))
            {
                passedOver |= way.Against;
                common++;
                continue;
            }
            failed |= way.Against;
            done++;
            sum += step.Weight * v;
            sure &= step.IsSoft || v >= SureFrom;
            main = Math.Max(main, v);
            withPartners |= way.ByPartner;
            if (step.Weight > mainWeight)
                (mainRow, mainWeight) = (way.Row, step.Weight);
            if (way.IsStretched)
            {
                factor = MatchWeights.LotStretched;
                sure = false;
            }
        }
        // Nothing else is left to ask it about.
        if (done == 0)
            failed |= passedOver;
        // Bitmaps and columns only: touching the company itself would cost more than all the sums.
        var certified = true;
        foreach (var set in required)
            certified &= set?[c] is true;
        if (!certified)
            failed |= Demands.Certification;
        mainRow = mainRow >= 0 ? mainRow : block.FirstRows[c];
        var material = Material(block, mainRow);
        factor *= 1 - plan.MaterialSureness * (1 - (material < 0 && plan.IsMaterialAssumed ? 1 : MaterialFactor(material)));
        foreach (var set in wished)
        {
            if (set?[c] is not true)
                factor *= MatchWeights.WishMissing;
        }
        // Who does everything else than a common step is taken to do that as well, but asked.
        if (common > 0 && done + common == plan.Steps.Length && done > 0)
        {
            done += common;
            for (var s = 0; s < plan.Steps.Length; s++)
            {
                if (plan.Steps[s].IsCommon && !plan.Steps[s].IsSoft && best[s * size + c] < MatchWeights.DoneStep)
                    sum += plan.Steps[s].Weight * MatchWeights.CommonStep;
            }
        }
        sure &= main >= MatchWeights.SureStep;
        if (plan.IsMaterialAssumed)
            material = material is >= 0 and < MatchWeights.ForeignMaterial ? MatchWeights.NearMaterial : float.NaN;
        var coverage = sum / weights;
        var score = coverage * factor;
        if (certified && tally.NeedsChains)
            Offer(blockNumber, c, block.Ties[c], done, MaterialFactor(material), tally);
        var verdict = failed != Demands.None ? Verdict.No
            : done < plan.Steps.Length ? Verdict.Partly
            : sure && !withPartners && material is >= MatchWeights.SameMaterial or float.NaN ? Verdict.Fits
            : Verdict.Maybe;
        return new(blockNumber, c, score, verdict, done, failed, withPartners, material is >= 0 and < MatchWeights.ForeignMaterial, mainRow);
    }

    private Standing ByText(int blockNumber, CatalogBlock block, int c)
    {
        var material = Material(block, block.FirstRows[c]);
        var score = Saturated(text[c]) * MaterialFactor(material);
        return new(blockNumber, c, score, Verdict.Partly, 0, Demands.None, WithPartners: false, Foreign: false, block.FirstRows[c]);
    }

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
        _ => material,
    };

    // For a chain everyone does a step alone: own work only, within the limits that hold for that step.
    private void Offer(int blockNumber, int c, uint tie, int done, float materialFactor, Tally tally)
    {
        for (var s = 0; s < plan.Steps.Length; s++)
        {
            var v = best[s * size + c];
            if (v < MatchWeights.DoneStep || ways[s * size + c] is { ByPartner: true } or { Against: not Demands.None })
                continue;
            var strength = v * materialFactor;
            // Whoever also does a neighbouring step saves a handover.
            tally.Steps[s].Offer(strength + MatchWeights.AlsoDoes * (done - 1), tie, new(blockNumber, c, strength));
        }
    }

    public static float Saturated(float score) => score / (score + MatchWeights.HalfText);
}
