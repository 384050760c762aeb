namespace MonozukuriTown.Mail;

/// <summary>What became of one mail. "Never twice" hangs on telling the last two apart (RFC 5321 4.5.3.2.6, RFC 1047).</summary>
public enum MailOutcome
{
    /// <summary>The other side said yes: it is answerable for the mail from here.</summary>
    Accepted,

    /// <summary>It said no, and would say no again (5xx, RFC 5321 4.2.1), or the mail can't be written or sent to such an address at all.</summary>
    RefusedForGood,

    /// <summary>It said not now (4xx), or the connection broke before the first octet of the body: nothing was delivered.</summary>
    RefusedForNow,

    /// <summary>The connection broke after the first octet of the body went out: delivered or not, nobody can say. Never sent again by itself.</summary>
    Uncertain,
}

/// <summary>Whom a refusal is about: only one of the recipient tells anything about the address.</summary>
public enum MailStage
{
    /// <summary>The way out as a whole: no connection, 421, a sign-in missing. The mail is as good as before and so is every other.</summary>
    Connection,

    /// <summary>Our own address (MAIL FROM).</summary>
    Sender,

    /// <summary>The address written to (RCPT TO), or that this server takes none of its kind (SMTPUTF8).</summary>
    Recipient,

    /// <summary>The mail itself: its size, what stands in it, or what became of it from DATA on.</summary>
    Content,
}

/// <summary>The outcome of one hand-over, with what the other side said.</summary>
/// <param name="Code">The server's reply code, null when there was none.</param>
/// <param name="Status">The enhanced status of RFC 3463 (<c>5.1.1</c>) when the server gave one.</param>
/// <param name="Words">The server's own words on one line, or ours when it said nothing; at most <see cref="WordsMax"/> characters.</param>
public readonly record struct MailResult(MailOutcome Outcome, MailStage Stage, int? Code, string? Status, string Words)
{
    public const int WordsMax = 500;
}

/// <summary>A message and where it goes. One recipient each: so each has an outcome of its own.</summary>
/// <param name="ReturnPath">Where bounces go (VERP); null for the empty return path.</param>
public sealed record OutboundMail(EmailAddress? ReturnPath, EmailAddress Recipient, MailMessage Message)
{
    /// <summary>Letters beyond ASCII before an @, in the envelope or a header: only a server with SMTPUTF8 takes it (RFC 6531).</summary>
    public bool NeedsSmtpUtf8 => Message.NeedsSmtpUtf8 || Recipient.NeedsSmtpUtf8 || ReturnPath?.NeedsSmtpUtf8 == true;
}

/// <summary>
/// A way for mail to leave the house. Implementations pass one contract suite (tests: SmtpContract): they report per message, never lose the difference between
/// "not now" and "uncertain", and never send a message twice by themselves. Safe for any number of callers at once; each connection is for one.
/// </summary>
public interface IMailTransport
{
    /// <summary>For logs and the staff's page, for instance <c>smtp (built in) mail.example.jp:587</c>.</summary>
    string Name { get; }

    /// <summary>Opens a connection that takes any number of mails, one at a time.</summary>
    /// <exception cref="MailTransportException">It can't be had; the message says why in one sentence.</exception>
    Task<IMailConnection> ConnectAsync(CancellationToken cancellation);
}

/// <summary>Used by one caller at a time.</summary>
public interface IMailConnection : IAsyncDisposable
{
    /// <summary>False once the connection broke or the server closed it: dispose it and open another.</summary>
    bool IsUsable { get; }

    /// <summary>
    /// Hands one mail over. Never throws for what the network or the server did: that is a result.
    /// Cancellation is heeded until the first octet of the body; from there the mail is finished under the transport's own time limit.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled before the body: nothing was delivered.</exception>
    Task<MailResult> SendAsync(OutboundMail mail, CancellationToken cancellation);
}

/// <summary>The transport as a whole is out of order: no server, a certificate that doesn't check, a password refused.</summary>
public sealed class MailTransportException : Exception
{
    public MailTransportException()
    {
    }

    public MailTransportException(string message)
        : base(message)
    {
    }

    public MailTransportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
