namespace MonozukuriTown.Matching.Tests;

/// <summary>What the tests share: the repository's vocabulary, loaded once, and small companies.</summary>
internal static class Town
{
    public static string Root { get; } = FindRoot();

    private static readonly Lazy<Vocabulary> Loaded = new(() => Vocabulary.Load(Path.Combine(FindRoot(), "seeds", "vocabulary")));

    public static string Data { get; } = Path.Combine(Root, "tests", "MonozukuriTown.Matching.Tests", "Data");

    public static Vocabulary Vocabulary => Loaded.Value;

    public static RfqNeed Read(string text, RfqForm? form = null) => new RfqReader(Vocabulary) { Towns = ["門真市", "大東市", "東大阪市"] }.Read(text, form);

    public static CompanyCatalog Catalog(params CompanyFacts[] companies) => CompanyCatalog.Build(Vocabulary, companies);

    public static MatchResult Match(string order, params CompanyFacts[] companies) => Matcher.Match(Catalog(companies), Read(order));

    public static CompanyFacts Company(string name, params string[] processes) => new()
    {
        Key = name,
        Name = name,
        Capabilities = [.. processes.Select(p => new CapabilityFacts { Process = p })],
    };

    /// <summary>Id of the best process of each step.</summary>
    public static IReadOnlyList<string> Steps(RfqNeed need) => [.. need.Steps.Select(s => Vocabulary.Processes[s.Processes[0].Process].Id)];

    public static IReadOnlyList<string> Materials(RfqNeed need) => [.. need.Facts.Where(f => f.Kind == NeedKind.Material).Select(f => f.Value)];

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "MonozukuriTown.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("MonozukuriTown.sln is not above the tests.");
    }
}
