using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MonozukuriTown.Mail;
using MonozukuriTown.Mail.Smtp;
using IMailTransport = MonozukuriTown.Mail.IMailTransport;

namespace MonozukuriTown.MailKit;

/// <summary>
/// Submission by MailKit, composed by MimeKit: the same relay, settings and promises as the built-in client (<see cref="SmtpTransport"/>), on a library that
/// knows more servers. It connects a socket of its own: MailKit's waits 40 ms per mail for acknowledgements (Nagle).
/// </summary>
public sealed class MailKitTransport(SmtpOptions options) : IMailTransport
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"smtp (MailKit {typeof(SmtpClient).Assembly.GetName().Version?.ToString(3)}) {options.Host}:{options.Port}");

    public async Task<IMailConnection> ConnectAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.ConnectLimit);
        var watch = new BodyWatch();
        var client = new Client(options, watch);
        try
        {
            var socket = await SmtpSocket.ConnectAsync(options, limit.Token);
            await client.ConnectAsync(watch.Over(new NetworkStream(socket, ownsSocket: true)), options.Host, options.Port, options.Security switch
            {
                SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
                SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
                _ => SecureSocketOptions.None,
            }, limit.Token);
            await SignInAsync(client, limit.Token);
            return new MailKitConnection(client, watch, options);
        }
        catch (Exception e)
        {
            client.Dispose();
            if (e is MailTransportException || (e is OperationCanceledException && cancellation.IsCancellationRequested))
                throw;
            throw Problem(e);
        }
    }

    private async Task SignInAsync(Client client, CancellationToken cancellation)
    {
        if (options.User is not { Length: > 0 } user)
            return;
        if (!client.IsSecure)
            throw SmtpProblems.PasswordInClear;
        // Over TLS these two say all there is to say; others would ask this machine's own accounts.
        client.AuthenticationMechanisms.RemoveWhere(way => way is not ("PLAIN" or "LOGIN"));
        if (client.AuthenticationMechanisms.Count == 0)
            throw SmtpProblems.NoAuth(options);
        await client.AuthenticateAsync(Encoding.UTF8, new NetworkCredential(user, options.Password), cancellation);
    }

    private Exception Problem(Exception e) => e switch
    {
        SslHandshakeException => SmtpProblems.BadCertificate(options, e.InnerException ?? e),
        AuthenticationException => SmtpProblems.BadPassword(options, e.Message),
        NotSupportedException => SmtpProblems.NoStartTls(options),
        SmtpCommandException refused => SmtpProblems.Refused(options, "answered", Replies.Of(refused)),
        SmtpProtocolException or IOException or SocketException or OperationCanceledException => SmtpProblems.Unreachable(options, e),
        _ => e,
    };

    internal sealed class Client : SmtpClient
    {
        private readonly SmtpOptions _options;

        public Client(SmtpOptions options, BodyWatch watch) : base(watch)
        {
            _options = options;
            LocalDomain = options.LocalName;
        }

        /// <summary>About what the mail in hand measures: MailKit would write it once more to find out.</summary>
        public long Octets { get; set; }

        protected override SslClientAuthenticationOptions GetSslClientAuthenticationOptions(string host, RemoteCertificateValidationCallback remoteCertificateValidationCallback) => _options.ForTls();

        protected override Task<long> GetSizeAsync(FormatOptions options, MimeMessage message, CancellationToken cancellationToken) => Task.FromResult(Octets);
    }
}
