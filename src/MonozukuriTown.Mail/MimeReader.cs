using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MonozukuriTown.Mail;

/// <summary>
/// One part of a message that was read: its headers (decoded, in order), its content with the transfer encoding undone, and its parts when it has some.
/// </summary>
public sealed record MimePart(IReadOnlyList<MailHeader> Headers, ReadOnlyMemory<byte> Content, IReadOnlyList<MimePart> Parts)
{
    /// <summary>The first header of this name, or empty.</summary>
    public string this[string name] =>
        Headers.FirstOrDefault(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))?.Value ?? "";

    /// <summary><c>type/subtype</c> in lower case; <c>text/plain</c> when nothing or nonsense is stated.</summary>
    public string ContentType
    {
        get
        {
            var type = this["Content-Type"].Split(';', 2)[0].Trim().ToLowerInvariant();
            return type.Contains('/', StringComparison.Ordinal) ? type : "text/plain";
        }
    }

    public string FileName => MimeReader.Parameter(this["Content-Disposition"], "filename") is { Length: > 0 } name
        ? name
        : MimeReader.Parameter(this["Content-Type"], "name");

    /// <summary>The content as text in its stated charset; where none is stated, or one its octets belie, in the one they look like (bounces of Japanese servers).</summary>
    public string Text => MimeReader.TextOf(Content.Span, MimeReader.Parameter(this["Content-Type"], "charset"));

    /// <summary>This part and all below it.</summary>
    public IEnumerable<MimePart> All() => Parts.SelectMany(part => part.All()).Prepend(this);

    public MimePart? Find(string contentType) => All().FirstOrDefault(part => string.Equals(part.ContentType, contentType, StringComparison.Ordinal));
}

/// <summary>
/// Reads what mail servers send: bounces above all. It never fails: a message that breaks the rules comes out as far as it can be read,
/// because a bounce that nobody can read is a dead address that goes on getting mail.
/// </summary>
public static class MimeReader
{
    private const int DepthMax = 8;
    private const int PartsMax = 200;
    private const int WordMax = 4000;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static MimeReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static MimePart Read(ReadOnlyMemory<byte> message) => Read(message, 0);

    private static MimePart Read(ReadOnlyMemory<byte> octets, int depth)
    {
        var headers = Headers(octets.Span, out var bodyStart);
        var body = octets[bodyStart..];
        var part = new MimePart(headers, body, []);
        if (depth < DepthMax && part.ContentType.StartsWith("multipart/", StringComparison.Ordinal))
        {
            var pieces = Pieces(body, Parameter(part["Content-Type"], "boundary"));
            if (pieces.Count == 0)
                pieces = Pieces(body, Boundary(body.Span));
            if (pieces.Count > 0)
                return part with { Parts = pieces.ConvertAll(piece => Read(piece, depth + 1)) };
        }
        var content = Decode(part["Content-Transfer-Encoding"], body);
        if (depth < DepthMax && part.ContentType is "message/rfc822" or "message/global")
            return part with { Content = content, Parts = [Read(content, depth + 1)] };
        return part with { Content = content };
    }

    private static List<MailHeader> Headers(ReadOnlySpan<byte> octets, out int bodyStart)
    {
        var headers = new List<MailHeader>();
        var raw = new StringBuilder();
        var at = 0;
        bodyStart = octets.Length;
        while (at < octets.Length)
        {
            var end = octets[at..].IndexOf((byte)'\n');
            var next = end < 0 ? octets.Length : at + end + 1;
            var line = octets[at..next].TrimEnd("\r\n"u8);
            at = next;
            if (line.IsEmpty)
            {
                bodyStart = next;
                break;
            }
            var text = TextOf(line, "");
            if (text[0] is ' ' or '\t')
            {
                raw.Append(' ').Append(text.TrimStart());
                continue;
            }
            Add(headers, raw);
            raw.Append(text);
        }
        Add(headers, raw);
        return headers;
    }

    private static void Add(List<MailHeader> headers, StringBuilder raw)
    {
        var text = raw.ToString();
        raw.Clear();
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
            headers.Add(new(text[..colon].Trim(), Words(text[(colon + 1)..].Trim())));
    }

    // Where the header that names it was lost: the first line of two dashes and a word, with a part's header below.
    private static string Boundary(ReadOnlySpan<byte> body)
    {
        for (var at = 0; at < body.Length;)
        {
            var end = body[at..].IndexOf((byte)'\n');
            if (end < 0)
                break;
            var line = body.Slice(at, end).TrimEnd((byte)'\r');
            at += end + 1;
            if (line.Length is > 3 and < 80 && line.StartsWith("--"u8) && Ascii.EqualsIgnoreCase(body.Slice(at, Math.Min(8, body.Length - at)), "Content-"u8))
                return Encoding.ASCII.GetString(line[2..]);
        }
        return "";
    }

