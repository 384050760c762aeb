namespace MonozukuriTown.Matching;

/// <content>Which of its meanings a word has here: by the words beside it, the material, the form.</content>
internal sealed partial class StepInference
{
    // 切り出し … レーザーは不可: one way less.
    private static void WithoutRuledOut(Mention step, List<Mention> mentions)
    {
        if (step.IsOpen && step.Processes.Exists(p => p.Weight >= 0.2 && !Refused(p.Index)))
            step.Processes.RemoveAll(p => Refused(p.Index));

        bool Refused(int process) => mentions.Exists(m => m.Role == MentionRole.RuledOut && !m.IsOpen && m.Best == process);
    }

    // What stands beside a word tells which work it means: a pipe is not bent like a sheet, a broken tap is eroded.
    private void ForWords(Mention step)
    {
        foreach (var context in vocabulary.Contexts)
        {
            if ((step.IsOpen || !context.IsForOpen) && context.Processes.Contains(step.Best) && Says(context.Words) && !context.Better.Contains(step.Best))
            {
                foreach (var better in context.Better.Reverse())
                    Replace(step, better, context.Rest);
                return;
            }
        }
        // 研磨 of what has a diameter and a length is cylindrical, centreless when there are many thin ones.
        if (step.IsOpen && Cues.At(text, step.Start, "研") && step.Processes.Exists(p => vocabulary.Processes[p.Index].Id is "fin.cyl") && !Says(Shine)
            && facts.Find(f => f.Kind == NeedKind.Diameter) is { } round && facts.Exists(f => f.Kind == NeedKind.Size) && vocabulary.Suits(MaterialAt(step.Start, Material()), step.Best) > 0.5)
            Prefer(step, Pieces() >= 500 && NeedBuilder.Number(round.Value) <= 40 ? "fin.cl" : "fin.cyl");
        if (!step.IsOpen || !step.Processes.Exists(p => vocabulary.Processes[p.Index].Id is "cut.saw") || !step.Processes.Exists(p => vocabulary.Processes[p.Index].Id is "sheet.laser"))
            return;
        // What 切って leaves open the shape decides: a bar is sawn, a thick plate gas cut, a sheet cut by laser.
        var thickness = facts.Find(f => f.Kind == NeedKind.Thickness) is { } t ? NeedBuilder.Number(t.Value) : null;
        var id = thickness >= 25 ? "sheet.gas" : thickness is not null ? "sheet.laser" : facts.Exists(f => f.Kind == NeedKind.Diameter) ? "cut.saw" : null;
        if (id is not null)
            Prefer(step, id);
    }

    private static readonly string[] Shine = Cues.F("鏡面", "バフ", "内面", "内側", "内径", "平面", "平行", "光沢", "ピカ", "端面", "両面", "面研", "全面", "型", "パネル", "#");

    private static void Replace(Mention step, int better, double rest)
    {
        for (var i = 0; i < step.Processes.Count; i++)
            step.Processes[i] = new(step.Processes[i].Index, step.Processes[i].Weight * rest);
        step.Processes.RemoveAll(x => x.Index == better);
        step.Processes.Insert(0, new(better, 1));
    }

    // 金型の磨き is the polishing of moulds; what is said beside a word tells which of its meanings is meant.
    private void ForContext(Mention step, List<Mention> mentions)
    {
        if (!step.IsOpen)
            return;
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
            if (Group(m.Best) is "die" && step.Processes.FindIndex(p => vocabulary.Processes[p.Index].Is(ProcessTraits.Die) && (Group(p.Index) is "die" || sentences.Find(m.Start).From == sentences.Find(step.Start).From)) is >= 0 and var die)
                Prefer(step, vocabulary.Processes[step.Processes[die].Index].Id);
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

    // コアピン is a mould part by its word, and ground by its form: what the same word implies is a way as well.
    private void ForOwnHint(Mention step)
    {
        foreach (var hit in hints)
        {
            if (hit.Start > step.Start || hit.End < step.End)
                continue;
            foreach (var m in hit.Entry.Meanings)
            {
                if (m.Kind != MeaningKind.Implication || !string.Equals(vocabulary.Implications[m.Index].Kind, "object", StringComparison.Ordinal))
                    continue;
                foreach (var p in vocabulary.Implications[m.Index].Processes)
                {
                    if (!step.Processes.Exists(x => x.Index == p.Index) && p.Weight >= 0.5)
                        step.Processes.Add(new(p.Index, p.Weight * 0.75));
                }
            }
        }
    }

    // The same word is other work on another material: 旋盤 on POM is done by who cuts plastics.
    private void ForMaterial(Mention step, int material)
    {
        if (material < 0)
            return;
        if (step.IsOpen)
        {
            var suited = step.Processes.ConvertAll(x => new Weighted(x.Index, x.Weight * vocabulary.Suits(material, x.Index)));
            if (suited.Exists(x => x.Weight >= 0.2))
            {
                step.Processes.Clear();
                step.Processes.AddRange(suited.Where(x => x.Weight >= 0.05).OrderByDescending(x => x.Weight));
            }
        }
        if (vocabulary.Ways.Find([vocabulary.Processes[step.Best].Id, Group(step.Best)], material, Pieces()) is not { Material: >= 0 } way || way.Processes[0].Index == step.Best)
            return;
        for (var i = 0; i < step.Processes.Count; i++)
            step.Processes[i] = new(step.Processes[i].Index, step.Processes[i].Weight * Math.Max(0.3, vocabulary.Suits(material, step.Processes[i].Index)));
        foreach (var w in way.Processes)
        {
            step.Processes.RemoveAll(x => x.Index == w.Index);
            step.Processes.Insert(0, w);
        }
        step.Processes.Sort((a, b) => b.Weight.CompareTo(a.Weight));
    }
}
