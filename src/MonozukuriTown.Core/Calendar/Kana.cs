using System.Text;

namespace MonozukuriTown.Core.Calendar;

/// <summary>Kana of readings: one width, one script. (Folding for search is the Matching library's; this is for names and their order.)</summary>
public static class Kana
{
    /// <summary>Half-width kana, full-width letters and digits, ㈱ and the like to their plain form; blanks at the ends and doubled ones cut.</summary>
    public static string Normalise(string text)
    {
        // NFKC would turn a free-standing voiced mark into a blank and a combining mark.
        var plain = text.Replace('゛', '\u3099').Replace('゜', '\u309A').Normalize(NormalizationForm.FormKC);
        var result = new StringBuilder(plain.Length);
        foreach (var c in plain)
        {
            if (!char.IsWhiteSpace(c))
                result.Append(c);
            else if (result.Length > 0 && result[^1] != ' ')
                result.Append(' ');
        }
        return result.ToString().TrimEnd();
    }

    /// <summary>Normalised, katakana as hiragana: ﾄﾞｳﾀｸ → どうたく. The long vowel mark stays.</summary>
    public static string ToHiragana(string text) => Map(Normalise(text), static c => c switch
    {
        >= 'ァ' and <= 'ヶ' => (char)(c - 'ァ' + 'ぁ'),
        'ヽ' or 'ヾ' => (char)(c - 'ヽ' + 'ゝ'),
        _ => c,
    });

    /// <summary>Normalised, hiragana as katakana: どうたく → ドウタク.</summary>
    public static string ToKatakana(string text) => Map(Normalise(text), static c => c switch
    {
        >= 'ぁ' and <= 'ゖ' => (char)(c - 'ぁ' + 'ァ'),
        'ゝ' or 'ゞ' => (char)(c - 'ゝ' + 'ヽ'),
        _ => c,
    });

    /// <summary>Can this be a reading: kana, with letters, digits, blanks and ・－ among them, but no kanji?</summary>
    public static bool IsReading(string text)
    {
        var plain = ToHiragana(text);
        return plain.Any(IsKana) && plain.All(c => IsKana(c) || char.IsAsciiLetterOrDigit(c) || " ・-&.,'/()".Contains(c, StringComparison.Ordinal));
    }

    internal static bool IsKana(char hiragana) => hiragana is >= 'ぁ' and <= 'ゖ' or 'ゝ' or 'ゞ' or 'ー';

    private static string Map(string text, Func<char, char> map) => string.Create(text.Length, (text, map), static (span, state) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = state.map(state.text[i]);
    });
}
