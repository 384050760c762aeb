using System.Text;
using MimeKit;
using MonozukuriTown.Mail;
using MimePart = MimeKit.MimePart;

namespace MonozukuriTown.MailKit;

/// <summary>Makes MimeKit's message of ours: our headers, its body. Whether a part can go as it is or needs base64 is decided as <see cref="MimeWriter"/> decides it.</summary>
internal static class MimeKitComposer
{
    public static FormatOptions Format(bool international)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.EnsureNewLine = true;
        format.AllowMixedHeaderCharsets = false;
        format.International = international;
        return format;
    }

    /// <exception cref="ArgumentException">A header name, message id or content type that can't be written safely, or an address MimeKit has no form for.</exception>
    public static MimeMessage Compose(MailMessage mail)
    {
        // MimeKit would break long links and let a subject or name that only looks encoded be decoded.
        var message = new MimeMessage(MimeWriter.Headers(mail).Select(header => Raw(header, "")));
        message.Body = Body(mail);
        return message;
    }

    /// <param name="start">MimeKit wants something it can read before it takes what it is given.</param>
    private static Header Raw(MailHeader line, string start)
    {
        var header = new Header(Encoding.UTF8, line.Name, start);
        header.SetRawValue(Encoding.UTF8.GetBytes(line.Value[(line.Name.Length + 1)..]));
        return header;
    }

    /// <summary>The address of an envelope; none, for the empty return path, is an empty address.</summary>
    public static MailboxAddress Box(EmailAddress? address) => new(Encoding.UTF8, "", address?.Wire ?? "");

    private static MimeEntity Body(MailMessage mail)
    {
        var readable = Readable(mail);
        var files = mail.Files;
        if (files.Count == 0)
            return readable;
        var mixed = new Multipart("mixed") { readable };
        foreach (var attachment in files)
        {
            var part = new MimePart(ContentType.Parse(attachment.ContentType))
            {
                Content = new MimeContent(new MemoryStream(attachment.Content.ToArray(), writable: false)),
                ContentTransferEncoding = ContentEncoding.Base64,
            };
            foreach (var header in MimeWriter.Headers(attachment))
                part.Headers.Replace(Raw(header, "text/plain"));
            mixed.Add(part);
        }
        return mixed;
    }

    private static MimeEntity Readable(MailMessage mail)
    {
        var text = Text("plain", mail.Text);
        if (mail.Html is null && mail.Calendar is null)
            return text;
        var alternative = new Multipart("alternative") { text };
        if (mail.Html is { } html)
            alternative.Add(Text("html", html));
        if (mail.Calendar is { } calendar)
        {
            var part = Text("calendar", calendar.Text);
            part.ContentType.Parameters.Add("method", calendar.Method);
            alternative.Add(part);
        }
        return alternative;
    }

    private static MimePart Text(string kind, string text)
    {
        var lines = text.ReplaceLineEndings("\r\n");
        var part = new MimePart("text", kind)
        {
            Content = new MimeContent(new MemoryStream(Encoding.UTF8.GetBytes(lines), writable: false)),
            ContentTransferEncoding = MimeWriter.IsSevenBit(lines) ? ContentEncoding.SevenBit : ContentEncoding.Base64,
        };
        part.ContentType.Charset = "utf-8";
        return part;
    }
}
