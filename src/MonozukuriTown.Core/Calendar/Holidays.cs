using System.Collections.Frozen;
using System.Globalization;

namespace MonozukuriTown.Core.Calendar;

/// <summary>
/// Japan's public holidays, substitutes included, from <c>seeds/reference/holidays.csv</c> (the government's own list has the same two
/// columns and may be appended year by year). Equinoxes beyond the next year are astronomical forecasts until the gazette of February.
/// </summary>
public sealed class Holidays
{
    private readonly FrozenDictionary<DateOnly, string> _names;

    private Holidays(Dictionary<DateOnly, string> names)
    {
        _names = names.ToFrozenDictionary();
        FirstYear = names.Keys.Min().Year;
        LastYear = names.Keys.Max().Year;
    }

    /// <summary>Years the file covers; outside them only weekends are known to be free.</summary>
    public int FirstYear { get; }

    public int LastYear { get; }

    public int Count => _names.Count;

    public bool IsHoliday(DateOnly date) => _names.ContainsKey(date);

    public string? NameOf(DateOnly date) => _names.GetValueOrDefault(date);

    public static Holidays Load(string path)
    {
        using var reader = File.OpenText(path);
        return Read(reader, path);
    }

    /// <summary>Lines of <c>2026-09-22,国民の休日</c> under one header row. Anything else stops with file and line.</summary>
    public static Holidays Read(TextReader reader, string source)
    {
        Dictionary<DateOnly, string> names = [];
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (number == 1 || string.IsNullOrWhiteSpace(line))
                continue;
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            var name = comma < 0 ? "" : line[(comma + 1)..].Trim();
            if (name.Length == 0 || !JapaneseDate.TryParse(line[..comma], out var date))
                throw new FormatException($"{source}:{number.ToString(CultureInfo.InvariantCulture)}: 「2026-09-22,国民の休日」の形ではありません。");
            if (!names.TryAdd(date, name))
                throw new FormatException($"{source}:{number.ToString(CultureInfo.InvariantCulture)}: {date:yyyy-MM-dd} が二度書かれています。");
        }
        return names.Count > 0 ? new(names) : throw new FormatException($"{source}: 祝日が一つも書かれていません。");
    }
}
