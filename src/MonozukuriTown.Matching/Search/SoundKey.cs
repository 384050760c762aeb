using System.Collections.Frozen;
using System.Text;

namespace MonozukuriTown.Matching;

/// <summary>
/// How a name sounds, so that すずね せいき, スズネセイキ, suzune seiki and Suzune-Seiki are one: kana of one size, without long
/// vowels (ou, oo, ō, oh, ー), ぢ as じ, ん before a vowel joined to it. For comparing only; nobody reads it.
/// </summary>
internal static class SoundKey
{
    private const int LongestSyllable = 4;
    private static readonly char[] Vowels = VowelTable();
    private static readonly FrozenDictionary<string, string> Syllables = SyllableTable();
    private static readonly string[] Letters = LetterTable();

    /// <summary>Of kana, or of Latin letters that can be romaji; null for anything else, and for nothing.</summary>
    /// <param name="folded">As <see cref="FoldedText"/> gives it.</param>
    public static string? Of(ReadOnlySpan<char> folded)
    {
        var key = new StringBuilder(folded.Length);
        for (var i = 0; i < folded.Length; i++)
        {
            if (folded[i] is ' ' or '-' or '・' or '.' or ',' or '\'' or '’')
                continue;
            if (FoldedText.IsLatin(folded[i]))
            {
                var end = i;
                while (end < folded.Length && (FoldedText.IsLatin(folded[end]) || folded[end] is '-' or '\''))
                    end++;
                if (Kana(folded[i..end]) is not { } kana)
                    return null;
                foreach (var c in kana)
                    Append(key, c);
                i = end - 1;
                continue;
            }
            if (!FoldedText.IsKatakana(folded[i]))
                return null;
            Append(key, folded[i]);
        }
        return key.Length > 0 ? key.ToString() : null;
    }

    /// <summary>A key in Latin letters, in which one letter can be wrong: suzuen and suzune are one slip apart, スズエン and スズネ are not.</summary>
    public static string Latin(string key)
    {
        var latin = new StringBuilder(key.Length * 2);
        for (var i = 0; i < key.Length; i++)
        {
            var syllable = key[i] is >= 'ァ' and <= 'ヺ' ? Letters[key[i] - 'ァ'] : key[i].ToString();
            var glide = i + 1 < key.Length ? "ヤユヨ".IndexOf(key[i + 1], StringComparison.Ordinal) : -1;
            if (glide >= 0 && syllable.Length > 1 && syllable[^1] == 'i')
            {
                latin.Append(syllable, 0, syllable.Length - 1).Append(syllable is "shi" or "chi" or "ji" ? "" : "y").Append("auo"[glide]);
                i++;
                continue;
            }
            latin.Append(syllable);
        }
        return latin.ToString();
    }

