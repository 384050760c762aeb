using System.Text;

namespace MonozukuriTown.Matching;

/// <summary>Keys that sort as 五十音 does: marks and small kana only decide between words that are otherwise the same, legal forms not at all.</summary>
internal static class KanaOrder
{
    public static string Key(string kana)
    {
        var folded = LegalForm.Bare(FoldedText.Fold(kana));
        var main = new StringBuilder(folded.Length * 2 + 1);
        foreach (var c in folded)
        {
            if (c != 'ー')
                main.Append(Plain(c));
        }
        return main.Append('\u0001').Append(folded).ToString();
    }

    private static char Plain(char c)
    {
        var i = "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポァィゥェォッャュョヮヴ".IndexOf(c, StringComparison.Ordinal);
        return i < 0 ? c : "カキクケコサシスセソタチツテトハヒフヘホハヒフヘホアイウエオツヤユヨワウ"[i];
    }
}
