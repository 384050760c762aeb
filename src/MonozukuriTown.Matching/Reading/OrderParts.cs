namespace MonozukuriTown.Matching;

/// <summary>
/// The parts of an order that names several things one after the other: ①…②…, (1)…(2)…, A：…B：…, ■…■…, 1つ目…2つ目….
/// Only where the marks begin; whether each is a thing of its own shows when it is read.
/// </summary>
internal static class OrderParts
{
    private const int Most = 12;

    // Numbered marks count up, so that the second proves the first.
    private static readonly string[][] Numbered =
    [
        Cues.F("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"), ["1)", "2)", "3)", "4)", "5)", "6)", "7)", "8)"], ["(ア)", "(イ)", "(ウ)", "(エ)", "(オ)", "(カ)"],
        ["(a)", "(b)", "(c)", "(d)", "(e)", "(f)"], ["a)", "b)", "c)", "d)", "e)", "f)"], ["a:", "b:", "c:", "d:", "e:", "f:"], ["a.", "b.", "c.", "d."], ["1.", "2.", "3.", "4.", "5.", "6.", "7.", "8."], ["1、", "2、", "3、", "4、"], ["1:", "2:", "3:", "4:"], ["1 ", "2 ", "3 ", "4 ", "5 ", "6 "],
        Cues.F("1つ目", "2つ目", "3つ目", "4つ目"), Cues.F("一つ目", "二つ目", "三つ目", "四つ目"), Cues.F("1件目", "2件目", "3件目", "4件目"), Cues.F("その1", "その2", "その3", "その4"), Cues.F("1点目", "2点目", "3点目"), ["①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧"],
        ["part:", "second part:", "third part:", "fourth part:"], ["first part", "second part", "third part"], ["part 1", "part 2", "part 3", "part 4"], ["item 1", "item 2", "item 3", "item 4"],
    ];

    private static readonly string Bullets = "■★◆●◎▼▲・*-○◇";

    public static List<(int From, int To)> Find(FoldedText text)
    {
        if (text.Length < 24)
            return [];
        foreach (var marks in Numbered)
        {
            var starts = new List<int>();
            var at = 0;
            foreach (var mark in marks)
            {
                var next = IndexOf(text, mark, at, anywhere: mark[0] == '(' || mark.Length > 2);
                if (next < 0)
                    break;
                starts.Add(next);
                at = next + mark.Length;
            }
            if (starts.Count >= 2)
                return IsForm(text, starts, mark: marks[0].Length) ? [] : Ranges(text, starts);
        }
        return Bulleted(text);
    }

    private static List<(int From, int To)> Bulleted(FoldedText text)
    {
        foreach (var bullet in Bullets)
        {
            var starts = new List<int>();
            for (var i = 0; i < text.Length && starts.Count < Most; i++)
            {
                if (text.Written(i) == bullet && IsLineStart(text, i))
                    starts.Add(i);
            }
            if (starts.Count >= 2)
                return IsForm(text, starts, mark: 1) ? [] : Ranges(text, starts);
        }
        return [];
    }

    private static readonly string[] Fields = Cues.F(
        "品名", "品番", "図番", "材料", "材質", "素材", "概略寸法", "寸法", "サイズ", "大きさ", "形状", "加工内容", "加工", "工程", "数量", "個数", "ロット", "金型", "要求", "納期", "希望納期", "表面", "表面処理", "熱処理", "提出", "納入", "予算", "検査", "図面", "色", "公差", "精度", "仕上げ", "仕様", "用途", "備考", "支払", "認証", "重量", "質量", "板厚", "名称", "外寸", "内寸",
        "material", "size", "quantity", "qty", "surface", "finish", "tolerance", "delivery", "drawing");

    // 1. 品名 2. 材料 3. 寸法: the lines of a form describe one thing.
    private static bool IsForm(FoldedText text, List<int> starts, int mark)
    {
        var fields = 0;
        foreach (var start in starts)
        {
            var i = start + mark;
            while (i < text.Length && text[i] is ' ' or '.' or ':' or '(' or '【' or '[')
                i++;
            fields += Fields.Any(f => Cues.At(text, i, f)) ? 1 : 0;
        }
        return fields >= 2;
    }

    private static int IndexOf(FoldedText text, string mark, int from, bool anywhere)
    {
        if (mark[0] is >= '①' and <= '⑳')
        {
            for (var i = from; i < text.Length; i++)
            {
                if (text.Written(i) == mark[0])
                    return i;
            }
            return -1;
        }
        while (true)
        {
            var at = from < text.Length ? text.Folded.IndexOf(mark, from, StringComparison.Ordinal) : -1;
            if (at < 0 || (anywhere || IsLineStart(text, at)) && text.Written(at) is not (>= '①' and <= '⑳'))
                return at;
            from = at + 1;
        }
    }

    private static bool IsLineStart(FoldedText text, int at)
    {
        while (at > 0 && text[at - 1] is ' ' or '→')
            at--;
        return at == 0 || text[at - 1] == '\n';
    }

    // A part ends where the next begins, the last one with its paragraph.
    private static List<(int From, int To)> Ranges(FoldedText text, List<int> starts)
    {
        var ranges = new List<(int, int)>();
        for (var i = 0; i < starts.Count; i++)
        {
            var to = i + 1 < starts.Count ? starts[i + 1] : text.Length;
            var gap = text.Folded.IndexOf("\n\n", starts[i], to - starts[i], StringComparison.Ordinal);
            ranges.Add((starts[i], gap > 0 ? gap : to));
        }
        return ranges;
    }
}
