namespace MonozukuriTown.Matching;

/// <summary>The words around numbers, folded as texts are. Longest first where one begins another.</summary>
internal static class MeasureWords
{
    public static readonly string[] DiameterBefore = F("wire", "wire dia", "wire diameter", "太さ", "外径", "内径", "直径", "線径", "径", "ダイア", "diameter", "dia.", "dia", "od", "丸棒");
    public static readonly string[] ThicknessBefore = F("板厚", "肉厚", "厚み", "厚さ", "あつさ", "あつみ", "厚", "thickness", "thick");
    public static readonly string[] LengthBefore = F("長さ", "全長", "首下", "高さ", "深さ", "奥行", "奥行き", "幅", "巾", "横", "縦", "一辺", "最大", "max", "length", "width", "height", "depth", "long", "タテ", "ヨコ", "長手");
    public static readonly string[] ToleranceBefore = F("±", "+/-", "+-", "公差", "精度", "平面度", "平行度", "直角度", "真円度", "円筒度", "同軸度", "同芯度", "同心度", "振れ", "真直度", "位置度", "tolerance", "flatness", "公差は", "精度は", "誤差");
    public static readonly string[] RoughnessBefore = F("ra", "粗さ", "面粗度", "面粗さ", "ra<", "ra≦");
    public static readonly string[] RzBefore = F("rz", "rmax", "ry");
    public static readonly string[] MoneyBefore = F("予算", "単価", "¥", "費用", "金額", "$");
    public static readonly string[] IgnoreBefore = F("hrc", "hv", "hb", "hs", "tel", "電話", "fax", "〒", "no.", "№", "第", "令和", "平成", "昭和", "マンセル", "ver", "モジュール", "module", "歯数", "歯数は", "歯の数", "歯の数は", "歯が", "歯は", "z", "硬さ", "硬度", "圧力角", "pa");
    public static readonly string[] QuantityBefore = F("数量", "数量は", "個数", "員数", "台数", "枚数", "本数", "ロット", "注文数", "必要数", "数", "qty", "qty.", "quantity", "q'ty", "pcs", "数量合計");
    public static readonly string[] MonthBefore = F("月産", "毎月", "月間", "月に", "月々", "月", "ひと月", "monthly");
    public static readonly string[] YearBefore = F("年産", "年間", "毎年", "年に", "年", "annual", "yearly");
    public static readonly string[] DayBefore = F("日産", "毎日", "1日", "一日");

    public static readonly string[] MonthAfter = F("/月", "/ 月", "/m", "/month", "per month", "a month", "/mo", "毎月", "ずつ毎月", "月産", "monthly", "個/月");
    public static readonly string[] YearAfter = F("/年", "/year", "per year", "a year", "/y", "annually");
    public static readonly string[] DayAfter = F("/日", "/day", "per day", "a day");

    /// <summary>Words that count pieces.</summary>
    public static readonly string[] Counters = F(
        "個", "コ", "ケ", "本", "枚", "台", "セット", "式", "面", "脚", "箱", "点", "丁", "双", "組", "足", "部", "冊", "着", "まい", "ほん", "こ ", "張り", "張", "基", "缶", "袋", "瓶", "件",
        "ピース", "丸", "客", "体", "機", "巻", "連", "輪", "玉", "棹", "ユニット", "set", "sets", "pcs", "pc", "pieces", "piece", "units", "unit", "ea", "each",
        "boards", "plates", "parts", "sheets", "boxes", "nos", "qty", "off", "shafts", "pins", "samples", "prototypes", "housings", "brackets", "covers", "cases", "gears", "bolts", "springs");

    /// <summary>Words after a number that make it something else altogether.</summary>
    public static readonly string[] IgnoreAfter = F(
        "箇所", "カ所", "ケ所", "か所", "軸", "工程", "種類", "種", "社", "回", "穴", "人", "名", "時", "分", "秒", "%", "℃", "度", "°", "v", "a", "w", "hz", "rpm", "mpa", "歳",
        "号", "番", "階", "円", "万円", "千円", "年", "p", "ページ", "色", "級", "代", "次元", "層", "duro", "kw", "kva", "kn", "n", "poles", "段", "枚刃", "つ割", "度目", "件目", "番目", "個所",
        "coat", "bit", "gb", "mb", "ah", "mah", "lm", "φ穴", "世代", "周年", "気圧", "ppm", "倍", "条", "山", "芯", "極", "ピン", "pin", "ch", "way", "l/", "リットル", "ml", "cc", "丁歯", "枚歯", "枚の歯", "歯", "teeth", "tooth", "holes", "hole", "plies", "ply", "turns", "巻き", "ターン", "重", "プライ", "枚羽", "枚翼", "翼", "個穴", "ヶ所", "ヵ所", "ポケット", "ポール", "回路", "芯線", "キャビ", "個取り", "個取", "本爪", "本継", "本立", "ショット", "枚重ね", "穴付", "wire", "core", "連装", "平米", "坪", "立米", "カロリー", "馬力", "ボルト穴", "升", "合");

    public static readonly string[] ToleranceAfter = F("台", "以内", "の精度", "以下の精度", "の公差", "公差", "の平面度", "の平行度", "で仕上", "の真円度", "程度の精度");

    public static readonly (string Word, double Weeks)[] DeadlineWords =
    [
        .. new[]
        {
            ("超特急", 0.4), ("特急", 0.6), ("即日", 0.2), ("本日中", 0.2), ("今日中", 0.2), ("明日", 0.2), ("明後日", 0.3), ("あさって", 0.3), ("至急", 1.0),
            ("大至急", 0.5), ("今週中", 0.7), ("今週末", 0.7), ("来週中", 1.5), ("来週", 1.0), ("再来週", 2.0), ("今月中", 2.0), ("今月末", 2.0), ("来月末", 6.0), ("来月", 4.0),
            ("年内", 4.0), ("asap", 1.0), ("urgent", 1.0), ("urgently", 1.0), ("rush", 1.0),
        }.Select(x => (FoldedText.Fold(x.Item1), x.Item2)).OrderByDescending(x => x.Item1.Length),
    ];

    public static readonly (string Word, double[] Lengths)[] SizeWords =
    [
        .. new (string, double[])[]
        {
            ("a3サイズ", [420, 297]), ("a4サイズ", [297, 210]), ("a5サイズ", [210, 148]), ("a4くらい", [297, 210]), ("a4程度", [297, 210]), ("a4ぐらい", [297, 210]), ("手のひら", [100, 80, 40]), ("手の平", [100, 80, 40]),
            ("指先サイズ", [20, 20, 20]), ("指先大", [20, 20, 20]), ("両手に載る", [250, 200, 150]), ("名刺サイズ", [91, 55]), ("名刺大", [91, 55]), ("サブロク", [1829, 914]), ("シハチ", [2438, 1219]),
            ("スマホサイズ", [150, 75, 10]), ("弁当箱くらい", [200, 150, 60]), ("弁当箱サイズ", [200, 150, 60]), ("palm-sized", [100, 80, 40]), ("palm sized", [100, 80, 40]), ("palm size", [100, 80, 40]),
        }.Select(x => (FoldedText.Fold(x.Item1), x.Item2)),
    ];

    private static string[] F(params string[] words) => [.. words.Select(FoldedText.Fold).Distinct(StringComparer.Ordinal).OrderByDescending(w => w.Length)];
}
