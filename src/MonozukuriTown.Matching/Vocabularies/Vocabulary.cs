using System.Collections.Frozen;

namespace MonozukuriTown.Matching;

/// <summary>
/// The trade's words: processes, materials, machines, certifications, what words imply, and what must not be confused.
/// Immutable; loaded once from the CSV files of <c>seeds/vocabulary</c> and shared by reading, matching and search.
/// </summary>
public sealed partial class Vocabulary
{
    private readonly FrozenDictionary<string, int> processIds;
    private readonly FrozenDictionary<string, int> materialIds;
    private readonly FrozenDictionary<string, int> certificationIds;
    private readonly HashSet<int> workedRoots;
    private readonly ILookup<int, Process> processesByParent;
    private readonly ILookup<int, Material> materialsByParent;
    private readonly Lazy<WordBook> words;

    internal Vocabulary(VocabularyParts parts)
    {
        Processes = parts.Processes;
        Materials = parts.Materials;
        Machines = parts.Machines;
        Certifications = parts.Certifications;
        Implications = parts.Implications;
        Lexicon = parts.Lexicon;
        Hints = parts.Hints;
        processIds = Processes.ToFrozenDictionary(x => x.Id, x => x.Index, StringComparer.OrdinalIgnoreCase);
        materialIds = Materials.ToFrozenDictionary(x => x.Id, x => x.Index, StringComparer.OrdinalIgnoreCase);
        certificationIds = Certifications.ToFrozenDictionary(x => x.Id, x => x.Index, StringComparer.OrdinalIgnoreCase);
        ProcessGroups = [.. Processes.Where(p => p.IsGroup)];
        processesByParent = Processes.ToLookup(p => p.Parent);
        materialsByParent = Materials.ToLookup(m => m.Parent);
        Kinship = new MaterialKinship(Materials);
        MachineIndex = new MachineIndex(Machines);
        Contexts = parts.Contexts;
        Regions = parts.Regions;
        Ways = new WayTable(Materials, parts.Ways);
        workedRoots = [.. Processes.SelectMany(p => p.Works).Select(w => Root(w.Index))];
        words = new(() => new WordBook(this, parts.Readings));
    }

    public IReadOnlyList<Process> Processes { get; }

    /// <summary>The upper level of <see cref="Processes"/>.</summary>
    public IReadOnlyList<Process> ProcessGroups { get; }

    public IReadOnlyList<Material> Materials { get; }

    public IReadOnlyList<Machine> Machines { get; }

    public IReadOnlyList<Certification> Certifications { get; }

    public IReadOnlyList<Implication> Implications { get; }

    /// <summary>Places around the town.</summary>
    public RegionTable Regions { get; }

    internal Lexicon Lexicon { get; }

    /// <summary>Words that imply; apart, so that an everyday word never hides a process.</summary>
    internal Lexicon Hints { get; }

    /// <summary>All words as the search box looks them up; made when first asked for.</summary>
    internal WordBook Words => words.Value;

    internal MaterialKinship Kinship { get; }

    internal MachineIndex MachineIndex { get; }

    /// <summary>Words that turn the meaning of a process beside them.</summary>
    internal IReadOnlyList<ContextRule> Contexts { get; }

    /// <summary>How things are made by form, material and number.</summary>
    internal WayTable Ways { get; }

    /// <summary>How well a process goes with a material: 1 as it is, 0.15 when it is done on others; 1 when there is no telling.</summary>
    internal double Suits(int material, int process)
    {
        if (material < 0 || Processes[process].Works.Count == 0 || !workedRoots.Contains(Root(material)))
            return 1;
        for (var m = material; m >= 0; m = Materials[m].Parent)
        {
            foreach (var w in Processes[process].Works)
            {
                if (w.Index == m)
                    return w.Weight;
            }
        }
        return Foreign;
    }

    /// <summary>What a process is worth on a material it is not done on.</summary>
    private const double Foreign = 0.15;

    private int Root(int material)
    {
        while (Materials[material].Parent >= 0)
            material = Materials[material].Parent;
        return material;
    }

    /// <summary>Whether the second is part of the first one's trade.</summary>
    internal bool Includes(int whole, int part)
    {
        if (whole == part)
            return false;
        foreach (var p in Processes[whole].Includes)
        {
            if (p == part || Processes[part].Parent == p)
                return true;
        }
        return false;
    }

    /// <summary>The group of a process; a group is its own.</summary>
    public string GroupOf(int process) => Processes[process].IsGroup ? Processes[process].Id : Processes[Processes[process].Parent].Id;

