using System.Globalization;

namespace MonozukuriTown.Matching;

/// <summary>What fits on a machine, as people write it: 700×400×330 (travel or table), φ20 (bar), φ210×500 (turning).</summary>
public static class MachineEnvelope
{
    private const double LengthMax = 100_000;

    /// <summary>The size the company wrote beside its machine; else the one of the vocabulary.</summary>
    public static LimitFacts Of(Vocabulary vocabulary, EquipmentFacts machine)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(machine);
        return Read(machine.Size) ?? vocabulary.MachineIndex.FindEnvelope(machine.Maker, machine.Model) ?? LimitFacts.None;
    }

    /// <summary>Null when it is not written as one to three lengths in millimetres.</summary>
    public static LimitFacts? Read(string size)
    {
        var text = FoldedText.Fold(size).Replace("mm", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        double? diameter = null;
        List<double> lengths = [];
        foreach (var part in text.Split(['x', '×', '*'], 5))
        {
            var isDiameter = part.StartsWith('φ');
            if (!double.TryParse(isDiameter ? part[1..] : part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value is <= 0 or > LengthMax)
                return null;
            if (isDiameter && diameter is null && lengths.Count == 0)
                diameter = value;
            else
                lengths.Add(value);
        }
        return (diameter, lengths) switch
        {
            ({ } d, []) => new() { DiameterToMm = d },
            ({ } d, [var length]) => new() { DiameterToMm = d, LengthMm = length },
            (null, [var x, var y]) => new() { LengthMm = x, WidthMm = y },
            (null, [var x, var y, var z]) => new() { LengthMm = x, WidthMm = y, HeightMm = z },
            _ => null,
        };
    }
}
