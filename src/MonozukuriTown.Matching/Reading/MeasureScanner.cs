namespace MonozukuriTown.Matching;

/// <summary>
/// Finds sizes, tolerances, quantities and dates in a folded text in one pass, without regular expressions: every character is
/// looked at a bounded number of times.
/// </summary>
internal sealed class MeasureScanner(FoldedText text, IReadOnlyList<LexiconHit> hits)
{
    /// <summary>More figures than any order has; what follows is no order.</summary>
    private const int MaxMeasures = 120;

    private readonly List<Measure> found = [];
    private int hit;

    public static List<Measure> Scan(FoldedText text, IReadOnlyList<LexiconHit> hits) => new MeasureScanner(text, hits).Scan();

    private List<Measure> Scan()
    {
        var i = 0;
        while (i < text.Length && found.Count < MaxMeasures)
        {
            // Digits inside a word of the vocabulary (SUS304, ISO9001, 5軸) are part of the word.
            while (hit < hits.Count && hits[hit].End <= i)
                hit++;
            if (hit < hits.Count && hits[hit].Start <= i)
            {
                i = hits[hit].End;
                continue;
            }
            if (IsNumberAt(i))
                i = Group(i);
            else if (Counted(i) is { } end)
                i = end;
            else
                i++;
        }
        Words();
        return found;
    }

