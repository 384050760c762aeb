namespace MonozukuriTown.Core.Calendar;

/// <summary>The clock on the town's wall: stored times are UTC, people live in Asia/Tokyo.</summary>
public sealed class TownClock(TimeProvider time)
{
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    public DateTimeOffset Now => ToTown(time.GetUtcNow());

    public DateOnly Today => DateOf(time.GetUtcNow());

    public FiscalYear FiscalYear => FiscalYear.Of(Today);

    public static DateTimeOffset ToTown(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone);

    /// <summary>The town's date at a moment: 15:00 UTC is already tomorrow here.</summary>
    public static DateOnly DateOf(DateTimeOffset moment) => DateOnly.FromDateTime(ToTown(moment).DateTime);

    /// <summary>The moment at which the town's clock shows this date and time, as UTC (what <c>timestamptz</c> takes).</summary>
    public static DateTimeOffset At(DateOnly date, TimeOnly time = default)
    {
        var local = date.ToDateTime(time, DateTimeKind.Unspecified);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
