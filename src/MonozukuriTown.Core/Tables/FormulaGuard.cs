using System.Text.RegularExpressions;

namespace MonozukuriTown.Core.Tables;

/// <summary>
/// Keeps spreadsheets from running a cell as a formula: an apostrophe goes before text that starts with = + - @, a tab or a line end (also
/// full width, and also behind apostrophes of its own, so that taking one off again is exact for every text). Numbers such as -0.01
/// stay as they are; +81… is a telephone number, no number we write, and is guarded.
/// </summary>
public static partial class FormulaGuard
{
    public static string Write(string cell) => Starts(cell) && !Number().IsMatch(cell) ? "'" + cell : cell;

    public static string Read(string cell) => cell.Length > 1 && cell[0] == '\'' && Starts(cell) ? cell[1..] : cell;

    private static bool Starts(string cell)
    {
        var text = cell.AsSpan().TrimStart('\'');
        return text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠';
    }

    [GeneratedRegex(@"^-[0-9]+(?:\.[0-9]+)?\z", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Number();
}
