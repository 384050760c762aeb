namespace MonozukuriTown.Matching;

/// <content>What stands before and after a number.</content>
internal sealed partial class MeasureScanner
{
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
        // 2m×300本: the cross between a unit and a number.
        if (c == 'x' && b > 2 && (text[b - 2] == 'm' || text.Written(b - 1) == '×') && (char.IsAsciiDigit(text[b - 3]) || text[b - 3] is 'm' or 'c'))
            return start;
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
            (MeasureWords.QuantityBefore, PartKind.Quantity), (MeasureWords.MoneyBefore, PartKind.Ignore), (MeasureWords.IgnoreBefore, PartKind.Ignore),
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
        if (EndsAt(b, "月") && !EndsAtAny(b, NamedMonths) && (b < 2 || !char.IsAsciiDigit(text[b - 2])) || EndsAt(b, "月産") || EndsAt(b, "年産") || EndsAt(b, "年間"))
        {
            kind = PartKind.Quantity;
            return start;
        }
        if (FoldedText.IsLatin(c) && b == start && !free)
            kind = PartKind.Ignore; // the tail of a model number
        return start;
    }

    // 来月20日 is a date, 月20本 a rhythm.
    private static readonly string[] NamedMonths = ["来月", "今月", "先月", "翌月", "再来月", "当月", "前月"];

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

    private int Unit(int i, out PartKind unit, out double scale)
    {
        scale = 1;
        unit = PartKind.Bare;
        var j = Blank(i);
        if (j >= text.Length)
            return i;
        foreach (var (word, mm) in LengthUnits)
        {
            if (!At(j, word) || word is "寸" && At(j + 1, "法") || word is "m" && (j > i || j + 1 < text.Length && char.IsAsciiDigit(text[j + 1])) && (text.Written(j) is 'M' or 'Ｍ' || j + 1 < text.Length && char.IsAsciiDigit(text[j + 1])) || FoldedText.IsLatin(word[^1]) && j + word.Length < text.Length && FoldedText.IsLatin(text[j + word.Length]) && !(word is "mm" && text[j + 2] is 'x' or 't') && !IsTimes(j + word.Length))
                continue;
            unit = PartKind.Length;
            scale = mm;
            var e = j + word.Length;
            if (At(e, "厚") || At(Blank(e), "thick"))
                unit = PartKind.Thickness;
            else if (word is "mm" or "ミリ" && (At(e, "ノ板") || At(e, "ノ鉄板") || At(e, "板") || At(e, "ノステンレス板") || At(e, "ノアルミ板") || At(e, "ノステン板")))
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
            // 2トン車, 110 ton press: what lifts or presses, no weight of a piece.
            if (kg >= 1000 && At(j, word) && (AtAny(Blank(j + word.Length), Vehicles) || EndsAtAny(BackNumber(i), ForceBefore) || SaysTruck()))
            {
                unit = PartKind.Ignore;
                return j + word.Length;
            }
            if (At(j, word) && (j + word.Length >= text.Length || !FoldedText.IsLatin(text[j + word.Length])))
            {
                unit = PartKind.Weight;
                scale = kg;
                return j + word.Length;
            }
        }
        // リアスプロケ 42T: teeth.
        if (text[j] == 't' && j == i && text.Written(j) == 'T' && SaysTeeth())
        {
            unit = PartKind.Ignore;
            return j + 1;
        }
        // 重さが2t弱: a weight.
        if (text[j] == 't' && j == i && EndsAtAny(BackNumber(i), Weighing))
        {
            unit = PartKind.Weight;
            scale = 1000;
            return j + 1;
        }
        // 電動150tで打ってた, 300t以上のプレス: a force, no thickness.
        if (text[j] == 't' && j == i && IsForce(i))
        {
            unit = PartKind.Ignore;
            return j + 1;
        }
        if (text[j] == 't' && j == i && AtAny(j + 1, Vehicles))
        {
            unit = PartKind.Ignore;
            return j + 1;
        }
        if (text[j] == 't' && j == i && (j + 1 >= text.Length || !FoldedText.IsLatin(text[j + 1]) && !At(j + 1, "プレス") && !At(j + 1, "クレン") && !At(j + 1, "クレーン") && !At(j + 1, "級") && !At(j + 1, "クラス") && !At(j + 1, "ノ機") && !At(j + 1, "車")))
        {
            unit = PartKind.Thickness;
            return j + 1;
        }
        // .500 dia, 12 mm OD
        if (text[j] is 'd' or 'o' && Round(j) is > 0 and var round)
        {
            unit = PartKind.Diameter;
            return round;
        }
        if (text[j] == 'φ' || At(j, "パイ") || At(j, "丸") && !At(j, "丸太"))
        {
            unit = PartKind.Diameter;
            return j + (text[j] == 'パ' ? 2 : 1);
        }
        // 500Lのタンク: litres.
        if (text[j] == 'l' && (j + 1 >= text.Length || !FoldedText.IsLatin(text[j + 1]) && !char.IsAsciiDigit(text[j + 1]) && text[j + 1] is not ('=' or ':')) && SaysVolume())
        {
            unit = PartKind.Ignore;
            return j + 1;
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
            if (w is "面" && (At(e, "図") || At(e, "加工") || At(e, "研磨") || At(e, "取") || At(e, "仕上")) || w is "機" && At(e, "種") || w is "本" && At(e, "爪") || w is "点" && At(e, "支持"))
            {
                unit = PartKind.Ignore;
                return e;
            }
            // M16-12 個数:1: the next label.
            if (At(e, "数"))
                continue;
            unit = PartKind.Quantity;
            return e;
        }
        return i;
    }

    private static readonly string[] Vessels = [.. new[] { "タンク", "容量", "槽", "容器", "釜", "バケツ", "ポリ", "ドラム", "ボトル", "tank", "volume", "bucket", "bottle", "container", "drum" }.Select(FoldedText.Fold)];

    private static readonly string[] Toothed = [.. new[] { "スプロケ", "ギヤ", "ギア", "歯車", "プーリ", "チェーン", "sprocket", "gear" }.Select(FoldedText.Fold)];

    private bool SaysTeeth() => Toothed.Any(w => text.Folded.Contains(w, StringComparison.Ordinal));

    private bool SaysVolume()
    {
        foreach (var w in Vessels)
        {
            if (text.Folded.Contains(w, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private static readonly string[] ForceAfter = [.. new[] { "プレス", "の成形機", "成形機", "で打", "クラス", "クレーン", "ブレーキ", "ダイカスト", "の型", "未満の機", "以上の機", "射出", "ハンマー", "吊" }.Select(FoldedText.Fold)];

    private static readonly string[] ForceBefore = [.. new[] { "電動", "型締", "型締力", "油圧", "プレス能力", "能力", "射出", "プレス", "成形機", "press", "our press", "machine" }.Select(FoldedText.Fold)];

    private int Round(int j)
    {
        foreach (var w in AfterDiameters)
        {
            if (At(j, w) && !text.IsLatinAt(j + w.Length))
                return j + w.Length;
        }
        return -1;
    }

    // 2m×300本, 5cm x 10cm
    private bool IsTimes(int i) => text[i] == 'x' && i + 1 < text.Length && (char.IsAsciiDigit(text[i + 1]) || text[i + 1] is ' ' or 'φ' or '.');

    private static readonly string[] AfterDiameters = ["diameter", "dia.", "dia", "o.d.", "od"];

    private static readonly string[] Vehicles = [.. new[] { "車", "トラック", "ユニック", "平車", "平ボディ", "ダンプ", "ロング車", "で運", "で取り", "積み", "クレーン", "クレン", "ホイスト", "フォーク", "リフト", "プレス", "ダイカスト", "吊り", "press", "machine", "injection", "truck", "crane" }.Select(FoldedText.Fold)];

    private static readonly string[] Weighing = [.. new[] { "重さ", "重さは", "重さが", "重さ約", "重量", "重量は", "重量が", "重量約", "自重", "自重は", "総重量", "耐荷重" }.Select(FoldedText.Fold)];

    private static readonly string[] Trucks = [.. new[] { "トン車", "t車", "トラック" }.Select(FoldedText.Fold)];

    private bool SaysTruck() => Trucks.Any(w => text.Folded.Contains(w, StringComparison.Ordinal)) && !text.Folded.Contains('重');

    private int BackNumber(int i)
    {
        var from = i;
        while (from > 0 && (char.IsAsciiDigit(text[from - 1]) || text[from - 1] is ',' or '~' or '-' or ' '))
            from--;
        return from;
    }

    private static readonly string[] AtLeast = [.. new[] { "以上", "程度", "前後", "級", "クラス", "まで" }.Select(FoldedText.Fold)];

    private static readonly string[] Machines = [.. new[] { "成形機", "プレス機", "プレス(", "ダイカストマシン", "鍛造プレス", "油圧プレス", "machine" }.Select(FoldedText.Fold)];

    private bool NamesMachine(int at)
    {
        var from = Math.Max(0, at - 12);
        foreach (var w in Machines)
        {
            if (text.Folded.AsSpan(from, at - from).Contains(w, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private bool IsForce(int i)
    {
        var from = BackNumber(i);
        foreach (var w in ForceAfter)
        {
            if (At(i + 1, w))
                return true;
        }
        // 射出成形機(東芝130t), 順送プレス 300t以上: no sheet is that thick where a machine is named just before, or the least of its force.
        var force = Blank(from);
        if (Number(ref force) is >= 25 && (NamesMachine(from) || AtAny(i + 1, AtLeast) && ForceBefore.Any(w => text.Folded.Contains(w, StringComparison.Ordinal))))
            return true;
        foreach (var w in ForceBefore)
        {
            if (EndsAt(from, w))
                return true;
        }
        return false;
    }

    private static readonly (string Word, double Mm)[] LengthUnits =
    [
        ("mm", 1), ("ミリ", 1), ("cm", 10), ("センチ", 10), ("メトル", 1000), ("メートル", 1000), ("μm", 0.001), ("um", 0.001), ("μ", 0.001), ("ミクロン", 0.001), ("インチ", 25.4), ("inches", 25.4), ("inch", 25.4), ("\"", 25.4), ("尺", 303), ("寸", 30.3), ("吋", 25.4), ("feet", 304.8), ("ft", 304.8), ("m", 1000),
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
}
