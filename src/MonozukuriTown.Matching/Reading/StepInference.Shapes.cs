namespace MonozukuriTown.Matching;

/// <content>How a piece is made when no word says so: from material, shape and number.</content>
internal sealed partial class StepInference
{
    // No word says how: the material, the shape and the number of pieces do.
    private void FromShape(List<Mention> steps, int material, bool further = false)
    {
        var sized = facts.Exists(f => f.Kind == NeedKind.Size);
        var forms = new List<string>(4);
        var diameter = facts.Find(f => f.Kind == NeedKind.Diameter) is { } d ? NeedBuilder.Number(d.Value) : null;
        if (diameter <= 1 && Says(Holes))
            forms.Add("microhole");
        if (facts.Exists(f => f.Kind == NeedKind.Thickness && NeedBuilder.Number(f.Value) <= 0.3))
            forms.Add("foil");
        if (sized && diameter is not null)
            forms.Add("round");
        if (facts.Exists(f => f.Kind == NeedKind.Thickness && NeedBuilder.Number(f.Value) <= 6) || Says(ThinWords) || Thin())
            forms.Add("flat");
        if (Large())
            forms.Add("large");
        if (sized)
            forms.Add("block");
        forms.Add("any");
        if (steps.Count == 0)
            forms.Add("unknown");
        if (vocabulary.Ways.Find([.. forms], material, Pieces()) is not { } way)
            return;
        if (steps.Count == 1 && !further)
        {
            // A vague noun (ピン) and the shape: either hint may be right.
            foreach (var p in way.Processes)
            {
                var at = steps[0].Processes.FindIndex(x => x.Index == p.Index);
                if (at < 0)
                    steps[0].Processes.Add(new(p.Index, p.Weight * 0.7));
                else
                    steps[0].Processes[at] = new(p.Index, 1);
            }
            return;
        }
        var fact = facts.Find(f => f.Kind == NeedKind.Material);
        steps.Add(new() { Start = 0, End = 0, Processes = [.. way.Processes], IsOpen = true, Sureness = fact is null ? 0.4 : 0.5, InferredFrom = fact is null ? "形と数量からの推定" : $"{fact.Label}：材質・形・数量からの推定" });
    }

    // ②S45Cのブロック 5種 ③MCナイロンのガイド: of several parts in one order each that has a material and figures of its own, but no work, is to be made.
    private void Parts(List<Mention> steps, List<Mention> mentions)
    {
        var parts = new List<(int From, int To, int Material)>();
        foreach (var (from, to, kind) in sentences.All)
        {
            if (kind != SentenceKind.Order || text.Folded.AsSpan(from, to - from).IndexOfAnyInRange('0', '9') < 0)
                continue;
            var (start, end) = (text.OriginalStart(from), text.OriginalStart(to));
            var own = facts.Find(f => f.Kind == NeedKind.Material && f.Span is { } span && span.Start >= start && span.Start < end);
            if (own is not null && vocabulary.FindMaterial(own.Value.Split('|')[0]) is { } m && Root(m.Index) is var root && (parts.Count == 0 || parts.TrueForAll(p => Root(p.Material) != root)))
                parts.Add((from, to, m.Index));
        }
        if (parts.Count < 2)
            return;
        foreach (var (from, to, material) in parts)
        {
            if (mentions.Exists(m => m.Start >= from && m.Start < to && m.Role is MentionRole.Done or MentionRole.Wanted) || steps.Exists(s => s.Start >= from && s.Start < to && s.End > s.Start && s.Start > 0) || SaysThere((from, to, SentenceKind.Order)) || SuppliesParts((from, to, SentenceKind.Order)))
                continue;
            if (vocabulary.Ways.Find(["any", "block"], material, null) is { } way)
                steps.Add(new() { Start = from, End = from, Processes = [.. way.Processes], IsOpen = true, Sureness = 0.5, InferredFrom = $"{vocabulary.Materials[material].Name}：材質と寸法からの推定" });
        }
    }

    private int Root(int material)
    {
        while (vocabulary.Materials[material].Parent >= 0)
            material = vocabulary.Materials[material].Parent;
        return material;
    }

    private static readonly string[] ThinWords = Cues.F("薄板", "薄い板", "薄物", "板金", "thin sheet", "sheet metal");

    private static readonly string[] Holes = Cues.F("穴", "孔", "hole");

    private bool Thin() => facts.Find(f => f.Kind == NeedKind.Size) is { } size && NeedBuilder.Lengths(size.Value) is { Count: 3 } lengths && lengths.Min() is > 0 and <= 6 and var least && lengths.Order().ElementAt(1) >= 20 * least;

    private bool Large() => facts.Find(f => f.Kind == NeedKind.Size) is { } size && NeedBuilder.Lengths(size.Value) is { Count: 3 } lengths && lengths[2] >= 120 && lengths[0] >= 350;
}
