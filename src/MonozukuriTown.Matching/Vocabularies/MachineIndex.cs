using System.Text;

namespace MonozukuriTown.Matching;

/// <summary>Finds what a machine can do, by maker and beginning of the model; hyphens and spaces of a model don't count.</summary>
internal sealed class MachineIndex
{
    private readonly Dictionary<string, List<(string Prefix, Machine Machine)>> byMaker = new(StringComparer.Ordinal);
    private readonly List<(string Kind, Machine Machine)> byKind = [];

    public MachineIndex(IReadOnlyList<Machine> machines)
    {
        foreach (var m in machines)
        {
            if (m.Maker.Length == 0)
            {
                byKind.Add((Squeeze(m.Kind), m));
                continue;
            }
            foreach (var name in m.MakerSynonyms.Prepend(m.Maker))
            {
                var key = Squeeze(name);
                if (!byMaker.TryGetValue(key, out var list))
                    byMaker.Add(key, list = []);
                list.Add((Squeeze(m.ModelPrefix), m));
            }
        }
    }

    /// <summary>The machine row with the longest beginning of the model; null when maker or model are not known.</summary>
    public Machine? Find(string maker, string model) => Find(maker, model, _ => true);

    /// <summary>What fits on a machine, by the longest beginning of the model for which it is known.</summary>
    public LimitFacts? FindEnvelope(string maker, string model) => Find(maker, model, m => m.Envelope is not null)?.Envelope;

    private Machine? Find(string maker, string model, Predicate<Machine> counts)
    {
        if (maker.Length == 0 || model.Length == 0 || !byMaker.TryGetValue(Squeeze(maker), out var list))
            return null;
        var key = Squeeze(model);
        var best = default((string Prefix, Machine Machine));
        foreach (var row in list)
        {
            if (row.Prefix.Length > (best.Prefix?.Length ?? 0) && key.StartsWith(row.Prefix, StringComparison.Ordinal) && counts(row.Machine))
                best = row;
        }
        return best.Machine;
    }

    /// <summary>The row for a kind of machine whoever made it; the longest kind contained in the words.</summary>
    public Machine? FindKind(string kind)
    {
        var key = Squeeze(kind);
        var best = default((string Kind, Machine Machine));
        foreach (var row in byKind)
        {
            if (row.Kind.Length > (best.Kind?.Length ?? 0) && key.Contains(row.Kind, StringComparison.Ordinal))
                best = row;
        }
        return best.Machine;
    }

    public static string Squeeze(string text)
    {
        var b = new StringBuilder(text.Length);
        foreach (var c in FoldedText.Fold(text))
        {
            if (c is not (' ' or '-' or '・' or '.' or '/'))
                b.Append(c);
        }
        return b.ToString();
    }
}
