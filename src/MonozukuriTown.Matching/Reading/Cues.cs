namespace MonozukuriTown.Matching;

/// <summary>Small words around a process that turn its meaning; folded, and only looked for within one clause.</summary>
internal static class Cues
{
    private static readonly string[] Particles = F("については", "に関しては", "そのもの", "の工程", "までは", "までを", "まで", "加工", "処理", "作業", "仕上げ", "工程", "のほう", "の方", "は", "が", "を", "も", "の", "に", "で", "と", "って", " ");

    private static readonly string[] OnlyAfter = F("だけ", "のみ", "オンリー", "only", "alone");
    private static readonly string[] OnlyBefore = F("only ", "just ", "just the ", "only the ");
    private static readonly string[] IncludedAfter = F("込み", "込", "までお願い", "まで", "もお願い", "も頼", "も含", "も一緒", "もやって", "included", "as well", "too");

    private static readonly string[] RuledOutAfter = F(
        "不要", "なしで", "なし", "無し", "無しで", "無しの", "いらない", "要らない", "いりません", "要りません", "しない", "しなくて", "せず", "ng", "不可", "以外", "禁止", "を除", "除く",
        "必要ありません", "必要ない", "必要なし", "必要は", "結構です", "やめ", "避け", "ではない", "じゃない", "ではなく", "じゃなく", "でなく", "ではなくて", "だと", "だめ", "ダメ", "駄目", "できない", "出来ない", "使わない", "使わず", "使えない",
        "無用", "は無理", "しても直ら", "した方に断", "not needed", "not required", "is not", "not necessary", "unnecessary", "will not", "won't", "is no good", "ではうまく", "では歪", "では割れ", "では折れ", "は不要", "は無し", "はなし");

    private static readonly string[] DoneAfter = F(
        "支給", "持ち込み", "持込", "は持って", "はあります", "があります", "済", "済み", "ずみ", "してある", "してあり", "されている", "された", "されたもの", "こちらで", "うちで", "ウチで", "当社で", "自社で", "弊社で", "社内で", "手配済", "は別", "別途", "別で", "は他", "他社", "よそ", "後の品", "上がりの",
        "by us", "by ourselves", "in-house", "inhouse", "already", "done already", "is done", "at our");

    private static readonly string[] RuledOutBefore = F("no ", "without ", "not ", "non-", "except ", "excluding ", "don't need ", "do not need ", "no need for ", "no need of ", "instead of ", "脱");

    private static readonly string[] DoneBefore = F("already ", "after our ", "pre-");

    private static readonly string[] InsteadAfter = F("がダメなら", "がだめなら", "が駄目なら", "が無理なら", "ダメなら", "だめなら", "駄目なら", "無理なら", "が難しければ", "難しければ", "できなければ", "出来なければ", "が不可なら", "if not possible", "or else", "if impossible");

    private static readonly string[] Or = F("か", "または", "又は", "もしくは", "若しくは", "ないし", "でも", "あるいは", "or", "either", "か、", "/");

    private static readonly string[] Purpose = F("用の", "用に", "用", "向けの", "向け", "機の", "機用", "機械の", "装置の", "ライン用", "ラインの", "業界", "業者", "屋さん", "工場の", "設備の", "で使う", "に使う", "で使用", "に使用", "で用い", "のときに", "の時に", "の際に", "する前に", "する際", "するとき", "前の品", "for");

    private static readonly string[] Self = F("当社", "弊社", "うちは", "うちの会社", "私ども", "わたくしども", "我々", "当方", "we are", "our company", "we're", "i am a", "i run");

    private static readonly string[] Trade = F("業", "屋", "メーカー", "会社", "しており", "しています", "していま", "を営", "商社", "専業", "工場", "職人", "shop", "company", "maker", "manufacturer", "business");

    public static bool Only(FoldedText t, Mention m) => StartsAfter(t, m.End, OnlyAfter) || EndsBefore(t, m.End, OnlyAfter) || EndsBefore(t, m.Start, OnlyBefore);

    public static bool Included(FoldedText t, Mention m) => StartsAfter(t, m.End, IncludedAfter);

    public static bool Instead(FoldedText t, int end) => StartsAfter(t, end, InsteadAfter);

    public static bool RuledOut(FoldedText t, int start, int end) =>
        !Instead(t, end) && (StartsAfter(t, end, RuledOutAfter) || EndsBefore(t, start, RuledOutBefore));

    public static bool Done(FoldedText t, int start, int end) => StartsAfter(t, end, DoneAfter) || EndsBefore(t, start, DoneBefore);

    /// <summary>What lies between two words says that either will do.</summary>
    public static bool IsOr(FoldedText t, int end, int nextStart)
    {
        if (nextStart <= end || nextStart - end > 6)
            return false;
        var between = t.Folded.AsSpan(end, nextStart - end).Trim(" 、,");
        foreach (var w in Or)
        {
            if (between.Equals(w, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    public static bool HasPurposeAfter(FoldedText t, int end)
    {
        foreach (var w in Purpose)
        {
            if (At(t, end, w) && (w.Length > 1 || !At(t, end, "用紙") && !At(t, end, "用意")))
                return true;
        }
        return false;
    }

    /// <summary>The sentence around a word begins with the buyer himself and says that this is his trade.</summary>
    public static bool IsOwnTrade(FoldedText t, int start, int end)
    {
        var from = start;
        while (from > 0 && start - from < 40 && !IsSentenceEnd(t, from - 1))
            from--;
        var to = end;
        while (to < t.Length && to - end < 16 && !IsSentenceEnd(t, to))
            to++;
        var before = t.Folded.AsSpan(from, start - from);
        var self = false;
        foreach (var w in Self)
            self |= before.Contains(w, StringComparison.Ordinal);
        if (!self)
            return false;
        var after = t.Folded.AsSpan(start, to - start);
        foreach (var w in Trade)
        {
            if (after.Contains(w, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    /// <summary>A full stop, but not the point of a number.</summary>
    public static bool IsSentenceEnd(FoldedText t, int i) =>
        t[i] is '。' or '!' or '?' or '\n' || t[i] == '.' && (i + 1 >= t.Length || t[i + 1] == ' ') && i > 0 && !char.IsAsciiDigit(t[i - 1]);

    public static bool StartsAfter(FoldedText t, int end, string[] words)
    {
        var i = end;
        for (var skipped = 0; skipped < 4; skipped++)
        {
            foreach (var w in words)
            {
                if (At(t, i, w))
                    return true;
            }
            var next = Skip(t, i);
            if (next == i)
                return false;
            i = next;
        }
        return false;
    }

    public static bool EndsBefore(FoldedText t, int start, string[] words)
    {
        foreach (var w in words)
        {
            if (start >= w.Length && At(t, start - w.Length, w) && (start == w.Length || !FoldedText.IsLatin(w[0]) || !FoldedText.IsLatin(t[start - w.Length - 1])))
                return true;
        }
        return false;
    }

    public static bool At(FoldedText t, int i, string word) => i >= 0 && i + word.Length <= t.Length && string.CompareOrdinal(t.Folded, i, word, 0, word.Length) == 0;

    public static string[] F(params string[] words) => [.. words.Select(FoldedText.Fold).Distinct(StringComparer.Ordinal).OrderByDescending(w => w.Length)];

    private static int Skip(FoldedText t, int i)
    {
        foreach (var p in Particles)
        {
            if (At(t, i, p))
                return i + p.Length;
        }
        return i;
    }
}
