using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MonozukuriTown.Mail.Tests.Support;

/// <summary>How the server of a test behaves; the local part of a recipient asks for more (see <see cref="ScriptedServer"/>).</summary>
internal sealed record ServerScript
{
    public bool ImplicitTls { get; init; }
    public X509Certificate2? Certificate { get; init; }
    public string[] Extensions { get; init; } = ["PIPELINING", "SIZE 1000000", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"];
    public string[] ExtensionsOnceEncrypted { get; init; } = [];
    public string? Greeting { get; init; } = "220 test ESMTP";
    public string? MailReply { get; init; }
    public bool InjectsBehindStartTls { get; init; }

    /// <summary>After its first mail the server says this (nothing, when empty) and closes, as with a connection idle for too long.</summary>
    public string? IdleWords { get; init; }
}

internal sealed record ReceivedMail(string From, string To, byte[] Octets, bool Encrypted);

/// <summary>
/// A mail server that does what tests need and smtp-sink can't: TLS, AUTH, and breaks at a chosen moment. What happens to a mail is
/// asked for by its recipient: refuse@ 550, later@ 451, shut@ closes at RCPT, mute@ never answers it, ready@ closes right behind its 354, middle@ closes in the middle
/// of the body, silent@ takes the whole body and closes without a word, nonsense@ answers the body with nonsense, bad@ 554 and busy@ 452 after the body, odd@ 252,
/// again@ asks for the body once more, slow@ takes 300 ms to accept it.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private readonly ServerScript _script;

    public ScriptedServer(ServerScript? script = null)
    {
        _script = script ?? new();
        _listener.Start();
        _running = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public ConcurrentQueue<ReceivedMail> Mails { get; } = new();
    public ConcurrentQueue<string> Commands { get; } = new();
    public ConcurrentQueue<string> SignIns { get; } = new();
    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
    }

    /// <summary>Until a command that begins so has come ("." is the end of a body).</summary>
    public async Task SawAsync(string command, CancellationToken stop)
    {
        while (!Commands.Any(said => said.StartsWith(command, StringComparison.Ordinal)))
            await Task.Delay(5, stop);
    }

