namespace MonozukuriTown.Matching;

/// <summary>
/// How well a company that names one material serves an order for another, from the family tree alone:
/// the same 1; the company names the family of what is ordered 0.97 (アルミ for A5052); the order names a family, the company a
/// member 0.95; siblings 0.85 (SUS304, SUS316), cousins 0.7, further relatives 0.45, strangers 0.
/// </summary>
internal sealed class MaterialKinship
{
    private readonly float[] table;
    private readonly int count;

    public MaterialKinship(IReadOnlyList<Material> materials)
    {
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

    private static double Kinship(int[] wanted, int[] stated)
    {
        var shared = 0;
        while (shared < wanted.Length && shared < stated.Length && wanted[shared] == stated[shared])
            shared++;
        if (shared == 0)
            return 0;
        var up = wanted.Length - shared;
        var down = stated.Length - shared;
        return (up, down) switch
        {
            (0, 0) => 1,
            (1, 0) => 0.97,
            (_, 0) => shared == 1 && up > 2 ? 0.85 : 0.93,
            (0, _) => 0.95,
            (1, 1) => shared == 1 ? 0.6 : 0.85,
            _ => shared == 1 ? 0.4 : 0.7,
        };
    }

    private static int[] Path(IReadOnlyList<Material> materials, int index)
    {
        var path = new List<int>();
        for (var i = index; i >= 0; i = materials[i].Parent)
            path.Insert(0, i);
        return [.. path];
    }
}
