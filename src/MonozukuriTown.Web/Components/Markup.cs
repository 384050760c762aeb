using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace MonozukuriTown.Web.Components;

/// <summary>
/// Takes markup: what stands in the text is markup, whatever is put into its holes is text and encoded. Nothing but such a text is taken, so
/// that nobody's words get in as markup.
/// </summary>
public readonly struct Markup(TextWriter to)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly TextWriter to = to;

    public void Add([InterpolatedStringHandlerArgument("")] Text markup) => _ = markup;

    /// <summary>Writes itself as it is put together.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Text
    {
        private readonly TextWriter to;

        public Text(int literalLength, int formattedCount, Markup markup)
        {
            _ = (literalLength, formattedCount);
            to = markup.to;
        }

        public void AppendLiteral(string markup) => to.Write(markup);

        public void AppendFormatted(int number) => to.Write(number.ToString(CultureInfo.InvariantCulture));

        public void AppendFormatted(string? text)
        {
            if (!string.IsNullOrEmpty(text))
                Encoder.Encode(to, text);
        }

        public void AppendFormatted(Region region) => region.WriteTo(to, Encoder);

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
}
