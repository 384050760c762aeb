namespace MonozukuriTown.Matching;

internal enum MeasureKind
{
    /// <summary>A number that says nothing by itself.</summary>
    Bare,

    /// <summary>Millimetres, one or several that belong together.</summary>
    Size,

    Diameter,

    Thickness,

    /// <summary>M6: the nominal diameter of a thread.</summary>
    Thread,

    /// <summary>Millimetres, half width.</summary>
    Tolerance,

    /// <summary>H7, h6: the grade; its width depends on the diameter.</summary>
    ToleranceGrade,

    /// <summary>Ra in micrometres.</summary>
    Roughness,

    /// <summary>#400.</summary>
    Grit,

    /// <summary>Kilograms.</summary>
    Weight,

    /// <summary>Pieces.</summary>
    Quantity,

    /// <summary>Weeks.</summary>
    Deadline,
}

/// <summary>Something measured in a text, as folded positions.</summary>
internal sealed record Measure(MeasureKind Kind, int Start, int End, double Value)
{
    /// <summary>For <see cref="MeasureKind.Size"/>: all lengths; a round piece has its diameter twice.</summary>
    public IReadOnlyList<double> Lengths { get; init; } = [];

    /// <summary><c>month</c>, <c>year</c>, <c>day</c>; empty for once.</summary>
    public string Rhythm { get; init; } = "";

    /// <summary>Lower for what was guessed from a bare number.</summary>
    public double Sureness { get; init; } = 1;
}
