using System.Text;

namespace MonozukuriTown.Mail;

/// <summary>What a person sees of an address in a header: a name and where it goes.</summary>
public sealed record Mailbox(string Name, EmailAddress Address);

/// <summary>A file that travels with a mail. <paramref name="ContentType"/> is <c>type/subtype</c> without parameters.</summary>
public sealed record MailAttachment(string FileName, string ContentType, ReadOnlyMemory<byte> Content);

/// <summary>An iCalendar object as an alternative of the body: <paramref name="Method"/> (REQUEST, CANCEL …) also stands in the MIME type (RFC 6047).</summary>
/// <param name="FileName">
/// Not null: it travels as a file too, for programs that show no alternative they can't draw. As <c>application/ics</c>, so that no program takes it for a second invitation.
/// </param>
public sealed record MailCalendar(string Method, string Text, string? FileName = null);

/// <summary>A header beyond the usual ones; no line breaks, not one that <see cref="MimeWriter"/> writes itself.</summary>
public sealed record MailHeader(string Name, string Value);

/// <summary>
/// One mail as people think of it. How it looks in octets is the writer's matter: <see cref="MimeWriter"/> here,
/// or the composer of an adapter's own library.
/// </summary>
public sealed record MailMessage
{
    public required Mailbox From { get; init; }
    public Mailbox? ReplyTo { get; init; }
    public required IReadOnlyList<Mailbox> To { get; init; }

    /// <summary>Any length; line breaks and control characters become spaces.</summary>
    public required string Subject { get; init; }

    /// <summary>The plain form. Always there: some people read nothing else.</summary>
    public required string Text { get; init; }

    /// <summary>The HTML form, a whole document; null for mails in words only.</summary>
    public string? Html { get; init; }

    public MailCalendar? Calendar { get; init; }
    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];
    public IReadOnlyList<MailHeader> Headers { get; init; } = [];

    /// <summary>With angle brackets, of the town's domain: <c>&lt;12345.a1b2@mail.example.jp&gt;</c>.</summary>
    public required string MessageId { get; init; }

    public required DateTimeOffset Date { get; init; }

    /// <summary>All files that travel with the mail, the calendar's among them.</summary>
    internal IReadOnlyList<MailAttachment> Files => Calendar is { FileName: { } name } calendar
        ? [.. Attachments, new(name, "application/ics", Encoding.UTF8.GetBytes(calendar.Text.ReplaceLineEndings("\r\n")))]
        : Attachments;

    /// <summary>An address in a header with letters beyond ASCII before its @ makes the whole message international (RFC 6532).</summary>
    public bool NeedsSmtpUtf8 =>
        From.Address.NeedsSmtpUtf8 || ReplyTo?.Address.NeedsSmtpUtf8 == true || To.Any(to => to.Address.NeedsSmtpUtf8);
}
