using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MonozukuriTown.Mail;

/// <summary>
/// Writes a <see cref="MailMessage"/> as MIME (RFC 5322, 2045–2047, 2231, 6047): lines end in CRLF, none is longer than 998 octets, text that is
/// not plain ASCII is UTF-8 in base64 of 76 columns. Lines that start with a dot are left as they are: that is the transport's matter.
/// </summary>
public static class MimeWriter
{
    private const int Columns = 76;
    private const int OctetsPerLine = Columns / 4 * 3;
    private const int LineMax = 998;

    private static readonly HashSet<string> OwnHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "From", "Reply-To", "To", "Cc", "Bcc", "Subject", "Date", "Message-ID", "MIME-Version",
        "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Return-Path", "Received",
    };

    /// <exception cref="ArgumentException">A header name, message id or content type that can't be written safely.</exception>
    public static void Write(MailMessage message, IBufferWriter<byte> output)
    {
        foreach (var header in Headers(message))
            Utf8(output, header.Value);
        Ascii(output, "MIME-Version: 1.0\r\n");
        Body(message, output);
    }

    /// <summary>About how many octets a message has, rather more than less: what SIZE may say (RFC 1870 6: "an estimate"), without writing the message for it.</summary>
    internal static long Estimate(MailMessage message)
    {
        const int PartOverhead = 300;
        var octets = (long)Headers(message).Sum(header => header.Value.Length) + PartOverhead + Part(message.Text) + Part(message.Html) + Part(message.Calendar?.Text);
        foreach (var file in message.Files)
            octets += PartOverhead + (file.FileName.Length * 24L) + Encoded(file.Content.Length);
        return octets;

        static long Encoded(long plain) => (plain / OctetsPerLine + 1) * (Columns + 2);
        static long Part(string? text) => text is null ? 0 : PartOverhead + Math.Max(Encoded(Encoding.UTF8.GetByteCount(text)), text.Length * 2L);
    }

    /// <summary>Whatever stands in a header by itself, without being encoded, is looked at here: for this writer and for an adapter's own.</summary>
    /// <exception cref="ArgumentException">A header name, message id or content type that can't be written safely.</exception>
    internal static void Check(MailMessage message)
    {
        Safe(message.MessageId, IsMessageId, "message id");
        foreach (var header in message.Headers)
        {
            if (OwnHeaders.Contains(header.Name))
                throw new ArgumentException($"The header {header.Name} is written by the writer itself.", nameof(message));
            Safe(header.Name, IsHeaderName, "header name");
            Safe(header.Value, IsOneLine, "header value");
        }
        if (message.Calendar is { } calendar)
            Safe(calendar.Method, IsToken, "calendar method");
        foreach (var attachment in message.Attachments)
            Safe(attachment.ContentType, IsContentType, "content type");
    }

    /// <summary>The message's headers down to MIME's own, each value a whole line with name, folds and line break: the same on every way out.</summary>
    /// <exception cref="ArgumentException">A header name, message id or content type that can't be written safely.</exception>
    internal static IEnumerable<MailHeader> Headers(MailMessage message)
    {
        Check(message);
        yield return Line("Date", _ => [message.Date.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + Zone(message.Date.Offset)]);
        yield return Line("From", column => HeaderTokens.Mailboxes([message.From], column));
        if (message.ReplyTo is { } replyTo)
            yield return Line("Reply-To", column => HeaderTokens.Mailboxes([replyTo], column));
        yield return Line("To", column => HeaderTokens.Mailboxes(message.To, column));
        yield return Line("Subject", column => HeaderTokens.Text(message.Subject, column));
        yield return Line("Message-ID", _ => [message.MessageId]);
        foreach (var header in message.Headers)
            yield return Line(header.Name, column => HeaderTokens.Structured(header.Value, column));
    }

    /// <summary>Type and disposition of a file, with its name in both: older programs look into either.</summary>
    internal static IEnumerable<MailHeader> Headers(MailAttachment file)
    {
        yield return Line("Content-Type", _ => [file.ContentType + ";", .. HeaderTokens.Parameter("name", file.FileName)]);
        yield return Line("Content-Disposition", _ => ["attachment;", .. HeaderTokens.Parameter("filename", file.FileName)]);
    }

    private static MailHeader Line(string name, Func<int, IEnumerable<string>> tokens) => new(name, HeaderTokens.Fold(name, tokens(name.Length + 2)));

    private static void Body(MailMessage message, IBufferWriter<byte> output)
    {
        var files = message.Files;
        if (files.Count == 0)
        {
            Readable(message, output);
            return;
        }
        var boundary = Boundary();
        Multipart(output, "mixed", boundary);
        Open(output, boundary);
        Readable(message, output);
        foreach (var attachment in files)
        {
            Open(output, boundary);
            foreach (var header in Headers(attachment))
                Utf8(output, header.Value);
            Ascii(output, "Content-Transfer-Encoding: base64\r\n\r\n");
            Base64Lines(output, attachment.Content.Span);
        }
        Close(output, boundary);
    }

    // Least to most faithful, as RFC 2046 wants: words, HTML, calendar.
    private static void Readable(MailMessage message, IBufferWriter<byte> output)
    {
        if (message.Html is null && message.Calendar is null)
        {
            TextPart(output, "text/plain; charset=utf-8", message.Text);
            return;
        }
        var boundary = Boundary();
        Multipart(output, "alternative", boundary);
        Open(output, boundary);
        TextPart(output, "text/plain; charset=utf-8", message.Text);
        if (message.Html is { } html)
        {
            Open(output, boundary);
            TextPart(output, "text/html; charset=utf-8", html);
        }
        if (message.Calendar is { } calendar)
        {
            Open(output, boundary);
            TextPart(output, $"text/calendar; charset=utf-8; method={calendar.Method}", calendar.Text);
        }
        Close(output, boundary);
    }

    private static void TextPart(IBufferWriter<byte> output, string type, string text)
    {
        var lines = text.ReplaceLineEndings("\r\n");
        Ascii(output, $"Content-Type: {type}\r\n");
        if (IsSevenBit(lines))
        {
            Ascii(output, "Content-Transfer-Encoding: 7bit\r\n\r\n");
            Ascii(output, lines);
            if (!lines.EndsWith("\r\n", StringComparison.Ordinal))
                Ascii(output, "\r\n");
            return;
        }
        Ascii(output, "Content-Transfer-Encoding: base64\r\n\r\n");
        var octets = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(lines.Length));
        Base64Lines(output, octets.AsSpan(0, Encoding.UTF8.GetBytes(lines, octets)));
        ArrayPool<byte>.Shared.Return(octets, clearArray: true);
    }

    internal static bool IsSevenBit(string text)
    {
        if (!System.Text.Ascii.IsValid(text))
            return false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.Length > LineMax || line.ContainsAnyInRange('\0', '\b') || line.ContainsAnyInRange('\u000B', '\u001F'))
                return false;
        }
        return true;
    }

    private static void Base64Lines(IBufferWriter<byte> output, ReadOnlySpan<byte> octets)
    {
        while (octets.Length > 0)
        {
            var piece = octets[..Math.Min(OctetsPerLine, octets.Length)];
            var line = output.GetSpan(Columns + 2);
            Base64.EncodeToUtf8(piece, line, out _, out var written);
            line[written++] = (byte)'\r';
            line[written++] = (byte)'\n';
            output.Advance(written);
            octets = octets[piece.Length..];
        }
    }

    // Unguessable, and "=_" can stand in no base64 line: no body can hold its own boundary.
    private static string Boundary() => "=_" + RandomNumberGenerator.GetHexString(28, lowercase: true);

    private static void Multipart(IBufferWriter<byte> output, string kind, string boundary) =>
        Ascii(output, $"Content-Type: multipart/{kind};\r\n boundary=\"{boundary}\"\r\n");

    // The line break in front belongs to the boundary: the last line of a text keeps its own.
    private static void Open(IBufferWriter<byte> output, string boundary) => Ascii(output, $"\r\n--{boundary}\r\n");

    private static void Close(IBufferWriter<byte> output, string boundary) => Ascii(output, $"\r\n--{boundary}--\r\n");

    private static void Ascii(IBufferWriter<byte> output, string text) =>
        output.Advance(Encoding.ASCII.GetBytes(text, output.GetSpan(text.Length)));

    private static void Utf8(IBufferWriter<byte> output, string text) =>
        output.Advance(Encoding.UTF8.GetBytes(text, output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));

    private static string Zone(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hhmm", CultureInfo.InvariantCulture);

    private static void Safe(string value, Func<string, bool> rule, string what)
    {
        if (!rule(value))
            throw new ArgumentException($"This is no {what} that can go into a mail: {HeaderTokens.OneLine(value)}", nameof(value));
    }

    private static bool IsHeaderName(string value) => value.Length is > 0 and <= 60 && value.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static bool IsOneLine(string value) => !value.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029');

    private static bool IsToken(string value) => value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '+' or '.' or '_');

    private static bool IsContentType(string value) => value.Split('/') is [var type, var subtype] && IsToken(type) && IsToken(subtype);

    private static bool IsMessageId(string value) =>
        value.Length is > 4 and < 250 && value[0] == '<' && value[^1] == '>' && value.Contains('@', StringComparison.Ordinal) &&
        value[1..^1].All(c => c is > ' ' and < '\u007F' and not '<' and not '>');
}
