namespace MonozukuriTown.Core.Calendar;

/// <summary>元号. A date belongs to the last era that had begun on it.</summary>
internal sealed record Era(string Name, char Letter, DateOnly First)
{
    public static readonly Era[] All =
    [
        new("令和", 'R', new(2019, 5, 1)),
        new("平成", 'H', new(1989, 1, 8)),
        new("昭和", 'S', new(1926, 12, 25)),
        new("大正", 'T', new(1912, 7, 30)),
        // Before 1873 the months were lunar: no Gregorian date can be given in 和暦.
        new("明治", 'M', new(1873, 1, 1)),
    ];

    private int Offset => (Letter == 'M' ? 1868 : First.Year) - 1;

    public static Era? Of(DateOnly date) => Array.Find(All, era => era.First <= date);

    /// <summary>By name (令和), letter (R, r) or the one-character sign (㋿) after NFKC.</summary>
    public static Era? Named(string text) => Array.Find(All, era =>
        string.Equals(text, era.Name, StringComparison.Ordinal) || (text.Length == 1 && char.ToUpperInvariant(text[0]) == era.Letter));

    public int YearOf(int gregorian) => gregorian - Offset;

    public int Gregorian(int year) => year + Offset;

    /// <summary>The last year of this era that anyone may write: 平成31, 昭和64.</summary>
    public int LastYear
    {
        get
        {
            var next = Array.IndexOf(All, this) - 1;
            return next < 0 ? int.MaxValue : YearOf(All[next].First.Year);
        }
    }

    /// <summary>令和元年 and 令和8年, without the 年: 元 or the number.</summary>
    public static string YearText(int year) => year == 1 ? "元" : year.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
