namespace MonozukuriTown.Matching;

/// <content>What is told beside the order: who writes and what he owns, how it is now, what it is like, what is wished or refused.</content>
internal static partial class Cues
{
    private static readonly string[] Self = F("当社", "弊社", "うちは", "うちの会社", "私ども", "わたくしども", "我々", "当方", "we are", "our company", "we're", "i am a", "i run");

    private static readonly string[] Trade = F("業", "屋", "メーカー", "会社", "しており", "しています", "していま", "を営", "商社", "専業", "工場", "職人", "shop", "company", "maker", "manufacturer", "business");

    /// <summary>The sentence around a word begins with the buyer himself and says that this is his trade.</summary>
    public static bool IsOwnTrade(FoldedText t, int start, int end)
    {
        var from = start;
        while (from > 0 && start - from < 40 && !IsSentenceEnd(t, from - 1))
            from--;
        var to = end;
        while (to < t.Length && to - end < 16 && !IsSentenceEnd(t, to))
            to++;
        if (IsTradeOf(t, start, end))
            return true;
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

    private static readonly string[] Places = F("屋さん", "屋", "工場", "会社", "業者", "業", "メーカー", "店", "工房", "加工業", "製造業", "加工屋");

    /// <summary>ネットショップをやってます, 陶芸作家: the word says what somebody is.</summary>
    public static bool IsPlace(FoldedText t, int end)
    {
        var i = At(t, end, "ヲ") ? end + 1 : end;
        return StartsWithAny(t, i, ["作家", "家デス", "屋", "教室", "店", "工房", "ヲヤッテ", "ヤッテ", "営ン", "経営", "運営", "勤メ", "業界", "業者", "会社ノ", "メーカーノ"]);
    }

    private static bool StartsWithAny(FoldedText t, int at, string[] words)
    {
        foreach (var w in words)
        {
            if (At(t, at, w))
                return true;
        }
        return false;
    }

    private static readonly string[] Being = F("です", "でして", "をして", "を営", "を経営", "をやって", "の者", "に勤", "で働", "を生業", "をやっており", "の社長", "の購買", "の担当", "の営業");

    // めっき工場です, パン屋を営んでおります: whoever says so names his own trade.
    private static bool IsTradeOf(FoldedText t, int start, int end)
    {
        foreach (var place in Places)
        {
            if (!At(t, end, place))
                continue;
            foreach (var b in Being)
            {
                if (At(t, end + place.Length, b))
                    return true;
            }
            // 町の旋盤屋。 begins who writes, when a longer tale follows.
            var stop = end + place.Length;
            if (stop < t.Length - 20 && IsSentenceEnd(t, stop) && start < 16)
                return true;
        }
        return false;
    }

    private static readonly string[] WishedBefore = F("できれば", "できたら", "出来れば", "出来たら", "可能なら", "可能であれば", "可能でしたら", "欲を言えば", "あわよくば", "余裕があれば", "if possible", "optional", "optionally", "maybe also", "ideally");

    private static readonly string[] WishedAfter = F(
        "できたら嬉し", "できたらうれし", "できると嬉し", "できると助か", "だと嬉し", "だと助か", "あると嬉し", "あると助か", "あれば嬉し", "あれば尚", "尚可", "なお可", "は任意", "も任意", "別業者でも構", "別業者でもよ", "別業者でも良", "別でも構", "無理なら結構", "無理なら要", "無理ならい", "なくても", "無くても", "でなくても",
        "してもらえると嬉し", "までできれば", "まで出来れば", "もできれば", "も出来れば", "までできたら", "までできると", "までやってもらえると", "までしてあると", "まで頼めると", "optional", "if possible", "would be nice", "is a plus", "not a must");

    /// <summary>できれば電解研磨も, ブラストまでできたら嬉しい: a wish, no condition.</summary>
    public static bool IsWished(FoldedText t, int start, int end)
    {
        var from = start;
        while (from > 0 && start - from < 14 && !IsSentenceEnd(t, from - 1))
            from--;
        if (Holds(t.Folded.AsSpan(from, start - from), WishedBefore))
            return true;
        var to = end;
        while (to < t.Length && to - end < 22 && !IsSentenceEnd(t, to))
            to++;
        return Holds(t.Folded.AsSpan(end, to - end), WishedAfter);
    }

    private static readonly string[] TopicHeads = F("のやつは", "のものは", "のは", "品は", "加工は", "処理は", "仕上げは", "については", "に関しては", "への変更は", "での", "は", "とかは", "だけは", "類は");

    private static readonly string[] Refusing = F(
        "あかん", "だめ", "駄目", "不可", "避け", "困る", "困り", "嫌", "いやや", "怖", "ng", "遠慮", "お断り", "いりません", "いらない", "要りません", "要らない", "不要", "必要ありません", "必要ない", "結構です", "使わない", "使えません", "考えていません", "考えておりません", "対象外", "ではありません", "ではない", "しないで", "やめ", "無理と", "無理だと");

    // 有資格者でないと困る asks for it.
    private static readonly string[] Unless = F("でないと", "じゃないと", "ないと", "なければ");

    private static readonly string[] Wanting = F("お願い", "希望", "してほしい", "して欲しい", "したい", "下さい。", "でお願い");

    /// <summary>めっきのやつは食べ物に入ったら怖いからあかん: the topic is refused at the end of its sentence.</summary>
    public static bool IsTopicRefused(FoldedText t, int end)
    {
        foreach (var head in TopicHeads)
        {
            if (!At(t, end, head))
                continue;
            var from = end + head.Length;
            var to = from;
            while (to < t.Length && to - from < 44 && !IsSentenceEnd(t, to))
                to++;
            var rest = t.Folded.AsSpan(from, to - from);
            foreach (var w in Refusing)
            {
                var at = rest.IndexOf(w, StringComparison.Ordinal);
                if (at >= 0 && !Holds(rest[..at], Wanting) && !rest[..at].Contains('ハ') && !Holds(rest[..at], Unless))
                    return true;
            }
            return false;
        }
        return false;
    }

    private static readonly string[] With = F("だと", "品だと", "とかだと", "すると", "をすると", "をかけると", "したら", "をしたら", "にすると");

    private static readonly string[] Complaints = F(
        "折れ", "割れ", "欠け", "怖", "脆", "危な", "嫌", "歪", "ひずむ", "反っ", "反る", "曲が", "変形", "溶け", "錆び", "傷", "キズ", "焦げ", "剥が", "はがれ", "外れ", "無理", "難し", "厳し", "きびし", "だめ", "ダメ", "駄目", "あかん", "困",
        "高い", "高く", "高す", "高か", "割高", "大げさ", "間に合わ", "足りな", "足りん", "弱い", "弱く", "重い", "重く", "重す", "うまく");

    private static readonly string[] Questions = F("ですか", "ますか", "でしょうか", "いくら");

    /// <summary>ドリルだと折れる: it was tried or thought of, and won't do; 研磨だと助かる asks for it.</summary>
    private static bool IsComplaint(FoldedText t, int end)
    {
        if (EndOf(t, end, With) is not (>= 0 and var from))
            return false;
        var to = from;
        while (to < t.Length && to - from < 16 && t[to] is not '、' && !IsSentenceEnd(t, to))
            to++;
        var rest = t.Folded.AsSpan(from, to - from);
        return Holds(rest, Complaints) && !Holds(rest, Questions);
    }

    private static readonly string[] Failing = F("がすぐ", "がはが", "が剥", "がめく", "が取れ", "がとれ", "が外れ", "が割れ", "が折れ", "が摩耗", "がへた", "が浮い", "がもた", "が持た", "が薄く", "が弱い", "が弱く", "が甘い", "が悪い", "の剥がれ", "のはがれ", "の剥離", "の跡が", "の継ぎ目が", "不良が");

    /// <summary>コーティングがすぐ剥げる: what fails is there.</summary>
    public static bool IsFailing(FoldedText t, int end) => StartsWithAny(t, end, Failing);

    private static readonly string[] Never = F("たことがな", "たことがあり", "たことはな", "たことはあり", "た事がな", "た事があり", "いたことがな", "いたことがあり", "方が分から", "方がわから", "方を知ら", "るのは初めて", "くのは初めて");

    /// <summary>図面を描いたことがない: what one can't do tells of oneself.</summary>
    public static bool IsNever(FoldedText t, int end) => StartsWithAny(t, end, Never);

    private static readonly string[] Forms = F("コの字", "ロの字", "l字", "l型", "u字", "z字", "h型", "コの字に", "ロの字に", "l字に", "l型に", "u字に", "z字に");

    private static readonly string[] Shaped = F("に溶接", "に組", "に並べ", "に配置", "に切", "型に溶接", "型に組", "字型に溶接", "状に溶接", "形に溶接");

    /// <summary>角パイプをコの字に溶接: the word says which form, the work follows.</summary>
    public static bool IsShape(FoldedText t, int end) => EndsBefore(t, end, Forms) && StartsWithAny(t, EndsBefore(t, end, ["ニ"]) ? end - 1 : end, Shaped);

    /// <summary>素材:弊社支給(ダイカスト品): handed over in so many words.</summary>
    public static bool IsSupplied(FoldedText t, int start, int end) => EndsBefore(t, start, SuppliedBefore) || At(t, end, "品支給") || At(t, end, "支給") || At(t, end, "ハ支給") || At(t, end, "品ハ支給") || At(t, end, "素材支給");

    private static readonly string[] SuppliedBefore = F("支給(", "支給品(", "支給品:", "支給の", "支給する", "支給された");

    private static readonly string[] NoWorkpiece = F("材料", "素材", "材", "生地", "鋼材", "板", "図面", "データ", "治具", "型", "金型", "部品", "材は", "材料は", "素材は", "板は");

    /// <summary>名刺入れ(既製品支給), ベアリングは支給: the thing is handed over.</summary>
    public static bool IsGiven(FoldedText t, int end)
    {
        for (var i = end; i < t.Length - 1 && i - end <= 8 && !IsSentenceEnd(t, i) && t[i] is not '、' && !(t[i] == ' ' && i > end + 1); i++)
        {
            if (At(t, i, "支給"))
                return !EndsBefore(t, i, NoWorkpiece);
        }
        return false;
    }

    private static readonly string[] OurPart = F("うちでや", "うちでする", "うちで行", "当社でや", "当社で行", "弊社でや", "弊社で行", "自社でや", "自社で行", "こちらでや", "こちらで行", "当方でや", "当方で行", "自分でや");

    /// <summary>うちでやるところ:荒加工、ねじ: what follows in the line is done by the buyer.</summary>
    public static bool IsOurPart(FoldedText t, int start)
    {
        var from = start;
        while (from > 0 && start - from < 60 && !IsSentenceEnd(t, from - 1))
            from--;
        var before = t.Folded.AsSpan(from, start - from);
        var colon = before.LastIndexOf(':');
        return colon > 0 && Holds(before[..colon], OurPart);
    }

    private static readonly string[] OwnedMachines = F("盤", "マシニング", "マシニングセンタ", "マシニングセンター", "ベンダー", "プレス", "レーザー", "溶接機", "フライス", "ブレーキ", "ロボドリル", "タレパン");

    // 旋盤2台でやってる: machines are counted by who has them; nobody orders a lathe here.
    public static bool IsOwnMachine(FoldedText t, int end)
    {
        var i = end;
        while (i < t.Length && i - end < 3 && (char.IsAsciiDigit(t[i]) || "一二三四五六".Contains(t[i], StringComparison.Ordinal)))
            i++;
        return i > end && At(t, i, "台") && EndsBefore(t, end, OwnedMachines);
    }

    private static readonly string[] FormErrors = F("曲がり", "曲り", "反り", "そり", "歪み", "ひずみ", "振れ", "倒れ", "うねり");

    /// <summary>名刺入れ, 傘立て: what the thing holds.</summary>
    public static bool IsHeld(FoldedText t, int end) =>
        At(t, end, "入レ") && (end + 2 >= t.Length || t[end + 2] is not ('ル' or 'テ' or 'タ' or '歯' or '替' or '子'))
        || At(t, end, "立テ") && (end + 2 >= t.Length || t[end + 2] is not ('ル' or 'テ' or 'タ')) || At(t, end, "掛ケ") && At(t, end + 2, "ノ");

    private static readonly string[] FirmBefore = F("(株)", "株式会社", "(有)", "有限会社", "合同会社", "㈱", "㈲");

    private static readonly string[] FirmAfter = F("株式会社", "(株)", "(有)", "有限会社", "合同会社", "さんから", "様");

    /// <summary>㈱北浜包装機械, 山田鍍金株式会社: work in the name of a company.</summary>
    public static bool IsInFirmName(FoldedText t, int start, int end)
    {
        foreach (var w in FirmAfter)
        {
            if (At(t, end, w))
                return true;
        }
        for (var i = start; i > 0 && start - i < 8; i--)
        {
            if (EndsBefore(t, i, FirmBefore))
                return true;
            if (t[i - 1] is ' ' or '、' or '。' or '\n' or 'ノ' or 'ハ' or 'ニ' or 'ヲ')
                return false;
        }
        return false;
    }

    private static readonly string[] OnWhat = [" for", " of", " on", "for", "of", "on"];

    private static readonly string[] WorkOn = ["for ", "of ", "on ", "for the ", "of the ", "on the ", "for our ", "of our ", "on our ", "for steel ", "of steel ", "of stainless ", "on aluminum ", "on aluminium ", "of aluminum ", "of aluminium ", "for stainless "];

    /// <summary>galvanizing for steel stairs, heat treatment of shafts: what the work is done to.</summary>
    public static bool IsWorkedOn(FoldedText t, int start)
    {
        // for SKD11 punch, of the old crank shaft: a few words may stand between.
        for (var (i, words) = (start - 1, 0); i > 3 && words < 3 && (FoldedText.IsLatin(t[i]) || char.IsAsciiDigit(t[i]) || t[i] is ' ' or '-'); i--)
        {
            if (t[i] != ' ')
                continue;
            words++;
            if (EndsBefore(t, i, OnWhat))
                return true;
        }
        foreach (var w in WorkOn)
        {
            if (start > w.Length && At(t, start - w.Length, w))
                return true;
        }
        return false;
    }

    /// <summary>曲がり0.2以内: how far a form may be off, no work.</summary>
    public static bool IsFormError(FoldedText t, int end)
    {
        if (!EndsBefore(t, end, FormErrors))
            return false;
        var i = end;
        while (i < t.Length && i - end < 3 && (t[i] is ' ' or 'ハ' or 'ガ' or 'ヲ' or '±' or '≦' or '<'))
            i++;
        return i < t.Length && char.IsAsciiDigit(t[i]) || At(t, end, "ナキ") || At(t, end, "ナイ") || At(t, end, "ナシ") || At(t, end, "ナク") || At(t, end, "ノナ");
    }

    private static readonly string[] NowWords = F("今:", "いま:", "現状:", "現行:", "現在:", "従来:", "今まで:", "今は", "今の", "いまは", "いまの", "現在は", "現在の", "現状は", "現状の", "現状", "現行", "現行は", "従来は", "従来の", "これまで", "今まで", "以前は", "昔は", "元は", "もとは", "今 ", "今、", "before we ", "previously ", "now we ", "currently ", "前回は", "前は", "前回の");

    /// <summary>今はダンボールでへたる: in its clause the word tells how it is now.</summary>
    public static bool IsNow(FoldedText t, int start)
    {
        for (var i = start; i > 0 && start - i < 14 && !IsSentenceEnd(t, i - 1); i--)
        {
            if (EndsBefore(t, i, NowWords))
                return true;
            if (t[i - 1] is '、' or ' ' && i < start)
                return false;
        }
        return EndsBefore(t, start, ["今"]);
    }

    private static readonly string[] Tools = F("機", "装置", "治具", "道具", "刃", "鋸", "台", "器", "工具", "設備", "包丁", "カッター", "カッタ", "ヘラ", "ローラー", "ナイフ", "ロボット", "ノズル", "ハンドル", "電熱線", "熱線");

    /// <summary>スチロールを切る熱線カッター: what a tool does.</summary>
    public static bool IsOfTool(FoldedText t, int end) => end + 1 < t.Length && At(t, end, "ル") && StartsAfter(t, end + 1, Tools);

    private static readonly string[] DrawnWith = F("図面は", "データは", "図面:", "データ:", "モデルは", "形状は", "3dは", "cadは", "図は", "図面データは");

    /// <summary>図面はFusion360</summary>
    public static bool IsDrawnWith(FoldedText t, int start) => EndsBefore(t, start, DrawnWith);

    private static readonly string[] ButAfter = F("品だが", "品ですが", "品だけど", "品なのを", "品なんですが", "だが", "なのを");

    /// <summary>成形品だが切削にしたい: how it is now, and not to stay.</summary>
    public static bool IsToChange(FoldedText t, int end) => StartsAfter(t, end, ButAfter) && t.Folded.AsSpan(end, Math.Min(36, t.Length - end)) is var rest && (rest.Contains("変エ", StringComparison.Ordinal) || rest.Contains("置キ換エ", StringComparison.Ordinal) || rest.Contains("切リ替エ", StringComparison.Ordinal) || rest.Contains("ニシタイ", StringComparison.Ordinal) || rest.Contains("変更", StringComparison.Ordinal));

    private static readonly string[] Likeness = F("のような", "みたいな", "のように", "みたいに", "のごとく", "並みの", "並の", "がわり", "代わり", "の代わり", "のかわり");

    private static readonly string[] LikeThings = F("もの", "物", "やつ", "箱", "形", "の", "部品", "感じ", "台", "入れ物", "ケース", "カバー", "構造", "製品", "品", "袋", "棚", "器具", "道具", "作り", "造り");

    /// <summary>フライパンのようなつるつる names a likeness; 網のようなもの the thing itself.</summary>
    public static bool IsLikeness(FoldedText t, int end)
    {
        foreach (var w in Likeness)
        {
            if (!At(t, end, w))
                continue;
            foreach (var thing in LikeThings)
            {
                if (At(t, end + w.Length, thing))
                    return false;
            }
            return true;
        }
        return false;
    }
}
