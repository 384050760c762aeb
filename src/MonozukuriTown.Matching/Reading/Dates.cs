using System.Globalization;

namespace MonozukuriTown.Matching;

/// <summary>Dates of an order against the day it was written: 12/10まで, 来月末, 年内. One pass, no regular expression.</summary>
internal static class Dates
{
    private static readonly string[] Due = Cues.F("まで", "迄", "必着", "納品", "納期", "希望", "に欲し", "にほし", "に必要", "着", "中に", "頃", "ごろ", "に間に合", "に使", " delivery", " at latest");

    private static readonly string[] DueBefore = Cues.F("納期", "希望納期", "納品", "期限", "by ", "until ", "before ", "deliver by ", "due ");

    /// <summary>The first date by which something is wanted: its place and the days from <paramref name="today"/>.</summary>
    public static (int Start, int End, int Days)? Find(FoldedText text, DateOnly today)
    {
        foreach (var (word, day) in Words(today))
        {
            var at = text.Folded.IndexOf(word, StringComparison.Ordinal);
            if (at >= 0)
                return (at, at + word.Length, day.DayNumber - today.DayNumber);
        }
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i]) || i > 0 && (char.IsAsciiDigit(text[i - 1]) || text[i - 1] is '/' or '.' or '-' || FoldedText.IsLatin(text[i - 1])))
                continue;
            if (Number(text, i, out var month) is var j && j > 0 && month is >= 1 and <= 12 && j < text.Length && text[j] is '/' or '月'
                && Number(text, j + 1, out var day) is var k && k > 0 && day is >= 1 and <= 31)
            {
                var end = Cues.At(text, k, "日") ? k + 1 : k;
                if (end < text.Length && text[end] is '/' or '月' || text[j] == '/' && !Cues.StartsAfter(text, end, Due) && !Cues.EndsBefore(text, i, DueBefore))
                    continue;
                var date = new DateOnly(today.Year, month, Math.Min(day, DateTime.DaysInMonth(today.Year, month)));
                if (date < today)
                    date = date.AddYears(1);
                return (i, end, date.DayNumber - today.DayNumber);
            }
        }
        return null;
    }

    private static int Number(FoldedText text, int at, out int value)
    {
        var i = at;
        value = 0;
        while (i < text.Length && i - at < 2 && char.IsAsciiDigit(text[i]))
            value = value * 10 + (text[i++] - '0');
        return i > at && (i >= text.Length || !char.IsAsciiDigit(text[i])) ? i : -1;
    }

    // Longest first where one begins another.
    private static IEnumerable<(string Word, DateOnly Day)> Words(DateOnly today)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        (string, DateOnly)[] words =
        [
            ("再来月末", month.AddMonths(3).AddDays(-1)), ("再来月中", month.AddMonths(3).AddDays(-1)), ("再来月", month.AddMonths(2)), ("来月末", month.AddMonths(2).AddDays(-1)), ("来月中旬", month.AddMonths(1).AddDays(14)),
            ("来月上旬", month.AddMonths(1).AddDays(9)), ("来月頭", month.AddMonths(1).AddDays(4)), ("来月初", month.AddMonths(1).AddDays(4)), ("来月中", month.AddMonths(2).AddDays(-1)), ("今月末", month.AddMonths(1).AddDays(-1)),
            ("今月中", month.AddMonths(1).AddDays(-1)), ("月末まで", month.AddMonths(1).AddDays(-1)), ("年度末", new(today.Month <= 3 ? today.Year : today.Year + 1, 3, 31)), ("年度内", new(today.Month <= 3 ? today.Year : today.Year + 1, 3, 31)),
            ("年内", new(today.Year, 12, 28)), ("年明け", new(today.Year + 1, 1, 10)), ("再来週", monday.AddDays(18)), ("来週末", monday.AddDays(11)), ("来週中", monday.AddDays(11)), ("今週中", monday.AddDays(4)), ("明後日", today.AddDays(2)), ("明日", today.AddDays(1)),
            ("end of next month", month.AddMonths(2).AddDays(-1)), ("end of this month", month.AddMonths(1).AddDays(-1)), ("end of month", month.AddMonths(1).AddDays(-1)),
        ];
        foreach (var (word, day) in words)
            yield return (FoldedText.Fold(word), day);
    }

    /// <summary>Weeks with two places, as facts hold them.</summary>
    public static string Weeks(int days) => Math.Max(0.14, Math.Round(days / 7.0, 2)).ToString("0.##", CultureInfo.InvariantCulture);
}