    /// <summary>Katakana of romaji, Hepburn, Kunrei or as typed into an input method; null when it can't be romaji.</summary>
    public static string? Kana(ReadOnlySpan<char> latin)
    {
        var kana = new StringBuilder(latin.Length);
        var s = Plain(latin);
        var lookup = Syllables.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < s.Length;)
        {
            var next = i + 1 < s.Length ? s[i + 1] : '\0';
            if (s[i] is 'n' && next is not ('a' or 'i' or 'u' or 'e' or 'o' or 'y') || s[i] is 'm' && next is 'b' or 'p' or 'm')
            {
                kana.Append('ン');
                // nn before a consonant or at the end is one ん of an input method; onna has two.
                i += next is '\'' || s[i] is 'n' && next is 'n' && (i + 2 == s.Length || !IsVowel(s[i + 2]) && s[i + 2] is not 'y') ? 2 : 1;
                continue;
            }
            if (s[i] is '-' or '\'')
            {
                i++;
                continue;
            }
            // Ohtani, Satoh: the h only makes the vowel long.
            if (s[i] is 'h' && i > 0 && s[i - 1] is 'o' && !IsVowel(next) && next is not 'y')
            {
                i++;
                continue;
            }
            if (!IsVowel(s[i]) && (next == s[i] || s[i] is 't' && next is 'c'))
            {
                kana.Append('ッ');
                i++;
                continue;
            }
            var length = Math.Min(LongestSyllable, s.Length - i);
            string? syllable = null;
            while (length > 0 && !lookup.TryGetValue(s.AsSpan(i, length), out syllable))
                length--;
            if (syllable is null)
                return null;
            kana.Append(syllable);
            i += length;
        }
        return kana.Length > 0 ? kana.ToString() : null;
    }

    private static string Plain(ReadOnlySpan<char> latin)
    {
        var plain = new StringBuilder(latin.Length + 2);
        foreach (var c in latin)
        {
            plain.Append(c switch
            {
                'ā' or 'â' => "aa",
                'ī' or 'î' => "ii",
                'ū' or 'û' => "uu",
                'ē' or 'ê' => "ee",
                'ō' or 'ô' => "ou",
                _ => c.ToString(),
            });
        }
        return plain.ToString();
    }

    private static void Append(StringBuilder key, char kana)
    {
        var c = kana switch
        {
            'ヂ' => 'ジ',
            'ヅ' => 'ズ',
            'ヲ' => 'オ',
            'ヰ' => 'イ',
            'ヱ' => 'エ',
            _ when "ァィゥェォッャュョヮ".IndexOf(kana, StringComparison.Ordinal) is >= 0 and var small => "アイウエオツヤユヨワ"[small],
            _ => kana,
        };
        if (c == 'ー')
            return;
        if (key.Length > 0)
        {
            var last = key[^1];
            if (last == 'ン' && "アイウエオ".IndexOf(c, StringComparison.Ordinal) is >= 0 and var joined)
            {
                key[^1] = "ナニヌネノ"[joined];
                return;
            }
            var vowel = VowelOf(last);
            if (c == vowel || c == 'ウ' && vowel == 'オ')
                return;
        }
        key.Append(c);
    }

    private static bool IsVowel(char c) => c is 'a' or 'i' or 'u' or 'e' or 'o';

    private static char VowelOf(char kana) => kana is >= 'ァ' and <= 'ヺ' ? Vowels[kana - 'ァ'] : '\0';

    private static char[] VowelTable()
    {
        var table = new char['ヺ' - 'ァ' + 1];
        foreach (var (vowel, row) in ((char, string)[])[('ア', "アカガサザタダナハバパマヤラワ"), ('イ', "イキギシジチニヒビピミリ"), ('ウ', "ウクグスズツヌフブプムユルヴ"),
            ('エ', "エケゲセゼテデネヘベペメレ"), ('オ', "オコゴソゾトドノホボポモヨロ")])
        {
            foreach (var kana in row)
                table[kana - 'ァ'] = vowel;
        }
        return table;
    }

    private static FrozenDictionary<string, string> SyllableTable()
    {
        Dictionary<string, string> table = new(StringComparer.Ordinal);
        foreach (var (stem, row) in ((string, string)[])[("", "アイウエオ"), ("k", "カキクケコ"), ("g", "ガギグゲゴ"), ("s", "サシスセソ"), ("z", "ザジズゼゾ"),
            ("t", "タチツテト"), ("d", "ダヂヅデド"), ("n", "ナニヌネノ"), ("h", "ハヒフヘホ"), ("b", "バビブベボ"), ("p", "パピプペポ"), ("m", "マミムメモ"), ("r", "ラリルレロ")])
        {
            for (var v = 0; v < 5; v++)
                table[stem + "aiueo"[v]] = row[v].ToString();
        }
        foreach (var (stem, first) in ((string, string)[])[("ky", "キ"), ("gy", "ギ"), ("sh", "シ"), ("sy", "シ"), ("j", "ジ"), ("zy", "ジ"), ("jy", "ジ"), ("ch", "チ"), ("ty", "チ"),
            ("cy", "チ"), ("dy", "ヂ"), ("ny", "ニ"), ("hy", "ヒ"), ("by", "ビ"), ("py", "ピ"), ("my", "ミ"), ("ry", "リ")])
        {
            foreach (var (vowel, small) in ((char, string)[])[('a', "ャ"), ('u', "ュ"), ('e', "ェ"), ('o', "ョ")])
                table[stem + vowel] = first + small;
        }
        foreach (var (stem, first) in ((string, string)[])[("f", "フ"), ("v", "ヴ"), ("ts", "ツ"), ("w", "ウ"), ("kw", "ク"), ("gw", "グ")])
        {
            foreach (var (vowel, small) in ((char, string)[])[('a', "ァ"), ('i', "ィ"), ('e', "ェ"), ('o', "ォ")])
                table[stem + vowel] = first + small;
        }
        foreach (var (sound, kana) in ((string, string)[])[("ya", "ヤ"), ("yu", "ユ"), ("yo", "ヨ"), ("wa", "ワ"), ("wo", "オ"), ("shi", "シ"), ("chi", "チ"), ("tsu", "ツ"), ("fu", "フ"),
            ("ji", "ジ"), ("vu", "ヴ"), ("thi", "ティ"), ("dhi", "ディ"), ("xtu", "ッ"), ("ltu", "ッ")])
        {
            table[sound] = kana;
        }
        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string[] LetterTable()
    {
        var table = new string['ヺ' - 'ァ' + 1];
        Array.Fill(table, "");
        table['ン' - 'ァ'] = "n";
        foreach (var (sound, kana) in Syllables)
        {
            // Hepburn's shi and tsu are longer than Kunrei's si and tu; of ji and zi the first.
            if (kana.Length == 1 && (sound.Length > table[kana[0] - 'ァ'].Length || sound is "ji" or "fu"))
                table[kana[0] - 'ァ'] = sound;
        }
        return table;
    }
}
