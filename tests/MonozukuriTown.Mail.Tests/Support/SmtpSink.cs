using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MonozukuriTown.Mail.Tests.Support;

/// <summary>Postfix's own test server, a foreign view of what we say. Each mail it takes becomes a file.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private const string Program = "/usr/sbin/smtp-sink";
    private readonly Process _process;

    private SmtpSink(Process process, int port, string folder)
    {
        _process = process;
        Port = port;
        Folder = folder;
    }

    public int Port { get; }
    public string Folder { get; }
    public string[] Dumps => Directory.GetFiles(Folder);

    public static async Task<SmtpSink> StartAsync(params string[] options)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        return await StartAsync(port, options);
    }

    /// <summary>On a port that another one had before.</summary>
    public static async Task<SmtpSink> StartAsync(int port, params string[] options)
    {
        Assert.True(File.Exists(Program), "smtp-sink is missing: install postfix (deploy/test does).");
        var folder = Directory.CreateTempSubdirectory("town-sink-").FullName;
        File.SetUnixFileMode(folder, (UnixFileMode)0x1FF);
        string[] asRoot = Environment.UserName == "root" ? ["-u", "nobody"] : [];
        var process = Process.Start(new ProcessStartInfo(Program,
        [
            .. asRoot, .. options, "-d", Path.Combine(folder, "mail."), string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), "100",
        ])
        { UseShellExecute = false })!;
        for (var i = 0; i < 200; i++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return new(process, port, folder);
            }
            catch (SocketException)
            {
                await Task.Delay(25);
            }
        }
        throw new InvalidOperationException("smtp-sink does not listen.");
    }

    /// <summary>In the middle of whatever it does; its dumps stay.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
