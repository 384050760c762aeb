using System.Globalization;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Web.Components;

/// <summary>What a company can make, in figures as people write them: 700×400×300mm, φ65×300mm, ±0.005mm, 1～500個.</summary>
public static class Figures
{
    /// <summary>Size, diameter and thickness, one text each.</summary>
    public static IReadOnlyList<string> Sizes(LimitFacts limits)
    {
        List<string> sizes = [];
        double?[] lengths = [limits.LengthMm, limits.WidthMm, limits.HeightMm];
        var stated = string.Join('×', lengths.Where(l => l is not null).Select(l => Number(l!.Value)));
        var diameter = Range(limits.DiameterFromMm, limits.DiameterToMm, "φ", "", "φ");
        if (diameter.Length > 0 && limits is { LengthMm: not null, WidthMm: null, HeightMm: null })
            sizes.Add($"{diameter}×{stated}mm");
        else
        {
            if (stated.Length > 0)
                sizes.Add(stated + "mm");
            if (diameter.Length > 0)
                sizes.Add(diameter + "mm");
        }
        if (Range(limits.ThicknessFromMm, limits.ThicknessToMm, "板厚 ", "mm") is { Length: > 0 } thickness)
            sizes.Add(thickness);
        return sizes;
    }

    /// <summary>±0.005mm, Ra 0.4.</summary>
    public static IReadOnlyList<string> Tolerances(LimitFacts limits)
    {
        List<string> texts = [];
        if (limits.ToleranceMm is { } tolerance)
            texts.Add($"±{Number(tolerance)}mm");
        if (limits.RoughnessRa is { } ra)
            texts.Add($"Ra {Number(ra)}");
        return texts;
    }

    /// <summary>1～500個, 10個から, 5,000個まで, 1個; empty when nothing is stated.</summary>
    public static string Lot(LimitFacts limits) => (limits.LotFrom, limits.LotTo) switch
    {
        (null, null) => "",
        ({ } from, null) => $"{Number(from)}個から",
        (null, { } to) => $"{Number(to)}個まで",
        ({ } from, { } to) when from == to => $"{Number(from)}個",
        ({ } from, { } to) => $"{Number(from)}～{Number(to)}個",
    };

    public static string Number(double value) => value is >= 0 and < 1000 && value == (int)value
        ? ((int)value).ToString(CultureInfo.InvariantCulture)
        : value.ToString("#,0.#####", CultureInfo.InvariantCulture);

    /// <summary>Of a ranking's sum: 0.8123.</summary>
    public static string Points(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>+0.8123, ×0.9500.</summary>
    public static string Term(ScoreTerm term) => (term.IsFactor ? "×" : "+") + Points(term.Value);

    private static string Range(double? from, double? to, string before, string after, string each = "") => (from, to) switch
    {
        (null, null) => "",
        (null, { } most) => $"{before}{Number(most)}{after}" + (each.Length == 0 ? "まで" : ""),
        ({ } least, null) => $"{before}{Number(least)}{after}から",
        ({ } least, { } most) => $"{before}{Number(least)}～{each}{Number(most)}{after}",
    };
}
