using System.Globalization;

namespace MonozukuriTown.Matching;

/// <summary>Reads and checks the vocabulary files. The first thing wrong stops with file and line.</summary>
internal sealed class VocabularyLoader
{
    private readonly Lexicon lexicon = new();
    private readonly Lexicon hints = new();
    private readonly Dictionary<string, int> processes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> materials = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> certifications = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(LexiconEntry Entry, MeaningKind Kind), string> owners = [];

    public static VocabularyParts Load(string directory)
    {
        var loader = new VocabularyLoader();
        var processList = loader.Processes(directory);
        var materialList = loader.Materials(directory);
        var certificationList = loader.Certifications(directory);
        loader.Ambiguous(directory);
        loader.Compounds(directory);
        var implications = loader.Implications(directory);
        var ways = loader.Ways(directory, implications);
        var contexts = loader.Contexts(directory);
        loader.Trades(directory, processList);
        return new(processList, materialList, loader.Machines(directory), certificationList, implications, ways, contexts, loader.lexicon, loader.hints, Readings(directory), Regions(directory));
    }

    private List<Process> Processes(string directory)
    {
        var table = VocabularyTable.Read(directory, "processes.csv", "id", "parent", "name", "english", "synonyms", "covers");
        var list = new List<Process>();
        IndexIds(table, processes);
        foreach (var row in table.Rows)
        {
            var parent = table.Cell(row, "parent");
            list.Add(new Process
            {
                Index = list.Count,
                Id = table.Cell(row, "id"),
                Parent = parent.Length == 0 ? -1 : table.Id(row, "parent", parent, processes),
                Name = Needed(table, row, "name"),
                English = table.Cell(row, "english"),
                Synonyms = table.List(row, "synonyms"),
                Covers = table.WeightedIds(row, "covers", processes),
            });
            if (parent.Length > 0 && string.Equals(parent, list[^1].Id, StringComparison.OrdinalIgnoreCase))
                throw new VocabularyException(table.File, row.Line, $"{parent} is its own parent: a cycle");
            Names(table, row, MeaningKind.Process, list.Count - 1, list[^1].Name, list[^1].English, list[^1].Synonyms);
        }
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i].Parent >= 0 && !list[list[i].Parent].IsGroup)
                throw new VocabularyException(table.File, table.Rows[i].Line, $"{list[i].Id} stands below {list[list[i].Parent].Id}, which is no group: two levels, no cycle");
        }
        return list;
    }

    private static int Stage(VocabularyTable table, CsvRow row)
    {
        var cell = table.Cell(row, "stage");
        if (cell.Length == 0)
            return 4;
        return cell.Length == 1 && char.IsAsciiDigit(cell[0]) ? cell[0] - '0' : throw new VocabularyException(table.File, row.Line, $"stage {cell}: a digit from 0 (design) to 9 (inspection)");
    }

    private static ProcessTraits Traits(VocabularyTable table, CsvRow row)
    {
        var traits = ProcessTraits.None;
        foreach (var name in table.List(row, "traits"))
        {
            if (char.IsAsciiDigit(name[0]) || !Enum.TryParse<ProcessTraits>(name, ignoreCase: true, out var trait))
                throw new VocabularyException(table.File, row.Line, $"traits names {name}, which is not known");
            traits |= trait;
        }
        return traits;
    }

    // What belongs to a process beside its words: materials, what goes with it, its place in the order of work.
    private void Trades(string directory, List<Process> list)
    {
        if (!File.Exists(Path.Combine(directory, "trades.csv")))
            return;
        var table = VocabularyTable.Read(directory, "trades.csv", "id", "works", "includes", "stage", "traits");
        var seen = new HashSet<int>();
        foreach (var row in table.Rows)
        {
            var i = table.Id(row, "id", Needed(table, row, "id"), processes);
            if (!seen.Add(i))
                throw new VocabularyException(table.File, row.Line, $"the id {list[i].Id} is there twice");
            list[i] = list[i] with
            {
                Works = table.WeightedIds(row, "works", materials),
                Includes = [.. table.WeightedIds(row, "includes", processes).Select(p => p.Index)],
                Stage = Stage(table, row),
                Traits = Traits(table, row),
            };
        }
    }

    private List<Way> Ways(string directory, List<Implication> implications)
    {
        var list = new List<Way>();
        // A town may do without; then figures alone suggest no process.
        if (!File.Exists(Path.Combine(directory, "ways.csv")))
            return list;
        var table = VocabularyTable.Read(directory, "ways.csv", "form", "material", "from", "to", "ways");
        var forms = new HashSet<string>(WayTable.Shapes.Concat(processes.Keys).Concat(processes.Keys.Select(k => k + WayTable.Product)).Concat(implications.Select(i => i.Form)), StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            var form = Needed(table, row, "form");
            if (!forms.Contains(form))
                throw new VocabularyException(table.File, row.Line, $"the form {form} is no shape, no process, and no row of implications.csv has it");
            var material = table.Cell(row, "material");
            var unknown = string.Equals(table.Cell(row, "from"), "?", StringComparison.Ordinal);
            var way = new Way(
                form, material is "" or "*" ? -1 : table.Id(row, "material", material, materials),
                unknown ? 0 : Count(table, row, "from", 0), unknown ? -1 : Count(table, row, "to", double.MaxValue), unknown, table.WeightedIds(row, "ways", processes));
            if (!unknown && way.From > way.To)
                throw new VocabularyException(table.File, row.Line, "from is above to");
            if (way.Processes.Count == 0)
                throw new VocabularyException(table.File, row.Line, "ways is empty");
            if (list.Exists(w => string.Equals(w.Form, form, StringComparison.Ordinal) && w.Material == way.Material && (unknown ? w.IsCountUnknown : !w.IsCountUnknown && w.From <= way.To && way.From <= w.To)))
                throw new VocabularyException(table.File, row.Line, $"{form} of this material and number is there already");
            list.Add(way);
        }
        return list;
    }

    private List<ContextRule> Contexts(string directory)
    {
        if (!File.Exists(Path.Combine(directory, "contexts.csv")))
            return [];
        var table = VocabularyTable.Read(directory, "contexts.csv", "process", "words", "better", "rest");
        var list = new List<ContextRule>();
        foreach (var row in table.Rows)
        {
            if (!double.TryParse(table.Cell(row, "rest"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rest) || rest is < 0 or > 1)
                throw new VocabularyException(table.File, row.Line, "rest is from 0 to 1");
            Needed(table, row, "words");
            Needed(table, row, "better");
            list.Add(new(
                [.. table.WeightedIds(row, "process", processes).Select(p => p.Index)], [.. table.List(row, "words").Select(FoldedText.Fold)],
                [.. table.WeightedIds(row, "better", processes).Select(p => p.Index)], rest, table.Cell(row, "open").Length > 0));
        }
        return list;
    }

    private static double Count(VocabularyTable table, CsvRow row, string column, double otherwise)
    {
        var cell = table.Cell(row, column);
        if (cell.Length == 0)
            return otherwise;
        return double.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : throw new VocabularyException(table.File, row.Line, $"{column} {cell} is no number of pieces");
    }

    private List<Material> Materials(string directory)
    {
        var table = VocabularyTable.Read(directory, "materials.csv", "id", "parent", "name", "english", "synonyms");
        var list = new List<Material>();
        IndexIds(table, materials);
        foreach (var row in table.Rows)
        {
            var parent = table.Cell(row, "parent");
            list.Add(new Material
            {
                Index = list.Count,
                Id = table.Cell(row, "id"),
                Parent = parent.Length == 0 ? -1 : table.Id(row, "parent", parent, materials),
                Name = Needed(table, row, "name"),
                English = table.Cell(row, "english"),
                Synonyms = table.List(row, "synonyms"),
            });
            Names(table, row, MeaningKind.Material, list.Count - 1, list[^1].Name, list[^1].English, list[^1].Synonyms);
        }
        for (var i = 0; i < list.Count; i++)
        {
            var steps = 0;
            for (var p = list[i].Parent; p >= 0; p = list[p].Parent)
            {
                if (++steps > list.Count)
                    throw new VocabularyException(table.File, table.Rows[i].Line, $"the families above {list[i].Id} run in a cycle");
            }
        }
        return list;
    }

    private List<Certification> Certifications(string directory)
    {
        var table = VocabularyTable.Read(directory, "certifications.csv", "id", "kind", "name", "english", "synonyms");
        var list = new List<Certification>();
        IndexIds(table, certifications);
        foreach (var row in table.Rows)
        {
            list.Add(new Certification
            {
                Index = list.Count,
                Id = table.Cell(row, "id"),
                Kind = table.Cell(row, "kind"),
                Name = Needed(table, row, "name"),
                English = table.Cell(row, "english"),
                Synonyms = table.List(row, "synonyms"),
            });
            Names(table, row, MeaningKind.Certification, list.Count - 1, list[^1].Name, list[^1].English, list[^1].Synonyms);
        }
        return list;
    }

    private List<Machine> Machines(string directory)
    {
        var table = VocabularyTable.Read(directory, "machines.csv", "maker", "maker_synonyms", "model", "kind", "processes");
        var list = new List<Machine>();
        foreach (var row in table.Rows)
        {
            var machine = new Machine(
                table.Cell(row, "maker"), table.List(row, "maker_synonyms"), table.Cell(row, "model"),
                table.Cell(row, "kind"), table.WeightedIds(row, "processes", processes), MachineEnvelope.Read(table.Cell(row, "envelope")));
            if (machine.Envelope is null && table.Cell(row, "envelope").Length > 0)
                throw new VocabularyException(table.File, row.Line, $"{table.Cell(row, "envelope")}: an envelope is written 700x400x330, φ20 or φ210x500");
            if (machine.Maker.Length == 0 && machine.Kind.Length == 0)
                throw new VocabularyException(table.File, row.Line, "a machine needs a maker or a kind");
            list.Add(machine);
        }
        return list;
    }

    private void Ambiguous(string directory)
    {
        var table = VocabularyTable.Read(directory, "ambiguous.csv", "word", "meanings");
        foreach (var row in table.Rows)
        {
            foreach (var word in table.List(row, "word"))
            {
                var entry = Own(table, row, word, MeaningKind.Process, "ambiguous");
                entry.IsAmbiguous = true;
                foreach (var m in table.WeightedIds(row, "meanings", processes))
                {
                    if (!entry.Meanings.Exists(x => x.Kind == MeaningKind.Process && x.Index == m.Index))
                        entry.Meanings.Add(new(MeaningKind.Process, m.Index, m.Weight));
                }
            }
        }
    }

    private void Compounds(string directory)
    {
        var table = VocabularyTable.Read(directory, "compounds.csv", "word", "process");
        foreach (var row in table.Rows)
        {
            foreach (var word in table.List(row, "word"))
            {
                var entry = Own(table, row, word, MeaningKind.Process, "compounds");
                foreach (var m in table.WeightedIds(row, "process", processes))
                {
                    if (!entry.Meanings.Exists(x => x.Kind == MeaningKind.Process && x.Index == m.Index))
                        entry.Meanings.Add(new(MeaningKind.Process, m.Index, m.Weight));
                }
            }
        }
    }

    private List<Implication> Implications(string directory)
    {
        // The only file a town may do without.
        if (!File.Exists(Path.Combine(directory, "implications.csv")))
            return [];
        var table = VocabularyTable.Read(directory, "implications.csv", "word", "synonyms", "kind", "processes", "materials", "certifications", "confidence", "because");
        var list = new List<Implication>();
        foreach (var row in table.Rows)
        {
            if (!double.TryParse(table.Cell(row, "confidence"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var confidence) || confidence is <= 0 or > 1)
                throw new VocabularyException(table.File, row.Line, "confidence is above 0 and at most 1");
            var item = new Implication
            {
                Word = Needed(table, row, "word"),
                Synonyms = table.List(row, "synonyms"),
                Kind = table.Cell(row, "kind"),
                Form = table.Cell(row, "form"),
                Processes = table.WeightedIds(row, "processes", processes),
                Materials = [.. table.WeightedIds(row, "materials", materials).Select(x => x.Index)],
                Certifications = [.. table.WeightedIds(row, "certifications", certifications).Select(x => x.Index)],
                Confidence = confidence,
                Because = table.Cell(row, "because"),
            };
            foreach (var word in item.Synonyms.Prepend(item.Word))
            {
                var entry = Own(table, row, word, MeaningKind.Implication, item.Word, hints);
                if (!entry.Meanings.Exists(x => x.Kind == MeaningKind.Implication))
                    entry.Meanings.Add(new(MeaningKind.Implication, list.Count, confidence));
            }
            list.Add(item);
        }
        return list;
    }

    // Folded part of a word → folded reading. A town may do without: then words are found as they are written.
    private static Dictionary<string, string> Readings(string directory)
    {
        Dictionary<string, string> readings = new(StringComparer.Ordinal);
        if (!File.Exists(Path.Combine(directory, "readings.csv")))
            return readings;
        var table = VocabularyTable.Read(directory, "readings.csv", "written", "reading");
        foreach (var row in table.Rows)
        {
            var reading = FoldedText.Fold(Needed(table, row, "reading"));
            if (SoundKey.Of(reading) is null)
                throw new VocabularyException(table.File, row.Line, $"{reading} is no reading: kana only");
            if (!readings.TryAdd(FoldedText.Fold(Needed(table, row, "written")), reading))
                throw new VocabularyException(table.File, row.Line, $"{table.Cell(row, "written")} is there twice");
        }
        return readings;
    }

    private static RegionTable Regions(string directory)
    {
        Dictionary<string, string> within = new(StringComparer.Ordinal);
        Dictionary<string, string> aliases = new(StringComparer.Ordinal);
        if (!File.Exists(Path.Combine(directory, "regions.csv")))
            return new(within, aliases);
        var table = VocabularyTable.Read(directory, "regions.csv", "name", "within", "aliases");
        foreach (var row in table.Rows)
        {
            var (name, outer) = (Needed(table, row, "name"), table.Cell(row, "within"));
            // What it lies in stands above it, so that nothing can lie in itself.
            if (outer.Length > 0 && !within.ContainsKey(outer))
                throw new VocabularyException(table.File, row.Line, $"within names {outer}, which does not stand above");
            if (!within.TryAdd(name, outer))
                throw new VocabularyException(table.File, row.Line, $"{name} is there twice");
            foreach (var alias in table.List(row, "aliases"))
            {
                if (!aliases.TryAdd(FoldedText.Fold(alias), name))
                    throw new VocabularyException(table.File, row.Line, $"{alias} is there twice");
            }
        }
        return new(within, aliases);
    }

    private static void IndexIds(VocabularyTable table, Dictionary<string, int> ids)
    {
        foreach (var row in table.Rows)
        {
            var id = Needed(table, row, "id");
            if (!ids.TryAdd(id, ids.Count))
                throw new VocabularyException(table.File, row.Line, $"the id {id} is there twice");
        }
    }

    private static string Needed(VocabularyTable table, CsvRow row, string column)
    {
        var cell = table.Cell(row, column);
        return cell.Length > 0 ? cell : throw new VocabularyException(table.File, row.Line, $"{column} is empty");
    }

    private void Names(VocabularyTable table, CsvRow row, MeaningKind kind, int index, string name, string english, IReadOnlyList<string> synonyms)
    {
        var words = synonyms.Prepend(name).Concat(english.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        foreach (var word in words)
        {
            var entry = Own(table, row, word, kind, table.Cell(row, "id"));
            if (!entry.Meanings.Exists(m => m.Kind == kind))
                entry.Meanings.Add(new(kind, index, 1));
        }
    }

    // A word belongs to one row of its kind; the same row may write it twice in ways that fold together.
    private LexiconEntry Own(VocabularyTable table, CsvRow row, string word, MeaningKind kind, string owner, Lexicon? into = null)
    {
        if (FoldedText.Fold(word).Trim().Length == 0)
            throw new VocabularyException(table.File, row.Line, "a word is empty");
        var entry = (into ?? lexicon).GetOrAdd(word);
        var key = (entry, kind);
        var claim = $"{table.File}:{owner}";
        if (owners.TryGetValue(key, out var other) && !string.Equals(other, claim, StringComparison.Ordinal))
            throw new VocabularyException(table.File, row.Line, $"{word} is already a word of {other}");
        owners[key] = claim;
        return entry;
    }
}
