namespace MonozukuriTown.Matching;

/// <summary>Ranks the companies of a catalog for a need. Hard facts decide before words do; unknown is not "cannot".</summary>
public static class Matcher
{
    /// <summary>Rows of a result unless told otherwise.</summary>
    public const int DefaultLimit = 20;

    /// <summary>Ranks, gives reasons, and plans chains when nobody does every step. Safe to call from many threads.</summary>
    public static MatchResult Match(CompanyCatalog catalog, RfqNeed need, int limit = DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(need);
        var plan = new MatchPlan(catalog, need);
        var blocks = new BlockMatcher(plan);
        var standings = new List<Standing>();
        for (var b = 0; b < catalog.Blocks.Length; b++)
            blocks.Run(b, catalog.Blocks[b], standings);

        int fits = 0, maybe = 0, partly = 0, excluded = 0;
        foreach (var s in standings)
        {
            switch (s.Verdict)
            {
                case Verdict.Fits: fits++; break;
                case Verdict.Maybe: maybe++; break;
                case Verdict.Partly: partly++; break;
                default: excluded++; break;
            }
        }
        var questions = need.IsVague ? VagueOrder.Questions(catalog, need, standings) : [];
        var top = questions.Count > 0 ? [] : Top(catalog, standings, limit, named: true);
        var out_ = Top(catalog, standings, limit, named: false);
        var reasons = new ReasonWriter(plan);
        return new()
        {
            Need = need,
            Matches = [.. top.Select((s, i) => reasons.Write(s, i + 1))],
            Excluded = [.. out_.Select((s, i) => reasons.Write(s, i + 1))],
            ExcludedCount = excluded,
            FitsCount = fits,
            MaybeCount = maybe,
            PartlyCount = partly,
            Questions = questions,
            Chains = fits + maybe == 0 && plan.Steps.Length > 1 ? new ChainPlanner(plan).Plan() : [],
            NobodyBecause = fits + maybe == 0 && questions.Count == 0 ? Nobody.Because(plan, standings) : null,
        };
    }

    // Fits and may fit compete by score; what does only a part follows; what is ruled out never mixes in.
    private static List<Standing> Top(CompanyCatalog catalog, List<Standing> standings, int limit, bool named)
    {
        var queue = new PriorityQueue<Standing, (float Score, string Key)>(limit + 1, Worse.Instance);
        foreach (var s in standings)
        {
            if (s.Verdict == Verdict.No == named)
                continue;
            var score = Rank(s);
            if (queue.Count == limit && queue.TryPeek(out _, out var least) && score < least.Score)
                continue;
            queue.Enqueue(s, (score, catalog.Blocks[s.Block].Readings[s.Company].Facts.Key));
            if (queue.Count > limit)
                queue.Dequeue();
        }
        var list = new List<Standing>(queue.Count);
        while (queue.TryDequeue(out var s, out _))
            list.Add(s);
        list.Reverse();
        return list;
    }

    internal static float Rank(in Standing s) => s.Verdict switch
    {
        Verdict.Fits => 2 + s.Score + MatchWeights.FitsFirst,
        Verdict.Maybe => s.Foreign ? s.Score : 2 + s.Score,
        Verdict.Partly => s.Score,
        _ => s.Score + s.StepsDone,
    };

    private sealed class Worse : IComparer<(float Score, string Key)>
    {
        public static Worse Instance { get; } = new();

        // The worst comes out first; equal scores rank by key, so that every run says the same.
        public int Compare((float Score, string Key) x, (float Score, string Key) y)
        {
            var byScore = x.Score.CompareTo(y.Score);
            return byScore != 0 ? byScore : string.CompareOrdinal(y.Key, x.Key);
        }
    }
}