    private static List<ReadOnlyMemory<byte>> Pieces(ReadOnlyMemory<byte> body, string boundary)
    {
        List<ReadOnlyMemory<byte>> pieces = [];
        if (boundary.Length == 0)
            return pieces;
        var mark = Encoding.UTF8.GetBytes("--" + boundary);
        var start = -1;
        var at = 0;
        while (at < body.Length && pieces.Count < PartsMax)
        {
            var end = body.Span[at..].IndexOf((byte)'\n');
            var next = end < 0 ? body.Length : at + end + 1;
            var line = body.Span[at..next];
            if (line.StartsWith(mark))
            {
                if (start >= 0)
                    pieces.Add(body[start..Math.Max(start, LineBreakBefore(body.Span, at))]);
                if (line[mark.Length..].StartsWith("--"u8))
                    return pieces;
                start = next;
            }
            at = next;
        }
        if (start >= 0 && pieces.Count < PartsMax)
            pieces.Add(body[start..]);
        return pieces;
    }

    // The line break before a boundary belongs to the boundary.
    private static int LineBreakBefore(ReadOnlySpan<byte> body, int at)
    {
        if (at > 0 && body[at - 1] == '\n')
            at--;
        return at > 0 && body[at - 1] == '\r' ? at - 1 : at;
    }

    private static ReadOnlyMemory<byte> Decode(string encoding, ReadOnlyMemory<byte> body) => encoding.Trim().ToLowerInvariant() switch
    {
        "base64" => FromBase64(body.Span),
        "quoted-printable" => FromQuotedPrintable(body.Span, underscoreIsSpace: false),
        _ => body,
    };

