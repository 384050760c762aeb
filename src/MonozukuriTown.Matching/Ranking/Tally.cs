namespace MonozukuriTown.Matching;

/// <summary>Someone who could do one step alone.</summary>
internal readonly record struct StepCandidate(int Block, int Company, float Strength);

/// <summary>What a match gathers on its way through the blocks: counts, the best of each kind, and who could do which step.</summary>
internal sealed class Tally
{
    // More than are shown: text still moves them among each other.
    private const int Kept = 128;
    private const int KeptPerStep = 24;

    private readonly int[] failedBy = new int[Enum.GetValues<NeedKind>().Length];

    public Tally(int steps)
    {
        Steps = new TopList<StepCandidate>[steps > 1 ? steps : 0];
        for (var s = 0; s < Steps.Length; s++)
            Steps[s] = new(KeptPerStep);
    }

    public TopList<Standing> Named { get; } = new(Kept);

    public TopList<Standing> Excluded { get; } = new(Kept);

    public TopList<StepCandidate>[] Steps { get; }

    public int Fits { get; private set; }

    public int Maybe { get; private set; }

    public int Partly { get; private set; }

    public int ExcludedCount { get; private set; }

    /// <summary>How many do every step and are ruled out by this demand.</summary>
    public IReadOnlyList<int> FailedBy => failedBy;

    public void Add(in Standing standing, int steps)
    {
        switch (standing.Verdict)
        {
            case Verdict.Fits:
                Fits++;
                break;
            case Verdict.Maybe:
                Maybe++;
                break;
            case Verdict.Partly:
                Partly++;
                break;
            default:
                ExcludedCount++;
                if (standing.StepsDone == steps)
                    failedBy[(int)standing.FailedBy]++;
                break;
        }
        (standing.Verdict == Verdict.No ? Excluded : Named).Offer(Matcher.Rank(standing), standing);
    }
}
