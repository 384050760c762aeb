using System.Diagnostics;
using System.Text;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Tests.Support;

/// <summary>A verb of the command line on a test's database, as a process of its own.</summary>
public static class TownCommand
{
    public static Task<(int Code, string Out, string Error)> RunAsync(TestDatabase database, params string[] args) => RunAsync(database.Connection, args);

    public static Task<(int Code, string Out, string Error)> RunAsync(string connection, params string[] args) => RunAsync(connection, [], Stream.Null, args);

    public static async Task<(int Code, string Out, string Error)> RunAsync(string connection, Dictionary<string, string> settings, Stream input, params string[] args)
    {
        var stop = TestContext.Current.CancellationToken;
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "MonozukuriTown.Web.dll"), .. args])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            Environment = { ["ConnectionStrings__Town"] = connection, ["TOWN_HOME"] = TownHome.Path },
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(stop);
        var output = process.StandardOutput.ReadToEndAsync(stop);
        await input.CopyToAsync(process.StandardInput.BaseStream, stop);
        process.StandardInput.Close();
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, await output, await error);
    }
}
