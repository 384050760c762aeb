namespace MonozukuriTown.Matching;

/// <summary>Keeps the best of many without sorting them all: a buffer that is cut to size whenever it is full.</summary>
internal sealed class TopList<T>(int size)
{
    private readonly (float Rank, uint Tie, T Item)[] buffer = new (float, uint, T)[size * 2];
    private uint tieThreshold;
    private int count;

    /// <summary>What ranks below it is not kept.</summary>
    public float Threshold { get; private set; } = float.NegativeInfinity;

    /// <param name="rank">Higher is better.</param>
    /// <param name="tie">Of equal ranks the lower one stays, whatever the order in which they came.</param>
    /// <param name="item">What to keep.</param>
    public void Offer(float rank, uint tie, T item)
    {
        if (rank < Threshold || rank == Threshold && tie >= tieThreshold)
            return;
        buffer[count++] = (rank, tie, item);
        if (count == buffer.Length)
            Cut();
    }

    /// <summary>The best, best first.</summary>
    public IReadOnlyList<(float Rank, uint Tie, T Item)> Best()
    {
        Cut();
        return new ArraySegment<(float, uint, T)>(buffer, 0, count);
    }

    private void Cut()
    {
        // The front half is sorted already.
        for (var i = 1; i < count; i++)
        {
            var x = buffer[i];
            var j = i;
            for (; j > 0 && (buffer[j - 1].Rank < x.Rank || buffer[j - 1].Rank == x.Rank && buffer[j - 1].Tie > x.Tie); j--)
                buffer[j] = buffer[j - 1];
            buffer[j] = x;
        }
        count = Math.Min(count, size);
        if (count == size)
            (Threshold, tieThreshold, _) = buffer[count - 1];
    }
}
