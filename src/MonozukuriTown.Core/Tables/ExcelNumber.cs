using System.Globalization;
using System.Text;

namespace MonozukuriTown.Core.Tables;

/// <summary>
/// A number as its cell shows it, so that a file says the same whether it comes as a workbook or saved as CSV: leading zeros, decimal
/// places and units by the number format (ECMA-376 part 1, 18.8.31). Dates come out as 2026-10-28 whatever the format.
/// Formats for which no list has a use (fractions, powers of ten, conditions) show the number plainly.
/// </summary>
internal sealed class ExcelNumber
{
    public static readonly ExcelNumber General = new("General");

    private readonly List<string> _sections = [];
    private readonly string _what;

    public ExcelNumber(string code)
    {
        Split(code);
        _what = Letters(_sections[0]);
    }

    /// <summary>The formats that files name by number alone; the ones from 27 on mean the Japanese ones.</summary>
    public static ExcelNumber BuiltIn(uint id) => id switch
    {
        1 => new("0"),
        2 => new("0.00"),
        3 or 37 or 38 or 41 or 42 => new("#,##0"),
        4 or 39 or 40 or 43 or 44 => new("#,##0.00"),
        9 => new("0%"),
        10 => new("0.00%"),
        (>= 14 and <= 17) or (>= 27 and <= 31) or (>= 34 and <= 36) or (>= 50 and <= 58) => new("yyyy-mm-dd"),
        (>= 18 and <= 21) or 32 or 33 or 45 or 47 => new("h:mm"),
        22 => new("yyyy-mm-dd hh:mm"),
        46 => new("[h]:mm"),
        _ => General,
    };

