namespace MonozukuriTown.Matching;

/// <summary>
/// What a veteran adds when an order names no process, or only the last one: from the object, the problem, the material, the
/// shape and the number of pieces. Everything added says from what.
/// </summary>
internal sealed class StepInference(
    Vocabulary vocabulary, FoldedText text, IReadOnlyList<LexiconHit> hits, IReadOnlyList<Measure> measures, List<NeedFact> facts)
{
    private static readonly string[] MakeWords = Cues.F(
        "新規", "製作", "作って", "作りたい", "作れ", "作成", "つくって", "つくりたい", "つくれ", "製造", "欲しい", "ほしい", "一式", "丸ごと", "全部お願い", "作り", "造って",
        "need ", "make", "fabricat", "manufactur", "build", "produce");

    private bool SuppliesParts => facts.Exists(f => f.Kind == NeedKind.Supplied && f.Value is "parts");

    public void Complete(List<Mention> steps, List<Mention> mentions)
    {
        var family = Family();
        foreach (var step in steps)
            ForMaterial(step, family);
        var only = mentions.Exists(m => m.IsOnly && m.Role == MentionRole.Wanted);
        if (!only)
            Implied(steps, mentions, family);
        if (steps.Count == 0)
            Grit(steps);
        if (steps.Count == 0)
            FromShape(steps, family);
    }

    private MaterialFamily Family()
    {
        foreach (var fact in facts)
        {
            if (fact.Kind == NeedKind.Material && vocabulary.FindMaterial(fact.Value.Split('|')[0]) is { } m)
                return vocabulary.Families[m.Index];
        }
        return MaterialFamily.Unknown;
    }

    // The same word is other work on another material: 旋盤 on POM is done by who cuts plastics.
    private void ForMaterial(Mention step, MaterialFamily family)
    {
        var p = vocabulary.Processes[step.Best];
        var group = p.IsGroup ? p.Id : vocabulary.Processes[p.Parent].Id;
        var other = (family, group, p.Id) switch
        {
            (MaterialFamily.Resin, "cut", not ("cut.resin" or "cut.saw")) => "cut.resin",
            (MaterialFamily.Resin, "fin", "fin.buff" or "fin.mirrorbuff") => "mold.polish",
            (MaterialFamily.Resin, "sheet", "sheet.bend") => "mold.bend",
            (MaterialFamily.Resin, "join", "join.adhesive") => "mold.bend",
            (MaterialFamily.Rubber, "press" or "soft", _) => "mold.rubcut",
            (MaterialFamily.Wood, "cut", _) => "soft.wood",
            (MaterialFamily.Ceramic, "cut" or "fin", _) => "soft.glass",
            (MaterialFamily.Aluminium, "cast", "cast.fe") => "cast.al",
            (MaterialFamily.Copper, "cast", "cast.fe") => "cast.cu",
            (MaterialFamily.Zinc, "cast", "cast.dcal") => "cast.dczn",
            _ => null,
        };
        if (other is null || vocabulary.FindProcess(other) is not { } better || step.Processes.Exists(x => x.Index == better.Index))
            return;
        if (family is MaterialFamily.Aluminium or MaterialFamily.Copper or MaterialFamily.Zinc or MaterialFamily.Wood or MaterialFamily.Ceramic)
        {
            for (var i = 0; i < step.Processes.Count; i++)
                step.Processes[i] = new(step.Processes[i].Index, step.Processes[i].Weight * 0.5);
            step.Processes.Insert(0, new(better.Index, 1));
        }
        else
            step.Processes.Add(new(better.Index, 1));
    }

    private void Implied(List<Mention> steps, List<Mention> mentions, MaterialFamily family)
    {
        var finishing = steps.Count > 0 && steps.TrueForAll(s => IsFinishing(s.Best));
        var found = new List<(LexiconHit Hit, Implication Item)>();
        foreach (var hit in hits)
        {
            foreach (var m in hit.Entry.Meanings)
            {
                if (m.Kind == MeaningKind.Implication)
                    found.Add((hit, vocabulary.Implications[m.Index]));
            }
        }
        foreach (var (hit, item) in found)
        {
            foreach (var id in item.Materials)
            {
                if (item.Confidence >= 0.8 && !facts.Exists(f => f.Kind == NeedKind.Material))
                    facts.Add(Fact(NeedKind.Material, vocabulary.Materials[id].Id, hit, item, 0.6));
            }
        }
        var added = new List<(LexiconHit Hit, Implication Item, Mention Mention)>();
        foreach (var (hit, item) in found)
        {
            if (item.Processes.Count == 0 || Cues.IsOwnTrade(text, hit.Start, hit.End))
                continue;
            var isObject = string.Equals(item.Kind, "object", StringComparison.Ordinal);
            if (isObject && (Cues.HasPurposeAfter(text, hit.End) || SuppliesParts))
                continue;
            if (Cues.RuledOut(text, hit.Start, hit.End) && isObject)
                continue;
            if (steps.Count > 0)
            {
                // An object beside work on it only counts when it is to be made first.
                if (isObject && !(finishing && item.Confidence >= 0.65 && ToBeMade()))
                    continue;
                if (!isObject && (item.Confidence < 0.75 || steps.Exists(s => item.Processes.Any(p => Related(p.Index, s.Best)))))
                    continue;
            }
            if (mentions.Exists(m => m.Role is MentionRole.RuledOut or MentionRole.Done && m.Best == item.Processes[0].Index))
                continue;
            var processes = Suited(item.Processes, family, isObject);
            if (processes.Count == 0)
                continue;
            added.Add((hit, item, new Mention
            {
                Start = hit.Start,
                End = hit.End,
                Processes = processes,
                IsOpen = true,
                Sureness = item.Confidence,
                InferredFrom = item.Because.Length > 0 ? $"{item.Word}：{item.Because}" : item.Word,
            }));
        }
        Merge(steps, added);
    }

    // Things asked for side by side are steps each; otherwise the surest word decides and the others widen it.
    private void Merge(List<Mention> steps, List<(LexiconHit Hit, Implication Item, Mention Mention)> added)
    {
        foreach (var (hit, item, mention) in added.OrderByDescending(a => a.Mention.Sureness))
        {
            var kin = steps.Find(s => s.IsOpen && s.InferredFrom is not null && mention.Processes.Exists(p => s.Processes.Exists(q => q.Index == p.Index)));
            if (kin is not null)
            {
                // Two hints that agree: what both name is meant.
                for (var i = 0; i < kin.Processes.Count; i++)
                {
                    var p = kin.Processes[i];
                    var q = mention.Processes.Find(x => x.Index == p.Index);
                    kin.Processes[i] = new(p.Index, Math.Min(1, q.Weight > 0 ? Math.Max(p.Weight, q.Weight) : p.Weight * 0.8));
                }
                kin.Processes.Sort((a, b) => b.Weight.CompareTo(a.Weight));
                continue;
            }
            var first = steps.Exists(s => s.InferredFrom is not null);
            if (first && !HasOwnCount(hit) && item.Confidence < 0.8)
                continue;
            steps.Add(mention);
        }
    }

    private bool HasOwnCount(LexiconHit hit)
    {
        foreach (var m in measures)
        {
            if (m.Kind == MeasureKind.Quantity && m.Start >= hit.End && m.Start - hit.End <= 8)
                return true;
        }
        return false;
    }

    private bool ToBeMade()
    {
        if (SuppliesParts)
            return false;
        if (facts.Exists(f => f.Kind == NeedKind.Thickness) && facts.Exists(f => f.Kind == NeedKind.Size))
            return true;
        foreach (var w in MakeWords)
        {
            if (text.Folded.Contains(w, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private List<Weighted> Suited(IReadOnlyList<Weighted> processes, MaterialFamily family, bool isObject)
    {
        var list = new List<Weighted>();
        foreach (var p in processes)
        {
            var suits = isObject ? MaterialFamilies.Suits(family, Group(p.Index), vocabulary.Processes[p.Index].Id) : 1;
            if (suits > 0)
                list.Add(new(p.Index, p.Weight * suits));
        }
        if (isObject && family == MaterialFamily.Resin)
        {
            foreach (var path in ResinPaths())
            {
                var at = list.FindIndex(x => x.Index == path.Index);
                if (at < 0)
                    list.Add(path);
                else
                    list[at] = path;
            }
        }
        list.Sort((a, b) => b.Weight.CompareTo(a.Weight));
        // The best way is the measure of the others.
        if (list.Count > 0 && list[0].Weight is > 0 and < 1)
        {
            var scale = 1 / list[0].Weight;
            for (var i = 0; i < list.Count; i++)
                list[i] = new(list[i].Index, list[i].Weight * scale);
        }
        return list;
    }

    private void Grit(List<Mention> steps)
    {
        if (measures.FirstOrDefault(m => m.Kind == MeasureKind.Grit) is { } grit && vocabulary.FindProcess(grit.Value >= 800 ? "fin.mirrorbuff" : "fin.buff") is { } buff)
            steps.Add(new() { Start = grit.Start, End = grit.End, Processes = [new(buff.Index, 1)], Sureness = 0.8, InferredFrom = "番手の指定は研磨" });
    }

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
            MaterialFamily.Rubber => pieces >= 300 ? [("mold.rubber", 1), ("mold.rubcut", 0.6)] : [("mold.rubcut", 1), ("mold.rubber", 0.8)],
            MaterialFamily.Wood => [("soft.wood", 1)],
            MaterialFamily.Composite => [("mold.frp", 1)],
            MaterialFamily.Unknown or MaterialFamily.Other or MaterialFamily.Paper or MaterialFamily.Cloth or MaterialFamily.Ceramic => [],
            _ when round && sized => pieces >= 1000 ? [("cut.autolathe", 1), ("cut.turn", 0.8), ("cut.millturn", 0.7)] : [("cut.turn", 1), ("cut.millturn", 0.9)],
            _ when thin => pieces >= 5000 ? [("press.single", 1), ("press.prog", 1), ("sheet.all", 0.6)] : [("sheet.all", 1), ("sheet.laser", 0.8), ("sheet.bend", 0.5)],
            _ when sized => [("cut.mc", 1), ("cut.mc5", 0.6)],
            _ => [],
        };
        var processes = ways.Select(w => (vocabulary.FindProcess(w.Id), w.Weight)).Where(w => w.Item1 is not null).Select(w => new Weighted(w.Item1!.Index, w.Weight)).ToList();
        if (processes.Count == 0)
            return;
        processes.Sort((a, b) => b.Weight.CompareTo(a.Weight));
        var fact = facts.Find(f => f.Kind == NeedKind.Material);
        steps.Add(new() { Start = 0, End = 0, Processes = processes, IsOpen = true, Sureness = 0.5, InferredFrom = $"{fact?.Label}：材質・形・数量からの推定" });
    }

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

    private double? Pieces() => facts.Find(f => f.Kind == NeedKind.Quantity) is { } q ? NeedBuilder.Number(q.Value.Split('/')[0]) : null;

    private NeedFact Fact(NeedKind kind, string value, LexiconHit hit, Implication item, double sureness) => new()
    {
        Kind = kind,
        Value = value,
        Label = NeedBuilder.Label(vocabulary, kind, value, wish: false) ?? value,
        Span = text.Span(hit.Start, hit.End),
        Sureness = Math.Round(item.Confidence * sureness, 2),
        InferredFrom = item.Because.Length > 0 ? $"{item.Word}：{item.Because}" : item.Word,
    };

    private bool Related(int a, int b) => a == b || string.Equals(Group(a), Group(b), StringComparison.Ordinal) || vocabulary.Processes[b].Covers.Any(c => c.Index == a);

    private bool IsFinishing(int process) =>
        Group(process) is "fin" or "surf" or "heat" || vocabulary.Processes[process].Id is "soft.mark" or "soft.screen" or "soft.pad" or "sys.cmm" or "sys.inspect" or "join.leak" or "sys.test";

    private string Group(int process)
    {
        var p = vocabulary.Processes[process];
        return p.IsGroup ? p.Id : vocabulary.Processes[p.Parent].Id;
    }
}
