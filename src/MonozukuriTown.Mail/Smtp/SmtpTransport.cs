using System.Globalization;
using System.Net.Sockets;

namespace MonozukuriTown.Mail.Smtp;

/// <summary>
/// The built-in submission client (RFC 5321, 2920, 3207, 4954, 6531, 1870): talks to the one relay the town submits to. It knows what
/// <c>System.Net.Mail.SmtpClient</c> can't say: whether a mail whose connection broke may have been taken.
/// </summary>
public sealed class SmtpTransport(SmtpOptions options) : IMailTransport
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"smtp (built in) {options.Host}:{options.Port}");

    public async Task<IMailConnection> ConnectAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.ConnectLimit);
        Socket socket;
        try
        {
            socket = await SmtpSocket.ConnectAsync(options, limit.Token);
        }
        catch (Exception e) when (Network(e, cancellation))
        {
            throw SmtpProblems.Unreachable(options, e);
        }

        var stream = new SmtpStream(socket);
        try
        {
            var extensions = await GreetAsync(stream, limit.Token);
            return new SmtpConnection(stream, extensions, options);
        }
        catch (Exception e) when (Network(e, cancellation))
        {
            await stream.DisposeAsync();
            throw SmtpProblems.Unreachable(options, e);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private async Task<SmtpExtensions> GreetAsync(SmtpStream stream, CancellationToken cancellation)
    {
        if (options.Security == SmtpSecurity.Tls)
            await stream.StartTlsAsync(options, cancellation);
        Expect(await stream.ReadReplyAsync(cancellation), "greeted");
        var extensions = await HelloAsync(stream, cancellation);
        if (options.Security == SmtpSecurity.StartTls)
        {
            if (!extensions.StartTls)
                throw SmtpProblems.NoStartTls(options);
            Expect(await AskAsync(stream, "STARTTLS", cancellation), "answered STARTTLS");
            await stream.StartTlsAsync(options, cancellation);
            // What was said in clear counts for nothing (RFC 3207).
            extensions = await HelloAsync(stream, cancellation);
        }
        if (options.User is { Length: > 0 } user)
            await SignInAsync(stream, extensions, user, cancellation);
        return extensions;
    }

    private async Task<SmtpExtensions> HelloAsync(SmtpStream stream, CancellationToken cancellation)
    {
        var reply = await AskAsync(stream, "EHLO " + options.Greeting, cancellation);
        if (reply.Code is 500 or 501 or 502 or 504 or 550)
        {
            Expect(await AskAsync(stream, "HELO " + options.Greeting, cancellation), "answered HELO");
            return new();
        }
        Expect(reply, "answered EHLO");
        return SmtpExtensions.Read(reply.Lines);
    }

    private async Task SignInAsync(SmtpStream stream, SmtpExtensions extensions, string user, CancellationToken cancellation)
    {
        if (!stream.IsEncrypted)
            throw SmtpProblems.PasswordInClear;
        SmtpReply reply;
        if (extensions.AuthPlain)
        {
            reply = await AskAsync(stream, "AUTH PLAIN " + Encoded($"\0{user}\0{options.Password}"), cancellation);
        }
        else if (extensions.AuthLogin)
        {
            reply = await AskLoginAsync(stream, user, cancellation);
        }
        else
        {
            throw SmtpProblems.NoAuth(options);
        }
        if (!reply.IsPositive)
            throw SmtpProblems.BadPassword(options, $"{reply.Code} {reply.Words}");
    }

    private async Task<SmtpReply> AskLoginAsync(SmtpStream stream, string user, CancellationToken cancellation)
    {
        var reply = await AskAsync(stream, "AUTH LOGIN", cancellation);
        if (reply.Code == 334)
            reply = await AskAsync(stream, Encoded(user), cancellation);
        if (reply.Code == 334)
            reply = await AskAsync(stream, Encoded(options.Password ?? ""), cancellation);
        return reply;
    }

    private static async Task<SmtpReply> AskAsync(SmtpStream stream, string command, CancellationToken cancellation)
    {
        await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(command + "\r\n"), cancellation);
        return await stream.ReadReplyAsync(cancellation);
    }

    private static string Encoded(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));

    private void Expect(SmtpReply reply, string did)
    {
        if (!reply.IsPositive)
            throw SmtpProblems.Refused(options, did, reply);
    }

    private static bool Network(Exception e, CancellationToken cancellation) =>
        e is IOException or SocketException || (e is OperationCanceledException && !cancellation.IsCancellationRequested);
}

/// <summary>What the server offers beyond the bare protocol.</summary>
internal sealed record SmtpExtensions
{
    public bool StartTls { get; init; }
    public bool Pipelining { get; init; }
    public bool EightBit { get; init; }
    public bool SmtpUtf8 { get; init; }
    public bool Size { get; init; }

    /// <summary>Octets; 0 when the server states no limit.</summary>
    public long SizeMax { get; init; }
    public bool AuthPlain { get; init; }
    public bool AuthLogin { get; init; }

    public static SmtpExtensions Read(IReadOnlyList<string> lines)
    {
        var extensions = new SmtpExtensions();
        foreach (var line in lines.Skip(1))
        {
            var words = line.ToUpperInvariant().Split([' ', '='], StringSplitOptions.RemoveEmptyEntries);
            extensions = words switch
            {
                ["STARTTLS", ..] => extensions with { StartTls = true },
                ["PIPELINING", ..] => extensions with { Pipelining = true },
                ["8BITMIME", ..] => extensions with { EightBit = true },
                ["SMTPUTF8", ..] => extensions with { SmtpUtf8 = true },
                ["SIZE", var size, ..] when long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var max) =>
                    extensions with { Size = true, SizeMax = max },
                ["SIZE", ..] => extensions with { Size = true },
                ["AUTH", .. var ways] => extensions with
                {
                    AuthPlain = extensions.AuthPlain || ways.Contains("PLAIN"),
                    AuthLogin = extensions.AuthLogin || ways.Contains("LOGIN"),
                },
                _ => extensions,
            };
        }
        return extensions;
    }
}
