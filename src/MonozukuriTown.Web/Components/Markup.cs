using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;

namespace MonozukuriTown.Web.Components;

/// <summary>
/// Markup written at once, for lists so long that an element at a time costs more than the search behind them. What stands in the text is
/// markup; whatever is put into its holes is text and encoded, unless it is such markup itself.
/// </summary>
[InterpolatedStringHandler]
public readonly ref struct Markup
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    [ThreadStatic]
    private static StringBuilder? kept;

    private readonly StringBuilder written;

    public Markup(int literalLength, int formattedCount)
    {
        // One inside another finds none and makes its own.
        written = kept ?? new StringBuilder(literalLength + formattedCount * 16);
        kept = null;
    }

    /// <summary>The finished markup.</summary>
    public static MarkupString Of(Markup markup)
    {
        var text = markup.written.ToString();
        kept = markup.written.Clear();
        return new(text);
    }

    public void AppendLiteral(string markup) => written.Append(markup);

    public void AppendFormatted(MarkupString markup) => written.Append(markup.Value);

    public void AppendFormatted(int number) => written.Append(CultureInfo.InvariantCulture, $"{number}");

    public void AppendFormatted(string? text)
    {
        if (!string.IsNullOrEmpty(text))
            written.Append(Encoder.Encode(text));
    }

    public void AppendFormatted(MarkedText text)
    {
        foreach (var (piece, hit) in text.Pieces)
        {
            if (hit)
                AppendLiteral("<b>");
            AppendFormatted(piece);
            if (hit)
                AppendLiteral("</b>");
        }
    }
}
