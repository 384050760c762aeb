using System.Collections.Frozen;

namespace MonozukuriTown.Matching;

/// <summary>
/// The trade's words: processes, materials, machines, certifications, what words imply, and what must not be confused.
/// Immutable; loaded once from the CSV files of <c>seeds/vocabulary</c> and shared by reading, matching and search.
/// </summary>
public sealed class Vocabulary
{
    private readonly FrozenDictionary<string, int> processIds;
    private readonly FrozenDictionary<string, int> materialIds;
    private readonly FrozenDictionary<string, int> certificationIds;
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
        processesByParent = Processes.ToLookup(p => p.Parent);
        materialsByParent = Materials.ToLookup(m => m.Parent);
        Kinship = new MaterialKinship(Materials);
        MachineIndex = new MachineIndex(Machines);
        Families = MaterialFamilies.Of(Materials);
        words = new(() => new WordBook(this, parts.Readings));
    }

    public IReadOnlyList<Process> Processes { get; }

    public IReadOnlyList<Material> Materials { get; }

    public IReadOnlyList<Machine> Machines { get; }

    public IReadOnlyList<Certification> Certifications { get; }

    public IReadOnlyList<Implication> Implications { get; }

    internal Lexicon Lexicon { get; }

    /// <summary>Words that imply; apart, so that an everyday word never hides a process.</summary>
    internal Lexicon Hints { get; }

    /// <summary>All words as the search box looks them up; made when first asked for.</summary>
    internal WordBook Words => words.Value;

    internal MaterialKinship Kinship { get; }

    internal MachineIndex MachineIndex { get; }

    /// <summary>The trade of each material.</summary>
    internal MaterialFamily[] Families { get; }

    /// <summary>Reads the CSV files of a directory.</summary>
    /// <exception cref="VocabularyException">A duplicate synonym, an unknown id or a cycle; names file and line.</exception>
    public static Vocabulary Load(string directory) => new(VocabularyLoader.Load(directory));

    public Process? FindProcess(string id) => processIds.TryGetValue(id, out var i) ? Processes[i] : null;

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
    Lexicon Lexicon,
    Lexicon Hints,
    IReadOnlyDictionary<string, string> Readings);
