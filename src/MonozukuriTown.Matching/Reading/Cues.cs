namespace MonozukuriTown.Matching;

/// <summary>Small words around a process that turn its meaning; folded, and only looked for within one clause.</summary>
internal static partial class Cues
{
    private static readonly string[] Particles = F("については", "に関しては", "そのもの", "の工程", "までは", "までを", "まで", "加工", "処理", "作業", "仕上げ", "工程", "のほう", "の方", "は", "が", "を", "も", "の", "に", "で", "と", "って", " ");

    private static readonly string[] OnlyAfter = F("だけ", "のみ", "オンリー", "only", "alone");
    private static readonly string[] OnlyBefore = F("only ", "just ", "just the ", "only the ");
    private static readonly string[] IncludedAfter = F("込み", "込で", "込 ", "込、", "までお願い", "まで", "もお願い", "も頼", "も含", "も一緒", "もやって", "included", "as well", "too");

    private static readonly string[] RuledOutAfter = F(
        "起こすほど", "するほど", "ほどでは", "ほどでも", "不要", "なしで", "なし", "無し", "無しで", "無しの", "作りたくない", "起こしたくない", "かけたくない", "いらない", "要らない", "いりません", "要りません", "しない", "しなくて", "せず", "ng", "不可", "以外", "禁止", "を除", "除く", "を省", "は省", "省いて", "省略", "抜きで", "抜きの", "割愛",
        "必要ありません", "必要ない", "必要なし", "必要はありません", "必要はない", "必要はなし", "必要は無", "必要はございません", "必要はあらへん", "結構です", "やめ", "避け", "ではない", "じゃない", "ではなく", "じゃなく", "でなく", "ではなくて", "だめ", "ダメ", "駄目", "できない", "出来ない", "使わない", "使わず", "使えない",
        "無用", "は無理", "を起こす数では", "を作るほど", "を起こすほど", "を作る程", "しても直ら", "した方に断", "not needed", "not required", "is not", "not necessary", "unnecessary", "will not", "won't", "is no good", "ではうまく", "では歪", "では割れ", "では折れ", "は不要", "は無し", "はなし");

    private static readonly string[] DoneAfter = F(
        "支給", "は支給", "のみ支給", "だけ支給", "支給します", ":支給", "支給)", "はあるので", "があるので", "はある。", "はあり。", "はあり、", "はあり ", "有り。", "持ち込み", "持込", "は持って", "はあります", "があります", "済", "済み", "ずみ", "してある", "してあり", "されている", "された", "されたもの", "こちらで", "うちで", "ウチで", "うちの方で", "自分で", "自分とこ", "自分の所", "自分のところ", "自分たちで", "私達で", "私たちで", "こっちで", "自前で", "自社", "当方で", "内製", "当社で", "自社で", "弊社で", "社内で", "うちの工場", "当社の工場", "弊社工場", "自社工場", "うちの職人", "手配済", "客先", "お客", "後工程で", "知り合い", "出来上が", "できあが", "組み上が", "組みあが", "仕上がって", "もう外で", "外で作っ", "業者が", "当方の", "うちにあ", "会社にあ", "できてい", "終わって", "終わってい", "は別", "別途", "別で", "別業者", "は他", "他社", "よそ", "後の品", "上がりの", "はついて", "は付いて", "は残って", "は生きて", "はこちら。", "はこちら\n", "はうち。", "は当社。", "は弊社。",
        " we make", " we do ", " we have", "we make ourself", "ourself", " is ready", " are ready", " finished", "by us", "by ourselves", "in-house", "inhouse", "already", "done already", "is done", "at our");

    private static readonly string[] RuledOutBefore = F("no ", "without ", "not ", "non-", "except ", "excluding ", "don't need ", "do not need ", "we do not need ", "no need for ", "no need of ", "not need ", "not need the ", "need not ", "no need ", "instead of ", "脱");

