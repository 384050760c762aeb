using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Core.Companies.Editing;

/// <summary>
/// Sizes as people write them: φ65×300 and t2.0 in the field of the size go to the diameter, the length and the thickness; 1m×2m, W300×D200 or
/// 300角 are read as an order would be. What can't be read stays for the person to mend.
/// </summary>
internal sealed partial class SizeTidy(Vocabulary vocabulary)
{
    private readonly RfqReader reader = new(vocabulary);

    public void Tidy(Func<string, string> get, Action<string, string> set)
    {
        foreach (var (size, diameter, thickness) in (ReadOnlySpan<(string, string, string)>)[("max_size_mm", "diameter_mm_range", "thickness_mm_range"), ("size", "diameter", "thickness")])
        {
            var text = get(size).Normalize(NormalizationForm.FormKC).Trim();
            if (text.Length is 0 or > 60 || Plain().IsMatch(text) || Read(text) is not { } read)
                continue;
            // What stands in two fields is for the person to decide.
            if ((read.Diameter is not null && get(diameter).Trim().Length > 0) || (read.Thickness is not null && get(thickness).Trim().Length > 0))
                continue;
            set(size, string.Join('×', read.Lengths.Select(Number)));
            if (read.Diameter is { } across)
                set(diameter, "～" + Number(across));
            if (read.Thickness is { } thick)
                set(thickness, "～" + Number(thick));
        }
    }

    private sealed record Found(IReadOnlyList<double> Lengths, double? Diameter, double? Thickness);

    private Found? Read(string text)
    {
        List<double> lengths = [];
        double? diameter = null, thickness = null;
        foreach (var part in text.Split(['×', 'x', 'X', '*'], 6))
        {
            if (Marked().Match(part) is not { Success: true } match || !double.TryParse(match.Groups["n"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
                return ReadAsOrder(text);
            switch (match.Groups["mark"].Value)
            {
                case "":
                    lengths.Add(value);
                    break;
                case "t" or "T" or "板厚" or "厚さ" or "厚み":
                    thickness = value;
                    break;
                default:
                    diameter = value;
                    break;
            }
        }
        return diameter is null && thickness is null ? null : new(lengths, diameter, thickness);
    }

    private Found? ReadAsOrder(string text)
    {
        // A unit before × is read where a blank ends it.
        var need = reader.Read("大きさ " + text.Replace("×", " × ", StringComparison.Ordinal));
        var lengths = need.Size.ToList();
        // A round piece counts its diameter twice.
        if (need.DiameterMm is { } diameter && lengths.Remove(diameter))
            lengths.Remove(diameter);
        return lengths.Count is > 0 and <= 3 || need.DiameterMm is not null ? new(lengths, need.DiameterMm, need.ThicknessMm) : null;
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[0-9.,]+(?: ?mm)?(?: ?[×xX*] ?[0-9.,－-]+(?: ?mm)?){0,2}\z", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^ ?(?<mark>[φΦøØtT]|直径|径|板厚|厚さ|厚み)? ?=? ?(?<n>[0-9]+(?:\.[0-9]+)?) ?(?:mm)? ?\z", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Marked();
}
