using System.Text;

namespace MonozukuriTown.Matching.Tests;

/// <summary>Orders nobody would send: words of the trade and of the alphabet's edges, put together and broken again by a fixed seed.</summary>
internal sealed class OrderFuzz(Vocabulary vocabulary, int seed)
{
    private static readonly string[] Odd =
    [
        "\ud800", "\udc00", "\ud83d\ude00", "\u200b", "\u202e", "\u3099", "\u309a", "\uff9e", "\u0000", "\ufffd", "\u2028", "ﾊﾟ", "㍉", "㌢", "①", "㈱", "髙", "ﷺ",
        "±", "±0.0", "φ", "Φ", "×", "x", "*", "-", "~", "〜", "...", "((((((", "))))", "「「「", "【", "\n\n", "\t", "/", "1/", "H7", "Ra", "t", "t=", "L=", "#", "%", "→", "、、、", "。",
        "0", "00000000000000000000", "99999999999999999999999999", "1.1.1.1.1.1.1", "1,1,1,1,1", "1e308", "-1", "１２３", "一二三", "百万", "1x1x1x1x1x1x1x1x1x1x1", "1000000個", "aaaaaaaaaaaaaaaaaaaaaaaa!",
        "お世話になっております。", "不要", "以外", "ではなく", "できれば", "支給", "のみ", "だけ", "ダメなら", "Please", "not", "without", "we do", "by 12/31", "来月末", "月産", "各", "計", "> > > ",
    ];

    private readonly Random random = new(seed);
    private readonly string[] words =
    [
        .. vocabulary.Processes.SelectMany(p => p.Synonyms.Prepend(p.Name)), .. vocabulary.Materials.SelectMany(m => m.Synonyms.Prepend(m.Name)),
        .. vocabulary.Certifications.Select(c => c.Name), .. vocabulary.Machines.Take(200).Select(m => m.ModelPrefix),
        .. vocabulary.Implications.SelectMany(i => i.Synonyms.Prepend(i.Word)),
    ];

    // What sends a repeated word through every rule: a step, the wish to have it made, a figure, and a sentence that says something is there.
    private static readonly string[] Heads = ["ワークは手元にあり修理。塗装 製作 t2 ", "研磨 SUS304 φ20 100個 ", "製作 "];

    private static readonly string[] Repeated =
    [
        "あ。", "1。", "1.000.", "1.111.", "1x", "1/", "± ", "10個 ", "φ1 t1 ", "3/15 ", "SUS304か", "鉄用", "①鉄10個 ", "RoHS ", "うちで", "当社は", "だけ", "は", "1から2に変更 ", "門真市", "送ります ", "a ", "1 ", "1,000,", "▽", "ISO9001は不要 ", "塗装 ブラケット ", "めっきは。", "1. ",
    ];

    /// <summary>Orders as long as may be that say one word over and over, without an end of a sentence and with one.</summary>
    public IEnumerable<string> Repetitions(int each)
    {
        var all = Repeated.Concat(words.Where((_, i) => i % each == 0)).SelectMany(w => new[] { w, w + " ", w + "。" });
        return all.SelectMany((w, i) => Heads.Where((_, h) => each == 1 || i % Heads.Length == h)
            .Select(h => h + string.Concat(Enumerable.Repeat(w, RfqReader.MaxLength / w.Length + 1))));
    }

    /// <summary>One of a hundred is as long as an order may be, and a little longer.</summary>
    public string Next()
    {
        var length = random.Next(100) == 0 ? RfqReader.MaxLength + random.Next(50) : random.Next(1, 400);
        var order = new StringBuilder(length + 64);
        // A long one that repeats a short pattern is harder than one that never does.
        var pattern = random.Next(3) == 0 ? Enumerable.Range(0, random.Next(1, 6)).Select(_ => Piece()).ToArray() : null;
        while (order.Length < length)
            order.Append(pattern is null ? Piece() : pattern[random.Next(pattern.Length)]);
        for (var broken = random.Next(6); broken > 0 && order.Length > 2; broken--)
            Break(order);
        return order.ToString();
    }

    private string Piece() => random.Next(8) switch
    {
        0 or 1 => words[random.Next(words.Length)],
        2 or 3 => Odd[random.Next(Odd.Length)],
        4 => random.Next(100_000).ToString(System.Globalization.CultureInfo.InvariantCulture),
        5 => ((char)random.Next(1, 0xFFFF)).ToString(),
        6 => ((char)random.Next(0x3040, 0x30FF)).ToString(),
        _ => ((char)random.Next(0x20, 0x7F)).ToString(),
    };

    private void Break(StringBuilder order)
    {
        var at = random.Next(order.Length - 1);
        switch (random.Next(4))
        {
            case 0:
                order.Remove(at, 1);
                break;
            case 1:
                order.Insert(at, Odd[random.Next(Odd.Length)]);
                break;
            case 2:
                (order[at], order[at + 1]) = (order[at + 1], order[at]);
                break;
            default:
                order[at] = (char)random.Next(0xFFFF);
                break;
        }
    }
}
