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

/// <summary>Compares a need with the limits of one row. Pure arithmetic on numbers, no allocation.</summary>
internal static class HardFacts
{
    public static Fit Size(MatchPlan plan, PlannedStep step, in RowLimits limits)
    {
        if (float.IsNaN(plan.Longest))
            return Fit.Free;
        if (float.IsNaN(limits.Longest))
            return Fit.Unknown;
        const float r = (float)MatchWeights.Rounding;
        if (plan.Longest > limits.Longest * r)
            return Fit.Fails;
        if (!float.IsNaN(plan.Middle) && !float.IsNaN(limits.Middle) && plan.Middle > limits.Middle * r)
            return Fit.Fails;
        // A third length far below the others is the thickness a machine takes, not the height of what is built from it.
        if (float.IsNaN(plan.Shortest) || float.IsNaN(limits.Shortest) || step.FlatMachine && limits.Shortest * 4 < limits.Middle)
            return Fit.Holds;
        return plan.Shortest > limits.Shortest * r ? Fit.Fails : Fit.Holds;
    }

    public static Fit Thickness(MatchPlan plan, PlannedStep step, in RowLimits limits)
    {
        if (plan.Need.ThicknessMm is not { } t || !step.MeasuresThickness)
            return Fit.Free;
        if (float.IsNaN(limits.ThicknessTo) && float.IsNaN(limits.ThicknessFrom))
            return Fit.Unknown;
        return t > limits.ThicknessTo * MatchWeights.Rounding || plan.Need.ThinnestMm * MatchWeights.Rounding < limits.ThicknessFrom ? Fit.Fails : Fit.Holds;
    }

    public static Fit Diameter(MatchPlan plan, PlannedStep step, in RowLimits limits)
    {
        if (plan.Need.DiameterMm is not { } d || !step.MeasuresDiameter)
            return Fit.Free;
        if (float.IsNaN(limits.DiameterTo) && float.IsNaN(limits.DiameterFrom))
            return Fit.Unknown;
        return d > limits.DiameterTo * MatchWeights.Rounding || d * MatchWeights.Rounding < limits.DiameterFrom ? Fit.Fails : Fit.Holds;
    }

    public static Fit Tolerance(MatchPlan plan, PlannedStep step, in RowLimits limits)
    {
        if (plan.Need.ToleranceMm is not { } t || !step.MeasuresTolerance)
            return Fit.Free;
        if (float.IsNaN(limits.Tolerance))
            return Fit.Unknown;
        return t * MatchWeights.Rounding < limits.Tolerance ? Fit.Fails : Fit.Holds;
    }

    public static Fit Roughness(MatchPlan plan, in RowLimits limits)
    {
        if (plan.Need.RoughnessRa is not { } ra || float.IsNaN(limits.Roughness))
            return Fit.Free;
        return ra * MatchWeights.Rounding < limits.Roughness ? Fit.Fails : Fit.Holds;
    }

    public static Fit Weight(MatchPlan plan, in RowLimits limits)
    {
        if (plan.Need.WeightKg is not { } kg || float.IsNaN(limits.Weight))
            return Fit.Free;
        return kg > limits.Weight * MatchWeights.Rounding ? Fit.Fails : Fit.Holds;
    }

    /// <summary>Half the least to three times the most is still possible; beyond that the lot rules out.</summary>
    public static Fit Lot(MatchPlan plan, PlannedStep step, in RowLimits limits)
    {
        if (float.IsNaN(plan.LotForLeast) || step.IsTool)
            return Fit.Free;
        if (float.IsNaN(limits.LotFrom) && float.IsNaN(limits.LotTo))
            return Fit.Unknown;
        if (plan.LotForLeast < limits.LotFrom * MatchWeights.LotHalf || plan.LotForMost > limits.LotTo * MatchWeights.LotThrice)
            return Fit.Fails;
        return plan.LotForLeast < limits.LotFrom || plan.LotForMost > limits.LotTo ? Fit.Stretched : Fit.Holds;
    }
}
