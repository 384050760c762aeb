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
        var able = tally.FailedBy.Sum();
        if (able > 0)
        {
            var worst = Enum.GetValues<NeedKind>().MaxBy(k => tally.FailedBy[(int)k]);
            var fact = plan.Need.Facts.FirstOrDefault(f => f.Kind == worst);
            var label = fact?.Label ?? "寸法";
            return $"加工ができる企業は {able} 社ありますが、「{label}」が {tally.FailedBy[(int)worst]} 社の対応範囲を超えています。{Advice(worst)}";
        }
        var undone = plan.Steps.Where((_, i) => !DoneBySomebody(plan, i)).Select(s => s.Step.Fact.Label).ToList();
        if (undone.Count > 0)
            return $"「{string.Join("」「", undone)}」に対応する企業の登録がありません。";
        return tally.Partly > 0 ? "全工程を一社で行う企業がありません。工程ごとの組み合わせをご覧ください。" : null;
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
