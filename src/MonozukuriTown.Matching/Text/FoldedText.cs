using System.Text;

namespace MonozukuriTown.Matching;

/// <summary>
/// A text folded for comparison, and the way back: NFKC, lower case, hiragana as katakana, long marks that are written or
/// left out at will (レーザー, レーザ) left out, old and variant characters as the usual ones. Every folded character knows where
/// it stood. Lone surrogates become spaces.
/// </summary>
internal sealed class FoldedText
{
    private static readonly string?[] Compatibility = BuildCompatibility();

    private readonly int[] starts;

    private FoldedText(string original, string folded, int[] starts)
    {
        Original = original;
        Folded = folded;
        this.starts = starts;
    }

    public string Original { get; }

    public string Folded { get; }

    public int Length => Folded.Length;

    public char this[int index] => Folded[index];

    /// <summary>The place in the original of a folded range.</summary>
    public TextSpan Span(int start, int end)
    {
        var (from, to) = (starts[start], starts[Math.Min(end, Folded.Length)]);
        // A word within one character that folds to several (㈭ is (木)) stands at that character.
        return new(from, to > from || end == start ? to : Math.Min(from + 1, Original.Length));
    }

    public int OriginalStart(int index) => starts[index];

    public bool IsLatinAt(int index) => index >= 0 && index < Folded.Length && IsLatin(Folded[index]);

    /// <summary>The character as it was written (its first one when several were folded into one).</summary>
    public char Written(int index) => starts[index] < Original.Length ? Original[starts[index]] : ' ';

    public static string Fold(string text) => Of(text, text.Length).Folded;

    public static FoldedText Of(string text, int limit = RfqReader.MaxLength)
    {
        var length = Math.Min(text.Length, limit);
        var folded = new char[length + 16];
        var places = new int[folded.Length + 1];
        var n = 0;
        for (var i = 0; i < length; i++)
        {
            var c = text[i];
            if (n + 20 >= folded.Length)
            {
                Array.Resize(ref folded, folded.Length * 2);
                Array.Resize(ref places, folded.Length + 1);
            }
            if (char.IsSurrogate(c))
            {
                if (char.IsHighSurrogate(c) && i + 1 < length && char.IsLowSurrogate(text[i + 1]))
                {
                    places[n] = places[n + 1] = i;
                    folded[n++] = c;
                    folded[n++] = text[++i];
                }
                else
                    Put(' ', i);
                continue;
            }
            if (c < 0x80)
            {
                Put(c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c < ' ' ? (c == '\n' ? '\n' : ' ') : c, i);
                continue;
            }
            if (c is >= '\uFF66' and <= '\uFF9D' && i + 1 < length && text[i + 1] is '\uFF9E' or '\u3099' && Voiced(HalfKana(c)) is { } v)
            {
                Put(v, i++);
                continue;
            }
            if (c is >= '\uFF66' and <= '\uFF9D' && i + 1 < length && text[i + 1] is '\uFF9F' or '\u309A' && SemiVoiced(HalfKana(c)) is { } s)
            {
                Put(s, i++);
                continue;
            }
            if (c is '\u3099' or '\u309B' or '\uFF9E' && n > 0 && Voiced(folded[n - 1]) is { } late)
            {
                folded[n - 1] = late;
                continue;
            }
            if (c is '\u309A' or '\u309C' or '\uFF9F' && n > 0 && SemiVoiced(folded[n - 1]) is { } lateSemi)
            {
                folded[n - 1] = lateSemi;
                continue;
            }
            if (Compatibility[c] is { } several)
            {
                foreach (var p in several)
                    Put(p, i);
                continue;
            }
            Put(c, i);
        }
        n = DropLongMarks(text, folded, places, n);
        places[n] = length;
        Array.Resize(ref places, n + 1);
        return new(text, new string(folded, 0, n), places);

        void Put(char c, int at)
        {
            // A dash after katakana is a long mark typed with the wrong key.
            if (c == '-' && n > 0 && IsKatakana(folded[n - 1]) && text[at] != '-')
                c = 'ー';
            places[n] = at;
            folded[n++] = c;
        }
    }

