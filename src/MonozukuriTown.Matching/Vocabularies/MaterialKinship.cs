namespace MonozukuriTown.Matching;

/// <summary>
/// How well a company that names one material serves an order for another, from the family tree alone: the same 1; the company
/// names the family of what is ordered 0.97 (アルミ for A5052); the order names a family, the company a member 0.95; relatives by the
/// family that joins them (SUS304 and SUS316 are worked alike, steel and aluminium by the same shops, steel and plastic by others).
/// </summary>
internal sealed class MaterialKinship
{
    private readonly float[] table;
    private readonly int count;
    private readonly IReadOnlyList<Material> materials;

    public MaterialKinship(IReadOnlyList<Material> materials)
    {
        this.materials = materials;
        count = materials.Count;
        table = new float[count * count];
        var paths = materials.Select(m => Path(materials, m.Index)).ToArray();
        for (var wanted = 0; wanted < count; wanted++)
        {
            for (var stated = 0; stated < count; stated++)
                table[wanted * count + stated] = (float)Kinship(paths[wanted], paths[stated]);
        }
    }

    /// <summary>0 to 1; see the type.</summary>
    public float Of(int wanted, int stated) => table[wanted * count + stated];

    // Families within which a shop that works one works the others, with how readily; below them 0.88, unnamed roots 0.7.
    private static readonly Dictionary<string, double> Joined = new(StringComparer.Ordinal)
    {
        ["metal"] = 0.4,
        ["ferrous"] = 0.55,
        ["nonferrous"] = 0.42,
        ["light-metal"] = 0.45,
        ["iron"] = 0.78,
        ["stainless"] = 0.88,
        ["copper-alloy"] = 0.8,
        ["resin"] = 0.5,
        ["resin.thermoplastic"] = 0.72,
        ["resin.engineering"] = 0.8,
        ["resin.super"] = 0.85,
        ["ceramic"] = 0.6,
        ["fabric"] = 0.7,
        ["rubber"] = 0.72,
        ["wood"] = 0.8,
        ["paper"] = 0.7,
        ["composite"] = 0.7,
        ["substrate"] = 0.8,
        ["electric"] = 0.6,
        ["refractory"] = 0.6,
        ["resin-foam"] = 0.8,
    };

    private double Kinship(int[] wanted, int[] stated)
    {
        var shared = 0;
        while (shared < wanted.Length && shared < stated.Length && wanted[shared] == stated[shared])
            shared++;
        if (shared == 0)
            return 0;
        if (shared == wanted.Length)
            return shared == stated.Length ? 1 : 0.95;
        // 金属 for S45C says less than 鉄 does.
        if (shared == stated.Length)
            return wanted.Length - shared <= 2 ? 0.97 : 0.9;
        return Joined.TryGetValue(materials[wanted[shared - 1]].Id, out var joined) ? joined : shared == 1 ? 0.7 : 0.88;
    }

    private static int[] Path(IReadOnlyList<Material> all, int index)
    {
        var path = new List<int>();
        for (var i = index; i >= 0; i = all[i].Parent)
            path.Insert(0, i);
        return [.. path];
    }
}
