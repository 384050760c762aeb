namespace MonozukuriTown.Matching;

/// <summary>What a sentence of an order is there for.</summary>
internal enum SentenceKind
{
    /// <summary>Neither asks nor gives figures: what happened, what the buyer thinks.</summary>
    Told,

    /// <summary>Asks, or gives figures: the order itself.</summary>
    Order,

    /// <summary>Who the buyer is.</summary>
    Sender,
}

/// <summary>The sentences of an order, each looked at once. In a long mail the ones that ask or give figures are the order.</summary>
internal sealed class Sentences
{
    private const int Shortest = 14;

    private static readonly string[] Asking = Cues.F(
        "お願い", "おねがい", "希望", "探し", "さがし", "欲しい", "ほしい", "したい", "して下さ", "してくださ", "できます", "出来ます", "できない", "できませんか", "頼め", "頼み", "頼みたい", "見積", "可能", "いただけ", "頂け", "もらえ", "もらいたい", "依頼", "必要",
        "下さい", "ください", "が良い", "がいい", "が前提", "が条件", "前提です", "を考えて", "教えて", "嬉しい", "助かり", "やってくれ", "作れま", "作れん", "頼もう", "くれる", "くれん", "作り", "相談", "検討", "発注", "please", "pls", "need", "want", "looking", "quote", "quotation", "require", "can you", "could you", "would like", "do you", "is it possible", "please advise");

    private static readonly string[] Introducing = Cues.F(
        "と申します", "と申し", "しております", "でございます", "を営", "を経営", "に勤め", "で働", "を教えて", "を生業", "my name", "i work", "we work", "we are a ", "we are an ", "i am a ", "i'm a ", "i run ", "our company is", "our company make");

    private static readonly string[] Troubled = Cues.F(
        "割れ", "折れ", "壊れ", "こわれ", "ボロボロ", "破れ", "やぶれ", "錆び", "さび", "サビ", "減って", "摩耗", "すり減", "漏れ", "もれ", "ヒビ", "ひび", "えぐれ", "欠け", "曲がっ", "剥げ", "はがれ", "剥がれ", "傷", "キズ", "ガタ", "廃番", "廃業", "生産中止", "もう無い", "手に入ら", "困って", "困り",
        "動かな", "動かん", "もげ", "切れた", "切れて", "詰ま", "ちぎれ", "broke", "crack", "worn", "leak", "damaged", "rust");

    private readonly List<(int From, int To, SentenceKind Kind)> list = [];

    private readonly FoldedText text;

