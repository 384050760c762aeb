using System.Runtime.InteropServices;

namespace MonozukuriTown.Matching;

/// <summary>Someone who could do one step alone.</summary>
internal readonly record struct StepCandidate(int Block, int Company, float Strength);

/// <summary>What a match gathers on its way through the blocks: counts, the best of each kind, and who could do which step.</summary>
internal sealed class Tally
{
    // More than are shown: text still moves them among each other.
    private const int Kept = 128;
    private const int KeptPerStep = 24;

    private readonly Dictionary<Demands, int> failedBy = [];
    private readonly List<float> fits = [];

    public Tally(int steps)
    {
        Steps = new TopList<StepCandidate>[steps > 1 ? steps : 0];
        for (var s = 0; s < Steps.Length; s++)
            Steps[s] = new(KeptPerStep);
    }

    public TopList<Standing> Named { get; } = new(Kept);

    public TopList<Standing> Excluded { get; } = new(Kept);

    public TopList<StepCandidate>[] Steps { get; }

    public int Fits => fits.Count;

    public int Maybe { get; private set; }

    public int Partly { get; private set; }

    public int ExcludedCount { get; private set; }

    /// <summary>How many do every step and are ruled out by these demands together.</summary>
    public IReadOnlyDictionary<Demands, int> FailedBy => failedBy;

    /// <summary>Nobody so far does every step, and there are several.</summary>
    public bool NeedsChains => Steps.Length > 0 && Fits + Maybe == 0;

    /// <summary>How many fit and are not among the best that are kept, from this rank on.</summary>
    public int FitsBehindKept(float from) =>
        fits.Count(rank => rank >= from) - Named.Best().Count(x => x.Item.Verdict == Verdict.Fits && x.Rank >= from);

    /// <summary>Companies that reach no list and are counted only.</summary>
    public void AddUnseen(int maybe, int partly, int excluded)
    {
        Maybe += maybe;
        Partly += partly;
        ExcludedCount += excluded;
    }

    /// <param name="standing">How the company stands.</param>
    /// <param name="steps">How many the order has.</param>
    /// <param name="tie">See <see cref="TopList{T}.Offer"/>.</param>
    public void Add(in Standing standing, int steps, uint tie)
    {
        switch (standing.Verdict)
        {
            case Verdict.Fits:
                fits.Add(Matcher.Rank(standing));
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
                    CollectionsMarshal.GetValueRefOrAddDefault(failedBy, standing.FailedBy, out _)++;
                break;
        }
        (standing.Verdict == Verdict.No ? Excluded : Named).Offer(Matcher.Rank(standing), tie, standing);
    }
}