    private static byte[] FromBase64(ReadOnlySpan<byte> text)
    {
        var clean = new ArrayBufferWriter<byte>(text.Length + 4);
        foreach (var octet in text)
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'+' or (byte)'/')
                clean.Write([octet]);
        }
        var kept = clean.WrittenCount - (clean.WrittenCount % 4 == 1 ? 1 : 0);
        clean.Write("==="u8);
        var padded = clean.WrittenSpan[..((kept + 3) / 4 * 4)].ToArray();
        padded.AsSpan(kept).Fill((byte)'=');
        var octets = new byte[padded.Length];
        Base64.DecodeFromUtf8(padded, octets, out _, out var written);
        return octets[..written];
    }

    private static byte[] FromQuotedPrintable(ReadOnlySpan<byte> text, bool underscoreIsSpace)
    {
        var output = new ArrayBufferWriter<byte>(text.Length + 1);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]))
            {
                output.Write([(byte)(Hex(text[i + 1]) * 16 + Hex(text[i + 2]))]);
                i += 2;
            }
            else if (text[i] == '=' && i + 1 < text.Length && text[i + 1] is (byte)'\r' or (byte)'\n')
            {
                i += i + 2 < text.Length && text[i + 1] == '\r' && text[i + 2] == '\n' ? 2 : 1;
            }
            else
            {
                output.Write([underscoreIsSpace && text[i] == '_' ? (byte)' ' : text[i]]);
            }
        }
        return output.WrittenSpan.ToArray();
    }

    private static int Hex(byte c) => Convert.ToInt32(((char)c).ToString(), 16);

    /// <summary>RFC 2047 encoded words put into words; octets of neighbours with one charset are joined first, as some senders split characters.</summary>
    internal static string Words(string value)
    {
        if (!value.Contains("=?", StringComparison.Ordinal))
            return value;
        var text = new StringBuilder(value.Length);
        var pending = new List<byte>();
        var pendingCharset = "";
        var at = 0;
        while (at < value.Length)
        {
            if (TryWord(value, at, out var charset, out var octets, out var next))
            {
                if (!string.Equals(charset, pendingCharset, StringComparison.OrdinalIgnoreCase))
                    Flush(text, pending, pendingCharset);
                pendingCharset = charset;
                pending.AddRange(octets);
                var gap = next;
                while (gap < value.Length && value[gap] is ' ' or '\t')
                    gap++;
                at = TryWord(value, gap, out _, out _, out _) ? gap : next;
                continue;
            }
            Flush(text, pending, pendingCharset);
            text.Append(value[at++]);
        }
        Flush(text, pending, pendingCharset);
        return text.ToString();
    }

    private static void Flush(StringBuilder text, List<byte> pending, string charset)
    {
        if (pending.Count > 0)
            text.Append(Charset(charset).GetString([.. pending]));
        pending.Clear();
    }

    private static bool TryWord(string value, int at, out string charset, out byte[] octets, out int next)
    {
        charset = "";
        octets = [];
        next = at;
        if (at + 2 >= value.Length || value[at] != '=' || value[at + 1] != '?')
            return false;
        var kind = value.IndexOf('?', at + 2, Math.Min(WordMax, value.Length - at - 2));
        if (kind < 0 || kind + 2 >= value.Length || value[kind + 2] != '?')
            return false;
        var end = value.IndexOf("?=", kind + 3, Math.Min(WordMax, value.Length - kind - 3), StringComparison.Ordinal);
        if (end < 0)
            return false;
        charset = value[(at + 2)..kind].Split('*')[0];
        var encoded = Encoding.UTF8.GetBytes(value[(kind + 3)..end]);
        octets = char.ToLowerInvariant(value[kind + 1]) == 'b' ? FromBase64(encoded) : FromQuotedPrintable(encoded, underscoreIsSpace: true);
        next = end + 2;
        return true;
    }

    /// <summary>A parameter of a structured header, RFC 2231 forms included; empty when it isn't there.</summary>
    internal static string Parameter(string header, string name)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var piece in SplitOutsideQuotes(header).Skip(1))
        {
            var equals = piece.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                parameters.TryAdd(piece[..equals].Trim(), Unquote(piece[(equals + 1)..].Trim()));
        }
        if (parameters.TryGetValue(name, out var plain))
            return plain;
        if (parameters.TryGetValue(name + "*", out var extended))
            return Extended(extended);
        var joined = new StringBuilder();
        var encoded = false;
        for (var i = 0; i < PartsMax; i++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{name}*{i}");
            if (parameters.TryGetValue(key + "*", out var value))
                encoded = true;
            else if (!parameters.TryGetValue(key, out value))
                break;
            joined.Append(value);
        }
        return encoded ? Extended(joined.ToString()) : joined.ToString();
    }

    private static string Extended(string value)
    {
        var pieces = value.Split('\'', 3);
        if (pieces.Length < 3)
            return value;
        var percent = Encoding.UTF8.GetBytes(pieces[2].Replace("=", "=3D", StringComparison.Ordinal).Replace('%', '='));
        return Charset(pieces[0]).GetString(FromQuotedPrintable(percent, underscoreIsSpace: false));
    }

    private static List<string> SplitOutsideQuotes(string header)
    {
        var pieces = new List<string>();
        var piece = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < header.Length; i++)
        {
            if (header[i] == '\\' && quoted && i + 1 < header.Length)
                piece.Append(header[i++]);
            else if (header[i] == '"')
                quoted = !quoted;
            if (header[i] == ';' && !quoted)
            {
                pieces.Add(piece.ToString());
                piece.Clear();
            }
            else
            {
                piece.Append(header[i]);
            }
        }
        pieces.Add(piece.ToString());
        return pieces;
    }

    private static string Unquote(string value)
    {
        if (value.Length < 2 || value[0] != '"' || value[^1] != '"')
            return value;
        var text = new StringBuilder(value.Length);
        for (var i = 1; i < value.Length - 1; i++)
        {
            if (value[i] == '\\' && i < value.Length - 2)
                i++;
            text.Append(value[i]);
        }
        return text.ToString();
    }

    internal static string TextOf(ReadOnlySpan<byte> octets, string charset)
    {
        var escapes = octets.IndexOf("\u001B$"u8) >= 0;
        var eightBit = octets.ContainsAnyInRange((byte)0x80, (byte)0xFF);
        var stated = Charset(charset);
        if (!escapes && !eightBit)
            return stated.GetString(octets);
        if (escapes && !eightBit)
            return Charset("iso-2022-jp").GetString(octets);
        var sevenBit = stated.CodePage is 20127 or 50220 or 50221 or 50222;
        if (!sevenBit && stated.CodePage != Encoding.UTF8.CodePage)
            return stated.GetString(octets);
        try
        {
            return StrictUtf8.GetString(octets);
        }
        catch (DecoderFallbackException)
        {
            // Whichever of Japan's two reads more kana is the right one; UTF-8 with holes when neither does.
            var best = Encoding.UTF8.GetString(octets);
            var kana = Kana(best);
            foreach (var name in new[] { "shift_jis", "euc-jp" })
            {
                var text = Charset(name).GetString(octets);
                if (Kana(text) is var count && count > kana)
                    (best, kana) = (text, count);
            }
            return best;
        }
    }

    private static int Kana(string text) => text.Count(c => c is (>= 'ぁ' and <= 'ん') or (>= 'ァ' and <= 'ヺ'));

    /// <summary>UTF-8 for what is missing or unknown: it reads ASCII too.</summary>
    internal static Encoding Charset(string name)
    {
        try
        {
            return name.Length == 0 ? Encoding.UTF8 : Encoding.GetEncoding(name.Trim());
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            // Not supported is UTF-7, which nobody may be made to read.
            return Encoding.UTF8;
        }
    }
}
