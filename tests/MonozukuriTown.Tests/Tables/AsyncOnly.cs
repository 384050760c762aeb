namespace MonozukuriTown.Tests.Tables;

/// <summary>A response body's habit: synchronous writing is refused.</summary>
internal sealed class AsyncOnly : MemoryStream
{
    public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("synchronous");
    public override void Write(ReadOnlySpan<byte> buffer) => throw new InvalidOperationException("synchronous");
    public override void Flush() => throw new InvalidOperationException("synchronous");
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        base.Write(buffer.ToArray(), 0, buffer.Length);
        return ValueTask.CompletedTask;
    }
}
