namespace MonozukuriTown.Matching;

/// <content>Numbers as they are written: with commas, points, 万, in kanji; and those that are money.</content>
internal sealed partial class MeasureScanner
{
    // 月10万, 5万/月: without a word that counts, only a rhythm tells pieces from money.
    private bool Monthly(int start, int end)
    {
        var (begin, stop) = (start, end);
        return Rhythm(ref begin, ref stop).Length > 0 || EndsAt(start, "約") || EndsAt(start, ":");
    }

    private static readonly string[] MoneyNear = [.. new[] { "予算", "概算", "金額", "費用", "単価", "値段", "税", "見積" }.Select(FoldedText.Fold)];

    private static readonly string[] MoneyAfter = [.. new[] { "円", "くらいで見", "で見て", "以内で", "までなら", "くらいまで", "までで", "ほどで" }.Select(FoldedText.Fold)];

    private bool IsMoney(int start, int end)
    {
        var from = Math.Max(0, start - 14);
        var before = text.Folded.AsSpan(from, start - from);
        foreach (var w in MoneyNear)
        {
            if (before.Contains(w, StringComparison.Ordinal))
                return true;
        }
        return MoneyAfter.Any(w => At(end, w));
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
        if (digits is > 0 and <= 3 && v >= 1 && PointsOfThousands(i) is > 0 and var points)
        {
            for (var p = 0; p < points; p++)
            {
                v = v * 1000 + (text[i + 1] - '0') * 100 + (text[i + 2] - '0') * 10 + (text[i + 3] - '0');
                i += 4;
            }
        }
        else if (i + 1 < text.Length && text[i] == '.' && char.IsAsciiDigit(text[i + 1]))
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

    // 30.000 per year: who counts pieces with a point before three digits means thousands. How many points; nobody counts beyond billions.
    private int PointsOfThousands(int i)
    {
        for (var points = 1; points <= 3; points++)
        {
            if (i + 3 >= text.Length || text[i] != '.' || !char.IsAsciiDigit(text[i + 1]) || !char.IsAsciiDigit(text[i + 2]) || !char.IsAsciiDigit(text[i + 3]))
                return 0;
            i += 4;
            if (i < text.Length && text[i] == '.')
                continue;
            var unit = Blank(i);
            return (i >= text.Length || !char.IsAsciiDigit(text[i])) && Thousands.Any(w => At(unit, w)) ? points : 0;
        }
        return 0;
    }

    private static readonly string[] Thousands = [.. new[] { "pcs", "pieces", "stk", "stück", "stueck", "per year", "per month", "p.a", "/year", "/month", "a year", "a month", "units", "sets", "parts", "個", "本", "枚", "ケ", "ヶ", "per annum" }.Select(FoldedText.Fold)];

    private bool SaysFlange => Flanged.Any(w => text.Folded.Contains(w, StringComparison.Ordinal));

    private static readonly string[] Flanged = [.. new[] { "フランジ", "バルブ", "配管", "jis5k", "jis10k", "flange", "短管" }.Select(FoldedText.Fold)];

    // 1 lakh pcs, 2.5 crore, 3 thousand, 2 dozen
    private static readonly (string Word, double Times)[] IndianNumbers = [("lakhs", 1e5), ("lakh", 1e5), ("lacs", 1e5), ("lac", 1e5), ("crores", 1e7), ("crore", 1e7), ("thousand", 1e3), ("hundred", 100), ("million", 1e6), ("dozen", 12), ("ダース", 12)];

    private double Multiplier(ref int i)
    {
        if (i >= text.Length)
            return 1;
        foreach (var (word, times) in IndianNumbers)
        {
            var at = Blank(i);
            if (At(at, word) && !text.IsLatinAt(at + word.Length))
            {
                i = at + word.Length;
                return times;
            }
        }
        // 両フランジ10K: a pressure class.
        if (text[i] == 'k' && text.Written(i) is 'K' or 'Ｋ' && SaysFlange && !At(i + 1, "pcs") && !At(i + 1, "個") && !At(i + 1, "本"))
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
        // 五つだけ作りたい
        if (unit != PartKind.Quantity && sum + current >= 2 && At(j, "ツ") && Of(j + 1))
            (unit, end) = (PartKind.Quantity, j + 1);
        if (unit != PartKind.Quantity)
            return null;
        var begin = i;
        var rhythm = Rhythm(ref begin, ref end);
        found.Add(new(MeasureKind.Quantity, begin, end, sum + current) { Rhythm = rhythm, Sureness = text[i] == '数' ? 0.6 : 0.9 });
        return end;
    }

    private static readonly string[] Made = [.. new[] { "だけ", "作", "つく", "欲し", "ほし", "お願", "製作", "くだ", "下さ", "ばかり", "ほど", "くらい", "を" }.Select(FoldedText.Fold)];

    private bool Of(int i) => Made.Any(w => At(i, w));
}
