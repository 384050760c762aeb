using System.Text;

namespace MonozukuriTown.Mail.Bounces;

/// <summary>
/// Reads what comes to the bounce address: delivery status notifications (RFC 3464, 6533), complaints (RFC 5965), read receipts (RFC 8098), absence notes
/// (RFC 3834), and the plain words of servers that know none of these. It never fails: what can't be read is <see cref="BounceKind.None"/>.
/// </summary>
public static class BounceReader
{
    private static readonly string[] AbsenceSubjects = ["out of office", "out of the office", "automatic reply", "auto reply", "auto-reply", "autoreply", "vacation", "自動応答", "自動返信", "不在", "休暇"];

    /// <summary>So many octets are looked at; what follows is the mail's own attachments, sent back.</summary>
    public const int OctetsMax = 1024 * 1024;

    public static BounceReport Read(ReadOnlyMemory<byte> message)
    {
        var octets = message.Length > OctetsMax ? message[..OctetsMax] : message;
        // Old Macintosh files end their lines in CR alone.
        if (octets.Length > 0 && !octets.Span.Contains((byte)'\n'))
            octets = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(octets.Span).ReplaceLineEndings("\n"));
        var mail = MimeReader.Read(octets);
        var found = Complaint(mail) ?? Status(mail) ?? Receipt(mail) ?? BounceText.Read(mail) ?? Answer(mail) ?? new(BounceKind.None, []);
        var original = found.Original ?? Original(mail);
        return new()
        {
            Kind = found.Kind,
            Recipients = found.Recipients,
            Addresses = BounceTrail.Addresses(mail, original, found.Senders),
            OriginalMessageId = BounceTrail.MessageId(original, found, mail),
            Reporter = found.Reporter.Length > 0 ? found.Reporter : BounceTrail.Address(mail["From"]),
            Subject = HeaderTokens.OneLine(mail["Subject"]),
        };
    }

    /// <summary>
    /// What a server's no to RCPT says of the address, judged as a report of the same no would be; null when it says nothing of it.
    /// RFC 3463 3.2: x.1.1, x.1.2, x.1.3, x.1.6 and (RFC 7505) x.1.10 are about the recipient's address, x.1.7 and x.1.8 about the sender's; x.1.0 is "something about
    /// the address", and at RCPT that is the recipient's. x.2.1 and x.2.2 are about its mailbox. Policy (x.7.x), servers in trouble (x.3.x, x.4.x) and a no
    /// without a reason are about us or about nobody.
    /// </summary>
    public static BounceRecipient? OfRefusal(string address, MailResult result)
    {
        if (result.Stage != MailStage.Recipient || result.Outcome is not (MailOutcome.RefusedForGood or MailOutcome.RefusedForNow))
            return null;
        // The code tells for good from for now where there is no status.
        var said = Judge(address, "failed", result.Status, $"{result.Code} {result.Words}") with { Words = result.Words };
        if (said is { Reason: BounceReason.Unknown, Status: "5.1.0" })
            return said with { Reason = BounceReason.NoMailbox };
        return said.Reason is BounceReason.NoMailbox or BounceReason.NoDomain or BounceReason.MailboxFull ? said : null;
    }

    // RFC 5965. "not-spam" says the opposite, "auth-failure" (RFC 6591) is no person's complaint.
    private static Finding? Complaint(MimePart mail)
    {
        if (mail.Find("message/feedback-report") is not { } part)
            return Junk(mail);
        var report = DeliveryStatus.Read(part.Text);
        var fields = report.Message.Concat(report.Recipients.SelectMany(group => group)).ToList();
        var type = DeliveryStatus.Value(fields, "Feedback-Type").ToLowerInvariant();
        if (type.StartsWith("not-spam", StringComparison.Ordinal) || type.StartsWith("auth-failure", StringComparison.Ordinal) || type.StartsWith("dmarc", StringComparison.Ordinal))
            return new(BounceKind.None, []);
        var words = HeaderTokens.OneLine($"{type} {DeliveryStatus.Value(fields, "User-Agent")}");
        var recipients = fields.Where(field => field.Name.Equals("Original-Rcpt-To", StringComparison.OrdinalIgnoreCase) || field.Name.Equals("Removal-Recipient", StringComparison.OrdinalIgnoreCase))
            .Select(field => BounceTrail.Address(field.Value)).Where(address => address.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)
            .DefaultIfEmpty(BounceTrail.Address(Original(mail)?["To"] ?? ""))
            .Select(address => new BounceRecipient(address, BounceKind.Complaint, null, null, BounceReason.Unknown, Short(words))).ToList();
        return new(BounceKind.Complaint, recipients)
        {
            Senders = [DeliveryStatus.Value(fields, "Original-Mail-From"), DeliveryStatus.Value(fields, "Original-Envelope-Id")],
            Reporter = DeliveryStatus.Value(fields, "Reporting-MTA").Split(';')[^1].Trim(),
        };
    }

    // Microsoft's consumer mail wraps the mail and says who in a header of its own (its Junk Email Reporting Program).
    private static Finding? Junk(MimePart mail)
    {
        if (!mail["Subject"].TrimStart().StartsWith("complaint about message from", StringComparison.OrdinalIgnoreCase) || Original(mail) is not { } original)
            return null;
        var address = BounceTrail.Address(original["X-HmXmrOriginalRecipient"] is { Length: > 0 } header ? header : original["To"]);
        return new(BounceKind.Complaint, [new(Short(address), BounceKind.Complaint, null, null, BounceReason.Unknown, "abuse")]);
    }

    private static Finding? Status(MimePart mail)
    {
        var parts = mail.All().Where(part => part.ContentType is "message/delivery-status" or "message/global-delivery-status").ToList();
        // Some put each recipient into a part of its own; some lost the parts and kept the lines.
        var reports = parts.Count > 0 ? parts.ConvertAll(part => DeliveryStatus.Read(part.Text)) : Flat(mail);
        if (reports.Count == 0)
            return null;
        var told = BounceText.Read(mail, always: true);
        var recipients = reports.SelectMany(report => report.Recipients).Select(group => Recipient(group, told)).ToList();
        if (recipients.Count == 0)
            return told;
        var message = reports[0].Message;
        return new(Gravest(recipients), recipients)
        {
            Senders = [DeliveryStatus.Value(message, "X-Postfix-Sender").Split(';')[^1], DeliveryStatus.Value(message, "Original-Envelope-Id"), DeliveryStatus.Value(message, "X-Original-Sender")],
            MessageId = DeliveryStatus.Value(message, "X-Original-Message-ID"),
            Reporter = DeliveryStatus.Value(message, "Reporting-MTA").Split(';')[^1].Trim(),
        };
    }

    private static List<DeliveryStatus> Flat(MimePart mail)
    {
        var text = string.Join("\n\n", BounceText.Words(mail));
        var recipient = text.IndexOf("\nFinal-Recipient:", StringComparison.OrdinalIgnoreCase);
        var action = text.IndexOf("\nAction:", StringComparison.OrdinalIgnoreCase);
        return recipient >= 0 && action >= 0 ? [DeliveryStatus.Read(text[(Math.Min(recipient, action) + 1)..])] : [];
    }

    private static BounceRecipient Recipient(IReadOnlyList<MailHeader> group, Finding? told)
    {
        var address = BounceTrail.Typed(DeliveryStatus.Value(group, "Final-Recipient"));
        if (!address.Contains('@', StringComparison.Ordinal) && BounceTrail.Typed(DeliveryStatus.Value(group, "Original-Recipient")) is { Length: > 0 } original)
            address = original;
        var code = DeliveryStatus.Value(group, "Diagnostic-Code");
        var words = code.IndexOf(';', StringComparison.Ordinal) is > 0 and < 20 and var semicolon && !code[..semicolon].Contains(' ', StringComparison.Ordinal) ? code[(semicolon + 1)..].Trim() : code;
        var beside = told?.Recipients.FirstOrDefault(other => string.Equals(other.Address, address, StringComparison.OrdinalIgnoreCase)) ?? (told?.Recipients.Count == 1 ? told.Recipients[0] : null);
        var stated = BounceWords.Status(DeliveryStatus.Value(group, "Status"));
        var action = Word(DeliveryStatus.Value(group, "Action"));
        // Some leave the server's words to the text beside.
        return Judge(address, action, stated, words.Length == 0 ? beside?.Words ?? "" : words, beside?.Words ?? "");
    }

    /// <summary>One recipient out of what a report says of it, however little.</summary>
    /// <param name="action">RFC 3464's, or null.</param>
    /// <param name="stated">The report's own status, or null.</param>
    /// <param name="beside">What else was said of it: shows only what a carrier answered to.</param>
    internal static BounceRecipient Judge(string address, string? action, string? stated, string words, string beside = "")
    {
        var looked = words.Length > 2000 ? words[..2000] : words;
        var inside = BounceWords.Status(looked);
        // "5.0.0" says no more than "failed"; the server's own status does, where it gave one.
        var status = stated is null || (stated.EndsWith(".0.0", StringComparison.Ordinal) && inside is not null) ? inside ?? stated : stated;
        var reason = BounceWords.Reason(status, looked);
        if (reason == BounceReason.NoMailbox && Carriers.Has(address) && Carriers.IsFilter(status, address, $"{looked} {beside}"))
            reason = BounceReason.Blocked;
        var grave = (status, BounceWords.ReplyCode(looked)) switch
        {
            ({ } s, _) => s[0],
            (_, { } reply) => reply >= 500 ? '5' : '4',
            _ => reason is BounceReason.Server or BounceReason.MailboxFull ? '4' : '5',
        };
        var kind = action switch
        {
            "delivered" or "relayed" or "expanded" => BounceKind.Delivered,
            "delayed" => BounceKind.Delayed,
            _ when grave == '2' => action is null ? BounceKind.Delivered : BounceKind.FailedForNow,
            // RFC 3463 on x.2.2: "persistent transient": whoever empties the mailbox gets mail again.
            _ when grave == '4' || reason == BounceReason.MailboxFull => BounceKind.FailedForNow,
            _ => BounceKind.Failed,
        };
        return new(Short(address), kind, action, status, reason, Short(HeaderTokens.OneLine(words)));
    }

    // RFC 8098: opened or deleted by somebody, so it arrived.
    private static Finding? Receipt(MimePart mail)
    {
        if (mail.Find("message/disposition-notification") is not { } part)
            return null;
        var fields = DeliveryStatus.Read(part.Text);
        var all = fields.Message.Concat(fields.Recipients.SelectMany(group => group)).ToList();
        var address = BounceTrail.Typed(DeliveryStatus.Value(all, "Final-Recipient"));
        var words = HeaderTokens.OneLine(DeliveryStatus.Value(all, "Disposition"));
        return new(BounceKind.Delivered, [new(Short(address), BounceKind.Delivered, null, null, BounceReason.Unknown, Short(words))])
        {
            MessageId = DeliveryStatus.Value(all, "Original-Message-ID"),
        };
    }

    // RFC 3834 and what came before and beside it.
    private static Finding? Answer(MimePart mail)
    {
        var submitted = mail["Auto-Submitted"].Trim().ToLowerInvariant();
        var says = submitted.StartsWith("auto-replied", StringComparison.Ordinal) || submitted.StartsWith("auto-notified", StringComparison.Ordinal) ||
            mail.Headers.Any(header => header.Name.ToLowerInvariant() is "x-autoreply" or "x-autoreply-from" or "x-autorespond" or "x-autoresponder" or "x-auto-reply-from" or "x-mail-autoreply" or "x-vacation") ||
            mail["Precedence"].Trim().ToLowerInvariant() is "auto_reply" or "auto-reply" || mail["X-Precedence"].Trim().ToLowerInvariant() is "auto_reply" or "auto-reply" ||
            mail["Delivered-To"].Trim().Equals("autoresponder", StringComparison.OrdinalIgnoreCase);
        if (!says && !AbsenceSubjects.Any(words => mail["Subject"].Contains(words, StringComparison.OrdinalIgnoreCase)))
            return null;
        var sender = BounceTrail.Address(mail["From"]);
        return new(BounceKind.AutoReply, [new(Short(sender), BounceKind.AutoReply, null, null, BounceReason.Unknown, Short(HeaderTokens.OneLine(mail["Subject"])))]);
    }

    internal static BounceKind Gravest(IReadOnlyList<BounceRecipient> recipients)
    {
        foreach (var kind in new[] { BounceKind.Complaint, BounceKind.Failed, BounceKind.FailedForNow, BounceKind.Delayed, BounceKind.Delivered })
        {
            if (recipients.Any(recipient => recipient.Kind == kind))
                return kind;
        }
        return BounceKind.None;
    }

    // The mail that was sent back, or its headers.
    private static MimePart? Original(MimePart mail)
    {
        foreach (var part in mail.All())
        {
            if (part.ContentType is "message/rfc822" or "message/global" && part.Parts.Count > 0 && part.Parts[0].Find("message/delivery-status") is null)
                return part.Parts[0];
            if (part.ContentType is "text/rfc822-headers" or "message/rfc822-headers" or "message/global-headers" or "text/rfc822-header" or "text/rfc822")
                return MimeReader.Read(part.Content);
        }
        return null;
    }

    private static string? Word(string action)
    {
        var word = new string([.. action.TrimStart().TakeWhile(char.IsAsciiLetter)]).ToLowerInvariant();
        return word switch
        {
            "" => null,
            "fail" or "failure" or "error" or "undeliverable" => "failed",
            "delay" or "deferred" or "delayed" => "delayed",
            "deliverable" or "success" or "relay" => "delivered",
            _ => word,
        };
    }

    internal static string Short(string text) => text.Length <= MailResult.WordsMax ? text : text[..MailResult.WordsMax];

    /// <summary>What one way of reading found.</summary>
    internal sealed record Finding(BounceKind Kind, IReadOnlyList<BounceRecipient> Recipients)
    {
        public MimePart? Original { get; init; }
        public IReadOnlyList<string> Senders { get; init; } = [];
        public string MessageId { get; init; } = "";
        public string Reporter { get; init; } = "";
    }
}
