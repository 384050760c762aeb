namespace MonozukuriTown.Matching;

/// <summary>What somebody may be about to type into a field of one kind, nearest first. Unlike the search box it offers what no company has yet.</summary>
public sealed partial class Vocabulary
{
    /// <summary>Processes whose word begins, sounds or is spelt like this one; no groups.</summary>
    public IReadOnlyList<Process> NearProcesses(string word, int limit) =>
        [.. Near(word, MeaningKind.Process).Select(i => Processes[i]).Where(p => !p.IsGroup).Take(limit)];

    /// <summary>Materials whose word begins, sounds or is spelt like this one.</summary>
    public IReadOnlyList<Material> NearMaterials(string word, int limit) => [.. Near(word, MeaningKind.Material).Select(i => Materials[i]).Take(limit)];

    /// <summary>Certifications whose word begins, sounds or is spelt like this one.</summary>
    public IReadOnlyList<Certification> NearCertifications(string word, int limit) => [.. Near(word, MeaningKind.Certification).Select(i => Certifications[i]).Take(limit)];

    /// <summary>Makers of machines of whose names one begins so.</summary>
    public IReadOnlyList<string> NearMakers(string word, int limit) =>
        Named(Machines.Where(m => m.Maker.Length > 0), word, m => m.MakerSynonyms.Prepend(m.Maker), m => m.Maker, limit);

    /// <summary>Beginnings of model numbers of a maker, or of all makers where it is not known, that go with what was typed.</summary>
    public IReadOnlyList<Machine> NearModels(string maker, string word, int limit)
    {
        var key = MachineIndex.Squeeze(maker);
        var machines = Machines.Where(m => m.Maker.Length > 0 && m.ModelPrefix.Length > 0);
        List<Machine> own = key.Length == 0 ? [] : [.. machines.Where(m => m.MakerSynonyms.Prepend(m.Maker).Any(n => string.Equals(MachineIndex.Squeeze(n), key, StringComparison.Ordinal)))];
        return Begins(own.Count > 0 ? own : machines, word, m => [m.ModelPrefix], limit);
    }

    /// <summary>Kinds of machines in whose names the word stands: NC旋盤, マシニングセンタ.</summary>
    public IReadOnlyList<string> NearMachineKinds(string word, int limit) => Named(Machines.Where(m => m.Kind.Length > 0), word, m => [m.Kind], m => m.Kind, limit);

    private static IReadOnlyList<string> Named(IEnumerable<Machine> machines, string word, Func<Machine, IEnumerable<string>> names, Func<Machine, string> name, int limit) =>
        [.. Begins(machines.DistinctBy(name, StringComparer.Ordinal), word, names, limit).Select(name)];

    private static IReadOnlyList<Machine> Begins(IEnumerable<Machine> machines, string word, Func<Machine, IEnumerable<string>> names, int limit)
    {
        var key = MachineIndex.Squeeze(word);
        return key.Length == 0 ? []
            : [.. machines.Select(m => (Machine: m, Place: names(m).Select(n => Place(MachineIndex.Squeeze(n), key)).Min())).Where(m => m.Place < int.MaxValue)
                .OrderBy(m => m.Place).Select(m => m.Machine).Take(limit)];
    }

    // A name that begins so comes first; a model that is typed on past its beginning is one too.
    private static int Place(string name, string key) => name.Length > 2 && key.StartsWith(name, StringComparison.Ordinal) ? 0
        : name.IndexOf(key, StringComparison.Ordinal) is >= 0 and var place ? place : int.MaxValue;

    private IEnumerable<int> Near(string word, MeaningKind kind)
    {
        var folded = FoldedText.Fold(word.Trim());
        if (folded.Length == 0)
            return [];
        var sound = SoundKey.Of(folded);
        return Words.StartingWith(folded, sound)
            .Concat(Words.Alike(folded, sound, beginning: folded.Length >= 4).SelectMany(w => Words.StartingWith(FoldedText.Fold(w), null).Take(1)))
            .Concat(Words.Nearest(folded))
            .SelectMany(e => e.Meanings.Where(m => m.Kind == kind).OrderByDescending(m => m.Weight)).Select(m => m.Index).Distinct();
    }
}