    private static readonly string[] DoneBefore = F("既存の", "既存", "支給する", "支給(", "支給品(", "支給品:", "今ある", "手持ちの", "現有の", "already ", "after our ", "pre-", "our ", "as-", "in our ", "for our ", "existing ");

    private static readonly string[] InsteadAfter = F("がダメなら", "がだめなら", "が駄目なら", "が無理なら", "ダメなら", "だめなら", "駄目なら", "無理なら", "が難しければ", "難しければ", "できなければ", "出来なければ", "が不可なら", "if not possible", "or else", "if impossible");

    private static readonly string[] Or = F("か", "または", "又は", "もしくは", "若しくは", "ないし", "でも", "あるいは", "or", "either", "か、", "/");

    private static readonly string[] Purpose = F("用の", "用に", "用", "向けの", "向け", "機の", "機用", "機械の", "装置の", "ライン用", "ラインの", "業界", "業者", "屋さん", "工場の", "設備の", "で使う", "に使う", "で使用", "に使用", "で用い", "に敷く", "に敷い", "に載せる", "に乗せる", "に挟む", "に入る", "に収まる", "に納まる", "に巻く", "のときに", "の時に", "の際に", "する前に", "する際", "するとき", "前の品", "for", " machinery", " machine parts", " industry", " factory", " mill", " exporter", " importer", " trading", " spares");

    // 表面は磨きだけ, 内面は酸洗のみ: all that is done to this place, not all that is wanted.
    private static readonly string[] PlaceBefore = F("面は", "側は", "部は", "端は", "裏は", "表は", "縁は", "中は", "口は", "穴は", "仕上げは", "仕上は", "処理は", "塗装は", "溶接は", "検査は", "測定は", "残りは", "他は", "ほかは", "あとは", "後は");

    public static bool Only(FoldedText t, Mention m) =>
        (StartsAfter(t, m.End, OnlyAfter) || EndsBefore(t, m.End, OnlyAfter) || EndsBefore(t, m.Start, OnlyBefore)) && !StartsAfter(t, m.End, EvenAfter) && !IsPiecemeal(t, m.End) && !IsOfPlace(t, m.Start);

    // NC削りだけでも: less would do, more is wanted.
    private static readonly string[] EvenAfter = F("だけでも", "のみでも", "だけなら", "だけの対応でも", "だけは", "のみは", "だけで概算", "だけでいくら", "だけとか", "だけの場合", "だけの会社", "だけの業者", "だけ先に", "だけ別", "だけが", "だけ専門", "だけも", "のみ支給", "だけ支給", "のみこちら", "だけこちら", "のみ当社", "のみ弊社", "だけ、または", "だけ、もしくは");

    private static readonly string[] AllAfter = F("お願い", "で結構", "でいい", "で良い", "でよい", "でok", "を頼", "頼", "希望", "の見積", "で見積", "してほしい", "してもらえ", "を依頼", "です", "、あとは", "please", " please", "work only");

    /// <summary>穴だけで結構: said of the whole order.</summary>
    public static bool OnlyOfAll(FoldedText t, int end)
    {
        var i = EndOf(t, end, OnlyAfter);
        return i < 0 || StartsAfter(t, i, AllAfter);
    }

    // ①だけ、②だけでも: offered piecemeal.
    private static bool IsPiecemeal(FoldedText t, int end)
    {
        var to = end;
        while (to < t.Length && to - end < 40 && !IsSentenceEnd(t, to))
            to++;
        return Holds(t.Folded.AsSpan(end, to - end), EvenAfter);
    }

    private static bool IsOfPlace(FoldedText t, int start)
    {
        for (var i = start; i > 1 && start - i < 12 && !IsSentenceEnd(t, i - 1) && t[i - 1] is not '、'; i--)
        {
            if (t[i - 1] == 'ハ' && EndsBefore(t, i, PlaceBefore))
                return true;
        }
        return false;
    }

