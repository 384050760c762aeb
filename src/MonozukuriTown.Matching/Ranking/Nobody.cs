using System.Numerics;

namespace MonozukuriTown.Matching;

/// <summary>When nobody fits: which demand rules out the most, and what to relax.</summary>
internal static class Nobody
{
    /// <summary>The trade asked for is none of the town's manufacturers'.</summary>
    public static MatchResult Outside(RfqNeed need, string trade) => new()
    {
        Need = need,
        Matches = [],
        Excluded = [],
        ExcludedCount = 0,
        FitsCount = 0,
        MaybeCount = 0,
        PartlyCount = 0,
        NobodyBecause = $"「{trade}」を行う企業の登録がありません。ものづくり企業に加工や製作を頼みたい場合は、作る物・材質・数量をお書き添えください。",
    };

    public static string? Because(MatchPlan plan, Tally tally)
    {
        if (plan.Steps.Length == 0)
            return "読み取れた加工がないため、近い言葉を含む企業だけを挙げています。";
        var able = tally.FailedBy.Values.Sum();
        if (able > 0)
            return Failed(plan, tally, able);
        var undone = plan.Steps.Where((_, i) => !DoneBySomebody(plan, i)).Select(s => s.Step.Fact.Label).ToList();
        if (undone.Count > 0)
            return $"「{string.Join("」「", undone)}」に対応する企業の登録がありません。";
        return tally.Partly > 0 ? "全工程を一社で行う企業がありません。工程ごとの組み合わせをご覧ください。" : null;
    }

    // Relaxing a demand helps whom nothing else rules out; where several fail together everywhere, all of the commonest are named.
    private static string Failed(MatchPlan plan, Tally tally, int able)
    {
        var only = tally.FailedBy.Where(f => BitOperations.IsPow2((uint)f.Key)).ToList();
        var (worst, count) = (only.Count > 0 ? only : [.. tally.FailedBy]).OrderByDescending(f => f.Value).ThenBy(f => f.Key).First();
        var kinds = Enum.GetValues<NeedKind>().Where(k => ((uint)worst >> (int)k & 1) != 0).ToList();
        var labels = string.Concat(kinds.Select(k => $"「{plan.Deciding(k)?.Label ?? "寸法"}」"));
        return $"加工ができる企業は {able} 社ありますが、{labels}が {count} 社の対応範囲を超えています。{(kinds is [var one] ? Advice(one) : "一つだけでなく、あわせて見直すと候補が見つかることがあります。")}";
    }

    private static bool DoneBySomebody(MatchPlan plan, int step)
    {
        foreach (var (process, weight) in plan.Steps[step].Alternatives)
        {
            if (weight < MatchWeights.DoneStep)
                continue;
            foreach (var block in plan.Catalog.Blocks)
            {
                foreach (var p in block.Postings(process))
                {
                    if (p.Strength / Posting.Scale * weight >= MatchWeights.DoneStep)
                        return true;
                }
            }
        }
        return false;
    }

    private static string Advice(NeedKind kind) => kind switch
    {
        NeedKind.Size => "分割して製作できないか、寸法に余裕がないかをご検討ください。",
        NeedKind.Tolerance => "本当に必要な箇所だけに公差を絞れないかをご検討ください。",
        NeedKind.Quantity => "数量をまとめる、または分けて発注できないかをご検討ください。",
        NeedKind.Certification => "認証を必須としない場合の候補もご覧ください。",
        NeedKind.Thickness => "板厚を変えられないかをご検討ください。",
        _ => "条件をゆるめると候補が見つかることがあります。",
    };
}
