using MonozukuriTown.Matching;

namespace MonozukuriTown.Web.Components;

/// <summary>How a kind of fact is called and coloured: 加工, k-process.</summary>
public static class FactKinds
{
    public static string Name(NeedKind kind) => Words.Here.Kind(kind);

    public static string Style(NeedKind kind) => kind switch
    {
        NeedKind.Process or NeedKind.Excluded => "k-process",
        NeedKind.Material or NeedKind.Supplied => "k-material",
        NeedKind.Size or NeedKind.Diameter or NeedKind.Thickness or NeedKind.Weight => "k-size",
        NeedKind.Tolerance or NeedKind.Roughness => "k-tolerance",
        NeedKind.Quantity => "k-quantity",
        NeedKind.Deadline => "k-deadline",
        NeedKind.Certification => "k-certification",
        NeedKind.Region => "k-region",
        _ => "k-other",
    };

    /// <summary>Below this the reader is asked to check.</summary>
    public const double Sure = 0.75;

    public static bool IsUnsure(NeedFact fact) => fact.Sureness < Sure;
}
