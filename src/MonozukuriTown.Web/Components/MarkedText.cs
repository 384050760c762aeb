using MonozukuriTown.Matching;

namespace MonozukuriTown.Web.Components;

/// <summary>A text with the places that answer a query, ready to be written piece by piece.</summary>
public sealed class MarkedText
{
    private MarkedText(string text, IReadOnlyList<(string Text, bool Hit)> pieces)
    {
        Text = text;
        Pieces = pieces;
    }

    public string Text { get; }

    public IReadOnlyList<(string Text, bool Hit)> Pieces { get; }

    public static MarkedText Plain(string text) => new(text, text.Length == 0 ? [] : [(text, false)]);

    /// <param name="text">The text.</param>
    /// <param name="spans">In order and without overlap, as <see cref="Highlight"/> has them.</param>
    public static MarkedText Of(string text, IReadOnlyList<TextSpan> spans)
    {
        List<(string, bool)> pieces = [];
        var at = 0;
        foreach (var span in spans)
        {
            var (start, end) = (Math.Clamp(span.Start, at, text.Length), Math.Clamp(span.End, at, text.Length));
            if (end == start)
                continue;
            if (start > at)
                pieces.Add((text[at..start], false));
            pieces.Add((text[start..end], true));
            at = end;
        }
        if (at < text.Length)
            pieces.Add((text[at..], false));
        return new(text, pieces);
    }
}
