namespace MonozukuriTown.Matching;

/// <summary>Kinds of material that are worked in different trades.</summary>
internal enum MaterialFamily : byte
{
    Unknown,
    Steel,
    Aluminium,
    Copper,
    Zinc,
    OtherMetal,
    Resin,
    Rubber,
    Composite,
    Wood,
    Paper,
    Cloth,
    Ceramic,
    Other,
}

/// <summary>Which trade works which material.</summary>
internal static class MaterialFamilies
{
    // Ids of the heads of families in materials.csv; the nearest one above a material decides.
    private static readonly Dictionary<string, MaterialFamily> Heads = new(StringComparer.Ordinal)
    {
        ["ferrous"] = MaterialFamily.Steel,
        ["aluminium"] = MaterialFamily.Aluminium,
        ["copper-alloy"] = MaterialFamily.Copper,
        ["zinc"] = MaterialFamily.Zinc,
        ["metal"] = MaterialFamily.OtherMetal,
        ["resin"] = MaterialFamily.Resin,
        ["resin-foam"] = MaterialFamily.Other,
        ["resin-film"] = MaterialFamily.Other,
        ["resin-tape"] = MaterialFamily.Other,
        ["plapal-sheet"] = MaterialFamily.Paper,
        ["rubber"] = MaterialFamily.Rubber,
        ["composite"] = MaterialFamily.Composite,
        ["wood"] = MaterialFamily.Wood,
        ["paper"] = MaterialFamily.Paper,
        ["fabric"] = MaterialFamily.Cloth,
        ["ceramic"] = MaterialFamily.Ceramic,
        ["glass"] = MaterialFamily.Ceramic,
        ["stone"] = MaterialFamily.Ceramic,
    };

    public static MaterialFamily[] Of(IReadOnlyList<Material> materials)
    {
        var families = new MaterialFamily[materials.Count];
        for (var i = 0; i < families.Length; i++)
        {
            families[i] = MaterialFamily.Other;
            for (var m = i; m >= 0; m = materials[m].Parent)
            {
                if (Heads.TryGetValue(materials[m].Id, out var family))
                {
                    families[i] = family;
                    break;
                }
            }
        }
        return families;
    }

    /// <summary>How well a process goes with a material when only an object suggested it: 1 as it is, 0 not at all.</summary>
    public static double Suits(MaterialFamily family, string group, string process)
    {
        var metal = family is MaterialFamily.Steel or MaterialFamily.Aluminium or MaterialFamily.Copper or MaterialFamily.Zinc or MaterialFamily.OtherMetal;
        return (family, group) switch
        {
            (MaterialFamily.Unknown or MaterialFamily.Other, _) => 1,
            (_, "sys" or "elec") => 1,
            (_, "die") => (process, metal) switch
            {
                ("die.inj", true) => 0.3,
                ("die.press" or "die.dc", false) => 0.2,
                ("die.rubber", _) => family == MaterialFamily.Rubber ? 1 : 0.2,
                _ => 1,
            },
            (_, "mold") when metal => process is "mold.frp" ? 0.2 : 0.05,
            (_, "soft") when metal => process is "soft.mark" or "soft.plate" or "soft.screen" or "soft.pad" ? 1 : 0.15,
            (_, _) when metal => process is "cut.resin" ? 0.1 : 1,
            (MaterialFamily.Resin, "mold" or "cut" or "soft") => 1,
            (MaterialFamily.Resin, "join") => process is "join.us" or "join.adhesive" ? 1 : 0.1,
            (MaterialFamily.Resin, "surf") => 0.7,
            (MaterialFamily.Resin, _) => 0.15,
            (MaterialFamily.Rubber, _) => group is "mold" ? 1 : 0.2,
            (MaterialFamily.Composite, _) => process is "mold.frp" ? 1 : 0.4,
            (MaterialFamily.Wood, _) => process is "soft.wood" or "soft.crate" or "soft.uph" or "die.pattern" ? 1 : 0.2,
            (MaterialFamily.Paper or MaterialFamily.Cloth, _) => group is "soft" ? 1 : 0.1,
            (MaterialFamily.Ceramic, _) => process is "soft.glass" or "edm.ultrasonic" ? 1 : 0.4,
            _ => 1,
        };
    }
}
