namespace MonozukuriTown.Matching;

/// <content>What a number, or several joined by ×, is a measure of.</content>
internal sealed partial class MeasureScanner
{
    private void Single(Part p)
    {
        switch (p.Kind)
        {
            case PartKind.Length:
                var mm = p.Value * p.Scale;
                // 500 m of a profile are a quantity; a film of 10 µm is no size.
                if (mm is >= 0.5 and <= 30_000 && p.Scale is not 0.001)
                    found.Add(new(MeasureKind.Size, p.Start, p.End, mm) { Lengths = p.Square ? [mm, mm] : [mm] });
                break;
            case PartKind.Diameter:
                found.Add(new(MeasureKind.Diameter, p.Start, p.End, p.Value * p.Scale));
                break;
            case PartKind.Thickness:
                found.Add(new(MeasureKind.Thickness, p.Start, p.End, p.Value * p.Scale));
                break;
            case PartKind.Thread:
                found.Add(new(MeasureKind.Thread, p.Start, p.End, p.Value));
                break;
            case PartKind.Tolerance when p.Value * p.Scale is > 0 and < 20:
                found.Add(new(MeasureKind.Tolerance, p.Start, p.End, p.Value * p.Scale));
                break;
            case PartKind.Grade:
                found.Add(new(MeasureKind.ToleranceGrade, p.Start, p.End, p.Value));
                break;
            case PartKind.Roughness:
                var rz = p.Start + 2 <= text.Length && text[p.Start] == 'r' && text[p.Start + 1] != 'a';
                found.Add(new(MeasureKind.Roughness, p.Start, p.End, rz ? p.Value / 4 : p.Value));
                break;
            case PartKind.Grit:
                found.Add(new(MeasureKind.Grit, p.Start, p.End, p.Value));
                break;
            case PartKind.Weight when p.Value > 0:
                found.Add(new(MeasureKind.Weight, p.Start, p.End, p.Value));
                break;
            case PartKind.Quantity:
                found.Add(new(MeasureKind.Quantity, p.Start, p.End, p.Value) { Rhythm = p.Rhythm });
                break;
            case PartKind.Deadline when p.Value > 0:
                found.Add(new(MeasureKind.Deadline, p.Start, p.End, p.Value));
                break;
            case PartKind.Bare when p.Value >= 1 && p.Value == Math.Floor(p.Value):
                found.Add(new(MeasureKind.Bare, p.Start, p.End, p.Value) { Sureness = 0.5 });
                break;
        }
    }

    private static readonly string[] HoleBefore = [.. new[] { "穴", "孔", "キリ", "穴径", "ノック", "取付穴", "貫通穴", "バカ穴", "通し穴", "holes", "hole" }.Select(FoldedText.Fold)];

    private void Several(List<Part> parts)
    {
        var scale = 1.0;
        foreach (var p in parts)
        {
            if (p.Scale is 10 or 1000 or 25.4)
                scale = p.Scale;
        }
        if (scale == 1000 && parts.TrueForAll(p => p.Value > 30))
            scale = 1;
        var lengths = new List<double>();
        // M10×1, M24×1.5: a pitch is no length.
        if (parts is [{ Kind: PartKind.Thread } thread, { Kind: PartKind.Bare or PartKind.Grade } pitch, ..] && pitch.Value <= 6 && pitch.Value < thread.Value * 0.3)
        {
            parts.RemoveAt(1);
            if (parts.Count == 1)
            {
                Single(thread);
                return;
            }
        }
        // 穴φ11×4: four holes.
        if (parts is [{ Kind: PartKind.Diameter } hole, { Kind: PartKind.Bare, Scale: 1 } count] && count.Value <= 40 && count.Value == Math.Floor(count.Value) && EndsAtAny(BackBlank(hole.Start), HoleBefore))
        {
            Single(hole);
            return;
        }
        foreach (var p in parts)
        {
            var mm = p.Value * (p.Scale > 1 && p.Scale != scale ? p.Scale : scale);
            switch (p.Kind)
            {
                case PartKind.Diameter:
                    found.Add(new(MeasureKind.Diameter, p.Start, p.End, mm));
                    lengths.Add(mm);
                    lengths.Add(mm);
                    break;
                case PartKind.Thread:
                    found.Add(new(MeasureKind.Thread, p.Start, p.End, p.Value));
                    lengths.Add(p.Value);
                    lengths.Add(p.Value);
                    break;
                case PartKind.Thickness:
                    found.Add(new(MeasureKind.Thickness, p.Start, p.End, mm));
                    lengths.Add(mm);
                    break;
                case PartKind.Quantity:
                    found.Add(new(MeasureKind.Quantity, p.Start, p.End, p.Value) { Rhythm = p.Rhythm });
                    break;
                case PartKind.Bare or PartKind.Length or PartKind.Ignore or PartKind.Grade:
                    if (mm > 0)
                        lengths.Add(mm);
                    break;
            }
        }
        lengths.Sort();
        lengths.Reverse();
        if (lengths.Count > 0 && lengths[0] is > 0 and <= 60_000)
            found.Add(new(MeasureKind.Size, parts[0].Start, parts[^1].End, lengths[0]) { Lengths = [.. lengths.Take(3)] });
    }
}
