using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MonozukuriTown.Core.Calendar;

/// <summary>
/// 年度: 1 April to 31 March, named by the year it begins in. R5 = 令和5年度 = 2023-04-01…2024-03-31. The year that began as 平成31年度
/// is 令和元年度 (2019).
/// </summary>
public readonly partial record struct FiscalYear : IComparable<FiscalYear>, IParsable<FiscalYear>
{
    public const int MinYear = 1873;
    public const int MaxYear = 2199;

    public FiscalYear(int year)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, MinYear);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, MaxYear);
        Year = year;
    }

    /// <summary>The Gregorian year of its April.</summary>
    public int Year { get; }

    public DateOnly First => new(Year, 4, 1);

    public DateOnly Last => new(Year + 1, 3, 31);

    public FiscalYear Next => new(Year + 1);

    public FiscalYear Previous => new(Year - 1);

    /// <summary>First moment of the year, and first moment after it: <c>t &gt;= Start &amp;&amp; t &lt; End</c>.</summary>
    public DateTimeOffset Start => TownClock.At(First);

    public DateTimeOffset End => TownClock.At(Last.AddDays(1));

    /// <summary>R5, H30: as the city's plans head their columns.</summary>
    public string Code => $"{EraHere.Letter}{EraHere.YearOf(Year).ToString(CultureInfo.InvariantCulture)}";

    private Era EraHere => Era.Of(new DateOnly(Year, 12, 31))!;

    public static FiscalYear Of(DateOnly date) => new(date.Month >= 4 ? date.Year : date.Year - 1);

    public static FiscalYear Of(DateTimeOffset moment) => Of(TownClock.DateOf(moment));

    public bool Contains(DateOnly date) => First <= date && date <= Last;

    /// <summary>The twelve months, each as its first day, April first.</summary>
    public IEnumerable<DateOnly> Months()
    {
        var first = First;
        return Enumerable.Range(0, 12).Select(n => first.AddMonths(n));
    }

    /// <summary>令和5年度, 令和元年度.</summary>
    public override string ToString() => $"{EraHere.Name}{Era.YearText(EraHere.YearOf(Year))}年度";

    public int CompareTo(FiscalYear other) => Year.CompareTo(other.Year);

    public static bool operator <(FiscalYear a, FiscalYear b) => a.Year < b.Year;
    public static bool operator >(FiscalYear a, FiscalYear b) => a.Year > b.Year;
    public static bool operator <=(FiscalYear a, FiscalYear b) => a.Year <= b.Year;
    public static bool operator >=(FiscalYear a, FiscalYear b) => a.Year >= b.Year;

    /// <summary>Reads R5, r5, 令和5年度, 令和5, 令和元年度, 平成31年度 (= 令和元年度), 2023年度, 2023; full or half width.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out FiscalYear result)
    {
        result = default;
        if (s is null || s.Length > 20 || Written().Match(s.Normalize(NormalizationForm.FormKC).Trim()) is not { Success: true } match)
            return false;
        var number = match.Groups["n"].Value is "元" ? 1 : int.Parse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture);
        int year;
        if (match.Groups["era"] is { Success: true } name)
        {
            var era = Era.Named(name.Value)!;
            // 年度 keeps the name it was budgeted under, so 平成31年度 is valid; 昭和64年度 never began (63 ran to March 1989).
            if (number < 1 || number > era.LastYear || era.Gregorian(number) > MaxYear)
                return false;
            year = era.Gregorian(number);
        }
        else if (match.Groups["n"].Length == 4)
        {
            year = number;
        }
        else
        {
            return false;
        }
        if (year is < MinYear or > MaxYear)
            return false;
        result = new(year);
        return true;
    }

    public static bool TryParse([NotNullWhen(true)] string? s, out FiscalYear result) => TryParse(s, null, out result);

    public static FiscalYear Parse(string s) => TryParse(s, null, out var year)
        ? year
        : throw new FormatException($"「{s}」は年度として読めません。令和5年度、R5、2023 のように書いてください。");

    static FiscalYear IParsable<FiscalYear>.Parse(string s, IFormatProvider? provider) => Parse(s);

    [GeneratedRegex("^(?<era>令和|平成|昭和|大正|明治|[RHSTMrhstm])? ?(?<n>[0-9]{1,4}|元)(?:年度?)?$", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Written();
}
