using System.Globalization;

namespace MonozukuriTown.Mail.Smtp;

/// <summary>What every transport that submits by SMTP says alike.</summary>
internal static class SmtpProblems
{
    /// <summary>RFC 6531 3.3: "MUST NOT be transmitted" without the extension; X.6.7 of RFC 5248's registry.</summary>
    public static MailResult NoSmtpUtf8 { get; } =
        new(MailOutcome.RefusedForGood, MailStage.Recipient, null, "5.6.7", "The mail server does not take addresses with letters beyond ASCII (no SMTPUTF8).");

    public static MailResult Closed { get; } = Broken("The connection is closed.");

    /// <summary>RFC 1870 6.1: not even tried when the server said how much it takes.</summary>
    public static MailResult TooLarge(long octets, long max) =>
        new(MailOutcome.RefusedForGood, MailStage.Content, null, "5.3.4", string.Create(CultureInfo.InvariantCulture, $"The mail has {octets} octets, the mail server takes {max}."));

    /// <summary>A message with a header nobody may write: no server was asked, and none will be.</summary>
    public static MailResult Unwritable(Exception e) => new(MailOutcome.RefusedForGood, MailStage.Content, null, null, Short(e.Message));

    /// <summary>Broken before the first octet of the body: nothing was delivered.</summary>
    public static MailResult Broken(string words) => new(MailOutcome.RefusedForNow, MailStage.Connection, null, null, Short(words));

    /// <summary>Broken from the first octet of the body on: nobody can say.</summary>
    public static MailResult Unknown(string words) => new(MailOutcome.Uncertain, MailStage.Content, null, null, Short(words));

    public static MailTransportException Unreachable(SmtpOptions options, Exception e) => new(
        e is OperationCanceledException
            ? $"Mail server {options.Host}:{options.Port} did not answer within {options.ConnectLimit.TotalSeconds:0} s."
            : $"Mail server {options.Host}:{options.Port} can't be reached: {e.Message}", e);

    public static MailTransportException BadCertificate(SmtpOptions options, Exception e) =>
        new($"The certificate of mail server {options.Host} does not check, or TLS was refused: {e.Message}", e);

    public static MailTransportException NoStartTls(SmtpOptions options) => new($"Mail server {options.Host} offers no STARTTLS; nothing is sent in clear.");

    public static MailTransportException PasswordInClear { get; } = new("Mail:Server:User is set but the connection is not encrypted; the password is not sent in clear.");

    public static MailTransportException NoAuth(SmtpOptions options) => new($"Mail server {options.Host} offers neither AUTH PLAIN nor AUTH LOGIN.");

    public static MailTransportException BadPassword(SmtpOptions options, string reply) => new($"Mail server {options.Host} refuses the user or password of Mail:Server ({reply}).");

    public static MailTransportException Refused(SmtpOptions options, string did, SmtpReply reply) => new($"Mail server {options.Host} {did} with {reply.Code} {reply.Words}");

    private static string Short(string words)
    {
        var line = HeaderTokens.OneLine(words);
        return line.Length <= MailResult.WordsMax ? line : line[..MailResult.WordsMax];
    }
}
