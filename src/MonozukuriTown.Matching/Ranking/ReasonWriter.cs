using System.Numerics;

namespace MonozukuriTown.Matching;

/// <summary>Says for one company, demand by demand, what fits, what is not known and what does not fit, in both sides' words.</summary>
internal sealed class ReasonWriter(MatchPlan plan, BlockMatcher blocks)
{
    private const string NotStated = "記載なし";

    public Match Write(in Standing standing, int rank)
    {
        var block = plan.Catalog.Blocks[standing.Block];
        var reading = block.Readings[standing.Company];
        var reasons = new List<Reason>();
        var done = new List<int>();
        blocks.Measure(block, standing.Company);
        for (var s = 0; s < plan.Steps.Length; s++)
        {
            var fact = plan.Steps[s].Step.Fact;
            var strength = blocks.Strength(s, standing.Company);
            if (strength < MatchWeights.DoneStep || blocks.IsPassedOver(s, standing.Company))
            {
                var asked = standing.Verdict is Verdict.Fits or Verdict.Maybe;
                var said = strength < MatchWeights.DoneStep ? "記載なし" : "記載の範囲外";
                reasons.Add(asked
                    ? new(NeedKind.Process, ReasonMark.Unknown, fact.Label, $"{said}（要相談）", fact.Span)
                    : new(NeedKind.Process, ReasonMark.Fails, fact.Label, strength < MatchWeights.DoneStep ? "この加工の記載なし" : said, fact.Span));
                continue;
            }
            done.Add(s);
            var way = blocks.Way(s, standing.Company);
            var evidence = (way.IsHidden ? reading.FindForStaff(way.Process) : reading.Find(way.Process))!.Value;
            // What the company lists itself is no open question, late as it may name it.
            var isSure = strength >= MatchWeights.SureStep || strength >= MatchWeights.SureSideStep && evidence.IsListed && evidence.Via == way.Process;
            reasons.Add(new(NeedKind.Process, isSure && !way.ByPartner ? ReasonMark.Fits : ReasonMark.Unknown, fact.Label, Words(reading, evidence, way.IsHidden), fact.Span));
        }
        Materials(reading, standing.Row - block.FirstRows[standing.Company], reasons);
        // As the verdict goes: each step by the limits of the way it is done, and of several the worst is told.
        foreach (var s in done)
        {
            foreach (var demand in HardFacts.Limits)
                Limit(reasons, demand, plan.Steps[s], block.Limits, blocks.Way(s, standing.Company).Row);
        }
        Certifications(reading, reasons);
        Region(reading, reasons);
        return new()
        {
            Rank = rank,
            Company = reading.Facts,
            Score = Math.Round(Matcher.Rank(standing), 5),
            Verdict = standing.Verdict,
            Reasons = reasons,
            Steps = done,
            WithPartners = standing.WithPartners,
        };
    }

    private string Words(CompanyReading reading, in Evidence e, bool isHidden)
    {
        var facts = reading.Facts;
        var said = e.Source switch
        {
            EvidenceSource.Capability => Name(facts.Capabilities[e.Place].Process),
            EvidenceSource.Equipment => $"設備 {Machine(facts.Equipment[e.Place])} から推定{(isHidden ? "（会社に知らせていないので、公開していません）" : "")}",
            EvidenceSource.Product => $"製品 {facts.Products[e.Place]} から推定",
            EvidenceSource.Summary => "紹介文に記載",
            _ => "社名から推定",
        };
        return e.ByPartner ? said + "（協力会社で対応）" : said;
    }

    private string Name(string word) => plan.Catalog.Vocabulary.ProcessName(word);

    private static string Machine(EquipmentFacts m) => string.Join(' ', new[] { m.Maker, m.Model, m.Kind }.Where(x => x.Length > 0));

    private void Materials(CompanyReading reading, int row, List<Reason> reasons)
    {
        var stated = reading.Rows[row].Materials;
        for (var i = 0; i < plan.Need.Materials.Count; i++)
        {
            var fact = plan.Need.Facts.Where(f => f.Kind == NeedKind.Material).ElementAtOrDefault(i);
            if (fact is null)
                continue;
            if (stated.Length == 0)
            {
                reasons.Add(new(NeedKind.Material, ReasonMark.Unknown, fact.Label, NotStated, fact.Span));
                continue;
            }
            var scores = plan.MaterialScores[i];
            var best = stated.MaxBy(m => scores[m]);
            var materials = plan.Catalog.Vocabulary.Materials;
            var name = materials[best].Name;
            if (scores[best] >= MatchWeights.SameMaterial)
                reasons.Add(new(NeedKind.Material, ReasonMark.Fits, fact.Label, name, fact.Span));
            else
                reasons.Add(new(NeedKind.Material, ReasonMark.Unknown, fact.Label, scores[best] >= MatchWeights.NearMaterial ? $"近い材質の {name}" : $"記載なし（{string.Join('、', stated.Take(3).Select(m => materials[m].Name))} など）", fact.Span));
        }
    }

