using System.Globalization;

namespace MonozukuriTown.Matching;

/// <summary>One part of a sum: what it is, and how much it adds or by what it multiplies.</summary>
/// <param name="Label">In Japanese: 旋盤加工（重み 1.24 × 強さ 0.97）.</param>
/// <param name="Value">The number.</param>
/// <param name="IsFactor">Multiplies what stands above it; otherwise it is added.</param>
public sealed record ScoreTerm(string Label, double Value, bool IsFactor = false)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsFactor ? "×" : "+")} {Value:0.0000}  {Label}");
}

/// <summary>Why a company stands where it stands in a match: every term of the sum, with the reasons. For staff and the command line.</summary>
public sealed record Explanation(CompanyFacts Company, Verdict Verdict, IReadOnlyList<ScoreTerm> Terms, double Score, IReadOnlyList<Reason> Reasons);

/// <summary>Writes the sum of one company out; the numbers are the matcher's own.</summary>
internal static class Explainer
{
    public static Explanation? Explain(CompanyCatalog catalog, RfqNeed need, string key, bool forStaff)
    {
        if (need.Outside is not null || catalog.Place(key) is not { } place)
            return null;
        var plan = new MatchPlan(catalog, need, forStaff);
        var blocks = new BlockMatcher(plan);
        var block = catalog.Blocks[place.Block];
        var standing = blocks.Stand(place.Block, block, place.Company);
        var facts = block.Readings[place.Company].Facts;
        var terms = new List<ScoreTerm>();
        double sum = 0, weights = plan.Steps.Sum(s => s.Weight);
        for (var s = 0; s < plan.Steps.Length; s++)
        {
            var step = plan.Steps[s];
            double strength = blocks.Strength(s, place.Company);
            if (strength < MatchWeights.DoneStep || blocks.IsPassedOver(s, place.Company))
                strength = standing.StepsDone == plan.Steps.Length && step is { IsCommon: true, IsSoft: false } ? MatchWeights.CommonStep : 0;
            var part = step.Weight * strength / weights;
            sum += part;
            terms.Add(new(string.Create(CultureInfo.InvariantCulture, $"{step.Step.Fact.Label}：重み {step.Weight:0.00} × 強さ {strength:0.00} ÷ 重みの合計 {weights:0.00}"), part));
        }
        if (sum > 0)
            terms.Add(new("材質・ロット・希望の認証による係数", standing.Score / sum, IsFactor: true));
        else
            terms.Add(new("文章の近さ（工程が読み取れないとき）", standing.Score));
        if (plan.Steps.Length > 0)
            terms.Add(new("文章の近さ", MatchWeights.Text * BlockMatcher.Saturated(plan.TextScore(block.Readings[place.Company].Text))));
        var extra = Matcher.Extra(plan, facts);
        terms.Add(new("所在地と情報の新しさ", extra));
        var scored = standing with { Score = standing.Score + (plan.Steps.Length > 0 ? (float)terms[^2].Value : 0) + extra };
        var total = Matcher.Rank(scored);
        terms.Add(new($"判定（{Word(scored.Verdict)}）による順位の段", total - scored.Score));
        if (scored.Verdict == Verdict.Fits && Matcher.FitsFrom(plan) is var from && total < from)
        {
            scored = scored with { Verdict = Verdict.Maybe };
            terms.Add(new(string.Create(CultureInfo.InvariantCulture, $"最上位から離れている（{from:0.00} 未満）ので{Word(scored.Verdict)}"), Matcher.Rank(scored) - total));
            total = Matcher.Rank(scored);
        }
        return new(facts, scored.Verdict, terms, Math.Round(total, 5), new ReasonWriter(plan, blocks).Write(scored, 0).Reasons);
    }

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Fits => "対応できます",
        Verdict.Maybe => "条件つき",
        Verdict.Partly => "一部の工程",
        _ => "条件に合いません",
    };
}