    /// <summary>A certificate that signs itself, for 127.0.0.1's name.</summary>
    public static X509Certificate2 Certify(string host, DateTimeOffset? until = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=" + host, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var end = until ?? DateTimeOffset.UtcNow.AddDays(1);
        using var made = request.CreateSelfSigned(end.AddDays(-30), end);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private async Task RunAsync()
    {
        List<Task> sessions = [];
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                sessions.Add(ServeAsync(client));
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // Cancelled, closed under the wait, or already closed when it began to wait: all of it is the end.
            await Task.WhenAll(sessions);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await new Session(this, client).RunAsync(_stop.Token);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The client went away or was shut out: part of the tests.
            }
        }
    }

    private sealed class Session(ScriptedServer server, TcpClient client)
    {
        private readonly ServerScript _script = server._script;
        private readonly List<byte> _received = [];
        private readonly byte[] _buffer = new byte[16 * 1024];
        private Stream _stream = client.GetStream();
        private string _from = "";
        private string _to = "";

        private bool Encrypted => _stream is SslStream;

        public async Task RunAsync(CancellationToken stop)
        {
            if (_script.ImplicitTls)
                await EncryptAsync(stop);
            if (_script.Greeting is null)
                await Task.Delay(Timeout.Infinite, stop);
            await SayAsync(_script.Greeting!, stop);
            while (true)
            {
                var line = await LineAsync(stop);
                server.Commands.Enqueue(line);
                if (!await HandleAsync(line, stop))
                    return;
            }
        }

        private async Task<bool> HandleAsync(string line, CancellationToken stop)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    var lines = new List<string> { "test" };
                    lines.AddRange(Encrypted && _script.ExtensionsOnceEncrypted.Length > 0 ? _script.ExtensionsOnceEncrypted : _script.Extensions);
                    for (var i = 0; i < lines.Count; i++)
                        await SayAsync($"250{(i == lines.Count - 1 ? ' ' : '-')}{lines[i]}", stop);
                    return true;
                case "STARTTLS":
                    await SayAsync("220 go" + (_script.InjectsBehindStartTls ? "\r\n250 injected" : ""), stop);
                    await EncryptAsync(stop);
                    return true;
                case "AUTH":
                    await AuthAsync(line, stop);
                    return true;
                case "MAIL":
                    _from = line;
                    _to = "";
                    await SayAsync(_script.MailReply ?? "250 2.1.0 ok", stop);
                    return true;
                case "RCPT":
                    return await RecipientAsync(line, stop);
                case "DATA":
                    return await DataAsync(stop);
                case "RSET":
                    await SayAsync("250 ok", stop);
                    return true;
                case "QUIT":
                    await SayAsync("221 bye", stop);
                    return false;
                default:
                    await SayAsync("500 what", stop);
                    return true;
            }
        }

        private async Task<bool> RecipientAsync(string line, CancellationToken stop)
        {
            if (line.Contains("<shut@", StringComparison.Ordinal))
                return false;
            if (line.Contains("<mute@", StringComparison.Ordinal))
                await Task.Delay(Timeout.Infinite, stop);
            if (line.Contains("<closing@", StringComparison.Ordinal))
            {
                await SayAsync("421 4.3.2 closing", stop);
                return false;
            }
            if (_script.MailReply is not null)
            {
                await SayAsync("503 5.5.1 MAIL first", stop);
            }
            else if (line.Contains("<refuse@", StringComparison.Ordinal))
            {
                await SayAsync("550-5.1.1 No such\r\n550 5.1.1 user here", stop);
            }
            else if (line.Contains("<later@", StringComparison.Ordinal))
            {
                await SayAsync("451 4.7.1 Greylisted", stop);
            }
            else
            {
                _to = line;
                await SayAsync("250 2.1.5 ok", stop);
            }
            return true;
        }

        private async Task<bool> DataAsync(CancellationToken stop)
        {
            // Says 354 even without a recipient, as RFC 2920 allows: the client must cope.
            await SayAsync("354 go on", stop);
            if (_to.Contains("<ready@", StringComparison.Ordinal))
                return false;
            if (_to.Contains("<middle@", StringComparison.Ordinal))
            {
                await MoreAsync(stop);
                return false;
            }
            var body = new List<byte>();
            while (true)
            {
                var line = await OctetsAsync(stop);
                if (line is [(byte)'.', (byte)'\r', (byte)'\n'])
                    break;
                body.AddRange(line[0] == '.' ? line[1..] : line);
            }
            server.Commands.Enqueue(".");
            if (_to.Contains("<slow@", StringComparison.Ordinal))
                await Task.Delay(300, stop);
            if (_to.Contains("<silent@", StringComparison.Ordinal))
                return false;
            if (_to.Length == 0)
            {
                await SayAsync("554 5.5.1 no valid recipients", stop);
                return true;
            }
            var answer = _to switch
            {
                _ when _to.Contains("<nonsense@", StringComparison.Ordinal) => "hello there",
                _ when _to.Contains("<odd@", StringComparison.Ordinal) => "252 2.0.0 taken",
                _ when _to.Contains("<again@", StringComparison.Ordinal) => "354 and once more",
                _ when _to.Contains("<bad@", StringComparison.Ordinal) => "554 5.7.1 spam",
                _ when _to.Contains("<busy@", StringComparison.Ordinal) => "452 4.3.1 disk full",
                _ => null,
            };
            if (answer is null)
            {
                server.Mails.Enqueue(new(_from, _to, [.. body], Encrypted));
                answer = "250 2.0.0 queued as 1";
            }
            await SayAsync(answer, stop);
            if (_script.IdleWords is not { } words)
                return true;
            if (words.Length > 0)
                await SayAsync(words, stop);
            return false;
        }

        private async Task AuthAsync(string line, CancellationToken stop)
        {
            var words = line.Split(' ');
            string who;
            if (words[1] == "PLAIN")
            {
                who = Decode(words[2]).Replace('\0', '|').TrimStart('|');
            }
            else
            {
                await SayAsync("334 VXNlcm5hbWU6", stop);
                who = Decode(await LineAsync(stop));
                await SayAsync("334 UGFzc3dvcmQ6", stop);
                who += "|" + Decode(await LineAsync(stop));
            }
            server.SignIns.Enqueue(words[1] + " " + who);
            await SayAsync(who == "town|秘密のことば" ? "235 2.7.0 ok" : "535 5.7.8 bad credentials", stop);
        }

        private async Task EncryptAsync(CancellationToken stop)
        {
            _received.Clear();
            var encrypted = new SslStream(_stream);
            await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _script.Certificate! }, stop);
            _stream = encrypted;
        }

        private static string Decode(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));

        private ValueTask SayAsync(string line, CancellationToken stop) => _stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), stop);

        private async Task<string> LineAsync(CancellationToken stop) => Encoding.UTF8.GetString(await OctetsAsync(stop)).TrimEnd('\r', '\n');

        private async Task<byte[]> OctetsAsync(CancellationToken stop)
        {
            int end;
            while ((end = _received.IndexOf((byte)'\n')) < 0)
                await MoreAsync(stop);
            var line = _received[..(end + 1)].ToArray();
            _received.RemoveRange(0, end + 1);
            return line;
        }

        private async Task MoreAsync(CancellationToken stop)
        {
            var count = await _stream.ReadAsync(_buffer, stop);
            if (count == 0)
                throw new IOException("gone");
            _received.AddRange(_buffer.AsSpan(0, count));
        }
    }
}