    public Sentences(FoldedText text)
    {
        this.text = text;
        var from = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !Cues.IsSentenceEnd(text, i))
                continue;
            if (i > from)
                list.Add((from, i, Kind(text, from, i)));
            from = i + 1;
        }
        // What is quoted from an earlier mail counts only when nothing new is said.
        if (list.Exists(s => s.Kind == SentenceKind.Order && text[s.From] is not '>' && HasFigure(s.From, s.To)))
        {
            for (var i = 0; i < list.Count; i++)
            {
                if (text[list[i].From] == '>' && list[i].Kind == SentenceKind.Order && !HasFigure(list[i].From, list[i].To))
                    list[i] = list[i] with { Kind = SentenceKind.Told };
            }
        }
        HasOrder = list.Exists(s => s.Kind == SentenceKind.Order);
    }

    private bool HasFigure(int from, int to) => HasFigure(text.Folded.AsSpan(from, to - from));

    private static bool HasFigure(ReadOnlySpan<char> sentence) => sentence.IndexOfAnyInRange('0', '9') >= 0 || CountsInKanji(sentence);

    // 五百個, 二寸五分, 十二本: who writes by hand counts in kanji.
    private static bool CountsInKanji(ReadOnlySpan<char> sentence)
    {
        for (var i = 1; i < sentence.Length; i++)
        {
            if ("個本枚台組脚着冊箱尺寸丁双膳基体".Contains(sentence[i], StringComparison.Ordinal) && "一二三四五六七八九十百千万".Contains(sentence[i - 1], StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    /// <summary>The sentences in their order.</summary>
    public IReadOnlyList<(int From, int To, SentenceKind Kind)> All => list;

    /// <summary>Some sentence asks or gives figures; otherwise all are alike.</summary>
    public bool HasOrder { get; }

    /// <summary>The order is one sentence.</summary>
    public bool IsAlone => list.Count < 2;

    public SentenceKind KindAt(int at) => Find(at).Kind;

    /// <summary>The sentence tells what is broken: what it names is what the order is about.</summary>
    public bool IsTroubled(int at)
    {
        var (from, to, _) = Find(at);
        return Contains(text.Folded.AsSpan(from, to - from), Troubled);
    }

    public (int From, int To, SentenceKind Kind) Find(int at)
    {
        int low = 0, high = list.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (list[middle].From > at)
                high = middle - 1;
            else if (list[middle].To <= at)
                low = middle + 1;
            else
                return list[middle];
        }
        return (at, at, SentenceKind.Told);
    }

    private static SentenceKind Kind(FoldedText text, int from, int to)
    {
        var sentence = text.Folded.AsSpan(from, to - from);
        var asks = Contains(sentence, Asking);
        var figures = HasFigure(sentence);
        if (!asks && Contains(sentence, Introducing) && (!sentence.Contains(Polite, StringComparison.Ordinal) || to - from < 40 && Contains(sentence, Writers)))
            return SentenceKind.Sender;
        // 今のはステンの丸棒です: how it is now.
        if (!asks && StartsWith(text, from, Now))
            return SentenceKind.Told;
        return asks || figures || to - from < Shortest || IsTerse(text, to) ? SentenceKind.Order : SentenceKind.Told;
    }

    // 四百年の記念の文鎮でございます: who writes so only is polite.
    private static readonly string[] Writers = Cues.F("の者", "担当", "会社", "株式", "有限", "課の", "部の", "係の", "室の", "工場の", "店の", "屋の", "寺の", "所の", "社の", "当社", "弊社", "当方", "拙寺");

    private static readonly string Polite = FoldedText.Fold("でございます");

    private static readonly string[] NameEnds = Cues.F("です", "でございます", "と申します", "といいます", "者です", "担当です", "申します", "であります", "やってます", "やっています", "やっております", "しております", "してます", "年目です", "年目でございます");

    private static readonly string[] NameHolds = Cues.F("の", "課", "部", "室", "係", "事務所", "年目", "グループ", "チーム", "社", "会", "店", "屋");

    /// <summary>設計事務所の中邑です: a short sentence at the beginning that only says who writes.</summary>
    public bool IsName(int at)
    {
        var (from, to, _) = Find(at);
        if (from > 120 || to - from is > 44 or < 3 || HasFigure(from, to) && !Cues.At(text, to - 4, "年目デス") || Contains(text.Folded.AsSpan(from, to - from), Asking))
            return false;
        foreach (var end in NameEnds)
        {
            if (to - from > end.Length && Cues.At(text, to - end.Length, end))
                return Contains(text.Folded.AsSpan(from, to - from), NameHolds);
        }
        return false;
    }

    private static readonly string[] Now = Cues.F("今の", "今は", "いまは", "現在は", "現状", "現行", "従来", "これまで", "今まで", "いままで", "以前は", "昔は", "now we", "at present", "currently");

    private static bool StartsWith(FoldedText text, int from, string[] words)
    {
        while (from < text.Length && text[from] is ' ' or '、')
            from++;
        foreach (var w in words)
        {
            if (Cues.At(text, from, w))
                return true;
        }
        return false;
    }

    private static readonly string[] Telling = Cues.F("ます", "ました", "です", "でした", "だった", "った", "んだ", "した", "いた", "ている", "てる", "てます", "ません", "ない", "しました", "あります", "ございます", "おります", "だ", "よ", "ね", "が", "けど", "ので", "から", "れた", "えた", "きた", "けた", "せた", "てた", "めた", "べた");

    // 曲げて溶接し、黒く塗装まで: what ends in a noun is a list of work, not a tale.
    private static bool IsTerse(FoldedText text, int to)
    {
        var end = to;
        while (end > 0 && text[end - 1] is ' ' or ')' or '」')
            end--;
        if (end == 0 || FoldedText.IsLatin(text[end - 1]))
            return false;
        foreach (var w in Telling)
        {
            if (end >= w.Length && Cues.At(text, end - w.Length, w))
                return false;
        }
        return true;
    }

    private static bool Contains(ReadOnlySpan<char> sentence, string[] words)
    {
        foreach (var w in words)
        {
            if (sentence.Contains(w, StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}