    /// <summary>Reads the CSV files of a directory.</summary>
    /// <exception cref="VocabularyException">A duplicate synonym, an unknown id or a cycle; names file and line.</exception>
    public static Vocabulary Load(string directory) => new(VocabularyLoader.Load(directory));

    public Process? FindProcess(string id) => processIds.TryGetValue(id, out var i) ? Processes[i] : null;

    /// <summary>Its standard name; a word that is no id as it is.</summary>
    public string ProcessName(string id) => FindProcess(id)?.Name ?? id;

    public Material? FindMaterial(string id) => materialIds.TryGetValue(id, out var i) ? Materials[i] : null;

    public Certification? FindCertification(string id) => certificationIds.TryGetValue(id, out var i) ? Certifications[i] : null;

    /// <summary>The leaves of a group; the process itself when it is a leaf.</summary>
    public IEnumerable<Process> Leaves(Process process) =>
        process.IsGroup ? processesByParent[process.Index] : [process];

    /// <summary>The materials right below one; below null, the heads of the family tree.</summary>
    public IEnumerable<Material> Members(Material? material) => materialsByParent[material?.Index ?? -1];

    /// <summary>The process that a company's word stands for most, or null: 旋盤 → <c>cut.turn</c>.</summary>
    public Process? ReadProcess(string word)
    {
        if (FindProcess(word) is { } byId)
            return byId;
        var best = (Index: -1, Weight: 0.0, Length: 0);
        foreach (var hit in LexiconScanner.Scan(Lexicon, FoldedText.Of(word)))
        {
            foreach (var m in hit.Entry.Meanings)
            {
                if (m.Kind == MeaningKind.Process && (hit.Length > best.Length || hit.Length == best.Length && m.Weight > best.Weight))
                    best = (m.Index, m.Weight, hit.Length);
            }
        }
        return best.Index < 0 ? null : Processes[best.Index];
    }

    /// <summary>
    /// The processes that a company's word can stand for, likeliest first: 旋盤 → <c>cut.turn</c> alone; 研磨 leaves several open. Empty when the word
    /// is not known.
    /// </summary>
    public IReadOnlyList<Process> ReadProcesses(string word)
    {
        if (FindProcess(word) is { } byId)
            return [byId];
        LexiconHit? best = null;
        foreach (var hit in LexiconScanner.Scan(Lexicon, FoldedText.Of(word)))
        {
            if ((best is null || hit.Length > best.Value.Length) && hit.Entry.Meanings.Exists(m => m.Kind == MeaningKind.Process))
                best = hit;
        }
        if (best is not { Entry: var entry })
            return [];
        var meanings = entry.Meanings.Where(m => m.Kind == MeaningKind.Process).OrderByDescending(m => m.Weight);
        return [.. (entry.IsAmbiguous ? meanings : meanings.Take(1)).Select(m => Processes[m.Index]).Distinct()];
    }

    /// <summary>The material that a word stands for, or null: ステン → ステンレス.</summary>
    public Material? ReadMaterial(string word)
    {
        if (FindMaterial(word) is { } byId)
            return byId;
        foreach (var hit in LexiconScanner.Scan(Lexicon, FoldedText.Of(word)))
        {
            foreach (var m in hit.Entry.Meanings)
            {
                if (m.Kind == MeaningKind.Material)
                    return Materials[m.Index];
            }
        }
        return null;
    }

    /// <summary>The certification that a word stands for, or null: アイエスオー9001 → <c>iso9001</c>.</summary>
    public Certification? ReadCertification(string word)
    {
        if (FindCertification(word) is { } byId)
            return byId;
        foreach (var hit in LexiconScanner.Scan(Lexicon, FoldedText.Of(word)))
        {
            foreach (var m in hit.Entry.Meanings)
            {
                if (m.Kind == MeaningKind.Certification)
                    return Certifications[m.Index];
            }
        }
        return null;
    }
}

internal sealed record VocabularyParts(
    IReadOnlyList<Process> Processes,
    IReadOnlyList<Material> Materials,
    IReadOnlyList<Machine> Machines,
    IReadOnlyList<Certification> Certifications,
    IReadOnlyList<Implication> Implications,
    IReadOnlyList<Way> Ways,
    IReadOnlyList<ContextRule> Contexts,
    Lexicon Lexicon,
    Lexicon Hints,
    IReadOnlyDictionary<string, string> Readings,
    RegionTable Regions);
