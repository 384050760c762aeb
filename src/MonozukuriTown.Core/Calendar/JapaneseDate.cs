using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MonozukuriTown.Core.Calendar;

/// <summary>Dates as the town writes them: on the web 2026年10月28日（水）, in staff documents 令和8年10月28日.</summary>
public static partial class JapaneseDate
{
    private const string Weekdays = "日月火水木金土";

    /// <summary>2026年10月28日（水）</summary>
    public static string Web(DateOnly date) => $"{Plain(date)}（{Weekday(date)}）";

    public static string Web(DateTimeOffset moment) => Web(TownClock.DateOf(moment));

    /// <summary>2026年10月28日（水）14:00</summary>
    public static string WebTime(DateTimeOffset moment) => Web(moment) + Time(moment);

    /// <summary>2026年10月28日（水）14:00～16:00; over midnight both dates are written.</summary>
    public static string WebSpan(DateTimeOffset from, DateTimeOffset to) =>
        TownClock.DateOf(from) == TownClock.DateOf(to) ? $"{WebTime(from)}～{Time(to)}" : $"{WebTime(from)}～{WebTime(to)}";

    /// <summary>2026年10月28日</summary>
    public static string Plain(DateOnly date) => string.Create(CultureInfo.InvariantCulture, $"{date.Year}年{date.Month}月{date.Day}日");

    /// <summary>2026年10月</summary>
    public static string Month(DateOnly date) => string.Create(CultureInfo.InvariantCulture, $"{date.Year}年{date.Month}月");

    public static string Month(DateTimeOffset moment) => Month(TownClock.DateOf(moment));

    /// <summary>令和8年10月28日, 令和元年5月1日; a date before 1873 keeps the Gregorian year.</summary>
    public static string Staff(DateOnly date) => string.Create(CultureInfo.InvariantCulture, $"{EraYear(date)}{date.Month}月{date.Day}日");

    /// <summary>令和8年10月28日（水）</summary>
    public static string StaffDay(DateOnly date) => $"{Staff(date)}（{Weekday(date)}）";

    public static string Staff(DateTimeOffset moment) => Staff(TownClock.DateOf(moment));

    /// <summary>令和8年10月</summary>
    public static string StaffMonth(DateOnly date) => string.Create(CultureInfo.InvariantCulture, $"{EraYear(date)}{date.Month}月");

    /// <summary>令和8年10月28日 14:00</summary>
    public static string StaffTime(DateTimeOffset moment) => $"{Staff(moment)} {Time(moment)}";

    /// <summary>A year alone: 1968年（昭和43年）, named by the era at its end; before 1873 the Gregorian year only.</summary>
    public static string Year(int year)
    {
        var western = string.Create(CultureInfo.InvariantCulture, $"{year}年");
        return year is >= FiscalYear.MinYear and <= FiscalYear.MaxYear ? $"{western}（{EraYear(new DateOnly(year, 12, 31))}）" : western;
    }

    public static char Weekday(DateOnly date) => Weekdays[(int)date.DayOfWeek];

    /// <summary>
    /// Reads a date in any way an office writes it: 2026-10-28, 2026/10/28, 2026.10.28, 20261028, 2026年10月28日（水）, 令和8年10月28日,
    /// R8.10.28, H24/4/1, 令和元年5月1日; full or half width.
    /// </summary>
    public static bool TryParse(string? text, out DateOnly date)
    {
        date = default;
        if (text is null || text.Length > 40)
            return false;
        // Spreadsheets add the midnight of a date cell.
        var plain = Midnight().Replace(text.Normalize(NormalizationForm.FormKC).Trim(), "").Replace(" ", "", StringComparison.Ordinal);
        var match = Written().Match(plain);
        if (!match.Success)
            match = Digits().Match(plain);
        if (!match.Success || !TryYear(match, out var era, out var year))
            return false;
        var month = int.Parse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture);
        var day = int.Parse(match.Groups["d"].ValueSpan, CultureInfo.InvariantCulture);
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        date = new(year, month, day);
        // 平成31年5月1日 was printed on real forms, so a date after an era's end is read; one before its beginning is a slip.
        return era is null || era.First <= date;
    }

    /// <summary>Reads a year alone: 1970, 1970年, 昭和45年, S45.</summary>
    public static bool TryParseYear(string? text, out int year)
    {
        year = 0;
        return text is { Length: <= 20 } && YearAlone().Match(text.Normalize(NormalizationForm.FormKC).Replace(" ", "", StringComparison.Ordinal)) is { Success: true } match
            && TryYear(match, out _, out year);
    }

    private static bool TryYear(Match match, out Era? era, out int year)
    {
        era = match.Groups["era"] is { Success: true } name ? Era.Named(name.Value) : null;
        year = match.Groups["y"].Value is "元" ? 1 : int.Parse(match.Groups["y"].ValueSpan, CultureInfo.InvariantCulture);
        if (era is null)
            return match.Groups["y"].Length == 4 && year is >= 1000 and <= 9998;
        if (year < 1 || year > Math.Min(era.LastYear, 200))
            return false;
        year = era.Gregorian(year);
        return true;
    }

    private static string EraYear(DateOnly date) => Era.Of(date) is { } era
        ? $"{era.Name}{Era.YearText(era.YearOf(date.Year))}年"
        : string.Create(CultureInfo.InvariantCulture, $"{date.Year}年");

    private static string Time(DateTimeOffset moment) => TownClock.ToTown(moment).ToString("H:mm", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<era>令和|平成|昭和|大正|明治|[RHSTMrhstm])?(?<y>[0-9]{1,4}|元)[年/.\-](?<m>[0-9]{1,2})[月/.\-](?<d>[0-9]{1,2})日?(?:\([日月火水木金土](?:曜日?)?\))?$",
        RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Written();

    [GeneratedRegex(@"[ T]0?0:00(?::00)?$", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Midnight();

    [GeneratedRegex(@"^(?<y>[0-9]{4})(?<m>[0-9]{2})(?<d>[0-9]{2})$", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Digits();

    [GeneratedRegex(@"^(?<era>令和|平成|昭和|大正|明治|[RHSTMrhstm])?(?<y>[0-9]{1,4}|元)年?$", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex YearAlone();
}
