using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace MonozukuriTown.Mail.Smtp;

/// <summary>Octets to and from the server: lines in, buffers out, TLS when it is time. A broken rule of the protocol is an <see cref="IOException"/>.</summary>
internal sealed class SmtpStream(Socket socket) : IAsyncDisposable
{
    private const int ReplyMax = 64 * 1024;

    private readonly byte[] _received = new byte[8 * 1024];
    private Stream _stream = new NetworkStream(socket, ownsSocket: true);
    private int _start;
    private int _end;

    public bool IsEncrypted => _stream is SslStream;

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    public ValueTask WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation) => _stream.WriteAsync(octets, cancellation);

    public async Task StartTlsAsync(SmtpOptions options, CancellationToken cancellation)
    {
        // Whatever came in clear behind the reply to STARTTLS was put there by somebody in between.
        if (_start < _end)
            throw new IOException("Octets in clear behind the reply to STARTTLS.");
        var encrypted = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = encrypted;
        try
        {
            await encrypted.AuthenticateAsClientAsync(options.ForTls(), cancellation);
        }
        catch (AuthenticationException e)
        {
            throw SmtpProblems.BadCertificate(options, e);
        }
    }

    public async ValueTask<SmtpReply> ReadReplyAsync(CancellationToken cancellation)
    {
        List<string> lines = [];
        var code = 0;
        for (var total = 0; total < ReplyMax;)
        {
            var line = await ReadLineAsync(cancellation);
            total += line.Length;
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), System.Globalization.NumberStyles.None, null, out var lineCode) ||
                lineCode is < 200 or > 599 || (code != 0 && code != lineCode) || (line.Length > 3 && line[3] is not (' ' or '-')))
            {
                throw new IOException("The server's reply is none that SMTP knows.");
            }
            code = lineCode;
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ')
                return new(code, lines);
        }
        throw new IOException("The server's reply has no end.");
    }

    private async ValueTask<string> ReadLineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var length = _received.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = Encoding.UTF8.GetString(_received.AsSpan(_start, length).TrimEnd((byte)'\r'));
                _start += length + 1;
                return line;
            }
            if (_start > 0)
            {
                _received.AsSpan(_start, _end - _start).CopyTo(_received);
                _end -= _start;
                _start = 0;
            }
            if (_end == _received.Length)
                throw new IOException("A line of the server's reply has no end.");
            var count = await _stream.ReadAsync(_received.AsMemory(_end), cancellation);
            if (count == 0)
                throw new IOException("The server closed the connection.");
            _end += count;
        }
    }
}