    public static bool IsKatakana(char c) => c is >= 'ァ' and <= 'ヺ' or 'ー';

    public static bool IsHan(char c) => c is >= '\u4E00' and <= '\u9FFF' or '々' or >= '\u3400' and <= '\u4DBF' or >= '\uF900' and <= '\uFAFF';

    public static bool IsLatin(char c) => c is >= 'a' and <= 'z' or >= '\u00C0' and <= '\u024F';

    public static bool IsHiragana(char c) => c is >= 'ぁ' and <= 'ゖ';

    // センター/センタ, レーザー/レーザ: the mark at the end of a word, or after an a-row kana inside one, carries nothing.
    private static int DropLongMarks(string written, char[] s, int[] starts, int n)
    {
        var w = 0;
        var run = 0;
        for (var i = 0; i < n; i++)
        {
            if (s[i] == 'ー' && run >= 2 && (i + 1 == n || !IsKatakana(s[i + 1]) || starts[i + 1] < written.Length && IsHiragana(written[starts[i + 1]]) || "アカガサザタダナハバパマヤラワ".Contains(s[i - 1], StringComparison.Ordinal)))
                continue;
            // をアート is written in two scripts: the particle is no part of the word.
            run = IsKatakana(s[i]) && !(starts[i] < written.Length && IsHiragana(written[starts[i]]) && i + 1 < n && starts[i + 1] < written.Length && !IsHiragana(written[starts[i + 1]]) && written[starts[i + 1]] != 'ー') ? run + 1 : 0;
            s[w] = s[i];
            starts[w++] = starts[i];
        }
        return w;
    }

    private static char HalfKana(char c) => "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"[c - '\uFF66'];

    private static char? Voiced(char c)
    {
        if (c == 'ウ')
            return 'ヴ';
        var i = "カキクケコサシスセソタチツテトハヒフヘホ".IndexOf(c, StringComparison.Ordinal);
        return i < 0 ? null : "ガギグゲゴザジズゼゾダヂヅデドバビブベボ"[i];
    }

    private static char? SemiVoiced(char c)
    {
        var i = "ハヒフヘホ".IndexOf(c, StringComparison.Ordinal);
        return i < 0 ? null : "パピプペポ"[i];
    }

    private static string?[] BuildCompatibility()
    {
        var table = new string?[65536];
        for (var c = 0x80; c < 65536; c++)
        {
            if (char.IsSurrogate((char)c))
                continue;
            var s = ((char)c).ToString();
            string n;
            try
            {
                n = s.Normalize(NormalizationForm.FormKC);
            }
            catch (ArgumentException)
            {
                n = " "; // not a character
            }
            n = n.ToLowerInvariant();
            var b = new StringBuilder();
            foreach (var p in n)
                b.Append(Single(p));
            var folded = b.ToString();
            if (!string.Equals(folded, s, StringComparison.Ordinal))
                table[c] = folded;
        }
        return table;
    }

    private static char Single(char c) => c switch
    {
        >= 'ぁ' and <= 'ゖ' => Kana((char)(c + 0x60)),
        >= 'ァ' and <= 'ヶ' => Kana(c),
        'Φ' or 'ø' or 'ϕ' or '∅' or '⌀' => 'φ',
        '×' or '✕' or '✖' or '╳' or '⨯' => 'x',
        '→' or '⇒' or '➡' or '⇨' or '➔' or '➜' => '→',
        '‐' or '‑' or '‒' or '–' or '—' or '―' or '−' or 'ｰ' or '﹣' or '⁻' => '-',
        '〜' or '～' or '∼' or '˜' => '~',
        '鈑' => '板',
        '熔' => '溶',
        '罐' => '缶',
        '發' => '発',
        '條' => '条',
        '銹' => '錆',
        '鐵' => '鉄',
        '鑄' => '鋳',
        '壓' => '圧',
        '齒' => '歯',
        '孔' => '穴',
        '冶' => '治',
        '摩' => '磨',
        _ when char.IsWhiteSpace(c) || char.IsControl(c) => ' ',
        _ => c,
    };

    private static char Kana(char c) => c switch { 'ヶ' => 'ケ', 'ヵ' => 'カ', _ => c };
}
