namespace MonozukuriTown.Matching;

/// <summary>
/// Finds sizes, tolerances, quantities and dates in a folded text in one pass, without regular expressions: every character is
/// looked at a bounded number of times.
/// </summary>
internal sealed partial class MeasureScanner(FoldedText text, IReadOnlyList<LexiconHit> hits)
{
    /// <summary>More figures than any order has; what follows is no order.</summary>
    private const int MaxMeasures = 120;
    private const int MaxNumbers = 800;

    private readonly List<Measure> found = [];
    private int hit;
    private int looked;

    public static List<Measure> Scan(FoldedText text, IReadOnlyList<LexiconHit> hits) => new MeasureScanner(text, hits).Scan();

    private List<Measure> Scan()
    {
        var i = 0;
        while (i < text.Length && found.Count < MaxMeasures && looked < MaxNumbers)
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
            {
                looked++;
                i = Group(i);
            }
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
        if (before is PartKind.Ignore)
            return new(PartKind.Ignore, v, start, i, 1, "", Square: false);
        if (before is PartKind.Roughness or PartKind.Grit or PartKind.Grade)
            return new(before, v, begin, Unit(i, out _, out _), 1, "", Square: false);

        var end = Unit(i, out var unit, out var scale);
        // 350g±2g, ±0.2°: what is held there is no length.
        if (before == PartKind.Tolerance && unit is PartKind.Weight or PartKind.Ignore or PartKind.Quantity)
            return new(PartKind.Ignore, v, start, end, 1, "", Square: false);
        // 半径80, R1200: a curve, no size of the piece.
        if (EndsAt(begin, "半径") || EndsAt(BackBlank(start), "半径") || EndsAt(BackBlank(start), "半径ガ") || EndsAt(BackBlank(start), "半径ハ") || EndsAt(BackBlank(start), "radius") || EndsAt(BackBlank(start), "radius of"))
            return new(PartKind.Ignore, v, start, end, 1, "", Square: false);
        if (unit is PartKind.Bare or PartKind.Diameter && scale == 1 && before is PartKind.Bare or PartKind.Diameter or PartKind.Thickness or PartKind.Tolerance or PartKind.Length && v is < 60 && SaysInches && (text[start] == '.' || before == PartKind.Tolerance && v <= 0.05 || before == PartKind.Diameter || unit == PartKind.Diameter))
            scale = 25.4;
        // 1個200円, 1枚あたり: the price or the share of one.
        if (unit == PartKind.Quantity && v == 1 && (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '約') || At(end, "アタリ") || At(end, "当タリ") || At(end, "ニツキ") || At(end, "ズツ") || At(end, "ゴト") || At(end, "人ズツ")))
            return new(PartKind.Ignore, v, start, end, 1, "", Square: false);
        // 予算60~80万: money.
        if (unit == PartKind.Bare && many > 1 && (IsMoney(start, end) || many >= 10_000 && before != PartKind.Quantity && !Monthly(start, end)))
            return new(PartKind.Ignore, v, start, end, 1, "", Square: false);
        if (unit == PartKind.Quantity || unit == PartKind.Bare && many > 1 || before == PartKind.Quantity)
            return before is PartKind.Length or PartKind.Diameter or PartKind.Thickness or PartKind.Tolerance && unit == PartKind.Bare
                ? new(before, v, begin, end, scale, "", Square: false)
                : Pieces(v, begin, end, unit == PartKind.Quantity || before == PartKind.Quantity);
        if (unit == PartKind.Ignore && before is PartKind.Bare)
            return new(PartKind.Ignore, v, start, end, 1, "", Square: false);
        if (unit is PartKind.Deadline or PartKind.Weight && before is PartKind.Bare or PartKind.Length)
            return new(unit, v * scale, begin, end, 1, "", Square: false);
        // T/T 30%
        if (unit == PartKind.Ignore && text[end - 1] == '%')
            return new(PartKind.Ignore, v, start, end, 1, "", Square: false);
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
        // φ30h7×420: the fit stands between the diameter and the length.
        if (before == PartKind.Diameter && end + 1 < text.Length && text[end] is 'h' or 'g' or 'f' or 'k' or 'm' or 'n' or 'p' or 'j' or 'e' && char.IsAsciiDigit(text[end + 1]))
        {
            var j = end + 1;
            if (Number(ref j) is { } grade and >= 4 and <= 12 && (j >= text.Length || !FoldedText.IsLatin(text[j]) || text[j] == 'x'))
            {
                found.Add(new(MeasureKind.ToleranceGrade, end, j, grade));
                end = j;
            }
        }
        // 外径を0.005以内に: nothing is that thin.
        if (before is PartKind.Diameter or PartKind.Length && v * scale < 0.2 && ToleranceFollows(end))
            before = PartKind.Tolerance;
        if (before is PartKind.Tolerance)
            end = MinusSide(end, ref v);
        // Nothing is three metres thick: what a plate press calls t is a ton.
        if (before == PartKind.Thickness && v * scale > 500)
            return new(PartKind.Ignore, v, start, end, 1, "", Square: false);
        return new(before, v, begin, end, scale, "", square);
    }

    private bool? inches;

    // Ø.500 × 6.25": where inches are marked and no millimetres are, bare decimals are inches as well.
    private bool SaysInches => inches ??= (text.Folded.Contains('"', StringComparison.Ordinal) || text.Folded.Contains("inch", StringComparison.Ordinal) || text.Folded.Contains("インチ", StringComparison.Ordinal)) && !text.Folded.Contains("mm", StringComparison.Ordinal) && !text.Folded.Contains("ミリ", StringComparison.Ordinal);

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

    private static readonly string[] Changed = [.. new[] { "に変更", "に変え", "へ変更", "に直し", "に訂正", "に増や", "に減ら", "にして", "に修正" }.Select(FoldedText.Fold)];

    // 板厚を1.2から1.6に変更: what it was counts no more, the new number is of the same kind.
    private void Changes()
    {
        for (var i = 0; i < found.Count; i++)
        {
            var old = found[i];
            if (!At(old.End, "カラ") || !IsNumberAt(old.End + 2))
                continue;
            var j = old.End + 2;
            var value = Number(ref j);
            var end = Unit(j, out _, out var scale);
            if (value is not { } v || !Changed.Any(w => At(end, w)))
                continue;
            found.RemoveAll(m => m.Start >= old.End && m.Start < end);
            found[i] = old with { Start = old.End + 2, End = end, Value = v * (old.Kind is MeasureKind.Size or MeasureKind.Diameter or MeasureKind.Thickness ? scale : 1), Lengths = old.Lengths.Count == 1 ? [v * scale] : old.Lengths };
        }
    }

    private void Words()
    {
        Changes();
        foreach (var (word, weeks) in MeasureWords.DeadlineWords)
        {
            var at = Standing(word);
            if (at >= 0 && !found.Exists(m => m.Kind == MeasureKind.Deadline))
                found.Add(new(MeasureKind.Deadline, at, at + word.Length, weeks));
        }
        foreach (var (word, lengths) in MeasureWords.SizeWords)
        {
            var at = Standing(word);
            if (at >= 0)
                found.Add(new(MeasureKind.Size, at, at + word.Length, lengths[0]) { Lengths = lengths, Sureness = 0.6 });
        }
        foreach (var word in SinglePiece)
        {
            var at = Standing(word);
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

    // Where the word stands first; one of Latin letters by itself: no rush in brushed.
    private int Standing(string word)
    {
        var at = text.Folded.IndexOf(word, StringComparison.Ordinal);
        while (at >= 0 && (FoldedText.IsLatin(word[0]) && text.IsLatinAt(at - 1) || FoldedText.IsLatin(word[^1]) && text.IsLatinAt(at + word.Length)))
            at = text.Folded.IndexOf(word, at + word.Length, StringComparison.Ordinal);
        return at;
    }

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

    private bool AtAny(int i, string[] words)
    {
        foreach (var w in words)
        {
            if (At(i, w))
                return true;
        }
        return false;
    }

    private bool EndsAtAny(int end, string[] words)
    {
        foreach (var w in words)
        {
            if (EndsAt(end, w))
                return true;
        }
        return false;
    }

    private bool EndsAt(int end, string word) => end >= word.Length && At(end - word.Length, word);
}