    private bool IsNumberAt(int i) =>
        i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] == '.' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]) && (i == 0 || !char.IsAsciiDigit(text[i - 1])));

    // One number, or several joined by × that describe one piece.
    private int Group(int start)
    {
        var parts = new List<Part>(3);
        var i = start;
        while (true)
        {
            var part = One(i);
            if (part is null)
                break;
            parts.Add(part);
            i = part.End;
            var next = Joint(i);
            if (next < 0 || parts.Count >= 6)
                break;
            i = next;
        }
        if (parts.Count == 0)
            return start + 1;
        if (parts.Count == 1)
        {
            if (parts[0].Kind != PartKind.Ignore)
                Single(parts[0]);
            return Math.Max(parts[0].End, start + 1);
        }
        Several(parts);
        return parts[^1].End;
    }

    /// <summary>After a number: × and the place of the next number, or -1.</summary>
    private int Joint(int i)
    {
        var j = Blank(i);
        if (j < text.Length && (text[j] is 'x' or '*' || text[j] == 'X'))
            j++;
        else if (At(j, "by "))
            j += 3;
        else
            return -1;
        j = Blank(j);
        // φ, t, L, W, H, M and 長さ may stand before the next number.
        for (var k = 0; k < 4 && j < text.Length; k++)
        {
            if (IsNumberAt(j))
                return j;
            if (text[j] is 'φ' or 't' or 'l' or 'w' or 'h' or 'd' or 'm' or '=' or ' ' or '厚' or '長' or 'サ' or '板' or '径' or '高' or '幅' or '約')
                j++;
            else
                return -1;
        }
        return IsNumberAt(j) ? j : -1;
    }

    private enum PartKind
    {
        Bare, Length, Diameter, Thickness, Thread, Tolerance, Grade, Roughness, Grit, Weight, Quantity, Deadline, Ignore,
    }

    private sealed record Part(PartKind Kind, double Value, int Start, int End, double Scale, string Rhythm, bool Square);

    private Part? One(int start)
    {
        var i = start;
        var value = Number(ref i);
        if (value is not { } v)
            return null;
        var begin = Prefix(start, v, i, out var before);

        // 1/100, 100分の1 and their like are tolerances; other fractions are dates.
        if (i < text.Length && text[i] == '/' && IsNumberAt(i + 1))
        {
            var j = i + 1;
            var under = Number(ref j) ?? 0;
            return v == 1 && under is 100 or 1000 or 10000
                ? new(PartKind.Tolerance, 1 / under, begin, j, 1, "", Square: false)
                : new(PartKind.Ignore, 0, start, j, 1, "", Square: false);
        }
        if (v is 100 or 1000 && At(i, "分ノ") && IsNumberAt(i + 2))
        {
            var j = i + 2;
            var over = Number(ref j) ?? 1;
            return new(PartKind.Tolerance, over / v, begin, j, 1, "", Square: false);
        }

        var many = Multiplier(ref i);
        v *= many;
        var k = Blank(i);
        if (before is PartKind.Ignore)
            return new(PartKind.Ignore, v, start, i, 1, "", Square: false);
        if (before is PartKind.Roughness or PartKind.Grit or PartKind.Grade)
            return new(before, v, begin, Unit(i, out _, out _), 1, "", Square: false);

        var end = Unit(i, out var unit, out var scale);
        if (unit == PartKind.Quantity || unit == PartKind.Bare && many > 1 || before == PartKind.Quantity)
            return before is PartKind.Length or PartKind.Diameter or PartKind.Thickness or PartKind.Tolerance && unit == PartKind.Bare
                ? new(before, v, begin, end, scale, "", Square: false)
                : Pieces(v, begin, end, unit == PartKind.Quantity || before == PartKind.Quantity);
        if (unit == PartKind.Ignore && before is PartKind.Bare)
            return new(PartKind.Ignore, v, start, end, 1, "", Square: false);
        if (unit is PartKind.Deadline or PartKind.Weight && before is PartKind.Bare or PartKind.Length)
            return new(unit, v * scale, begin, end, 1, "", Square: false);
        var square = false;
        if (end < text.Length && text[end] == '角' && (end + 1 >= text.Length || text[end + 1] is not ('度' or '形')))
        {
            square = true;
            end++;
            if (before == PartKind.Bare)
                before = PartKind.Length;
        }
        if (before == PartKind.Bare)
        {
            if (unit == PartKind.Length && ToleranceFollows(end))
                before = PartKind.Tolerance;
            else if (unit is PartKind.Length or PartKind.Thickness or PartKind.Diameter)
                before = unit;
            else if (v < 0.2 && ToleranceFollows(end))
                before = PartKind.Tolerance;
        }
        if (before is PartKind.Tolerance)
            end = MinusSide(end, ref v);
        // Nothing is three metres thick: what a plate press calls t is a ton.
        if (before == PartKind.Thickness && v * scale > 500)
            return new(PartKind.Ignore, v, start, end, 1, "", Square: false);
        _ = k;
        return new(before, v, begin, end, scale, "", square);
    }

    private Part Pieces(double v, int begin, int end, bool sure)
    {
        var rhythm = Rhythm(ref begin, ref end);
        return v is < 1 or > 1e10 || v != Math.Floor(v)
            ? new(PartKind.Ignore, v, begin, end, 1, "", Square: false)
            : new(sure || rhythm.Length > 0 || v >= 1 ? PartKind.Quantity : PartKind.Bare, v, begin, end, 1, rhythm, Square: false);
    }

    private string Rhythm(ref int begin, ref int end)
    {
        var j = Blank(end);
        foreach (var (words, name) in new[] { (MeasureWords.MonthAfter, "month"), (MeasureWords.YearAfter, "year"), (MeasureWords.DayAfter, "day") })
        {
            foreach (var w in words)
            {
                if (At(j, w))
                {
                    end = j + w.Length;
                    return name;
                }
            }
        }
        var b = BackBlank(begin);
        foreach (var (words, name) in new[] { (MeasureWords.DayBefore, "day"), (MeasureWords.MonthBefore, "month"), (MeasureWords.YearBefore, "year") })
        {
            foreach (var w in words)
            {
                if (EndsAt(b, w) && (b == w.Length || !char.IsAsciiDigit(text[b - w.Length - 1])))
                {
                    begin = b - w.Length;
                    return name;
                }
            }
        }
        return "";
    }

    // +0.02/-0.01: half of the whole width.
    private int MinusSide(int end, ref double v)
    {
        var j = end;
        while (j < text.Length && j < end + 3 && text[j] is ' ' or '/' or ',' or '~')
            j++;
        if (j + 1 < text.Length && text[j] == '-' && IsNumberAt(j + 1))
        {
            var k = j + 1;
            var other = Number(ref k);
            if (other is { } o and < 5)
            {
                v = (v + o) / 2;
                return k;
            }
        }
        return end;
    }

    private double? Number(ref int i)
    {
        double v = 0;
        var digits = 0;
        while (i < text.Length && digits < 13)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                v = v * 10 + (text[i] - '0');
                digits++;
                i++;
            }
            else if (text[i] == ',' && digits is > 0 and < 12 && i + 3 < text.Length
                && char.IsAsciiDigit(text[i + 1]) && char.IsAsciiDigit(text[i + 2]) && char.IsAsciiDigit(text[i + 3])
                && (i + 4 >= text.Length || !char.IsAsciiDigit(text[i + 4])))
                i++;
            else
                break;
        }
        if (i + 1 < text.Length && text[i] == '.' && char.IsAsciiDigit(text[i + 1]))
        {
            i++;
            var place = 0.1;
            while (i < text.Length && char.IsAsciiDigit(text[i]))
            {
                v += place * (text[i++] - '0');
                place /= 10;
            }
        }
        else if (digits == 0)
            return null;
        if (digits >= 13)
        {
            while (i < text.Length && char.IsAsciiDigit(text[i]))
                i++;
            return 0;
        }
        return Math.Round(v, 9);
    }

    private double Multiplier(ref int i)
    {
        if (i >= text.Length)
            return 1;
        if (text[i] == 'k' && (i + 1 >= text.Length || !FoldedText.IsLatin(text[i + 1]) || At(i + 1, "pcs")))
        {
            i++;
            return 1000;
        }
        var m = text[i] switch { '万' => 10_000, '千' => 1000, '百' => 100, '億' => 100_000_000, _ => 1 };
        if (m > 1)
            i++;
        if (m is 100 or 1000 && i < text.Length && text[i] == '万')
        {
            i++;
            return m * 10_000.0;
        }
        return m;
    }

    /// <summary>What stands before a number; returns where the measure begins.</summary>
    private int Prefix(int start, double value, int end, out PartKind kind)
    {
        var b = start;
        while (b > 0 && start - b < 2 && text[b - 1] is ' ' or '=' or ':' or '<' or '≦' or '≤' or '約' or '.')
            b--;
        kind = PartKind.Bare;
        if (b == 0)
            return start;
        var c = text[b - 1];
        switch (c)
        {
            case 'φ':
                kind = PartKind.Diameter;
                return b - 1;
            case '#':
                kind = PartKind.Grit;
                return b - 1;
            case '□':
                kind = PartKind.Length;
                return b - 1;
            case '±':
                kind = PartKind.Tolerance;
                return b - 1;
            case '+' when value < 3:
                kind = PartKind.Tolerance;
                return b - 1;
        }
        var free = b < 2 || !FoldedText.IsLatin(text[b - 2]) && !(b < start && char.IsAsciiDigit(text[b - 2]));
        if (FoldedText.IsLatin(c) && free)
        {
            var capital = char.IsUpper(text.Written(b - 1));
            switch (c)
            {
                case 't' when b == start && capital && value is 4 or 5 or 6 or 651 && (end >= text.Length || text[end] is not ('.' or 'x' or 'm')):
                    kind = PartKind.Ignore; // T6 is a temper
                    return start;
                case 't' when value <= 500:
                    kind = PartKind.Thickness;
                    return b - 1;
                case 'h' or 'g' or 'f' or 'k' or 'p' when b == start && value is >= 4 and <= 12 && value == Math.Floor(value)
                    && (end >= text.Length || !char.IsAsciiLetterOrDigit(text[end]) && text[end] != 'x') && !AfterWidth(b - 1):
                    kind = PartKind.Grade;
                    return b - 1;
                case 'l' or 'w' or 'h' or 'd':
                    kind = PartKind.Length;
                    return b - 1;
                case 'm' when b == start && (capital || At(end, "x")) && value <= 200:
                    kind = PartKind.Thread;
                    return b - 1;
                case 'm' or 'z' or 'f' or 'n' or 'j' or 'a' or 'b' or 's' or 'c' or 'r' or 'e' or 'v' or 'p' or 'g' or 'k' or 'q' or 'x' or 'y' or 'u' or 'i' or 'o':
                    kind = c == 'x' || b < start ? PartKind.Bare : PartKind.Ignore;
                    return start;
            }
        }
        foreach (var (words, k) in new[]
        {
            (MeasureWords.ToleranceBefore, PartKind.Tolerance), (MeasureWords.RoughnessBefore, PartKind.Roughness), (MeasureWords.RzBefore, PartKind.Roughness),
            (MeasureWords.ThicknessBefore, PartKind.Thickness), (MeasureWords.DiameterBefore, PartKind.Diameter), (MeasureWords.LengthBefore, PartKind.Length),
            (MeasureWords.MoneyBefore, PartKind.Ignore), (MeasureWords.IgnoreBefore, PartKind.Ignore),
        })
        {
            foreach (var w in words)
            {
                if (!EndsAt(b, w) || FoldedText.IsLatin(w[0]) && b > w.Length && FoldedText.IsLatin(text[b - w.Length - 1]))
                    continue;
                kind = k;
                return b - w.Length;
            }
        }
        if (EndsAt(b, "ハ") || EndsAt(b, "ガ") || EndsAt(b, "ヲ"))
        {
            // 板厚は2mm, 公差が0.01
            foreach (var (words, k) in new[] { (MeasureWords.ToleranceBefore, PartKind.Tolerance), (MeasureWords.ThicknessBefore, PartKind.Thickness), (MeasureWords.DiameterBefore, PartKind.Diameter), (MeasureWords.LengthBefore, PartKind.Length) })
            {
                foreach (var w in words)
                {
                    if (EndsAt(b - 1, w))
                    {
                        kind = k;
                        return b - 1 - w.Length;
                    }
                }
            }
        }
        if (EndsAt(b, "月") && (b < 2 || !char.IsAsciiDigit(text[b - 2])) || EndsAt(b, "月産") || EndsAt(b, "年産") || EndsAt(b, "年間"))
        {
            kind = PartKind.Quantity;
            return start;
        }
        if (FoldedText.IsLatin(c) && b == start && !free)
            kind = PartKind.Ignore; // the tail of a model number
        return start;
    }

    // H after W or L is a height: W80 H10.
    private bool AfterWidth(int at)
    {
        for (var i = Math.Max(0, at - 8); i < at; i++)
        {
            if (text[i] is 'w' or 'l' or 'd' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))
                return true;
        }
        return false;
    }

    private bool ToleranceFollows(int i)
    {
        var j = Blank(i);
        foreach (var w in MeasureWords.ToleranceAfter)
        {
            if (At(j, w))
                return true;
        }
        return false;
    }

    private int Unit(int i, out PartKind unit, out double scale)
    {
        scale = 1;
        unit = PartKind.Bare;
        var j = Blank(i);
        if (j >= text.Length)
            return i;
        foreach (var (word, mm) in LengthUnits)
        {
            if (!At(j, word) || FoldedText.IsLatin(word[^1]) && j + word.Length < text.Length && FoldedText.IsLatin(text[j + word.Length]) && !(word is "mm" && text[j + 2] is 'x' or 't'))
                continue;
            unit = PartKind.Length;
            scale = mm;
            var e = j + word.Length;
            if (At(e, "厚") || At(Blank(e), "thick"))
                unit = PartKind.Thickness;
            else if (At(e, "径") || At(e, "φ"))
                unit = PartKind.Diameter;
            return e;
        }
        foreach (var (word, weeks) in DeadlineUnits)
        {
            if (At(j, word) && !(FoldedText.IsLatin(word[^1]) && j + word.Length < text.Length && FoldedText.IsLatin(text[j + word.Length])))
            {
                unit = PartKind.Deadline;
                scale = weeks;
                return j + word.Length;
            }
        }
        foreach (var (word, kg) in WeightUnits)
        {
            if (At(j, word) && (j + word.Length >= text.Length || !FoldedText.IsLatin(text[j + word.Length])))
            {
                unit = PartKind.Weight;
                scale = kg;
                return j + word.Length;
            }
        }
        if (text[j] == 't' && j == i && (j + 1 >= text.Length || !FoldedText.IsLatin(text[j + 1]) && !At(j + 1, "プレス") && !At(j + 1, "クレン") && !At(j + 1, "クレーン") && !At(j + 1, "級") && !At(j + 1, "クラス") && !At(j + 1, "ノ機") && !At(j + 1, "車")))
        {
            unit = PartKind.Thickness;
            return j + 1;
        }
        if (text[j] == 'φ' || At(j, "パイ") || At(j, "丸") && !At(j, "丸太"))
        {
            unit = PartKind.Diameter;
            return j + (text[j] == 'パ' ? 2 : 1);
        }
        if (text[j] == 'l' && j == i && (j + 1 >= text.Length || !FoldedText.IsLatin(text[j + 1])))
        {
            unit = PartKind.Length;
            return j + 1;
        }
        if (text[j] == 's' && j == i && (j + 1 >= text.Length || !FoldedText.IsLatin(text[j + 1])))
        {
            unit = PartKind.Ignore; // 6.3S, an old roughness mark
            return j + 1;
        }
        foreach (var w in MeasureWords.IgnoreAfter)
        {
            if (At(j, w) && !(FoldedText.IsLatin(w[^1]) && j + w.Length < text.Length && FoldedText.IsLatin(text[j + w.Length])))
            {
                unit = PartKind.Ignore;
                return j + w.Length;
            }
        }
        foreach (var w in MeasureWords.Counters)
        {
            if (!At(j, w) || FoldedText.IsLatin(w[^1]) && j + w.Length < text.Length && FoldedText.IsLatin(text[j + w.Length]))
                continue;
            // 3面図, 2本爪, 1点物, 10機種 are no counts; 1ヶ月 is time and was read above.
            var e = j + w.Length;
            if (w is "面" && (At(e, "図") || At(e, "加工") || At(e, "研磨")) || w is "機" && At(e, "種") || w is "本" && At(e, "爪") || w is "点" && At(e, "支持"))
            {
                unit = PartKind.Ignore;
                return e;
            }
            unit = PartKind.Quantity;
            return e;
        }
        return i;
    }

    private static readonly (string Word, double Mm)[] LengthUnits =
    [
        ("mm", 1), ("ミリ", 1), ("cm", 10), ("センチ", 10), ("メトル", 1000), ("メートル", 1000), ("μm", 0.001), ("um", 0.001), ("μ", 0.001), ("ミクロン", 0.001), ("インチ", 25.4), ("inches", 25.4), ("inch", 25.4), ("\"", 25.4), ("尺", 303), ("寸", 30.3), ("m", 1000),
    ];

    private static readonly (string Word, double Weeks)[] DeadlineUnits =
    [
        ("週間", 1), ("週", 1), ("weeks", 1), ("week", 1), ("wks", 1), ("w以内", 1), ("w", 1), ("カ月", 4.3), ("ケ月", 4.3), ("ヵ月", 4.3), ("ヶ月", 4.3), ("カ月", 4.3), ("months", 4.3), ("month", 4.3),
        ("営業日", 0.2), ("日以内", 0.14), ("日間", 0.14), ("日デ", 0.14), ("日マデ", -1), ("日", 0.14), ("days", 0.14), ("day", 0.14),
    ];

    private static readonly (string Word, double Kg)[] WeightUnits =
    [
        ("kg", 1), ("キロ", 1), ("g", 0.001), ("グラム", 0.001), ("トン", 1000), ("ton", 1000), ("tons", 1000),
    ];

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

    // 十個, 数百本, 単品: numbers without digits.
    private int? Counted(int i)
    {
        const string digits = "一二三四五六七八九";
        if (!(digits.Contains(text[i], StringComparison.Ordinal) || text[i] is '十' or '百' or '千' or '数') || i > 0 && "第約".Contains(text[i - 1], StringComparison.Ordinal) && text[i - 1] == '第')
            return null;
        double sum = 0, current = 0;
        var j = i;
        while (j < text.Length && j < i + 8)
        {
            var c = text[j];
            var d = digits.IndexOf(c, StringComparison.Ordinal);
            if (d >= 0)
                current = d + 1;
            else if (c == '数')
                current = 3;
            else if (c is '十' or '百' or '千')
            {
                sum += Math.Max(current, 1) * (c == '十' ? 10 : c == '百' ? 100 : 1000);
                current = 0;
            }
            else if (c == '万')
            {
                sum = Math.Max(sum + current, 1) * 10_000;
                current = 0;
            }
            else
                break;
            j++;
        }
        var end = Unit(j, out var unit, out _);
        if (unit != PartKind.Quantity)
            return null;
        var begin = i;
        var rhythm = Rhythm(ref begin, ref end);
        found.Add(new(MeasureKind.Quantity, begin, end, sum + current) { Rhythm = rhythm, Sureness = text[i] == '数' ? 0.6 : 0.9 });
        return end;
    }

    private void Words()
    {
        foreach (var (word, weeks) in MeasureWords.DeadlineWords)
        {
            var at = text.Folded.IndexOf(word, StringComparison.Ordinal);
            if (at >= 0 && !found.Exists(m => m.Kind == MeasureKind.Deadline))
                found.Add(new(MeasureKind.Deadline, at, at + word.Length, weeks));
        }
        foreach (var (word, lengths) in MeasureWords.SizeWords)
        {
            var at = text.Folded.IndexOf(word, StringComparison.Ordinal);
            if (at >= 0)
                found.Add(new(MeasureKind.Size, at, at + word.Length, lengths[0]) { Lengths = lengths, Sureness = 0.6 });
        }
        foreach (var word in SinglePiece)
        {
            var at = text.Folded.IndexOf(word, StringComparison.Ordinal);
            if (at >= 0 && !found.Exists(m => m.Kind == MeasureKind.Quantity))
                found.Add(new(MeasureKind.Quantity, at, at + word.Length, 1) { Sureness = 0.9 });
        }
        var sign = text.Folded.IndexOf("▽▽▽", StringComparison.Ordinal);
        if (sign >= 0)
        {
            var four = sign + 3 < text.Length && text[sign + 3] == '▽';
            found.Add(new(MeasureKind.Roughness, sign, sign + (four ? 4 : 3), four ? 0.2 : 1.6) { Sureness = 0.9 });
        }
    }

    private static readonly string[] SinglePiece =
        [.. new[] { "単品", "一点もの", "1点もの", "一品物", "一品もの", "1品もの", "一点物", "1点物", "一つだけ", "1つだけ", "ひとつだけ", "一個だけ", "one-off", "just one", "one piece" }.Select(FoldedText.Fold)];

    private int Blank(int i)
    {
        while (i < text.Length && text[i] == ' ' && i < text.Length)
            i++;
        return i;
    }

    private int BackBlank(int i)
    {
        while (i > 0 && text[i - 1] is ' ' or ':' or '=' or '約')
            i--;
        return i;
    }

    private bool At(int i, string word) => i >= 0 && i + word.Length <= text.Length && string.CompareOrdinal(text.Folded, i, word, 0, word.Length) == 0;

    private bool EndsAt(int end, string word) => end >= word.Length && At(end - word.Length, word);
}
