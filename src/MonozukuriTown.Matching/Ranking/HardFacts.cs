using System.Runtime.CompilerServices;

namespace MonozukuriTown.Matching;

/// <summary>How a stated limit meets a demand.</summary>
internal enum Fit : byte
{
    /// <summary>Nothing demanded.</summary>
    Free,

    /// <summary>✗: the company states that it can't.</summary>
    Fails,

    /// <summary>Outside what is stated, but within reach.</summary>
    Stretched,

    /// <summary>Demanded, not stated.</summary>
    Unknown,

    /// <summary>✓</summary>
    Holds,
}

/// <summary>Demands that a stated limit can break.</summary>
[Flags]
internal enum Demands : ushort
{
    None = 0,
    Size = 1 << NeedKind.Size,
    Diameter = 1 << NeedKind.Diameter,
    Thickness = 1 << NeedKind.Thickness,
    Tolerance = 1 << NeedKind.Tolerance,
    Roughness = 1 << NeedKind.Roughness,
    Weight = 1 << NeedKind.Weight,
    Quantity = 1 << NeedKind.Quantity,
    Certification = 1 << NeedKind.Certification,
}

/// <summary>Compares a need with the limits of one row. Pure arithmetic on numbers, no allocation.</summary>
internal static class HardFacts
{
    private const float R = (float)MatchWeights.Rounding;

    /// <summary>What rows can state, in the order in which it is told.</summary>
    public static IReadOnlyList<Demands> Limits { get; } =
        [Demands.Size, Demands.Thickness, Demands.Diameter, Demands.Tolerance, Demands.Roughness, Demands.Weight, Demands.Quantity];

    /// <summary>What the order asks of this step that rows can state.</summary>
    public static Demands Asked(MatchPlan plan, PlannedStep step) =>
        (float.IsNaN(plan.Longest) ? Demands.None : Demands.Size)
        | (plan.Need.DiameterMm is null || !step.MeasuresDiameter ? Demands.None : Demands.Diameter)
        | (plan.Need.ThicknessMm is null || !step.MeasuresThickness ? Demands.None : Demands.Thickness)
        | (plan.Need.ToleranceMm is null || !step.MeasuresTolerance ? Demands.None : Demands.Tolerance)
        | (plan.Need.RoughnessRa is null ? Demands.None : Demands.Roughness)
        | (plan.Need.WeightKg is null ? Demands.None : Demands.Weight)
        | (float.IsNaN(plan.LotForLeast) || step.IsTool ? Demands.None : Demands.Quantity);

    /// <summary>Every demand on the step that the row states it can't meet.</summary>
    /// <param name="isStretched">The lot lies outside what is stated, but within reach.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Demands Against(MatchPlan plan, PlannedStep step, LimitColumns limits, int row, out bool isStretched)
    {
        isStretched = false;
        var (asked, against) = (step.Asked, Demands.None);
        // Only what is asked is looked up: each kind lies elsewhere in memory.
        if (asked.HasFlag(Demands.Size) && Size(plan, step, limits.Size[row]) == Fit.Fails)
            against = Demands.Size;
        if (asked.HasFlag(Demands.Quantity))
        {
            var fit = Lot(plan.LotForLeast, plan.LotForMost, limits.Lot[row]);
            isStretched = fit == Fit.Stretched;
            if (fit == Fit.Fails)
                against |= Demands.Quantity;
        }
        for (var left = (uint)(asked & ~(Demands.Size | Demands.Quantity)); left != 0; left &= left - 1)
        {
            var demand = (Demands)(left & (~left + 1));
            if (Of(demand, plan, step, limits, row) == Fit.Fails)
                against |= demand;
        }
        return against;
    }

