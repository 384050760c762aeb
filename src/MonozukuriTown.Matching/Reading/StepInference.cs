namespace MonozukuriTown.Matching;

/// <summary>
/// What a veteran adds when an order names no process, or only the last one: from the object, the problem, the material, the
/// shape and the number of pieces. Everything added says from what.
/// </summary>
internal sealed partial class StepInference(
    Vocabulary vocabulary, FoldedText text, IReadOnlyList<LexiconHit> hints, IReadOnlyList<Measure> measures, List<NeedFact> facts)
{
    private static readonly string[] MakeWords = Cues.F(
        "新規", "製作", "作って", "作りたい", "作れ", "作成", "つくって", "つくりたい", "つくれ", "製造", "欲しい", "ほしい", "一式", "丸ごと", "全部お願い", "作り", "造って",
        "need ", "make", "fabricat", "manufactur", "build", "produce");

    private bool SuppliesParts => facts.Exists(f => f.Kind == NeedKind.Supplied && f.Value is "parts");

    public void Complete(List<Mention> steps, List<Mention> mentions)
    {
        var family = Family();
        foreach (var step in steps)
        {
            ForMaterial(step, family);
            ForShape(step);
            ForContext(step, mentions);
        }
        var only = mentions.Exists(m => m.IsOnly && m.Role == MentionRole.Wanted);
        if (!only)
            Implied(steps, mentions, family);
        if (steps.Count == 0)
            Grit(steps);
        // A faint hint (おもちゃ) doesn't outweigh what the piece is made of.
        var faint = steps.Count == 1 && steps[0].InferredFrom is not null && steps[0].Sureness < 0.45;
        if (steps.Count == 0 || faint || steps.Count == 1 && (steps[0].IsWeak && Group(steps[0].Best) is "cut" or "fast" or "fin" or "press" or "sys" || vocabulary.Processes[steps[0].Best].Id is "sys.proto"))
            FromShape(steps, family);
        Production(steps, family);
        foreach (var step in steps)
            Scale(step.Processes);
    }

    // The best way is the measure of the others.
    private static void Scale(List<Weighted> processes)
    {
        processes.Sort((a, b) => b.Weight.CompareTo(a.Weight));
        if (processes.Count == 0 || processes[0].Weight is <= 0 or >= 1)
            return;
        var scale = 1 / processes[0].Weight;
        for (var i = 0; i < processes.Count; i++)
            processes[i] = new(processes[i].Index, processes[i].Weight * scale);
    }

    // 金型から全部: whoever asks for a mould and thousands of pieces wants the pieces.
    private void Production(List<Mention> steps, MaterialFamily family)
    {
        var die = steps.Find(s => Group(s.Best) is "die" && vocabulary.Processes[s.Best].Id is "die.inj" or "die.press" or "die.dc" or "die.rubber");
        if (die is null || !(Pieces() >= 20) || steps.Exists(s => Group(s.Best) is "mold" or "press" or "cast"))
            return;
        var id = (vocabulary.Processes[die.Best].Id, family) switch
        {
            ("die.dc", MaterialFamily.Zinc) => "cast.dczn",
            ("die.dc", _) => "cast.dcal",
            ("die.rubber", _) or (_, MaterialFamily.Rubber) => "mold.rubber",
            ("die.inj", _) or (_, MaterialFamily.Resin) => "mold.inj",
            _ => "press.single",
        };
        if (vocabulary.FindProcess(id) is { } p)
            steps.Add(new() { Start = die.Start, End = die.End, Processes = [new(p.Index, 1)], Sureness = 0.8, InferredFrom = "型から、数量あり：型で作る製品まで" });
    }

    // What a word leaves open the shape decides: a bar is sawn, a thick plate gas cut, a sheet cut by laser.
    private void ForShape(Mention step)
    {
        var best = vocabulary.Processes[step.Best].Id;
        if (best is "sheet.bend" && Says("パイプ", "管", "チューブ", "丸棒", "pipe", "tube"))
            Replace(step, "sheet.pipebend", 0.5);
        else if (best is "sheet.bend" && Says("線材", "線径", "針金"))
            Replace(step, "sheet.wire", 0.5);
        // A tap or a bolt that broke off is burnt out, not cut.
        else if (best is "cut.tap" or "cut.drill" or "fast.bolt" or "fast.screw" && Says("折れ", "折損", "broken", "抜けなく"))
            Replace(step, "edm.hole", 0.3);
        if (!step.IsOpen || !step.Processes.Exists(p => vocabulary.Processes[p.Index].Id is "cut.saw") || !step.Processes.Exists(p => vocabulary.Processes[p.Index].Id is "sheet.laser"))
            return;
        var thickness = facts.Find(f => f.Kind == NeedKind.Thickness) is { } t ? NeedBuilder.Number(t.Value) : null;
        var id = thickness >= 25 ? "sheet.gas" : thickness is not null ? "sheet.laser" : facts.Exists(f => f.Kind == NeedKind.Diameter) ? "cut.saw" : null;
        if (id is not null)
            Prefer(step, id);
    }

    private bool Says(params ReadOnlySpan<string> words)
    {
        foreach (var w in words)
        {
            if (text.Folded.Contains(FoldedText.Fold(w), StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private void Replace(Mention step, string id, double rest)
    {
        if (vocabulary.FindProcess(id) is not { } p)
            return;
        for (var i = 0; i < step.Processes.Count; i++)
            step.Processes[i] = new(step.Processes[i].Index, step.Processes[i].Weight * rest);
        step.Processes.RemoveAll(x => x.Index == p.Index);
        step.Processes.Insert(0, new(p.Index, 1));
    }

    // 金型の磨き is the polishing of moulds; what is said beside a word tells which of its meanings is meant.
    private void ForContext(Mention step, List<Mention> mentions)
    {
        if (!step.IsOpen)
            return;
        if (Group(step.Best) is "surf" && (facts.Exists(f => f.Kind == NeedKind.Material && f.Value is "silver" or "gold") || Says("銀の", "金の食器", "銀製", "銀食器")) && step.Processes.Exists(p => vocabulary.Processes[p.Index].Id is "surf.precious"))
            Prefer(step, "surf.precious");
        foreach (var hit in hints)
        {
            foreach (var m in hit.Entry.Meanings)
            {
                if (m.Kind == MeaningKind.Implication)
                    Favour(step, vocabulary.Implications[m.Index].Processes);
            }
        }
        foreach (var m in mentions)
        {
            if (m == step || m.Role != MentionRole.Context)
                continue;
            if (m.Best != step.Best && Group(step.Best) is "surf" or "heat" or "fin" && string.Equals(Group(m.Best), Group(step.Best), StringComparison.Ordinal))
                Favour(step, m.Processes);
            if (Group(m.Best) is "die" && step.Processes.Exists(p => vocabulary.Processes[p.Index].Id is "fin.moldpolish"))
                Prefer(step, "fin.moldpolish");
            else if (Group(m.Best) is "die" && step.Processes.Exists(p => vocabulary.Processes[p.Index].Id is "die.repair"))
                Prefer(step, "die.repair");
        }
    }

    // What two hints agree on is meant.
    private static void Favour(Mention step, IReadOnlyList<Weighted> hint)
    {
        if (!step.Processes.Exists(p => hint.Any(h => h.Index == p.Index && h.Weight >= 0.5)))
            return;
        for (var i = 0; i < step.Processes.Count; i++)
        {
            var p = step.Processes[i];
            step.Processes[i] = new(p.Index, hint.Any(h => h.Index == p.Index && h.Weight >= 0.5) ? Math.Min(1, p.Weight + 0.3) : p.Weight * 0.7);
        }
        step.Processes.Sort((a, b) => b.Weight.CompareTo(a.Weight));
    }

    private void Prefer(Mention step, string id)
    {
        for (var i = 0; i < step.Processes.Count; i++)
        {
            var p = step.Processes[i];
            step.Processes[i] = new(p.Index, string.Equals(vocabulary.Processes[p.Index].Id, id, StringComparison.Ordinal) ? 1 : p.Weight * 0.6);
        }
        step.Processes.Sort((a, b) => b.Weight.CompareTo(a.Weight));
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
            (MaterialFamily.Rubber, "press" or "soft" or "sheet" or "cut", _) => "mold.rubcut",
            (MaterialFamily.Wood, "cut", _) => "soft.wood",
            (MaterialFamily.Ceramic, "cut" or "fin", _) => "soft.glass",
            (MaterialFamily.Aluminium, "cast", "cast.fe") => "cast.al",
            (MaterialFamily.Copper, "cast", "cast.fe") => "cast.cu",
            (MaterialFamily.Zinc, "cast", "cast.dcal") => "cast.dczn",
            _ => null,
        };
        if (step.IsOpen && family != MaterialFamily.Unknown)
        {
            var suited = step.Processes.ConvertAll(x => new Weighted(x.Index, x.Weight * MaterialFamilies.Suits(family, Group(x.Index), vocabulary.Processes[x.Index].Id)));
            if (suited.Exists(x => x.Weight >= 0.2))
            {
                step.Processes.Clear();
                step.Processes.AddRange(suited.Where(x => x.Weight >= 0.05).OrderByDescending(x => x.Weight));
            }
        }
        if (other is null || vocabulary.FindProcess(other) is not { } better)
            return;
        step.Processes.RemoveAll(x => x.Index == better.Index);
        if (family is MaterialFamily.Rubber or MaterialFamily.Aluminium or MaterialFamily.Copper or MaterialFamily.Zinc or MaterialFamily.Wood or MaterialFamily.Ceramic)
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
        foreach (var hit in hints)
        {
            foreach (var m in hit.Entry.Meanings)
            {
                if (m.Kind == MeaningKind.Implication && found.Count < 40)
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
        if (facts.Exists(f => f.Kind is NeedKind.Thickness or NeedKind.Diameter) && facts.Exists(f => f.Kind == NeedKind.Size))
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
            // What only finishes the object is not how it is made.
            if (isObject && IsFinishing(p.Index) && !processes.All(q => IsFinishing(q.Index)) || p.Weight < 0.3)
                continue;
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
        Scale(list);
        return list;
    }

    private void Grit(List<Mention> steps)
    {
        if (measures.FirstOrDefault(m => m.Kind == MeasureKind.Grit) is { } grit && vocabulary.FindProcess(grit.Value >= 800 ? "fin.mirrorbuff" : "fin.buff") is { } buff)
            steps.Add(new() { Start = grit.Start, End = grit.End, Processes = [new(buff.Index, 1)], Sureness = 0.8, InferredFrom = "番手の指定は研磨" });
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
