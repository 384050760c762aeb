using System.Text;

namespace MonozukuriTown.Core.Calendar;

/// <summary>
/// 五十音 order of names by their stored reading, after JIS X 4061: first the plain kana (voiced marks, small kana and long vowels set
/// aside), then 清音 before 濁音 before 半濁音, then long mark, small, repeated, plain. 株式会社 and the like don't count.
/// </summary>
public static class Gojuon
{
    public const string OtherHeading = "他";

    /// <summary>No key is longer; a name of more than 66 characters is ordered by those.</summary>
    public const int KeyMax = 200;

    /// <summary>Headings of an index, in order.</summary>
    public static IReadOnlyList<string> Headings { get; } = ["あ", "か", "さ", "た", "な", "は", "ま", "や", "ら", "わ", OtherHeading];

    private static readonly string[] FormNames =
    [
        "特定非営利活動法人", "一般社団法人", "公益社団法人", "一般財団法人", "公益財団法人", "独立行政法人", "社会福祉法人",
        "株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "(株)", "(有)", "(合)", "(同)", "(資)", "(名)", "(一社)", "(公社)", "(一財)", "(公財)",
    ];

    private static readonly string[] FormReadings =
    [
        "とくていひえいりかつどうほうじん", "いっぱんしゃだんほうじん", "こうえきしゃだんほうじん", "いっぱんざいだんほうじん", "こうえきざいだんほうじん",
        "どくりつぎょうせいほうじん", "しゃかいふくしほうじん", "かぶしきがいしゃ", "かぶしきかいしゃ", "ゆうげんがいしゃ", "ゆうげんかいしゃ",
        "ごうどうがいしゃ", "ごうどうかいしゃ", "ごうしがいしゃ", "ごうしかいしゃ", "ごうめいがいしゃ", "ごうめいかいしゃ",
    ];

    // Rows of the table: a heading and every plain kana under it. The order here is the sort order.
    private const string Order = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをん";

    private const string Voiced = "がぎぐげござじずぜぞだぢづでどばびぶべぼゔ";
    private const string VoicedBase = "かきくけこさしすせそたちつてとはひふへほう";
    private const string HalfVoiced = "ぱぴぷぺぽ";
    private const string HalfVoicedBase = "はひふへほ";
    private const string Small = "ぁぃぅぇぉっゃゅょゎゕゖ";
    private const string SmallBase = "あいうえおつやゆよわかけ";

    /// <summary>
    /// The key to sort by, under byte order (<c>COLLATE "C"</c>): letters and digits first, then kana, then names whose reading is missing.
    /// </summary>
    public static string SortKey(string? reading, string name)
    {
        var source = string.IsNullOrWhiteSpace(reading) ? BareName(name) : BareReading(reading);
        StringBuilder plain = new(), voice = new(), form = new();
        foreach (var c in Kana.ToHiragana(source))
        {
            if (plain.Length < (KeyMax - 2) / 3)
                Append(c, plain, voice, form);
        }
        return $"{plain} {voice} {form}";
    }

    /// <summary>あ か さ … わ, or 他 for names that begin with a letter, a digit or (no reading stored) a kanji.</summary>
    public static string Heading(string? reading, string name)
    {
        var key = SortKey(reading, name);
        var place = Order.IndexOf(key[0], StringComparison.Ordinal);
        // Every row has five kana up to ま, then や ゆ よ, ら…ろ, わ…ん.
        return place switch
        {
            < 0 => OtherHeading,
            < 35 => Headings[place / 5],
            < 38 => "や",
            < 43 => "ら",
            _ => "わ",
        };
    }

    /// <summary>The name without its legal form, in one width: 株式会社銅鐸電極工業, （株）銅鐸電極工業 and 銅鐸電極工業㈱ are one.</summary>
    public static string BareName(string name) => Without(Kana.Normalise(name), FormNames);

    /// <summary>The reading in hiragana without its legal form (also the bank's カ) and (カ).</summary>
    public static string BareReading(string reading)
    {
        var plain = Without(Kana.ToHiragana(reading), FormReadings);
        foreach (var mark in (ReadOnlySpan<string>)["か", "ゆ", "ど", "し", "め"])
        {
            if (plain.StartsWith(mark + ")", StringComparison.Ordinal))
                return plain[2..].Trim();
            if (plain.EndsWith("(" + mark, StringComparison.Ordinal))
                return plain[..^2].Trim();
            if (plain.EndsWith("(" + mark + ")", StringComparison.Ordinal))
                return plain[..^3].Trim();
        }
        return plain;
    }

    // A name that is nothing but a legal form keeps it: an empty key would put it before everything.
    private static string Without(string text, string[] forms)
    {
        var bare = text;
        foreach (var form in forms)
            bare = bare.Replace(form, " ", StringComparison.Ordinal);
        bare = Kana.Normalise(bare);
        return bare.Length > 0 ? bare : text;
    }

    private static void Append(char c, StringBuilder plain, StringBuilder voice, StringBuilder form)
    {
        var (mark, kind) = ('0', '3');
        if (c is 'ゝ' or 'ゞ')
        {
            if (plain.Length == 0 || !Order.Contains(plain[^1], StringComparison.Ordinal))
                return;
            (c, mark, kind) = (plain[^1], c == 'ゞ' ? '1' : '0', '2');
        }
        else if (c == 'ー')
        {
            if (plain.Length == 0 || VowelOf(plain[^1]) is not { } vowel)
                return;
            (c, kind) = (vowel, '0');
        }
        else if (Small.IndexOf(c, StringComparison.Ordinal) is >= 0 and var s)
        {
            (c, kind) = (SmallBase[s], '1');
        }
        else if (Voiced.IndexOf(c, StringComparison.Ordinal) is >= 0 and var v)
        {
            (c, mark) = (VoicedBase[v], '1');
        }
        else if (HalfVoiced.IndexOf(c, StringComparison.Ordinal) is >= 0 and var h)
        {
            (c, mark) = (HalfVoicedBase[h], '2');
        }
        else if (!char.IsLetterOrDigit(c) && !char.IsSurrogate(c))
        {
            // Blanks, ・ and hyphens don't count.
            return;
        }
        plain.Append(char.ToLowerInvariant(c));
        voice.Append(mark);
        form.Append(kind);
    }

    /// <summary>か → あ, しゃ (base や) → あ: what ー after it stands for.</summary>
    private static char? VowelOf(char kana)
    {
        var place = Order.IndexOf(kana, StringComparison.Ordinal);
        return place switch
        {
            < 0 => null,
            < 35 => "あいうえお"[place % 5],
            < 38 => "あうお"[place - 35],
            < 43 => "あいうえお"[place - 38],
            _ => kana switch { 'わ' => 'あ', 'ゐ' => 'い', 'ゑ' => 'え', 'を' => 'お', _ => null },
        };
    }
}
