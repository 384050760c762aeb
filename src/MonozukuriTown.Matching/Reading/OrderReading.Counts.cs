using System.Globalization;

namespace MonozukuriTown.Matching;

/// <content>How many are wanted; the wire of springs and wire goods.</content>
internal sealed partial class OrderReading
{
    private static readonly string[] WireWords = Cues.F("線径", "線", "線の太さ", "太さ", "素線", "ワイヤー", "wire", "wire dia", "wire diameter", "wire φ", "線径φ", "線φ", "d=");

    // What bounds a winder of springs is the wire; the outside and the length follow from it.
    private void Wires()
    {
        var wires = measures.FindAll(m => m.Kind is MeasureKind.Diameter or MeasureKind.Bare or MeasureKind.Size && m.Value is > 0 and <= 30 && (Cues.EndsBefore(text, m.Start, WireWords) || Cues.EndsBefore(text, m.Start + 1, WireWords) || StartsWithWire(m.Start)));
        var wire = wires.Count > 0 ? wires[0].Value : measures.FindAll(m => m.Kind == MeasureKind.Diameter) is { Count: > 1 } several ? several.Min(m => m.Value) : double.NaN;
        facts.RemoveAll(f => f.Kind == NeedKind.Diameter && NeedBuilder.Number(f.Value) is { } v && (double.IsNaN(wire) || v > wire) && f.Span is not null);
        if (!double.IsNaN(wire) && !facts.Exists(f => f.Kind == NeedKind.Diameter))
            Add(NeedKind.Diameter, NeedBuilder.Text(wire), wires.Count > 0 ? text.Span(wires[0].Start, wires[0].End) : null, 0.9);
    }

    private bool StartsWithWire(int start)
    {
        foreach (var w in WireWords)
        {
            if (Cues.At(text, start, w))
                return true;
        }
        return false;
    }

    private void Quantities(RfqForm? form)
    {
        if (form?.Quantity is { Length: > 0 } stated)
        {
            var field = FoldedText.Of(stated);
            var read = MeasureScanner.Scan(field, []);
            var m = read.Find(x => x.Kind == MeasureKind.Quantity) ?? read.Find(x => x.Kind == MeasureKind.Bare);
            // 500m is a length of profile, no count of pieces.
            if (m is not null)
            {
                Add(NeedKind.Quantity, Quantity(m.Value, m.Rhythm.Length > 0 ? m.Rhythm : stated.Contains('月', StringComparison.Ordinal) ? "month" : stated.Contains('年', StringComparison.Ordinal) ? "year" : ""), null);
                return;
            }
        }
        var counted = measures.Where(m => m.Kind == MeasureKind.Quantity && m.Value >= 1).ToList();
        // Holes are counted too: 穴8個, M6タップ4箇所.
        counted.RemoveAll(CountsHoles);
        // 1灯に3本、全部で48本: the sum is what is wanted.
        if (counted.Count > 1 && counted.Find(m => Cues.EndsBefore(text, m.Start, Totals) || Cues.EndsBefore(text, m.Start - 1, Totals)) is { } total)
            counted.RemoveAll(m => m != total && m.Value < total.Value && m.Rhythm.Length == 0);
        else if (counted.Count > 1)
            counted.RemoveAll(m => counted.Count > 1 && (Cues.EndsBefore(text, m.Start, Each) || Cues.EndsBefore(text, m.Start, OfOne)));
        foreach (var m in counted.OrderBy(m => m.Rhythm.Length > 0 && Trial(counted) is null ? 0 : 1).ThenByDescending(m => m.Sureness).ThenBy(m => m.Start).Take(1))
            Add(NeedKind.Quantity, Quantity(m.Value, m.Rhythm), text.Span(m.Start, m.End), m.Sureness);
        if (counted.Count > 1 && Trial(counted) is { } later)
            Add(NeedKind.Quantity, Quantity(later.Value, later.Rhythm), text.Span(later.Start, later.End), later.Sureness);
        if (counted.Count == 0 && measures.Find(m => m.Kind == MeasureKind.Bare && BeforeLatinWord(m.End) && m.Value <= 1_000_000) is { } bare)
            Add(NeedKind.Quantity, Quantity(bare.Value, bare.Rhythm), text.Span(bare.Start, bare.End), 0.6);
    }

    private static readonly string[] Totals = Cues.F("全部で", "合計", "合計で", "計", "総計", "トータル", "トータルで", "total", "total of", "つまり", "合わせて", "全数で", "しめて");

    private static readonly string[] Each = Cues.F("1灯に", "1台に", "1台あたり", "1セット", "1組", "1箱", "1式に", "1セットに", "1セットあたり", "1人", "1台につき", "1袋", "1袋に", "1箱に", "1回", "1回に");

    // A4に部品20個くらい、1,000セット: what one set holds.
    private static readonly string[] OfOne = Cues.F("部品", "部品点数", "部品点数は", "部品数", "点数", "点数約", "部品点数約", "パーツ", "ピース数", "構成部品", "部品が", "部品は");

    private static readonly string[] TrialWords = Cues.F("試作", "試し", "ためし", "まず", "最初", "はじめ", "初回", "サンプル", "トライ", "先行", "とりあえず", "first", "sample", "trial", "prototype", "to start");

    private static readonly string[] LaterWords = Cues.F("その後", "そのあと", "量産", "うまくいけば", "ゆくゆく", "将来", "本番", "次は", "次に", "後に", "月産", "予定", "then", "after", "later", "mass production", "production", "if ok", "if good");

    // まず5個、その後3000個: the number that follows a trial.
    private Measure? Trial(List<Measure> counted)
    {
        var first = counted.MinBy(m => m.Start)!;
        var (from, to) = (Math.Max(0, first.Start - 24), Math.Min(text.Length, first.End + 12));
        if (!Contains(text.Folded.AsSpan(from, to - from), TrialWords) || !Contains(text.Folded.AsSpan(first.End), LaterWords))
            return null;
        return counted.Find(m => m.Start > first.End && m.Value > first.Value);
    }

    private static readonly string[] HoleWords = Cues.F("穴を", "穴", "穴が", "タップを", "タップ", "ねじを", "ボルト穴", "曲げを", "曲げ", "箇所", "キリ", "溝", "溝が", "羽根", "歯", "スリット", "ポケット", "ピッチ", "溶接ナット", "スタッド", "ナット", "リベット", "ビス", "ワッシャ", "コネクタ", "hole ", "holes ");

    private bool CountsHoles(Measure m) => Cues.EndsBefore(text, m.Start, HoleWords) || Cues.At(text, m.End, "ノ穴") || Cues.At(text, m.End, "穴") || Cues.At(text, m.End, "アケ") || Cues.At(text, m.End, "開ケ");

    private static string Quantity(double value, string rhythm) =>
        Math.Round(value).ToString("0", CultureInfo.InvariantCulture) + (rhythm.Length > 0 ? "/" + rhythm : "");

    private bool BeforeLatinWord(int end) => end + 1 < text.Length && text[end] == ' ' && FoldedText.IsLatin(text[end + 1]);
}
