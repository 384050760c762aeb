using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace MonozukuriTown.Web.Hosting;

/// <summary>
/// Programs send <c>/companies?q=研磨</c> with its letters as they are, and Kestrel refuses such a line without a word. Each octet of an address
/// that is no ASCII becomes its <c>%XX</c> before Kestrel reads it; nothing else of a connection is changed, and only one that sent such an
/// address is ever copied.
/// </summary>
public static class RawAddresses
{
    public static void UseRawAddresses(this IConnectionBuilder listener) => listener.Use(next => async connection =>
    {
        var transport = connection.Transport;
        connection.Transport = new Mended(new RawAddressReader(transport.Input), transport.Output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    });

    private sealed record Mended(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}

/// <summary>Shows the octets as they lie until a raw address comes; from then on, what it shows is a mended copy.</summary>
internal sealed class RawAddressReader(PipeReader inner) : PipeReader
{
    private readonly RequestLines lines = new();

    // How much of what lies unread in the connection has been looked at.
    private long seen;
    private ReadOnlySequence<byte> shown;
    private Pipe? copy;

    // Pooled: waiting for a connection's next request costs no garbage.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (copy is null)
        {
            var result = await inner.ReadAsync(cancellationToken);
            if (IsPlain(result.Buffer))
                return result;
            await CopyAsync(result, cancellationToken);
        }
        while (true)
        {
            if (copy!.Reader.TryRead(out var mended))
                return mended;
            await CopyAsync(await inner.ReadAsync(cancellationToken), cancellationToken);
        }
    }

    /// <summary>What has to be copied first is there for <see cref="ReadAsync"/> only.</summary>
    public override bool TryRead(out ReadResult result)
    {
        if (copy is not null)
            return copy.Reader.TryRead(out result);
        if (!inner.TryRead(out result))
            return false;
        if (IsPlain(result.Buffer))
            return true;
        inner.AdvanceTo(result.Buffer.Start);
        result = default;
        return false;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (copy is not null)
        {
            copy.Reader.AdvanceTo(consumed, examined);
            return;
        }
        seen -= shown.Slice(0, consumed).Length;
        shown = default;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null)
    {
        copy?.Writer.Complete();
        copy?.Reader.Complete();
        inner.Complete(exception);
    }

    // Looks at what is new. False: it holds a raw address, and lines stands behind that octet's place again.
    private bool IsPlain(ReadOnlySequence<byte> buffer)
    {
        shown = buffer;
        foreach (var memory in buffer.Slice(seen))
        {
            if (lines.FindRaw(memory.Span) is var at and >= 0)
            {
                seen += at;
                return false;
            }
            seen += memory.Length;
        }
        return true;
    }

    private async ValueTask CopyAsync(ReadResult result, CancellationToken cancellation)
    {
        // The reader asks for more only when it has seen all there is: no need for a limit here.
        copy ??= new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
        foreach (var memory in result.Buffer)
        {
            var plain = (int)Math.Min(seen, memory.Length);
            copy.Writer.Write(memory.Span[..plain]);
            seen -= plain;
            Mend(memory.Span[plain..], copy.Writer);
        }
        inner.AdvanceTo(result.Buffer.End);
        if (result.IsCanceled)
            copy.Reader.CancelPendingRead();
        if (result.IsCompleted)
            await copy.Writer.CompleteAsync();
        else
            await copy.Writer.FlushAsync(cancellation);
    }

    private void Mend(ReadOnlySpan<byte> octets, PipeWriter to)
    {
        while (lines.FindRaw(octets) is var at and >= 0)
        {
            to.Write(octets[..at]);
            var code = to.GetSpan(3);
            code[0] = (byte)'%';
            _ = octets[at].TryFormat(code[1..], out _, "X2", CultureInfo.InvariantCulture);
            to.Advance(3);
            octets = octets[(at + 1)..];
        }
        to.Write(octets);
    }
}

/// <summary>
/// Follows the requests of a connection just far enough to know which octets belong to an address. Whatever it does not know for certain
/// (chunked bodies, another protocol) ends its work: from there on the connection is left alone.
/// </summary>
internal sealed class RequestLines
{
    // Longer than any header that counts here.
    private readonly byte[] header = new byte[64];
    private int headerLength;
    private Part part;
    private bool unclear;
    private long? bodyLength;
    private long bodyLeft;

    private enum Part
    {
        Between,
        Method,
        Address,
        Headers,
        Body,
        Beyond,
    }

    /// <summary>
    /// Reads on to the first octet of an address that is no ASCII, and says where it stands; the next call begins there or behind it. -1: there is
    /// none, all was read.
    /// </summary>
    public int FindRaw(ReadOnlySpan<byte> octets)
    {
        var at = 0;
        while (at < octets.Length)
        {
            var rest = octets[at..];
            switch (part)
            {
                case Part.Between:
                    if (rest[0] is (byte)'\r' or (byte)'\n')
                        at++;
                    else
                        part = rest[0] is >= (byte)'A' and <= (byte)'Z' ? Part.Method : Part.Beyond;
                    break;
                case Part.Method:
                    var end = rest.IndexOfAny((byte)' ', (byte)'\n');
                    // A line of one word begins no request: HTTP/2 says SM here.
                    if (end >= 0)
                        part = rest[end] is (byte)' ' ? Part.Address : Part.Beyond;
                    at += end < 0 ? rest.Length : end + 1;
                    break;
                case Part.Address:
                    var line = Line(rest, out var complete);
                    if (line.IndexOfAnyInRange((byte)0x80, (byte)0xFF) is var raw and >= 0)
                        return at + raw;
                    at += line.Length;
                    if (complete)
                        part = Part.Headers;
                    break;
                case Part.Headers:
                    at += ReadHeader(rest);
                    break;
                case Part.Body:
                    var read = (int)Math.Min(bodyLeft, rest.Length);
                    bodyLeft -= read;
                    at += read;
                    if (bodyLeft == 0)
                        part = Part.Between;
                    break;
                default:
                    return -1;
            }
        }
        return -1;
    }

    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> octets, out bool complete)
    {
        var end = octets.IndexOf((byte)'\n');
        complete = end >= 0;
        return complete ? octets[..(end + 1)] : octets;
    }

    private int ReadHeader(ReadOnlySpan<byte> octets)
    {
        var line = Line(octets, out var complete);
        var kept = Math.Min(line.Length, header.Length - headerLength);
        line[..kept].CopyTo(header.AsSpan(headerLength));
        headerLength += kept;
        if (complete)
        {
            Take(header.AsSpan(0, headerLength).TrimEnd("\r\n"u8));
            headerLength = 0;
        }
        return line.Length;
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            bodyLeft = bodyLength ?? 0;
            part = unclear ? Part.Beyond : bodyLeft > 0 ? Part.Body : Part.Between;
            bodyLength = null;
            return;
        }
        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? line : line[..colon];
        if (Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8) || Ascii.EqualsIgnoreCase(name, "upgrade"u8))
        {
            unclear = true;
        }
        else if (Ascii.EqualsIgnoreCase(name, "content-length"u8))
        {
            unclear |= bodyLength is not null;
            // A line that did not fit is cut somewhere in its digits.
            bodyLength = line.Length < header.Length ? Digits(line[(colon + 1)..].Trim(" \t"u8)) : null;
            unclear |= bodyLength is null;
        }
    }

    private static long? Digits(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= 18 && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9') && long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}
