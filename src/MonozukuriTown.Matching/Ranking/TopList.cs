namespace MonozukuriTown.Matching;

/// <summary>Keeps the best of many without sorting them all: a buffer that is cut to size whenever it is full.</summary>
internal sealed class TopList<T>(int size)
{
    private readonly (float Rank, T Item)[] buffer = new (float, T)[size * 2];
    private int count;

    /// <summary>What ranks below it is not kept.</summary>
    public float Threshold { get; private set; } = float.NegativeInfinity;

    public void Offer(float rank, T item)
    {
        if (rank <= Threshold)
            return;
        buffer[count++] = (rank, item);
        if (count == buffer.Length)
            Cut();
    }

    /// <summary>The best, best first; equal ranks in the order they came.</summary>
    public IReadOnlyList<(float Rank, T Item)> Best()
    {
        Cut();
        return new ArraySegment<(float, T)>(buffer, 0, count);
    }

    private void Cut()
    {
        // Insertion keeps equal ranks in their order, and the front half is sorted already.
        for (var i = 1; i < count; i++)
        {
            var x = buffer[i];
            var j = i;
            for (; j > 0 && buffer[j - 1].Rank < x.Rank; j--)
                buffer[j] = buffer[j - 1];
            buffer[j] = x;
        }
        count = Math.Min(count, size);
        if (count == size)
            Threshold = buffer[count - 1].Rank;
    }
}