    private void Limit(List<Reason> reasons, Demands demand, PlannedStep step, LimitColumns limits, int row)
    {
        var fit = HardFacts.Of(demand, plan, step, limits, row);
        if (fit == Fit.Free)
            return;
        var kind = (NeedKind)BitOperations.Log2((uint)demand);
        var stated = Text(demand, limits, row);
        var fact = plan.Deciding(kind, least: demand == Demands.Thickness && plan.Need.ThinnestMm * MatchWeights.Rounding < limits.Thickness[row].From);
        var mark = fit switch { Fit.Holds => ReasonMark.Fits, Fit.Fails => ReasonMark.Fails, _ => ReasonMark.Unknown };
        var words = fit == Fit.Stretched ? stated + "（範囲外、要相談）" : stated;
        var known = reasons.FindIndex(r => r.Demand == kind);
        var reason = new Reason(kind, mark, fact?.Label ?? SizeLabel(), words, fact?.Span);
        if (known < 0)
            reasons.Add(reason);
        else if (reasons[known].Mark > mark)
            reasons[known] = reason;
    }

    private string SizeLabel() => NeedBuilder.Label(plan.Catalog.Vocabulary, NeedKind.Size, string.Join('x', plan.Need.Size.Select(NeedBuilder.Text)), wish: false) ?? "寸法";

    private void Certifications(CompanyReading reading, List<Reason> reasons)
    {
        foreach (var fact in plan.Need.Facts.Where(f => f.Kind == NeedKind.Certification))
        {
            if (plan.Catalog.Vocabulary.FindCertification(fact.Value) is not { } c)
                continue;
            var has = Array.BinarySearch(reading.Certifications, c.Index) >= 0;
            reasons.Add(new(NeedKind.Certification, has ? ReasonMark.Fits : fact.IsWish ? ReasonMark.Unknown : ReasonMark.Fails, fact.Label, has ? c.Name : NotStated, fact.Span));
        }
    }

    private void Region(CompanyReading reading, List<Reason> reasons)
    {
        if (plan.Need.Facts.FirstOrDefault(f => f.Kind == NeedKind.Region) is not { } fact)
            return;
        var town = reading.Facts.Town;
        var here = plan.Catalog.Vocabulary.Regions.Contains(fact.Value, town);
        reasons.Add(new(NeedKind.Region, here ? ReasonMark.Fits : ReasonMark.Unknown, fact.Label, town.Length == 0 ? NotStated : town, fact.Span));
    }

    private static string Text(Demands demand, LimitColumns limits, int row) => demand switch
    {
        Demands.Size => SizeText(limits.Size[row]),
        Demands.Thickness => Range("板厚", limits.Thickness[row]),
        Demands.Diameter => Range("φ", limits.Diameter[row]),
        Demands.Tolerance => float.IsNaN(limits.Tolerance[row]) ? NotStated : $"±{NeedBuilder.Text(Round(limits.Tolerance[row]))} mm まで",
        Demands.Roughness => $"Ra{NeedBuilder.Text(Round(limits.Roughness[row]))} まで",
        Demands.Weight => $"{NeedBuilder.Text(Round(limits.Weight[row]))} kg まで",
        _ => LotText(limits.Lot[row]),
    };

    private static string SizeText(in LengthLimit limit)
    {
        if (float.IsNaN(limit.Longest))
            return NotStated;
        var lengths = new[] { limit.Longest, limit.Middle, limit.Shortest }.Where(v => !float.IsNaN(v)).Select(v => NeedBuilder.Text(Round(v)));
        return $"最大 {string.Join(" × ", lengths)} mm";
    }

    private static string Range(string name, in RangeLimit limit) => (float.IsNaN(limit.From), float.IsNaN(limit.To)) switch
    {
        (true, true) => NotStated,
        (true, false) => $"{name} {NeedBuilder.Text(Round(limit.To))} mm まで",
        (false, true) => $"{name} {NeedBuilder.Text(Round(limit.From))} mm から",
        _ => $"{name} {NeedBuilder.Text(Round(limit.From))}～{NeedBuilder.Text(Round(limit.To))} mm",
    };

    private static string LotText(in RangeLimit limit) => (float.IsNaN(limit.From), float.IsNaN(limit.To)) switch
    {
        (true, true) => NotStated,
        (true, false) => $"ロット {limit.To:#,0} まで",
        (false, true) => $"ロット {limit.From:#,0} から",
        _ => $"ロット {limit.From:#,0}～{limit.To:#,0}",
    };

    private static double Round(float value) => Math.Round((double)value, 5);
}
