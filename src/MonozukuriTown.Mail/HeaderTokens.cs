using System.Buffers;
using System.Globalization;
using System.Text;

namespace MonozukuriTown.Mail;

/// <summary>
/// A header value as a row of tokens between which a line may break. Everything that goes into a header passes through here,
/// so a line break in somebody's name or subject can never start a header of its own.
/// </summary>
internal static class HeaderTokens
{
    private const int LineMax = 76;
    private const string WordStart = "=?UTF-8?B?";
    private const string WordEnd = "?=";
    private const int QuotedMax = 60;
    private const int TokenMax = 900;
    private static readonly SearchValues<char> Specials = SearchValues.Create("()<>[]:;@\\,.\"");

    /// <summary>Free text such as a subject: as it is when plain ASCII, else RFC 2047 encoded words that never split a character.</summary>
    public static IEnumerable<string> Text(string value, int column)
    {
        var clean = OneLine(value);
        return IsPlain(clean) ? clean.Split(' ') : EncodedWords(clean, column);
    }

    /// <summary>A value with a grammar of its own, such as a list of links: its tokens may be long and are never encoded when they are ASCII.</summary>
    public static IEnumerable<string> Structured(string value, int column)
    {
        var tokens = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Ascii.IsValid(value) && tokens.All(token => token.Length <= TokenMax) ? tokens : EncodedWords(value, column);
    }

    /// <summary>A display name: bare, quoted, or encoded words.</summary>
    public static IEnumerable<string> Phrase(string value, int column)
    {
        var clean = OneLine(value);
        if (!IsPlain(clean))
            return EncodedWords(clean, column);
        if (!clean.AsSpan().ContainsAny(Specials))
            return clean.Split(' ');
        if (clean.Length > QuotedMax)
            return EncodedWords(clean, column);
        return [$"\"{clean.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""];
    }

    public static IEnumerable<string> Mailboxes(IReadOnlyList<Mailbox> boxes, int column)
    {
        for (var i = 0; i < boxes.Count; i++)
        {
            if (boxes[i].Name.Length > 0)
            {
                foreach (var token in Phrase(boxes[i].Name, i == 0 ? column : 1))
                    yield return token;
            }
            yield return $"<{boxes[i].Address.Wire}>{(i < boxes.Count - 1 ? "," : "")}";
        }
    }

    /// <summary>A parameter such as a file name: quoted when plain, else RFC 2231 in continuations of their own line each.</summary>
    public static IEnumerable<string> Parameter(string name, string value)
    {
        var clean = OneLine(value);
        if (IsPlain(clean) && name.Length + clean.Length < 60 && clean.AsSpan().IndexOfAny("\"\\") < 0)
            return [$"{name}=\"{clean}\""];

        var pieces = new List<string>();
        var piece = new StringBuilder("UTF-8''");
        Span<byte> octets = stackalloc byte[4];
        foreach (var rune in clean.EnumerateRunes())
        {
            var written = new StringBuilder();
            foreach (var octet in octets[..rune.EncodeToUtf8(octets)])
            {
                if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_')
                    written.Append((char)octet);
                else
                    written.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
            }
            if (piece.Length + written.Length > 55)
            {
                pieces.Add(piece.ToString());
                piece.Clear();
            }
            piece.Append(written);
        }
        pieces.Add(piece.ToString());
        if (pieces.Count == 1)
            return [$"{name}*={pieces[0]}"];
        return pieces.Select((text, i) => $"{name}*{i}*={text}{(i < pieces.Count - 1 ? ";" : "")}");
    }

    /// <summary>Joins tokens by single spaces, breaking lines before 76 columns where a break is allowed.</summary>
    public static string Fold(string name, IEnumerable<string> tokens)
    {
        var line = new StringBuilder(name).Append(':');
        var column = line.Length;
        foreach (var token in tokens)
        {
            if (column > name.Length + 1 && column + 1 + token.Length > LineMax)
            {
                line.Append("\r\n");
                column = 0;
            }
            line.Append(' ').Append(token);
            column += 1 + token.Length;
        }
        return line.Append("\r\n").ToString();
    }

    /// <summary>Control characters, line and paragraph separators become single spaces.</summary>
    public static string OneLine(string value)
    {
        if (!value.AsSpan().ContainsAnyInRange('\0', '\u001F') && value.AsSpan().IndexOfAny("\u007F\u0085\u2028\u2029") < 0)
            return value.Trim();
        var clean = new StringBuilder(value.Length);
        var space = false;
        foreach (var c in value)
        {
            if (char.IsControl(c) || c is '\u2028' or '\u2029')
            {
                space = true;
                continue;
            }
            if (space && clean.Length > 0 && clean[^1] != ' ' && c != ' ')
                clean.Append(' ');
            space = false;
            clean.Append(c);
        }
        return clean.ToString().Trim();
    }

    private static bool IsPlain(string value) =>
        Ascii.IsValid(value) && !value.Contains("=?", StringComparison.Ordinal) && !value.Contains("  ", StringComparison.Ordinal) &&
        value.Split(' ').All(word => word.Length <= LineMax - 12);

    private static IEnumerable<string> EncodedWords(string value, int column)
    {
        var octets = new byte[48];
        var used = 0;
        var room = Math.Max(3, Room(column));
        foreach (var rune in value.EnumerateRunes())
        {
            if (used + rune.Utf8SequenceLength > room)
            {
                yield return Word(octets, used);
                used = 0;
                room = Room(1);
            }
            used += rune.EncodeToUtf8(octets.AsSpan(used));
        }
        yield return Word(octets, used);
    }

    // Octets that fit into one encoded word that starts at this column: at most 75 characters long, line at most 76.
    private static int Room(int column) =>
        Math.Min(45, (LineMax - column - 1 - WordStart.Length - WordEnd.Length) / 4 * 3);

    private static string Word(byte[] octets, int used) =>
        WordStart + Convert.ToBase64String(octets, 0, used) + WordEnd;
}
