using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail.Smtp;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Mailings;

/// <summary><c>town mail send</c>, in a process of its own that can be killed.</summary>
internal sealed class MailSender(Process process, ConcurrentQueue<string> lines)
{
    public const int Connections = 4;

    /// <summary>By the client of that name, to a server on this machine.</summary>
    public static Task<MailSender> StartAsync(TestDatabase database, string transport, int port) => StartAsync(database, ["dotnet"], new()
    {
        ["Mail__Transport"] = transport,
        ["Mail__Server__Host"] = "127.0.0.1",
        ["Mail__Server__Port"] = port.ToString(CultureInfo.InvariantCulture),
        ["Mail__Server__Security"] = nameof(SmtpSecurity.None),
    });

    /// <summary>
    /// Into a folder on a disk that is soon full: a small one in memory that this process alone sees, and that goes with it. Null where the system
    /// lets nobody make one.
    /// </summary>
    public static async Task<MailSender?> StartOnDiskAsync(TestDatabase database, string folder, int kilobytes)
    {
        string[] own = Environment.UserName == "root" ? ["unshare", "--mount"] : ["unshare", "--user", "--map-root-user", "--mount"];
        using (var may = Process.Start(new ProcessStartInfo(own[0], [.. own[1..], "mount", "-t", "tmpfs", "town", folder]) { UseShellExecute = false, RedirectStandardError = true })!)
        {
            await may.WaitForExitAsync();
            if (may.ExitCode != 0)
                return null;
        }
        return await StartAsync(database, [.. own, "sh", "-c", $"mount -t tmpfs -o size={kilobytes}k town \"$0\" && exec \"$@\"", folder, "dotnet"], new()
        {
            ["Mail__Transport"] = MailOptions.Pickup,
            ["Mail__PickupFolder"] = folder,
        });
    }

    private static async Task<MailSender> StartAsync(TestDatabase database, string[] words, Dictionary<string, string> settings)
    {
        var start = new ProcessStartInfo(words[0], [.. words[1..], Path.Combine(AppContext.BaseDirectory, "MonozukuriTown.Web.dll"), "mail", "send"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings.Concat(new Dictionary<string, string>
        {
            ["ConnectionStrings__Town"] = database.Connection,
            ["Town__Name"] = "Town",
            ["Town__City"] = "City",
            ["Town__Office"] = "Office",
            ["Town__SupportName"] = "Support",
            ["Town__SupportTel"] = "06-0000-0000",
            ["Town__BaseUrl"] = "https://town.example.jp",
            ["Mail__From"] = "town@mail.example.jp",
            ["Mail__ReplyTo"] = "office@city.example.jp",
            ["Mail__Connections"] = Connections.ToString(CultureInfo.InvariantCulture),
            ["Mail__RatePerSecond"] = "0",
            ["Mail__LeaseSeconds"] = "5",
            ["Links__KeyFile"] = Path.Combine(Path.GetTempPath(), "town-kill-links.key"),
        }))
        {
            start.Environment[name] = value;
        }
        var process = Process.Start(start)!;
        var said = new ConcurrentQueue<string>();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hear(string? line)
        {
            if (line is null)
                return;
            said.Enqueue(line);
            if (line.Contains("Mail leaves by", StringComparison.Ordinal))
                ready.TrySetResult();
        }
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("mail send ended: " + string.Join('\n', said)));
        await ready.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        return new(process, said);
    }

    public bool Said(string words) => lines.Any(line => line.Contains(words, StringComparison.Ordinal));

    /// <summary>The folder as the process sees it.</summary>
    public string Inside(string folder) => string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/root{folder}");

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    /// <summary>As systemd would: it finishes the mail it is at and gives the rest back.</summary>
    public async Task StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }
}
