namespace MonozukuriTown.Web.Hosting;

/// <summary>Answers after the same time whatever there was to do, so that no clock tells whether an address is known.</summary>
public static class EvenTime
{
    public static readonly TimeSpan Least = TimeSpan.FromMilliseconds(500);

    /// <summary>A timer counts in coarser steps than a stopwatch and may go off a moment before its time.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(5);

    public static async Task RunAsync(TimeProvider clock, Func<Task> work)
    {
        var start = clock.GetTimestamp();
        await work();
        var left = Least - clock.GetElapsedTime(start);
        if (left > TimeSpan.Zero)
            await Task.Delay(left + Early);
    }
}