    public string Show(double value, bool from1904)
    {
        if (_what.Contains('[', StringComparison.Ordinal))
            return string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(value * 24):0}:{Math.Round(value * 1440) % 60:00}");
        return _what.Length > 0 && Moment(value, from1904) is { } moment ? Date(moment) : Number(value);
    }

    private string Date(DateTime moment)
    {
        var time = _what.Contains('h', StringComparison.Ordinal);
        var day = _what.Contains('d', StringComparison.Ordinal) || _what.Contains('m', StringComparison.Ordinal) && !time;
        return moment.ToString(day ? time ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd" : time ? "HH:mm" : "yyyy", CultureInfo.InvariantCulture);
    }

    /// <summary>The moment of a serial number; the calendar of 1900 has a 29 February that never was.</summary>
    private static DateTime? Moment(double serial, bool from1904)
    {
        if (from1904)
            serial += 1462;
        else if (serial is >= 1 and < 60)
            serial++;
        if (serial is < 0 or >= 2_958_466)
            return null;
        // To the minute: 14:00 is kept as 0.58333….
        return new DateTime(1899, 12, 30).AddMinutes(Math.Round(serial * 1440));
    }

    private string Number(double value)
    {
        var section = value < 0 && _sections.Count > 1 ? _sections[1] : value == 0 && _sections.Count > 2 ? _sections[2] : _sections[0];
        return Fill(section, value < 0 && _sections.Count > 1 ? -value : value) ?? Plainly(value);
    }

    private static string Plainly(double value) => Math.Abs(value) < 1e15
        ? ((decimal)value).ToString("0.###############", CultureInfo.InvariantCulture)
        : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Digits put into the places of a section; null where that takes more than places and words.</summary>
    private static string? Fill(string section, double value)
    {
        List<(char Kind, string Text)> items = [];
        for (var i = 0; i < section.Length; i++)
        {
            var c = section[i];
            switch (c)
            {
                case '0' or '#' or '?' or '.' or ',' or '%':
                    items.Add((c, c == '%' ? "%" : ""));
                    break;
                case '"':
                    var end = section.IndexOf('"', i + 1);
                    if (end < 0)
                        return null;
                    items.Add(('"', section[(i + 1)..end]));
                    i = end;
                    break;
                case '\\' when i + 1 < section.Length:
                    i++;
                    items.Add(('"', section[i..(i + 1)]));
                    break;
                case '_' or '*':
                    i++;
                    break;
                case '[':
                    var close = section.IndexOf(']', i);
                    // [$¥-411] is a sign of money, [Red] a colour; anything else decides by the value.
                    if (close < 0 || section[i + 1] is '<' or '>' or '=')
                        return null;
                    if (section[i + 1] == '$')
                        items.Add(('"', section[(i + 2)..close].Split('-')[0]));
                    i = close;
                    break;
                case 'G' or 'g' when section.AsSpan(i).StartsWith("General", StringComparison.OrdinalIgnoreCase):
                    items.Add(('G', ""));
                    i += 6;
                    break;
                case 'G' when section.AsSpan(i).StartsWith("G/標準", StringComparison.Ordinal):
                    items.Add(('G', ""));
                    i += 3;
                    break;
                case '/' or '@' or 'E' or 'e':
                    return null;
                default:
                    items.Add(('"', section[i..(i + 1)]));
                    break;
            }
        }
        return items.Exists(i => i.Kind is '0' or '#' or '?' or 'G') ? Place(items, value) : null;
    }

    private static string? Place(List<(char Kind, string Text)> items, double value)
    {
        var point = items.FindIndex(i => i.Kind == '.');
        var whole = point < 0 ? items.Count : point;
        var places = items.Skip(whole).Count(i => i.Kind is '0' or '#' or '?');
        var lastPlace = items.FindLastIndex(i => i.Kind is '0' or '#' or '?');
        // A comma behind the places divides by a thousand.
        if (Math.Abs(value) >= 1e15 || items.Count > 100 || items.FindLastIndex(i => i.Kind == ',') > lastPlace && lastPlace >= 0)
            return null;
        var scaled = (decimal)value * (items.Exists(i => i.Kind == '%') ? 100 : 1);
        if (items.Exists(i => i.Kind == 'G'))
            return string.Concat(items.Select(i => i.Kind == 'G' ? Plainly((double)scaled) : i.Text));
        var digits = Math.Abs(Math.Round(scaled, Math.Min(places, 15), MidpointRounding.AwayFromZero)).ToString("F" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Split('.');
        var left = digits[0] is "0" ? "" : digits[0];
        var grouped = items.Take(whole).Any(i => i.Kind == ',');

        StringBuilder text = new();
        var first = items.FindIndex(i => i.Kind is '0' or '#' or '?');
        var put = 0;
        for (var i = whole - 1; i >= 0; i--)
        {
            if (items[i].Kind is not ('0' or '#' or '?'))
            {
                text.Insert(0, items[i].Text);
                continue;
            }
            // The leftmost place takes all that is left.
            do
            {
                if (left.Length == 0 && items[i].Kind != '0')
                    break;
                if (grouped && put > 0 && put % 3 == 0)
                    text.Insert(0, ',');
                text.Insert(0, left.Length > 0 ? left[^1] : '0');
                left = left.Length > 0 ? left[..^1] : "";
                put++;
            }
            while (i == first && left.Length > 0);
        }
        if (point >= 0)
            Fraction(items, point, digits.Length > 1 ? digits[1] : "", text);
        return (scaled < 0 && digits.Any(d => d.Trim('0').Length > 0) ? "-" : "") + text;
    }

    private static void Fraction(List<(char Kind, string Text)> items, int point, string digits, StringBuilder text)
    {
        var kept = digits.TrimEnd('0').Length;
        var put = 0;
        for (var i = point; i < items.Count; i++)
        {
            if (items[i].Kind is '0' or '#' or '?')
            {
                if (items[i].Kind == '0' || put < kept)
                    text.Append(put == 0 ? "." : "").Append(digits[put]);
                put++;
            }
            else
            {
                text.Append(items[i].Text);
            }
        }
    }

    private void Split(string code)
    {
        var quoted = false;
        var start = 0;
        for (var i = 0; i < code.Length; i++)
        {
            if (code[i] == '"')
                quoted = !quoted;
            else if (code[i] == '\\' && !quoted)
                i++;
            else if (code[i] == ';' && !quoted)
            {
                _sections.Add(code[start..i]);
                start = i + 1;
            }
        }
        _sections.Add(code[start..]);
    }

    /// <summary>The letters of a date in a section: y m d h, or [ for hours that run on; empty for a number.</summary>
    private static string Letters(string section)
    {
        StringBuilder letters = new();
        for (var i = 0; i < section.Length; i++)
        {
            switch (char.ToLowerInvariant(section[i]))
            {
                case '"':
                    i = section.IndexOf('"', i + 1);
                    if (i < 0)
                        return "";
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case '[':
                    if (i + 1 < section.Length && section[i + 1] is 'h' or 'H' or 'm' or 'M' or 's' or 'S' && section.IndexOf(']', i) is var end && end > 0 && section[(i + 1)..end].Distinct().Count() == 1)
                        return "[";
                    i = section.IndexOf(']', i);
                    if (i < 0)
                        return "";
                    break;
                case 'g' when section.AsSpan(i).StartsWith("General", StringComparison.OrdinalIgnoreCase) || section.AsSpan(i).StartsWith("G/標準", StringComparison.Ordinal):
                case '0' or '#':
                    return "";
                case 'e' or 'y':
                    letters.Append('y');
                    break;
                case 'm' or 'd' or 'h':
                    letters.Append(char.ToLowerInvariant(section[i]));
                    break;
                case 's':
                    letters.Append('h');
                    break;
            }
        }
        return letters.ToString();
    }
}
