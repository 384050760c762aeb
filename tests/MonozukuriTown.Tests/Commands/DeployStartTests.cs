using System.Diagnostics;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Tests.Commands;

/// <summary>
/// The script deploy/start in a clone of its own, with a server in the way. The program is the real one; database, feed and build are said to be there.
/// </summary>
public sealed class DeployStartTests : IDisposable
{
    private readonly string clone = Directory.CreateTempSubdirectory("town-clone-").FullName;
    private readonly Process server;

    public DeployStartTests()
    {
        Directory.CreateDirectory(In(".local", "program"));
        Directory.CreateDirectory(In("deploy"));
        foreach (var script in new[] { "start", "lib.sh" })
            File.Copy(Path.Combine(TownHome.Path, "deploy", script), Script(script));
        Write(Script("feed"), "exit 0");
        Write(Script("postgres"), "exit 0");
        Write(Script("publish"), $"echo {In(".local", "program")}");
        // Whatever it is asked for, but for the settings, is only written down.
        Write(In("bin", "dotnet"), $"""
            case $2 in
              settings) PATH={Environment.GetEnvironmentVariable("PATH")} exec dotnet {Path.Combine(AppContext.BaseDirectory, "MonozukuriTown.Web.dll")} settings ;;
              migrate) exit 9 ;;
              *) echo "$2 $3" >>{In("asked")} ;;
            esac
            """);
        Directory.CreateDirectory(In("seeds", "demo"));
        File.Copy(TownHome.Seeds("demo", "town.json"), In("seeds", "demo", "town.json"));
        server = Process.Start(new ProcessStartInfo("sleep", ["60"]) { UseShellExecute = false, WorkingDirectory = In(".local", "program") })!;
        File.WriteAllLines(In(".local", "server"), [$"{server.Id}", "5999", In(".local", "program")]);
        // Settings that are written from now on are newer than this start.
        File.SetLastWriteTimeUtc(In(".local", "server"), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }

    public void Dispose()
    {
        server.Kill();
        server.Dispose();
        Directory.Delete(clone, recursive: true);
    }

    private string In(params string[] parts) => Path.Combine([clone, .. parts]);

    private string Script(string name) => In("deploy", name);

    private static void Write(string path, string script)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "#!/bin/bash\n" + script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private async Task<(int Code, string Said)> StartAsync()
    {
        ProcessStartInfo start = new("/bin/bash", [Script("start"), "--port", "5999"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment = { ["PATH"] = $"{In("bin")}:/usr/bin:/bin", ["ConnectionStrings__Town"] = "Host=nowhere.invalid;Database=town;Username=town_app" },
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said);
    }

    [Theory]
    [InlineData("{ \"Town\": { \"Name\": ", "settings.json", "LineNumber: 0")]
    [InlineData("{ \"Mail\": { \"Connections\": \"abc\" } }", "Mail:Connections", "abc")]
    [InlineData("{ \"Search\": { \"Engine\": \"none\" } }", "Search:Engine", "settings.json")]
    public async Task SettingsThatNoServerComesUpWith_LeaveTheOneThatRunsAlone(string settings, string what, string why)
    {
        await File.WriteAllTextAsync(In(".local", "settings.json"), settings, TestContext.Current.CancellationToken);
        var (code, said) = await StartAsync();
        Assert.Equal(1, code);
        Assert.Contains(what, said, StringComparison.Ordinal);
        Assert.Contains(why, said, StringComparison.Ordinal);
        Assert.Contains($"the server that runs (process {server.Id}) was left as it is", said, StringComparison.Ordinal);
        Assert.False(server.HasExited);
    }

    [Fact]
    public async Task SettingsThatWork_MakeWayForTheNext()
    {
        await File.WriteAllTextAsync(In(".local", "settings.json"), "{}", TestContext.Current.CancellationToken);
        var (code, said) = await StartAsync();
        Assert.Equal(9, code); // from migrate, which comes after it
        Assert.Contains("Stopping the server", said, StringComparison.Ordinal);
        Assert.True(server.HasExited);
    }

    [Fact]
    public async Task RunsAlready_WithoutTheDemosAccounts_AsksForThemAgainAndSaysWhereTheyAreNot()
    {
        var (code, said) = await StartAsync();
        Assert.Equal(0, code);
        Assert.Equal("seed demo", (await File.ReadAllTextAsync(In("asked"), TestContext.Current.CancellationToken)).Trim());
        Assert.Contains("deploy/town users password ADDRESS", said, StringComparison.Ordinal);
        Assert.False(server.HasExited);
    }
}
