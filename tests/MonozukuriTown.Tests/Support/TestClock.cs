using MonozukuriTown.Core.Calendar;

namespace MonozukuriTown.Tests.Support;

/// <summary>A clock that stands still until a test moves it. It begins on a plain Wednesday morning in the town.</summary>
public sealed class TestClock : TimeProvider
{
    private long ticks = TownClock.At(new(2026, 10, 28), new(10, 0)).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void Advance(TimeSpan time) => Interlocked.Add(ref ticks, time.Ticks);

    public void Set(DateOnly day, TimeOnly time = default) => Interlocked.Exchange(ref ticks, TownClock.At(day, time).UtcTicks);
}
