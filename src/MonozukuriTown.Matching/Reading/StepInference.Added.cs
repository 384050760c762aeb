namespace MonozukuriTown.Matching;

/// <content>Steps that figures or a tool add: the pieces of a mould, the casting before the machining, holes too thin to drill.</content>
internal sealed partial class StepInference
{
    private static readonly string[] CastWords = Cues.F("木型", "鋳物", "鋳造", "鋳込", "鋳肌", "鋳放し");

    private static readonly string[] CastGiven = Cues.F("鋳物支給", "鋳物は支給", "素材支給", "素形材支給", "鋳物はあ", "鋳物あり", "鋳物は手配", "粗材支給", "素材は支給", "素材:支給", "素材:弊社支給", "素材:当社支給", "素材は弊社", "素材は当社", "ダイカスト品支給", "ダイカストは支給", "支給(ダイカスト", "支給(鋳", "支給の鋳物", "支給鋳物", "鋳造品支給", "鋳造品は支給", "鋳物を支給");

    // FCD450 木型:支給 フライス・タップ: what is cast and machined has to be cast first.
    private void Casting(List<Mention> steps, int material)
    {
        if (steps.Count == 0 || material < 0 || !Says(CastWords) && !(IsDieCast(material) && Pieces() >= 100) || Says(CastGiven) || steps.Exists(s => Group(s.Best) is "cast" or "join" || vocabulary.Processes[s.Best].Id is "die.pattern" or "sys.maint") || steps.TrueForAll(s => IsFinishing(s.Best)))
            return;
        if (vocabulary.Ways.Find(["any"], material, Pieces()) is { } way && Group(way.Processes[0].Index) is "cast")
            steps.Add(new() { Start = 0, End = 0, Processes = [.. way.Processes], IsOpen = true, Sureness = 0.7, InferredFrom = $"{vocabulary.Materials[material].Name}：鋳物は鋳造から" });
    }

    // ADC12 月3000 タップ6: there is no other way to make so many of such an alloy.
    private bool IsDieCast(int material)
    {
        for (var m = material; m >= 0; m = vocabulary.Materials[m].Parent)
        {
            if (vocabulary.Materials[m].Id is "aluminium-diecast" or "zinc-diecast")
                return true;
        }
        return false;
    }

    // A jig or a die part drawn with material and size is made by whoever machines such a block as well.
    private void Jigs(List<Mention> steps)
    {
        if (!facts.Exists(f => f.Kind == NeedKind.Size))
            return;
        foreach (var step in steps)
        {
            if (!vocabulary.Processes[step.Best].Is(ProcessTraits.Block) || MaterialAt(step.Start, Material()) is not (>= 0 and var own))
                continue;
            foreach (var w in vocabulary.Ways.Find(["block", "any"], own, Pieces())?.Processes ?? [])
            {
                if (!step.Processes.Exists(p => p.Index == w.Index))
                    step.Processes.Add(new(w.Index, w.Weight * 0.9));
            }
        }
    }

    // Holes thinner than a millimetre are what decides, whatever else is said.
    private void MicroHoles(List<Mention> steps, int material)
    {
        if (!facts.Exists(f => f.Kind == NeedKind.Diameter && NeedBuilder.Number(f.Value) <= 1) || !Says(HolesToMake) || steps.Exists(s => !s.IsOpen && Group(s.Best) is "edm" || vocabulary.Processes[s.Best].Is(ProcessTraits.Fine)))
            return;
        if (vocabulary.Ways.Find(["microhole"], material, Pieces()) is not { } way)
            return;
        steps.RemoveAll(s => vocabulary.Processes[s.Best].Id is "cut.drill" || s.InferredFrom is not null && s.Sureness < MatchWeights.SureFact);
        steps.Add(new() { Start = 0, End = 0, Processes = [.. way.Processes], IsOpen = true, Sureness = 0.7, InferredFrom = "φ1 以下の穴：細穴の加工" });
    }

    private static readonly string[] HolesToMake = Cues.F("穴を", "の穴", "孔を", "の孔", "穴あけ", "穴開け", "穴が", "穴加工", "穴x", "穴×", "細穴", "hole", "holes");

    private static readonly string[] TryOut = Cues.F("トライ", "試し打", "型のみ", "型だけ", "ship die", "ship mold", "ship the", "try 1", "try 2", "try 3", "try 5", " trial", "型費だけ", "型を送");

    // 金型から全部: whoever asks for a mould and thousands of pieces wants the pieces.
    private void Production(List<Mention> steps, int material)
    {
        if (!(Pieces() >= 20) || Says(TryOut) || steps.Exists(s => Group(s.Best) is "mold" or "press" or "cast"))
            return;
        foreach (var die in steps)
        {
            if (vocabulary.Ways.Find([vocabulary.Processes[die.Best].Id + WayTable.Product], material, Pieces()) is not { } way)
                continue;
            steps.Add(new() { Start = die.Start, End = die.End, Processes = [.. way.Processes], Sureness = 0.8, InferredFrom = "型から、数量あり：型で作る製品まで" });
            return;
        }
    }

    private void Grit(List<Mention> steps)
    {
        if (measures.FirstOrDefault(m => m.Kind == MeasureKind.Grit) is { } grit && vocabulary.FindProcess(grit.Value >= 800 ? "fin.mirrorbuff" : "fin.buff") is { } buff)
            steps.Add(new() { Start = grit.Start, End = grit.End, Processes = [new(buff.Index, 1)], Sureness = 0.8, InferredFrom = "番手の指定は研磨" });
    }
}