    public static bool Included(FoldedText t, Mention m) => StartsAfter(t, m.End, IncludedAfter);

    public static bool Instead(FoldedText t, int end) => StartsAfter(t, end, InsteadAfter);

    // 強度計算書はいらない: the paper goes with the work.
    public static bool RuledOut(FoldedText t, int start, int end) => IsRuledOut(t, start, end) || (At(t, end, "書") || At(t, end, "表")) && IsRuledOut(t, start, end + 1);

    private static readonly string[] LackAfter = F("が無いので", "がないので", "は無いので", "はないので", "が無く", "がなく", "が無い為", "がない為", "がないため", "が無いため", "がないもんで", "が無いもんで", "がないから", "が無いから", "がおまへんので", "の設備が", "設備が", "の設備を持", "設備を持", "できないので", "できないため", "できないもの", "出来ないので", "出来ないため", "出来ないもの", "できないんで", "が出来る人が", "ができる人が", "できる会社が", "できる人がい", "が社内に", "は社内に", "の機械が", "の炉が", "の槽が");

    /// <summary>ワイヤーが無いので外注したい: what somebody lacks is what he asks for.</summary>
    public static bool IsLacked(FoldedText t, int end) => StartsAfter(t, end, LackAfter);

    private static readonly string[] Ours = F("うちの", "当社の", "弊社の", "自社の", "社内の", "our ");

    private static readonly string[] BreakAfter = F("が壊れ", "が故障", "がクラッシュ", "が止ま", "が満杯", "が一杯", "がいっぱい", "がパンク", "が埋ま", "が入院", "が空か", "が手一杯", "が間に合", "の機械が壊れ", "の機械が止ま", "の機械が故障", "機が壊れ", "機が故障", "機が止ま", "は満杯", "is broken", "is down", "is full");

    /// <summary>うちのワイヤーが壊れて2週間止まります: what one's own shop can't do now is asked for.</summary>
    public static bool IsOutOfOrder(FoldedText t, int start, int end) => EndsBefore(t, start, Ours) && StartsWithAny(t, end, BreakAfter);

    private static bool IsRuledOut(FoldedText t, int start, int end) =>
        !Instead(t, end) && !IsLacked(t, end) && (StartsAfter(t, end, RuledOutAfter) || EndsBefore(t, start, RuledOutBefore) || IsTopicRefused(t, end) || IsComplaint(t, end));

    public static bool Done(FoldedText t, int start, int end) => StartsAfter(t, end, DoneAfter) || EndsBefore(t, start, DoneBefore) || EndsBefore(t, start, ByUs) && !IsSought(t, end) || IsOurPart(t, start);

    // 材料はうちで削って持って行く
    private static readonly string[] ByUs = F("うちで", "うちが", "当社で", "弊社で", "自社で", "社内で", "自分で", "自分達で", "自分たちで", "当方で", "こちらで", "こっちで", "他社で", "よそで", "別の会社で", "別会社で", "知り合いに", "客先で", "支給の", "支給された");

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

    private static readonly string[] Seeking = F("ほしい", "欲しい", "もらえ", "いただけ", "できますか", "できませんか", "可能", "下さい", "ください", "したい", "探", "さがし", "お願い", "紹介", "頼", "依頼", "いません", "ありません", "いらっしゃ", "教えて", "外注", "希望", "見つか");

