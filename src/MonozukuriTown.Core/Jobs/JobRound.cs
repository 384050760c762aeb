using MonozukuriTown.Core.Calendar;

namespace MonozukuriTown.Core.Jobs;

/// <summary>When a job comes round. All nodes count the same moments, so the unique index lets each be done once.</summary>
public sealed class JobRound
{
    private readonly Func<DateTimeOffset, DateTimeOffset> _next;

    private JobRound(Func<DateTimeOffset, DateTimeOffset> next) => _next = next;

    /// <summary>At whole multiples of the time since 1970.</summary>
    public static JobRound Every(TimeSpan time) => new(after => new(((after.UtcTicks / time.Ticks) + 1) * time.Ticks, TimeSpan.Zero));

    /// <summary>Each day when the town's clock shows this time.</summary>
    public static JobRound Daily(TimeOnly time) => new(after =>
    {
        var today = TownClock.At(TownClock.DateOf(after), time);
        return today > after ? today : TownClock.At(TownClock.DateOf(after).AddDays(1), time);
    });

    /// <summary>The first moment after this one.</summary>
    public DateTimeOffset Next(DateTimeOffset after) => _next(after);
}
