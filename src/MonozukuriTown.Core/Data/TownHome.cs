namespace MonozukuriTown.Core.Data;

/// <summary>The folder that holds <c>seeds/</c> and <c>.local/</c>: TOWN_HOME, else the nearest ancestor with the solution file.</summary>
public static class TownHome
{
    public static string Path { get; } = Find();

    public static string Seeds(params string[] parts) => System.IO.Path.Combine([Path, "seeds", .. parts]);

    public static string Local(params string[] parts) => System.IO.Path.Combine([Path, ".local", .. parts]);

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("TOWN_HOME") is { Length: > 0 } home)
            return System.IO.Path.GetFullPath(home);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "MonozukuriTown.sln")))
                return folder.FullName;
        }
        return Directory.GetCurrentDirectory();
    }
}