    // めっき屋さんを探している asks for plating.
    private static bool IsSought(FoldedText t, int end)
    {
        var to = end;
        while (to < t.Length && to - end < 20 && !IsSentenceEnd(t, to))
            to++;
        var after = t.Folded.AsSpan(end, to - end);
        foreach (var w in Seeking)
        {
            if (after.Contains(w, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    // 水槽一式, シャフト類: what follows belongs to the word; 水槽台, シール部 is another thing.
    private static readonly string[] Appended = F("的", "風", "系", "枚", "本", "個", "式", "台", "点", "複数", "多数", "専門", "類", "一式", "製作", "加工", "部品", "品", "等", "用", "各", "本体", "単品", "単体", "全体", "セット", "新規", "試作", "量産", "作成", "作製", "製造", "修理", "交換", "補修", "再", "約", "計", "部材", "素材", "材", "向", "製", "入", "付", "色", "形", "型", "状", "数", "何", "大", "小", "白", "黒", "図", "見", "御", "可", "要", "希望", "予定", "側", "内", "外");

    /// <summary>The word is only the beginning of a longer noun that the vocabulary doesn't know: its head is another thing.</summary>
    public static bool IsCompoundStart(FoldedText t, int end)
    {
        if (end >= t.Length || !FoldedText.IsHan(t[end]) && !(FoldedText.IsKatakana(t[end]) && !FoldedText.IsHiragana(t.Written(end))))
            return false;
        // A katakana word that goes on in katakana, or any that goes on in kanji.
        foreach (var w in Appended)
        {
            if (At(t, end, w))
                return false;
        }
        return true;
    }

    /// <summary>AのB: the word owns or qualifies what follows.</summary>
    public static bool IsOwner(FoldedText t, int end)
    {
        var i = At(t, end, "ノ、") ? end + 2 : end + 1;
        return At(t, end, "ノ") && i < t.Length && !FoldedText.IsHiragana(t.Written(i)) && char.IsLetter(t[i]);
    }

    private static readonly string[] MadeOf = F("で", "製", "にて", "にしたい", "を使", "でお願い", "で作", "の板", "の丸棒", "材で", "板で", "棒で", "の棒で", "の板で");

    /// <summary>真鍮で, アルミ製: what the piece is to be made of.</summary>
    public static bool IsMadeOf(FoldedText t, int end)
    {
        foreach (var w in MadeOf)
        {
            if (At(t, end, w) && !At(t, end, "デスガ") && !At(t, end, "デス") && !At(t, end, "デキ"))
                return true;
        }
        return false;
    }

    private static readonly string[] Attributive = F(
        "入れる", "いれる", "入れておく", "収める", "納める", "収納する", "保管する", "置く", "置いておく", "載せる", "乗せる", "のせる", "運ぶ", "運搬する", "搬送する", "送る", "発送する", "固定する", "押さえる", "付ける", "取り付ける", "取付ける", "つける", "貼る", "包む", "梱包する",
        "保護する", "使う", "使っている", "使用する", "使用している", "用いる", "支える", "吊る", "吊るす", "掛ける", "かける", "洗う", "洗浄する", "測る", "測定する", "検査する", "冷やす", "並べる", "隠す", "覆う", "塞ぐ", "当たる", "つなぐ", "繋ぐ", "通す", "切る", "カットする", "抜く", "打ち抜く",
        "曲げる", "溶接する", "塗装する", "組み立てる", "組み付ける", "組み込む", "加工する", "成形する", "研磨する", "磨く", "めっきする", "印刷する", "混ぜる", "動かす", "回す", "開ける", "締める", "挿す", "差し込む", "はめる", "嵌める", "受ける", "出し入れする", "仕分ける", "数える");

    private static readonly string[] ClauseParticles = F("を", "に", "が", "で", "と", "へ", "の");

    // 射出成形機, 引張試験片, ネジ部: the work only names a thing.
    private static readonly string[] Tails = F(" data", "データ", "機", "器", "装置", "片", "部が", "部は", "部に", "部の", "部分", "部を", "部、", "溝", "炉", "室", "代", "面が", "所が", "跡", "痕", "屑", "くず", "粉", "液", "剤", "油", "紙", "工具", "ロボット", "車", "穴", "交換", "の交換", "車の", "車に", "車が", "車、", "車用", "ライン", "条件", "時間", "不良", "会社", "machine", " machine", " line");

    private static readonly string[] NowDoing = F("たあと", "た後", "で歪", "で反", "で曲がっ", "で縮", "で変形", "の巣", "の内部", "のヒケ", "のバリ", "のひずみ", "の歪み", "していて", "している", "してい", "しており", "してます", "しています", "してきま", "しましたが", "したところ", "で作った", "で作られた", "で出力した", "で作っていた", "で作っている", "で作ってい");

    /// <summary>The word is the beginning of a longer one that names a thing, or tells what is done now.</summary>
    public static bool IsPartOfWord(FoldedText t, int end)
    {
        foreach (var tail in Tails)
        {
            if (At(t, end, tail) && !(tail.Length == 1 && (At(t, end + 1, "械") || tail[0] == '車' && end + 1 < t.Length && FoldedText.IsHan(t[end + 1]))))
                return true;
        }
        var i = At(t, end, "ヲ") ? end + 1 : end;
        foreach (var now in NowDoing)
        {
            if (At(t, i, now) && !At(t, i, "シテイタダ") && !At(t, i, "シテイル会社") && !At(t, i, "シテイルトコロ") && !At(t, i, "シテイルオ"))
                return true;
        }
        return false;
    }

    // 曲げた模様, 溶接した箇所: how the thing is that something else is asked of.
    public static bool IsDescribed(FoldedText t, int end)
    {
        var i = At(t, end, "シタ") ? end + 2 : At(t, end, "タ") ? end + 1 : At(t, end, "サレタ") ? end + 3 : At(t, end, "ッタ") || At(t, end, "イタ") ? end + 2 : -1;
        return i > 0 && i < t.Length && FoldedText.IsHan(t[i]) && t[i] is not ('物' or '品' or '状' or '後' or '場' or '方' or '部' or '際' or '上' or '時');
    }

    // 旋盤のハンドル, 200tプレスのロッド: a machine that something is a part of.
    private static readonly string[] MachineEnds = F("炉", "窯", "プレス", "旋盤", "盤", "ベンダー", "機", "コンベア", "コンベヤ", "ロボット", "lathe", "press");

    private static readonly string[] WorkAfter = F("の加工", "の仕事", "の見積", "の依頼", "の工程", "の外注", "の会社", "の業者", "のでき", "の出来", "の作業", "の追加工", "の量産", "の試作", "の金型", "の型");

    public static bool IsMachine(FoldedText t, int start, int end)
    {
        // 200tプレス, 80トンプレス is a machine by its force.
        if (start >= 2 && EndsBefore(t, end, MachineEnds) && (t[start - 1] == 't' && char.IsAsciiDigit(t[start - 2]) || start >= 4 && At(t, start - 2, "トン") && char.IsAsciiDigit(t[start - 3])))
            return true;
        // レーザー加工機で切った木製パズル: how the thing was made.
        if (At(t, end, "デ") && EndsBefore(t, end, MachineEnds))
        {
            for (var i = end + 1; i < t.Length - 1 && i - end < 7; i++)
            {
                if ((At(t, i, "ッタ") || At(t, i, "シタ")) && i + 2 < t.Length && !FoldedText.IsHiragana(t.Written(i + 2)))
                    return true;
            }
        }
        if (At(t, end, ")ノ") && EndsBefore(t, end, MachineEnds))
            return true;
        if (!At(t, end, "ノ") || !EndsBefore(t, end, MachineEnds))
            return false;
        foreach (var w in WorkAfter)
        {
            if (At(t, end, w))
                return false;
        }
        return end + 1 < t.Length && !FoldedText.IsHiragana(t.Written(end + 1));
    }

    /// <summary>電池を入れる箱, 床に置く台: the word stands in a clause that says what another thing is for.</summary>
    public static bool IsInClause(FoldedText t, int end)
    {
        var i = end;
        var particle = false;
        foreach (var p in ClauseParticles)
        {
            if (At(t, i, p))
            {
                i += p.Length;
                particle = true;
                break;
            }
        }
        // 研磨する装置, 印字を確認する装置: any verb made of a noun.
        var verb = i;
        while (particle && verb < t.Length && verb - i < 5 && !FoldedText.IsHiragana(t.Written(verb)) && char.IsLetter(t[verb]))
            verb++;
        if (particle ? verb > i && At(t, verb, "スル") : At(t, end, "スル"))
        {
            var noun = (particle ? verb : end) + 2;
            // 圧入する作業, 溶接する工程 is the work itself.
            return verb + 2 < t.Length && IsNounStart(t, noun) && !At(t, noun, "作業") && !At(t, noun, "仕事") && !At(t, noun, "加工") && !At(t, noun, "工程") && !At(t, noun, "業者") && !At(t, noun, "会社") && !At(t, noun, "工場");
        }
        if (!particle)
            return false;
        foreach (var v in Attributive)
        {
            if (!At(t, i, v))
                continue;
            var next = i + v.Length;
            // What follows the verb is a noun: written in kanji, katakana or Latin letters, or ための.
            return next < t.Length && (At(t, next, "タメ") || At(t, next, "トキ") || At(t, next, "際") || IsNounStart(t, next));
        }
        return false;
    }

    private static bool IsNounStart(FoldedText t, int i) => !FoldedText.IsHiragana(t.Written(i)) && (t[i] >= 0x3005 && char.IsLetter(t[i]) || FoldedText.IsLatin(t[i])) && t[i] is not ('予' or '必' or '場' or '可' or '事' or '物' or '前' or '方' or '時');

    public static bool HasPurposeAfter(FoldedText t, int end)
    {
        if (IsSought(t, end) && (At(t, end, "屋") || At(t, end, "業者") || At(t, end, "メーカー") || At(t, end, "会社") || At(t, end, "工場")))
            return false;
        // ワイヤハーネス貫通部用: the purpose is said at the end of a long compound.
        for (var i = end; i < t.Length && i - end < 8 && char.IsLetter(t[i]) && !FoldedText.IsHiragana(t.Written(i)); i++)
        {
            if (t[i] == '用' && i > end && !At(t, i, "用紙") && !At(t, i, "用意") && !At(t, i, "用途") && t[i - 1] is not ('使' or '専' or '費' or '利' or '応' or '採' or '活' or '量'))
                return true;
        }
        foreach (var w in Purpose)
        {
            if (At(t, end, w) && (w.Length > 1 || !At(t, end, "用紙") && !At(t, end, "用意")))
                return true;
        }
        return false;
    }

    private static bool Holds(ReadOnlySpan<char> part, string[] words)
    {
        foreach (var w in words)
        {
            if (part.Contains(w, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    /// <summary>A full stop, but not the point of a number.</summary>
    public static bool IsSentenceEnd(FoldedText t, int i) =>
        t[i] is '。' or '!' or '?' or '\n' || t[i] == '.' && (i + 1 >= t.Length || t[i + 1] == ' ') && i > 0 && !char.IsAsciiDigit(t[i - 1]);

    public static bool StartsAfter(FoldedText t, int end, string[] words) => EndOf(t, end, words) >= 0;

    // Where the word ends that begins there, behind particles; -1 when none does.
    private static int EndOf(FoldedText t, int at, string[] words)
    {
        var i = at;
        for (var skipped = 0; skipped < 4; skipped++)
        {
            foreach (var w in words)
            {
                if (At(t, i, w))
                    return i + w.Length;
            }
            var next = Skip(t, i);
            if (next == i)
                return -1;
            i = next;
        }
        return -1;
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

    public static bool At(FoldedText t, int i, string word) =>
        i >= 0 && i + word.Length <= t.Length && (word.Length == 0 || t.Folded[i] == word[0] && t.Folded.AsSpan(i, word.Length).SequenceEqual(word));

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
