using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Benchmarks;

/// <summary>A server in a process of its own: the published portal, or the bare site it is compared with.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process server;

    private ServerProcess(Process server, string address, TimeSpan startTime)
    {
        this.server = server;
        Address = address;
        StartTime = startTime;
        StartCpuTime = CpuTime();
        Client = new HttpClient { BaseAddress = new Uri(address) };
    }

    public string Address { get; }

    /// <summary>From the start of the process to the first page.</summary>
    public TimeSpan StartTime { get; }

    /// <summary>Processor time until then, of all threads: what <see cref="StartTime"/> would say at least on a machine with nothing else to do.</summary>
    public TimeSpan StartCpuTime { get; }

    public HttpClient Client { get; }

    /// <summary>The published program; deploy/bench makes it and says where it is.</summary>
    public static string Program => Path.Combine(Environment.GetEnvironmentVariable("TOWN_PROGRAM")
        ?? throw new InvalidOperationException("TOWN_PROGRAM is not set: run deploy/bench."), "MonozukuriTown.Web.dll");

    /// <summary>One verb of the command line, to its end.</summary>
    public static async Task RunVerbAsync(params string[] arguments)
    {
        Figures.Say($"town {string.Join(' ', arguments)}");
        using var process = Start([Program, .. arguments], []);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"town {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    /// <param name="first">The page that counts as the first one.</param>
    public static Task<ServerProcess> StartTownAsync(string first)
    {
        var address = FreeAddress();
        return StartAsync([Program], address, first, new(DemoSettings(), StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = address,
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Town__BaseUrl"] = address,
            ["PageCache__Enabled"] = "false",
            // Still on, but one address asks for everything here.
            ["RateLimits__PagesPerMinute"] = "100000000",
        });
    }

    /// <summary>The demo town's own settings as environment variables, as <c>deploy/start</c> brings them.</summary>
    public static Dictionary<string, string> DemoSettings() =>
        new ConfigurationBuilder().AddJsonFile(TownHome.Seeds("demo", "town.json")).Build().AsEnumerable().Where(s => s.Value is not null)
            .ToDictionary(s => s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Value!, StringComparer.Ordinal);

    public static Task<ServerProcess> StartBareAsync(string pages, string first)
    {
        var address = FreeAddress();
        return StartAsync([typeof(ServerProcess).Assembly.Location, "bare", address, pages], address, first, new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
        });
    }

    /// <summary>Resident memory in MB, as the kernel counts it.</summary>
    public double ResidentMegabytes()
    {
        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{server.Id}/status"))
            .Single(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Processor time so far, of all threads.</summary>
    public TimeSpan CpuTime()
    {
        server.Refresh();
        return server.TotalProcessorTime;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        server.Kill(entireProcessTree: true);
        await server.WaitForExitAsync();
        server.Dispose();
    }

    private static async Task<ServerProcess> StartAsync(string[] arguments, string address, string first, Dictionary<string, string> environment)
    {
        var start = Stopwatch.GetTimestamp();
        var process = Start(arguments, environment);
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        while (true)
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(start) > TimeSpan.FromMinutes(2))
                throw new InvalidOperationException("The server did not come up.");
            try
            {
                using var answer = await client.GetAsync(new Uri(first, UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                    return new ServerProcess(process, address, Stopwatch.GetElapsedTime(start));
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(5);
        }
    }

    // Standard output is for figures: what a child says goes to standard error.
    private static Process Start(string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        start.WorkingDirectory = Path.GetDirectoryName(arguments[0])!;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        return process;
    }

    private static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
