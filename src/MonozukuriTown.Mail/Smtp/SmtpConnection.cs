using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MonozukuriTown.Mail.Smtp;

internal sealed class SmtpConnection(SmtpStream stream, SmtpExtensions extensions, SmtpOptions options) : IMailConnection
{
    private static readonly TimeSpan QuitLimit = TimeSpan.FromSeconds(1);

    private readonly ArrayBufferWriter<byte> _content = new(16 * 1024);
    private readonly ArrayBufferWriter<byte> _stuffed = new();
    private bool _reset;

    public bool IsUsable { get; private set; } = true;

    public async ValueTask DisposeAsync()
    {
        if (IsUsable)
        {
            IsUsable = false;
            using var limit = new CancellationTokenSource(QuitLimit);
            try
            {
                await stream.WriteAsync("QUIT\r\n"u8.ToArray(), limit.Token);
                await stream.ReadReplyAsync(limit.Token);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // A farewell nobody answers is still one.
            }
        }
        await stream.DisposeAsync();
    }

    public async Task<MailResult> SendAsync(OutboundMail mail, CancellationToken cancellation)
    {
        if (!IsUsable)
            return SmtpProblems.Closed;
        _content.ResetWrittenCount();
        try
        {
            MimeWriter.Write(mail.Message, _content);
        }
        catch (ArgumentException e)
        {
            return SmtpProblems.Unwritable(e);
        }
        var utf8 = mail.NeedsSmtpUtf8;
        if (utf8 && !extensions.SmtpUtf8)
            return SmtpProblems.NoSmtpUtf8;
        if (extensions.SizeMax > 0 && _content.WrittenCount > extensions.SizeMax)
            return SmtpProblems.TooLarge(_content.WrittenCount, extensions.SizeMax);

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(options.ReplyLimit);
            if (await EnvelopeAsync(mail, utf8, limit.Token) is { } refused)
                return refused;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            IsUsable = false;
            return SmtpProblems.Broken(e.Message);
        }
        catch (OperationCanceledException)
        {
            IsUsable = false;
            if (cancellation.IsCancellationRequested)
                throw;
            return SmtpProblems.Broken("The mail server did not answer in time.");
        }
        return await BodyAsync();
    }

    // MAIL, RCPT and DATA; null when the server now waits for the body.
    private async Task<MailResult?> EnvelopeAsync(OutboundMail mail, bool utf8, CancellationToken cancellation)
    {
        List<string> commands = [];
        if (_reset)
            commands.Add("RSET");
        var from = new StringBuilder($"MAIL FROM:<{mail.ReturnPath?.Wire}>");
        if (extensions.Size)
            from.Append(CultureInfo.InvariantCulture, $" SIZE={_content.WrittenCount}");
        if (extensions.EightBit && !Ascii.IsValid(_content.WrittenSpan))
            from.Append(" BODY=8BITMIME");
        if (utf8)
            from.Append(" SMTPUTF8");
        commands.Add(from.ToString());
        commands.Add($"RCPT TO:<{mail.Recipient.Wire}>");
        commands.Add("DATA");

        var replies = new List<SmtpReply>(commands.Count);
        if (extensions.Pipelining)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", commands) + "\r\n"), cancellation);
            for (var i = 0; i < commands.Count; i++)
            {
                replies.Add(await stream.ReadReplyAsync(cancellation));
                if (replies[^1].IsClosing)
                    break;
            }
        }
        else
        {
            foreach (var command in commands)
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), cancellation);
                replies.Add(await stream.ReadReplyAsync(cancellation));
                if (replies[^1].Code >= 400)
                    break;
            }
        }
        return await JudgeAsync(replies, commands.Count, cancellation);
    }

    private async Task<MailResult?> JudgeAsync(List<SmtpReply> replies, int asked, CancellationToken cancellation)
    {
        var goes = replies.Count == asked && replies[^1].Code == 354;
        var refusal = replies.FindIndex(reply => !reply.IsPositive && reply.Code != 354);
        if (refusal < 0 && goes)
        {
            _reset = false;
            return null;
        }
        _reset = true;
        if (replies.Exists(reply => reply.IsClosing))
            IsUsable = false;
        else if (goes)
            await EndEmptyAsync(cancellation);
        if (refusal < 0)
            return new(MailOutcome.RefusedForNow, MailStage.Content, replies[^1].Code, null, "The mail server did not ask for the body after DATA.");
        var stage = (asked - refusal) switch
        {
            1 => MailStage.Content,
            2 => MailStage.Recipient,
            _ => MailStage.Sender,
        };
        return replies[refusal].Refusal(stage);
    }

    // The recipient was refused but the server, asked in one breath, waits for a body nobody is to get (RFC 2920 3.1).
    private async Task EndEmptyAsync(CancellationToken cancellation)
    {
        await stream.WriteAsync(".\r\n"u8.ToArray(), cancellation);
        IsUsable = !(await stream.ReadReplyAsync(cancellation)).IsClosing;
    }

    // From the first octet written here a break leaves the mail's fate unknown, whatever broke. Only the time limit ends it.
    private async Task<MailResult> BodyAsync()
    {
        using var limit = new CancellationTokenSource(options.BodyLimit);
        try
        {
            await stream.WriteAsync(Stuffed(), limit.Token);
            var reply = await stream.ReadReplyAsync(limit.Token);
            if (reply.IsClosing)
                IsUsable = false;
            if (reply.IsPositive)
                return new(MailOutcome.Accepted, MailStage.Content, reply.Code, reply.Status, reply.Words);
            if (reply.Code >= 400)
                return reply.Refusal(MailStage.Content);
            IsUsable = false;
            return new(MailOutcome.Uncertain, MailStage.Content, reply.Code, reply.Status, reply.Words);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            IsUsable = false;
            return SmtpProblems.Unknown(e is OperationCanceledException ? "No reply to the body in time." : e.Message);
        }
    }

    // A line that starts with a dot gets another (RFC 5321 4.5.2), and the end of the body its mark.
    private ReadOnlyMemory<byte> Stuffed()
    {
        var content = _content.WrittenSpan;
        if (content[0] != '.' && content.IndexOf("\n."u8) < 0)
        {
            _content.Write(content.EndsWith("\r\n"u8) ? ".\r\n"u8 : "\r\n.\r\n"u8);
            return _content.WrittenMemory;
        }
        _stuffed.ResetWrittenCount();
        while (content.Length > 0)
        {
            if (content[0] == '.')
                _stuffed.Write("."u8);
            var next = content.IndexOf("\n."u8);
            var piece = next < 0 ? content : content[..(next + 1)];
            _stuffed.Write(piece);
            content = content[piece.Length..];
        }
        _stuffed.Write(_stuffed.WrittenSpan.EndsWith("\r\n"u8) ? ".\r\n"u8 : "\r\n.\r\n"u8);
        return _stuffed.WrittenMemory;
    }
}
