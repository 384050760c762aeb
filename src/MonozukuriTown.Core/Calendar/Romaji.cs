using System.Collections.Frozen;
using System.Text;

namespace MonozukuriTown.Core.Calendar;

/// <summary>Hepburn romaji of a reading, for addresses: kana by kana, so どう is "dou"; ー is left out, no macrons, no apostrophes.</summary>
public static class Romaji
{
    public const int SlugMax = 60;

    // Two kana first (きゃ, ファ, ティ), then one.
    private static readonly FrozenDictionary<string, string> Sounds = Table().ToFrozenDictionary(StringComparer.Ordinal);

    // Endings that make an address easier to read when they stand apart.
    private static readonly string[] Endings =
    [
        "せいさくしょ", "せいさくじょ", "こうぎょうしょ", "てっこうしょ", "こうさくしょ", "けんきゅうしょ", "けんきゅうじょ", "けんまこうぎょう", "せいみつこうぎょう",
        "かがくこうぎょう", "きんぞくこうぎょう", "こうぎょう", "せいさく", "せいみつ", "さんぎょう", "きんぞく", "しょうかい", "しょうじ", "てっこう", "てっこうじょ", "きかい",
        "けんま", "でんき", "かがく", "ばんきん", "かながた", "めっき", "とそう", "じゅし", "こうき", "ぎけん",
    ];

    /// <summary>しゃちほこ → shachihoko. Letters and digits stay, anything else (kanji) is left out.</summary>
    public static string Of(string reading)
    {
        var kana = Kana.ToHiragana(reading);
        var result = new StringBuilder(kana.Length * 2);
        var doubled = false;
        for (var i = 0; i < kana.Length; i++)
        {
            if (kana[i] == 'っ')
            {
                doubled = true;
                continue;
            }
            string? sound = null;
            if (i + 1 < kana.Length && Sounds.TryGetValue(kana.Substring(i, 2), out sound))
                i++;
            else if (!Sounds.TryGetValue(kana[i].ToString(), out sound))
                sound = char.IsAsciiLetterOrDigit(kana[i]) ? char.ToLowerInvariant(kana[i]).ToString() : kana[i] is ' ' or '・' or '-' ? " " : null;
            if (sound is null)
                continue;
            if (doubled && char.IsAsciiLetter(sound[0]) && !"aiueo".Contains(sound[0], StringComparison.Ordinal))
                result.Append(sound.StartsWith("ch", StringComparison.Ordinal) ? 't' : sound[0]);
            doubled = false;
            result.Append(sound);
        }
        return result.ToString().Trim();
    }

    /// <summary>
    /// An address made of a reading, the legal form left out: どうたくでんきょくこうぎょう → doutakudenkyoku-kougyou. Empty when nothing of it can be
    /// written; whether it is taken is the caller's question.
    /// </summary>
    public static string Slug(string reading)
    {
        var bare = Gojuon.BareReading(reading);
        var ending = Array.Find(Endings, e => bare.Length > e.Length + 1 && bare.EndsWith(e, StringComparison.Ordinal));
        if (ending is not null)
            bare = $"{bare[..^ending.Length]} {ending}";
        var slug = string.Join('-', Of(bare).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length <= SlugMax ? slug : slug[..SlugMax].TrimEnd('-');
    }

    private static Dictionary<string, string> Table()
    {
        Dictionary<string, string> table = new(StringComparer.Ordinal);
        Add("あいうえお", "a i u e o");
        Add("かきくけこがぎぐげご", "ka ki ku ke ko ga gi gu ge go");
        Add("さしすせそざじずぜぞ", "sa shi su se so za ji zu ze zo");
        Add("たちつてとだぢづでど", "ta chi tsu te to da ji zu de do");
        Add("なにぬねのはひふへほ", "na ni nu ne no ha hi fu he ho");
        Add("ばびぶべぼぱぴぷぺぽ", "ba bi bu be bo pa pi pu pe po");
        Add("まみむめもやゆよらりるれろ", "ma mi mu me mo ya yu yo ra ri ru re ro");
        Add("わゐゑをんゔ", "wa i e o n vu");
        Add("ぁぃぅぇぉゃゅょゎゕゖ", "a i u e o ya yu yo wa ka ke");
        foreach (var (kana, stem) in ((char, string)[])[('き', "ky"), ('ぎ', "gy"), ('し', "sh"), ('じ', "j"), ('ち', "ch"), ('ぢ', "j"), ('に', "ny"),
            ('ひ', "hy"), ('び', "by"), ('ぴ', "py"), ('み', "my"), ('り', "ry"), ('て', "ty"), ('で', "dy"), ('ふ', "fy"), ('ゔ', "vy")])
        {
            foreach (var (small, vowel) in ((char, char)[])[('ゃ', 'a'), ('ゅ', 'u'), ('ょ', 'o')])
                table[$"{kana}{small}"] = stem + vowel;
        }
        foreach (var (kana, stem) in ((char, string)[])[('ふ', "f"), ('ゔ', "v"), ('つ', "ts"), ('う', "w"), ('く', "kw"), ('ぐ', "gw")])
        {
            foreach (var (small, vowel) in ((char, char)[])[('ぁ', 'a'), ('ぃ', 'i'), ('ぇ', 'e'), ('ぉ', 'o')])
                table[$"{kana}{small}"] = stem + vowel;
        }
        foreach (var (kana, sound) in ((string, string)[])[("てぃ", "ti"), ("でぃ", "di"), ("とぅ", "tu"), ("どぅ", "du"), ("しぇ", "she"), ("じぇ", "je"),
            ("ちぇ", "che"), ("いぇ", "ye"), ("すぃ", "si"), ("ずぃ", "zi")])
        {
            table[kana] = sound;
        }
        return table;

        void Add(string kana, string sounds)
        {
            foreach (var (k, s) in kana.Zip(sounds.Split(' ')))
                table[k.ToString()] = s;
        }
    }
}
