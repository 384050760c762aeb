namespace MonozukuriTown.Matching;

/// <content>How a piece is made when no word says so: from material, shape and number.</content>
internal sealed partial class StepInference
{
    // No word says how: the material, the shape and the number of pieces do.
    private void FromShape(List<Mention> steps, MaterialFamily family)
    {
        var pieces = Pieces();
        var round = facts.Exists(f => f.Kind == NeedKind.Diameter);
        var thin = facts.Exists(f => f.Kind == NeedKind.Thickness && NeedBuilder.Number(f.Value) <= 6);
        var sized = facts.Exists(f => f.Kind == NeedKind.Size);
        (string Id, double Weight)[] ways = family switch
        {
            MaterialFamily.Resin when sized || pieces is not null => [.. ResinPaths().Select(p => (vocabulary.Processes[p.Index].Id, p.Weight))],
            _ when Trade() is { } trade => [(trade, 1)],
            MaterialFamily.Rubber => pieces >= 300 ? [("mold.rubber", 1), ("mold.rubcut", 0.6)] : [("mold.rubcut", 1), ("mold.rubber", 0.8)],
            MaterialFamily.Wood => [("soft.wood", 1)],
            MaterialFamily.Composite => [("mold.frp", 1)],
            MaterialFamily.Unknown or MaterialFamily.Other or MaterialFamily.Paper or MaterialFamily.Cloth or MaterialFamily.Ceramic => [],
            _ when round && sized => pieces >= 1000 ? [("cut.autolathe", 1), ("cut.turn", 0.8), ("cut.millturn", 0.7)] : [("cut.turn", 1), ("cut.millturn", 0.9)],
            _ when thin => pieces >= 5000 ? [("press.single", 1), ("press.prog", 1), ("sheet.all", 0.6)] : [("sheet.all", 1), ("sheet.laser", 0.8), ("sheet.bend", 0.5)],
            // Nobody cuts a wagon from the solid: what is large on every side is built of sheet and tube.
            _ when Large() => [("sheet.all", 1), ("join.can", 1), ("join.tig", 0.7)],
            _ when sized => [("cut.mc", 1), ("cut.mc5", 0.6)],
            _ => [],
        };
        var processes = ways.Select(w => (vocabulary.FindProcess(w.Id), w.Weight)).Where(w => w.Item1 is not null).Select(w => new Weighted(w.Item1!.Index, w.Weight)).ToList();
        if (processes.Count == 0)
            return;
        processes.Sort((a, b) => b.Weight.CompareTo(a.Weight));
        var fact = facts.Find(f => f.Kind == NeedKind.Material);
        if (steps.Count == 1)
        {
            // A vague noun (ピン) and the shape: either hint may be right.
            foreach (var p in processes)
            {
                var at = steps[0].Processes.FindIndex(x => x.Index == p.Index);
                if (at < 0)
                    steps[0].Processes.Add(new(p.Index, p.Weight * 0.8));
                else
                    steps[0].Processes[at] = new(p.Index, 1);
            }
            return;
        }
        steps.Add(new() { Start = 0, End = 0, Processes = processes, IsOpen = true, Sureness = 0.5, InferredFrom = $"{fact?.Label}：材質・形・数量からの推定" });
    }

    // Some materials have one trade: FC250 is cast, ピアノ線 is wound, ダンボール is folded.
    private static readonly Dictionary<string, string> Trades = new(StringComparer.Ordinal)
    {
        ["cast-iron"] = "cast.fe", ["bronze"] = "cast.cu", ["scs"] = "cast.steel", ["zinc-diecast"] = "cast.dczn", ["corrugated"] = "soft.box", ["plapal-sheet"] = "soft.plapal",
        ["resin-foam"] = "soft.foam", ["frp"] = "mold.frp", ["plywood"] = "soft.wood", ["canvas"] = "soft.sew", ["tarpaulin"] = "soft.weld", ["board-paper"] = "soft.carton",
        ["swp"] = "fast.coil", ["sw"] = "fast.coil", ["swosc"] = "fast.coil", ["sup9"] = "fast.coil", ["electric-wire"] = "elec.harness", ["gasket-sheet"] = "mold.rubcut",
        ["glass"] = "soft.glass", ["adc12"] = "cast.dcal", ["ac4c"] = "cast.al", ["swch"] = "press.head", ["rubber-sponge"] = "mold.rubcut",
    };

    private string? Trade()
    {
        if (facts.Find(f => f.Kind == NeedKind.Material) is not { } fact || vocabulary.FindMaterial(fact.Value.Split('|')[0]) is not { } material)
            return null;
        for (var i = material.Index; i >= 0; i = vocabulary.Materials[i].Parent)
        {
            if (Trades.TryGetValue(vocabulary.Materials[i].Id, out var trade))
                return trade;
        }
        return null;
    }

    private bool Large() => facts.Find(f => f.Kind == NeedKind.Size) is { } size && NeedBuilder.Lengths(size.Value) is { Count: 3 } lengths && lengths[2] >= 120 && lengths[0] >= 350;

    // How plastic parts are made turns on how many are wanted: no mould for thirty, no cutting for five thousand.
    private List<Weighted> ResinPaths()
    {
        var pieces = Pieces();
        (string, double)[] ways = pieces switch
        {
            null => [("mold.inj", 0.8), ("cut.resin", 0.8), ("sys.print3d", 0.7), ("mold.cast", 0.7)],
            <= 5 => [("sys.print3d", 1), ("cut.resin", 0.9), ("sys.proto", 0.9), ("mold.cast", 0.75), ("mold.bend", 0.6)],
            <= 60 => [("mold.cast", 1), ("sys.print3d", 1), ("sys.proto", 0.95), ("cut.resin", 0.8), ("mold.bend", 0.75), ("mold.inj", 0.65), ("mold.vac", 0.5)],
            <= 300 => [("cut.resin", 0.9), ("mold.inj", 0.85), ("mold.cast", 0.8), ("mold.vac", 0.75), ("mold.bend", 0.75), ("sys.print3d", 0.7)],
            <= 1000 => [("mold.inj", 1), ("mold.vac", 0.7), ("cut.resin", 0.6)],
            _ => [("mold.inj", 1), ("mold.vac", 0.5)],
        };
        var list = new List<Weighted>();
        foreach (var (id, weight) in ways)
        {
            if (vocabulary.FindProcess(id) is { } p)
                list.Add(new(p.Index, weight));
        }
        return list;
    }
}
