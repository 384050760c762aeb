using System.Net.Sockets;

namespace MonozukuriTown.Mail.Smtp;

internal static class SmtpSocket
{
    /// <summary>A connection whose small writes leave at once: with Nagle's algorithm each waits 40 ms for the other side's delayed acknowledgement.</summary>
    public static async Task<Socket> ConnectAsync(SmtpOptions options, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
