using System.Text;

namespace MonozukuriTown.Web.Hosting;

/// <summary>What people (and machines) send, made harmless: no control characters, no half surrogates, not too long.</summary>
public static class TypedText
{
    /// <summary>One line, blanks at its ends cut.</summary>
    public static string Line(string? text, int max) => Clean(text, max, lines: false).Trim();

    /// <summary>Several lines with <c>\n</c> between them.</summary>
    public static string Lines(string? text, int max) => Clean(text, max, lines: true);

    private static string Clean(string? text, int max, bool lines)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        if (lines)
            text = text.ReplaceLineEndings("\n");
        var clean = new StringBuilder(Math.Min(text.Length, max));
        foreach (var rune in text.EnumerateRunes())
        {
            // A half surrogate comes out of the enumeration as U+FFFD.
            if (clean.Length + rune.Utf16SequenceLength > max)
                break;
            if (Rune.IsControl(rune) && !(lines && rune.Value is '\n' or '\t'))
                clean.Append(' ');
            else
                clean.Append(rune.ToString());
        }
        return clean.ToString();
    }
}
