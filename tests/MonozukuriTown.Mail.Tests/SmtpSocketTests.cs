using System.Net;
using System.Net.Sockets;
using MonozukuriTown.Mail.Smtp;

namespace MonozukuriTown.Mail.Tests;

public class SmtpSocketTests
{
    // Both transports connect here. Without it each mail waits 40 ms; the pace itself is for deploy/bench to measure.
    [Fact]
    public async Task Connect_TurnsNagleOff()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var socket = await SmtpSocket.ConnectAsync(SmtpContract.To(((IPEndPoint)listener.LocalEndpoint).Port), TestContext.Current.CancellationToken);
        Assert.True(socket.NoDelay);
        Assert.NotEqual(0, (int)socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay)!);
    }

    [Theory]
    [InlineData("town.example.jp", "town.example.jp")]
    [InlineData("127.0.0.1", "[127.0.0.1]")]
    [InlineData("::1", "[IPv6:::1]")]
    public void Greeting_OfAnAddress_StandsInBrackets(string name, string greeting) =>
        Assert.Equal(greeting, (SmtpContract.To(25) with { LocalName = name }).Greeting);
}
