using System.Text;
using MimeKit;
using MonozukuriTown.Mail;
using MimePart = MimeKit.MimePart;

namespace MonozukuriTown.MailKit;

/// <summary>Makes MimeKit's message of ours. Whether a part can go as it is or needs base64 is decided as <see cref="MimeWriter"/> decides it.</summary>
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
        MimeWriter.Check(mail);
        var message = new MimeMessage { Date = mail.Date, MessageId = mail.MessageId[1..^1], Subject = HeaderTokens.OneLine(mail.Subject) };
        message.From.Clear();
        message.From.Add(Box(mail.From.Name, mail.From.Address));
        if (mail.ReplyTo is { } replyTo)
            message.ReplyTo.Add(Box(replyTo.Name, replyTo.Address));
        foreach (var to in mail.To)
            message.To.Add(Box(to.Name, to.Address));
        foreach (var header in mail.Headers)
        {
            // Folded by us: a long link must stay in one piece, and MimeKit breaks it.
            var raw = new Header(Encoding.UTF8, header.Name, "");
            raw.SetRawValue(Encoding.UTF8.GetBytes(MimeWriter.HeaderLine(header)[(header.Name.Length + 1)..]));
            message.Headers.Add(raw);
        }
        message.Body = Body(mail);
        return message;
    }

    /// <summary>A mailbox; none, for the empty return path, is an empty address.</summary>
    public static MailboxAddress Box(string name, EmailAddress? address) => new(Encoding.UTF8, HeaderTokens.OneLine(name), address?.Wire ?? "");

    private static MimeEntity Body(MailMessage mail)
    {
        var readable = Readable(mail);
        if (mail.Attachments.Count == 0)
            return readable;
        var mixed = new Multipart("mixed") { readable };
        foreach (var attachment in mail.Attachments)
        {
            var part = new MimePart(ContentType.Parse(attachment.ContentType))
            {
                Content = new MimeContent(new MemoryStream(attachment.Content.ToArray(), writable: false)),
                ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
                ContentTransferEncoding = ContentEncoding.Base64,
                FileName = HeaderTokens.OneLine(attachment.FileName),
            };
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