    /// <summary>Whether the row states something of each of these.</summary>
    public static bool States(LimitColumns limits, int row, Demands demands) =>
        (!demands.HasFlag(Demands.Size) || !float.IsNaN(limits.Size[row].Longest))
        && (!demands.HasFlag(Demands.Diameter) || limits.Diameter[row].IsStated)
        && (!demands.HasFlag(Demands.Thickness) || limits.Thickness[row].IsStated)
        && (!demands.HasFlag(Demands.Tolerance) || !float.IsNaN(limits.Tolerance[row]))
        && (!demands.HasFlag(Demands.Roughness) || !float.IsNaN(limits.Roughness[row]))
        && (!demands.HasFlag(Demands.Weight) || !float.IsNaN(limits.Weight[row]))
        && (!demands.HasFlag(Demands.Quantity) || limits.Lot[row].IsStated);

    /// <summary>How the row meets one demand.</summary>
    public static Fit Of(Demands demand, MatchPlan plan, PlannedStep step, LimitColumns limits, int row) => (demand & step.Asked) switch
    {
        Demands.Size => Size(plan, step, limits.Size[row]),
        Demands.Diameter => Range(plan.Need.DiameterMm!.Value, plan.Need.DiameterMm.Value, limits.Diameter[row]),
        Demands.Thickness => Range(plan.Need.ThicknessMm!.Value, plan.Need.ThinnestMm ?? plan.Need.ThicknessMm.Value, limits.Thickness[row]),
        Demands.Tolerance => Finest(plan.Need.ToleranceMm!.Value, limits.Tolerance[row]),
        // Few state these: who is silent is not asked about them.
        Demands.Roughness => float.IsNaN(limits.Roughness[row]) ? Fit.Free : Finest(plan.Need.RoughnessRa!.Value, limits.Roughness[row]),
        Demands.Weight => float.IsNaN(limits.Weight[row]) ? Fit.Free : plan.Need.WeightKg!.Value > limits.Weight[row] * MatchWeights.Rounding ? Fit.Fails : Fit.Holds,
        Demands.Quantity => Lot(plan.LotForLeast, plan.LotForMost, limits.Lot[row]),
        _ => Fit.Free,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Fit Size(MatchPlan plan, PlannedStep step, in LengthLimit limit)
    {
        if (float.IsNaN(limit.Longest))
            return Fit.Unknown;
        if (plan.Longest > limit.Longest * R)
            return Fit.Fails;
        if (!float.IsNaN(plan.Middle) && !float.IsNaN(limit.Middle) && plan.Middle > limit.Middle * R)
            return Fit.Fails;
        // A third length far below the others is the thickness a machine takes, not the height of what is built from it.
        if (float.IsNaN(plan.Shortest) || float.IsNaN(limit.Shortest) || step.FlatMachine && limit.Shortest * 4 < limit.Middle)
            return Fit.Holds;
        return plan.Shortest > limit.Shortest * R ? Fit.Fails : Fit.Holds;
    }

    // A comparison with what is not stated is never true.
    private static Fit Range(double greatest, double least, in RangeLimit limit) =>
        !limit.IsStated ? Fit.Unknown
        : greatest > limit.To * MatchWeights.Rounding || least * MatchWeights.Rounding < limit.From ? Fit.Fails
        : Fit.Holds;

    private static Fit Finest(double asked, float limit) => float.IsNaN(limit) ? Fit.Unknown : asked * MatchWeights.Rounding < limit ? Fit.Fails : Fit.Holds;

    /// <summary>Half the least to three times the most is still possible; beyond that the lot rules out.</summary>
    /// <param name="forLeast">Pieces to compare with the least that is taken.</param>
    /// <param name="forMost">Pieces to compare with the most.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Fit Lot(float forLeast, float forMost, in RangeLimit limit)
    {
        if (!limit.IsStated)
            return Fit.Unknown;
        if (forLeast < limit.From * MatchWeights.LotHalf || forMost > limit.To * MatchWeights.LotThrice)
            return Fit.Fails;
        return forLeast < limit.From || forMost > limit.To ? Fit.Stretched : Fit.Holds;
    }
}
