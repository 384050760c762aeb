namespace MonozukuriTown.Core.Calendar;

/// <summary>Days on which the town hall is open: not Saturday, Sunday, a public holiday, or 29 December to 3 January.</summary>
public sealed class WorkingDays(Holidays holidays)
{
    public bool IsWorking(DateOnly date) =>
        date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        && !holidays.IsHoliday(date)
        && date is not ({ Month: 12, Day: >= 29 } or { Month: 1, Day: <= 3 });

    /// <summary>The n-th working day after (before, when negative) a date; the date itself doesn't count. 0: the date, or the next working day.</summary>
    public DateOnly Add(DateOnly date, int days)
    {
        var step = days < 0 ? -1 : 1;
        if (days == 0)
        {
            while (!IsWorking(date))
                date = date.AddDays(1);
        }
        for (var left = Math.Abs(days); left > 0;)
        {
            date = date.AddDays(step);
            if (IsWorking(date))
                left--;
        }
        return date;
    }

    /// <summary>Working days after <paramref name="from"/> up to and including <paramref name="to"/>; negative when to is earlier.</summary>
    public int Between(DateOnly from, DateOnly to)
    {
        if (to < from)
            return -Between(to, from);
        var count = 0;
        for (var date = from.AddDays(1); date <= to; date = date.AddDays(1))
        {
            if (IsWorking(date))
                count++;
        }
        return count;
    }
}
