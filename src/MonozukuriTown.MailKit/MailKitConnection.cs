using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;
using MimeKit.IO;
using MonozukuriTown.Mail;
using MonozukuriTown.Mail.Smtp;

namespace MonozukuriTown.MailKit;

internal sealed class MailKitConnection(MailKitTransport.Client client, BodyWatch watch, SmtpOptions options) : IMailConnection
{
    private static readonly TimeSpan QuitLimit = TimeSpan.FromSeconds(1);

    private bool _usable = true;
    private bool _withoutUtf8;

    public bool IsUsable => _usable && client.IsConnected;

    public async ValueTask DisposeAsync()
    {
        if (IsUsable)
        {
            _usable = false;
            using var limit = new CancellationTokenSource(QuitLimit);
            await client.DisconnectAsync(quit: true, limit.Token);
        }
        client.Dispose();
    }

    public async Task<MailResult> SendAsync(OutboundMail mail, CancellationToken cancellation)
    {
        if (!IsUsable)
            return SmtpProblems.Closed;
        cancellation.ThrowIfCancellationRequested();
        var utf8 = mail.NeedsSmtpUtf8;
        if (utf8 && !client.Capabilities.HasFlag(SmtpCapabilities.UTF8))
        {
            if (!_withoutUtf8)
                return SmtpProblems.NoSmtpUtf8;
            // Taken from this connection below; the next one offers it again.
            _usable = false;
            return SmtpProblems.Broken("The connection is closed: it was used without SMTPUTF8, which this mail needs.");
        }
        try
        {
            using var message = MimeKitComposer.Compose(mail.Message);
            var sender = MimeKitComposer.Box(mail.ReturnPath);
            var recipient = MimeKitComposer.Box(mail.Recipient);
            // MailKit writes a domain in letters where it may, which the next server need not understand; in ASCII everybody does.
            if (!utf8 && (sender.IsInternational || recipient.IsInternational))
            {
                client.Capabilities &= ~SmtpCapabilities.UTF8;
                _withoutUtf8 = true;
            }
            var format = MimeKitComposer.Format(utf8);
            client.Octets = MimeWriter.Estimate(mail.Message);
            // Near the limit it is measured, which costs as much as writing it.
            if (client.MaxSize > 0 && client.Octets > client.MaxSize && (client.Octets = Measure(message, format)) > client.MaxSize)
                return SmtpProblems.TooLarge(client.Octets, client.MaxSize);
            return await SendAsync(format, message, sender, recipient, cancellation);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return SmtpProblems.Unwritable(e);
        }
    }

    private async Task<MailResult> SendAsync(FormatOptions format, MimeMessage message, MailboxAddress sender, MailboxAddress recipient, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.ReplyLimit);
        watch.Begin(limit, options.BodyLimit);
        await using var heeded = cancellation.Register(watch.Cancel);
        try
        {
            var reply = await client.SendAsync(format, message, sender, [recipient], limit.Token);
            return Replies.Accepted(250, reply);
        }
        catch (SmtpCommandException e)
        {
            if ((int)e.StatusCode == 421)
                _usable = false;
            return Judge(e);
        }
        catch (ServiceNotAuthenticatedException e)
        {
            return Replies.Of(530, e.Message).Refusal(MailStage.Sender);
        }
        catch (Exception e) when (e is SmtpProtocolException or IOException or SocketException or OperationCanceledException or ObjectDisposedException or ServiceNotConnectedException)
        {
            _usable = false;
            if (watch.InBody)
                return SmtpProblems.Unknown(e is OperationCanceledException ? "No reply to the body in time." : e.Message);
            if (e is OperationCanceledException && cancellation.IsCancellationRequested)
                throw;
            return SmtpProblems.Broken(e is OperationCanceledException ? "The mail server did not answer in time." : e.Message);
        }
    }

    private MailResult Judge(SmtpCommandException e)
    {
        var reply = Replies.Of(e);
        switch (e.ErrorCode)
        {
            case SmtpErrorCode.SenderNotAccepted:
                return reply.Refusal(MailStage.Sender);
            case SmtpErrorCode.RecipientNotAccepted:
                return reply.Refusal(MailStage.Recipient);
            case SmtpErrorCode.MessageNotAccepted when reply.IsPositive:
                return Replies.Accepted(reply.Code, e.Message);
            case SmtpErrorCode.MessageNotAccepted when reply.Code < 400:
                _usable = false;
                return SmtpProblems.Unknown(reply.Words);
            default:
                return reply.Refusal(MailStage.Content);
        }
    }

    private static long Measure(MimeMessage message, FormatOptions format)
    {
        using var measure = new MeasuringStream();
        message.WriteTo(format, measure, CancellationToken.None);
        return measure.Length;
    }
}

internal static class Replies
{
    public static SmtpReply Of(SmtpCommandException e) => Of((int)e.StatusCode, e.Message);

    public static SmtpReply Of(int code, string text) => new(code, text.Split('\n'));

    public static MailResult Accepted(int code, string text)
    {
        var reply = Of(code, text);
        return new(MailOutcome.Accepted, MailStage.Content, reply.Code, reply.Status, reply.Words);
    }
}
