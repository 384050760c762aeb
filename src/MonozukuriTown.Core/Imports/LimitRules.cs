using System.Globalization;
using MonozukuriTown.Core.Companies;

namespace MonozukuriTown.Core.Imports;

/// <summary>What can be made, for a whole company as for one line of 加工対応範囲.</summary>
internal static class LimitRules
{
    private const decimal MaxMm = 999_999;
    private const string Unknown = "－";

    /// <summary>300×200×50 mm.</summary>
    public static CellRule<MakingLimits> Size { get; } = new(ReadSize, l => (l.MaxLength, l.MaxWidth, l.MaxHeight) = (null, null, null), ShowSize);

    public static CellRule<MakingLimits> Diameter { get; } = Span(3, l => (l.DiameterFrom, l.DiameterTo), (l, v) => (l.DiameterFrom, l.DiameterTo) = v, " mm");

    public static CellRule<MakingLimits> Thickness { get; } = Span(3, l => (l.ThicknessFrom, l.ThicknessTo), (l, v) => (l.ThicknessFrom, l.ThicknessTo) = v, " mm");

    public static CellRule<MakingLimits> Lot { get; } = Span(0, l => (l.LotFrom, l.LotTo), (l, v) => (l.LotFrom, l.LotTo) = ((int?)v.From, (int?)v.To), " 個");

    public static CellRule<MakingLimits> Tolerance { get; } = Figure(0.00001m, 999, 5, l => l.Tolerance, (l, v) => l.Tolerance = v, v => $"±{v:0.#####} mm");

    public static CellRule<MakingLimits> Roughness { get; } = Figure(0.0001m, 9999, 4, l => l.RoughnessRa, (l, v) => l.RoughnessRa = v, v => $"Ra {v:0.####}");

    private static CellRule<MakingLimits> Figure(decimal min, decimal max, int scale, Func<MakingLimits, decimal?> get, Action<MakingLimits, decimal?> set, Func<decimal, FormattableString> show) => new(
        cell => CellRules.Set((decimal?)cell.Decimal(min, max, scale), set), l => set(l, null), l => get(l) is { } value ? show(value).ToString(CultureInfo.InvariantCulture) : "");

    private static CellRule<MakingLimits> Span(int scale, Func<MakingLimits, (decimal? From, decimal? To)> get, Action<MakingLimits, (decimal? From, decimal? To)> set, string unit) => new(
        cell => CellRules.Set(cell.Range(scale == 0 ? int.MaxValue : MaxMm, scale), set), l => set(l, (null, null)), l => get(l) is (null, null) ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{get(l).From:#,0.###}～{get(l).To:#,0.###}{unit}"));

    private static Action<MakingLimits> ReadSize(Cell cell)
    {
        Cell[] parts = [.. cell.Parts('×', 'x', 'X', '*', '＊', '✕', 'ｘ')];
        if (parts.Length is 0 or > 3)
            throw new CellException("「長さ×幅×高さ」（300×200×200）で書いてください。");
        var size = parts.Select(part => part.IsEmpty || part.Written is Unknown ? (decimal?)null : part.Decimal(0.001m, MaxMm, 3)).Concat([null, null]).Take(3).ToArray();
        return l => (l.MaxLength, l.MaxWidth, l.MaxHeight) = (size[0], size[1], size[2]);
    }

    private static string ShowSize(MakingLimits limits)
    {
        List<decimal?> lengths = [limits.MaxLength, limits.MaxWidth, limits.MaxHeight];
        while (lengths.Count > 0 && lengths[^1] is null)
            lengths.RemoveAt(lengths.Count - 1);
        return lengths.Count == 0 ? "" : string.Join('×', lengths.Select(l => l?.ToString("0.###", CultureInfo.InvariantCulture) ?? Unknown)) + " mm";
    }
}
