namespace MonozukuriTown.Matching;

/// <summary>The rows of <c>ways.csv</c>: the nearest row decides, first by material, then by form.</summary>
internal sealed class WayTable
{
    /// <summary>Shapes that figures say; every other form is an object's or a process.</summary>
    public static readonly string[] Shapes = ["any", "round", "flat", "block", "large", "foil", "microhole", "unknown"];

    /// <summary>Behind the id of a kind of die: what is made with it.</summary>
    public const string Product = "→";

    private readonly Dictionary<(string Form, int Material), List<Way>> rows = [];
    private readonly IReadOnlyList<Material> materials;

    public WayTable(IReadOnlyList<Material> materials, IReadOnlyList<Way> ways)
    {
        this.materials = materials;
        foreach (var way in ways)
        {
            var key = (way.Form, way.Material);
            if (!rows.TryGetValue(key, out var list))
                rows.Add(key, list = []);
            list.Add(way);
        }
    }

    /// <summary>The row for a form of a material, or of the nearest family above it that has one; null when nothing is known.</summary>
    /// <param name="forms">The first that has a row for a material wins.</param>
    /// <param name="material">-1 when no material is known.</param>
    /// <param name="pieces">Null when the order gives no number.</param>
    public Way? Find(ReadOnlySpan<string> forms, int material, double? pieces)
    {
        for (var m = material; ; m = materials[m].Parent)
        {
            foreach (var form in forms)
            {
                if (rows.TryGetValue((form, m), out var list) && Among(list, pieces) is { } way)
                    return way;
            }
            if (m < 0)
                return null;
        }
    }

    private static Way? Among(List<Way> list, double? pieces)
    {
        foreach (var way in list)
        {
            if (pieces is { } n ? !way.IsCountUnknown && n >= way.From && n <= way.To : way.IsCountUnknown)
                return way;
        }
        // One row for every number, or no row for an unknown one: the smallest order is the likeliest.
        return pieces is null ? list[0] : null;
    }
}
