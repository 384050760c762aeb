namespace MonozukuriTown.Web.Hosting;

/// <summary>Answers after the same time whatever there was to do, so that no clock tells whether an address is known.</summary>
public static class EvenTime
{
    public static readonly TimeSpan Least = TimeSpan.FromMilliseconds(500);

    public static async Task RunAsync(TimeProvider clock, Func<Task> work)
    {
        var start = clock.GetTimestamp();
        await work();
        var left = Least - clock.GetElapsedTime(start);
        if (left > TimeSpan.Zero)
            await Task.Delay(left);
    }
}
