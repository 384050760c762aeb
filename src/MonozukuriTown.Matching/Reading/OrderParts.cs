namespace MonozukuriTown.Matching;

/// <summary>
/// The parts of an order that names several things one after the other: ①…②…, (1)…(2)…, A：…B：…, ■…■…, 1つ目…2つ目….
/// Only where the marks begin; whether each is a thing of its own shows when it is read.
/// </summary>
internal static class OrderParts
{
    private const int Most = 12;

    // Numbered marks count up, so that the second proves the first.
    private static readonly string[][][] Numbered =
    [
        Row("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"), Row("1)", "2)", "3)", "4)", "5)", "6)", "7)", "8)"), Row("(ア)", "(イ)", "(ウ)", "(エ)", "(オ)", "(カ)"),
        Row("(い)", "(ろ)", "(は)", "(に)", "(ほ)"), Row("い)", "ろ)", "は)", "に)"), Row("(a)", "(b)", "(c)", "(d)", "(e)", "(f)"), Row("a)", "b)", "c)", "d)", "e)", "f)"), Row("a:", "b:", "c:", "d:", "e:", "f:"), Row("a.", "b.", "c.", "d."),
        Row("1.", "2.", "3.", "4.", "5.", "6.", "7.", "8."), Row("1、", "2、", "3、", "4、"), Row("1:", "2:", "3:", "4:"), Row("1 ", "2 ", "3 ", "4 ", "5 ", "6 "),
        Row("一、|一.|一 |一)", "二、|二.|二 |二)", "三、|三.|三 |三)", "四、|四.|四 |四)", "五、|五.|五 |五)"), Row("(一)", "(二)", "(三)", "(四)"), Row("その一", "その二", "その三", "その四"), Row("その1", "その2", "その3", "その4"),
        Row("1つ目|一つ目|ひとつ目|ひとつめ|1つめ|一つめ|1個目|一点目|1点目|1件目|一件目|まず1つ", "2つ目|二つ目|ふたつ目|ふたつめ|2つめ|二つめ|2個目|二点目|2点目|2件目|二件目", "3つ目|三つ目|みっつ目|みっつめ|3つめ|三つめ|3個目|三点目|3点目|3件目|三件目", "4つ目|四つ目|4つめ|4個目|4点目|4件目", "5つ目|五つ目|5点目|5件目"),
        Row("①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧"),
        Row("part:|first part", "second part", "third part", "fourth part"), Row("part 1", "part 2", "part 3", "part 4"), Row("part a", "part b", "part c"), Row("item 1|item no.1|item no. 1|item #1", "item 2|item no.2|item no. 2|item #2", "item 3|item no.3|item no. 3|item #3", "item 4|item no.4|item no. 4|item #4"), Row("first item|first one|firstly", "second item|second one|secondly", "third item|third one|thirdly"),
        Row("no.1", "no.2", "no.3", "no.4"), Row("#1", "#2", "#3", "#4"), Row("[1]", "[2]", "[3]", "[4]"), Row("品目1", "品目2", "品目3"), Row("部品1|部品a", "部品2|部品b", "部品3|部品c"),
    ];

    private static string[][] Row(params string[] marks) => [.. marks.Select(m => m.Split('|').Select(w => w[0] is >= '①' and <= '⑳' ? w : FoldedText.Fold(w)).ToArray())];

    private static readonly string Bullets = "■★◆●◎▼▲・*-○◇";

    public static List<(int From, int To)> Find(FoldedText text)
    {
        if (text.Length < 24)
            return [];
        foreach (var marks in Numbered)
        {
            var starts = new List<int>();
            var at = 0;
            var first = 1;
            foreach (var alternatives in marks)
            {
                var (next, length) = (-1, 0);
                foreach (var mark in alternatives)
                {
                    var found = IndexOf(text, mark, at, anywhere: mark[0] is '(' or '[' || mark.Length > 2);
                    if (found >= 0 && (next < 0 || found < next))
                        (next, length) = (found, mark.Length);
                }
                if (next < 0)
                    break;
                if (starts.Count == 0)
                    first = length;
                starts.Add(next);
                at = next + length;
            }
            if (starts.Count >= 2)
                return IsForm(text, starts, first) ? [] : Ranges(text, starts);
        }
        return Bulleted(text) is { Count: > 0 } bulleted ? bulleted : Added(text);
    }

    private static readonly string[] Adding = Cues.F(
        "ついでに", "それとは別に", "それと別に", "これとは別に", "これと別に", "また別件", "別件で", "別件に", "もう一つ、", "もうひとつ、", "もう1つ、", "もう一つは", "もうひとつは", "もう1つは", "もう一件", "もう1件", "もう一点、", "もう1点、", "それから、", "それと、", "あわせて、", "併せて、", "加えて、", "全然別の話", "あと別で",
        "also we need", "also need", "in addition,", "in addition we", "another item", "another part", "second thing", "we also need", "we also want");

    // …コンベアのガイド。ついでに、ホッパーの内側を磨いて: a second thing that no mark announces.
    private static List<(int From, int To)> Added(FoldedText text)
    {
        for (var i = 12; i < text.Length; i++)
        {
            if (!(Cues.IsSentenceEnd(text, i - 1) || text[i - 1] is ' ' && i > 1 && Cues.IsSentenceEnd(text, i - 2)))
                continue;
            foreach (var word in Adding)
            {
                if (Cues.At(text, i, word))
                    return [(0, i), (i, text.Length)];
            }
        }
        return [];
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
        "品名", "品番", "図番", "材料", "材質", "素材", "概略寸法", "寸法", "仕上", "ロゴ", "熱処理", "ねじ", "穴", "試作", "量産", "データ", "重さ", "サイズ", "大きさ", "形状", "加工内容", "加工", "工程", "数量", "個数", "ロット", "金型", "要求", "納期", "希望納期", "表面", "表面処理", "熱処理", "提出", "納入", "予算", "検査", "図面", "色", "公差", "精度", "仕上げ", "仕様", "用途", "備考", "支払", "認証", "重量", "質量", "板厚", "名称", "外寸", "内寸",
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
        // A list of one line each ends with the line: what follows is said of all.
        if (starts.Count > 1 && ranges.TrueForAll(r => r == ranges[^1] || text.Folded.AsSpan(r.Item1, r.Item2 - r.Item1).TrimEnd('\n').IndexOf('\n') < 0 && text[r.Item2 - 1] == '\n')
            && text.Folded.IndexOf('\n', starts[^1]) is > 0 and var line && line < ranges[^1].Item2)
            ranges[^1] = (starts[^1], line);
        return ranges;
    }
}
