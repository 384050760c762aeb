using MailKit;

namespace MonozukuriTown.MailKit;

/// <summary>
/// Knows whether the first octet of a body went out, which MailKit's exceptions don't say. As protocol logger it sees DATA leave and the server's 354 come,
/// in clear also under TLS; as the stream beneath (and beneath TLS) it sees the next write before it happens: that one is the body.
/// </summary>
internal sealed class BodyWatch : IProtocolLogger
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _limit;
    private TimeSpan _bodyLimit;
    private State _state;

    private enum State
    {
        /// <summary>Nothing of the body can leave.</summary>
        Envelope,

        /// <summary>DATA left; unless the server refuses it, what is written next is the body.</summary>
        Asked,
        Body,
    }

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    public bool InBody
    {
        get
        {
            lock (_gate)
                return _state == State.Body;
        }
    }

    /// <summary>A mail begins; its time limit becomes <paramref name="bodyLimit"/> with the first octet of its body.</summary>
    public void Begin(CancellationTokenSource limit, TimeSpan bodyLimit)
    {
        lock (_gate)
            (_limit, _bodyLimit, _state) = (limit, bodyLimit, State.Envelope);
    }

    /// <summary>Heeded until the first octet of the body.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            if (_state != State.Body)
                _limit?.Cancel();
        }
    }

    public Stream Over(Stream network) => new Watched(this, network);

    public void LogConnect(Uri uri)
    {
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        lock (_gate)
        {
            if (_state == State.Envelope && buffer.AsSpan(offset, count).SequenceEqual("DATA\r\n"u8))
                _state = State.Asked;
        }
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        lock (_gate)
        {
            if (_state == State.Asked && count > 0 && buffer[offset] != (byte)'3')
                _state = State.Envelope;
        }
    }

    public void Dispose()
    {
    }

    private void BeforeWrite(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_state != State.Asked)
                return;
            cancellation.ThrowIfCancellationRequested();
            _limit?.Token.ThrowIfCancellationRequested();
            _state = State.Body;
            _limit?.CancelAfter(_bodyLimit);
        }
    }

    private sealed class Watched(BodyWatch watch, Stream network) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => network.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => network.ReadAsync(buffer, cancellationToken);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => network.ReadAsync(buffer, offset, count, cancellationToken);

        public override void Write(byte[] buffer, int offset, int count)
        {
            watch.BeforeWrite(CancellationToken.None);
            network.Write(buffer, offset, count);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            watch.BeforeWrite(cancellationToken);
            return network.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush() => network.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => network.FlushAsync(cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                network.Dispose();
            base.Dispose(disposing);
        }
    }
}
