namespace MonozukuriTown.Matching;

/// <summary>Of the largest piece, from the longest side to the shortest; NaN is not stated.</summary>
internal readonly record struct LengthLimit(float Longest, float Middle, float Shortest);

/// <summary>At least and at most; NaN is not stated.</summary>
internal readonly record struct RangeLimit(float From, float To)
{
    public bool IsStated => !float.IsNaN(From) || !float.IsNaN(To);
}

/// <summary>
/// The limits of a block's fact rows as numbers that compare at once, each kind in a column of its own: an order reads only what it demands.
/// </summary>
internal sealed class LimitColumns(int rows)
{
    public LengthLimit[] Size { get; } = new LengthLimit[rows];

    public RangeLimit[] Diameter { get; } = new RangeLimit[rows];

    public RangeLimit[] Thickness { get; } = new RangeLimit[rows];

    public float[] Tolerance { get; } = new float[rows];

    public float[] Roughness { get; } = new float[rows];

    public float[] Weight { get; } = new float[rows];

    public RangeLimit[] Lot { get; } = new RangeLimit[rows];

    public void Set(int row, LimitFacts facts)
    {
        Span<double> size = [facts.LengthMm ?? double.NaN, facts.WidthMm ?? double.NaN, facts.HeightMm ?? double.NaN];
        // NaN sorts first: after the reversal what is stated stands in front, longest first.
        size.Sort();
        size.Reverse();
        Size[row] = new((float)size[0], (float)size[1], (float)size[2]);
        Diameter[row] = new(Number(facts.DiameterFromMm), Number(facts.DiameterToMm));
        Thickness[row] = new(Number(facts.ThicknessFromMm), Number(facts.ThicknessToMm));
        Tolerance[row] = Number(facts.ToleranceMm);
        Roughness[row] = Number(facts.RoughnessRa);
        Weight[row] = Number(facts.WeightKg);
        Lot[row] = new(Number(facts.LotFrom), Number(facts.LotTo));
    }

    private static float Number(double? value) => value is { } v ? (float)v : float.NaN;
}
