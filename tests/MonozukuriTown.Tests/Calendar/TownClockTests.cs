using MonozukuriTown.Core.Calendar;

namespace MonozukuriTown.Tests.Calendar;

public class TownClockTests
{
    private sealed class Fixed(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    [Fact]
    public void Today_ChangesAtMidnightInTokyo()
    {
        Assert.Equal(new DateOnly(2026, 3, 31), new TownClock(new Fixed(new(2026, 3, 31, 14, 59, 59, TimeSpan.Zero))).Today);
        var clock = new TownClock(new Fixed(new(2026, 3, 31, 15, 0, 0, TimeSpan.Zero)));
        Assert.Equal(new DateOnly(2026, 4, 1), clock.Today);
        Assert.Equal("令和8年度", clock.FiscalYear.ToString());
        Assert.Equal(TimeSpan.FromHours(9), clock.Now.Offset);
    }

    [Fact]
    public void At_IsUtcAndComesBack()
    {
        var moment = TownClock.At(new(2026, 1, 1), new(8, 30));
        Assert.Equal(TimeSpan.Zero, moment.Offset);
        Assert.Equal(new DateTimeOffset(2025, 12, 31, 23, 30, 0, TimeSpan.Zero), moment);
        Assert.Equal(new DateOnly(2026, 1, 1), TownClock.DateOf(moment));
    }
}
