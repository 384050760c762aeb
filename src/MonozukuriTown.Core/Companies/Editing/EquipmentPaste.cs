using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using MonozukuriTown.Core.Tables;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Core.Companies.Editing;

/// <summary>
/// A table of machines as it comes out of Excel (cells between tabs) or a CSV file. With headings its columns are taken by name; without, by what
/// stands in them: a maker that is known, a number of machines, a size. What was guessed wrong is put right in the rows before they are saved.
/// </summary>
public static class EquipmentPaste
{
    private const int LengthMax = 200_000;

    private static readonly (string Name, string[] Headings)[] Columns =
    [
        ("maker", ["メーカー", "メーカ", "製造元", "メーカー名", "MAKER"]), ("model", ["型式", "型番", "形式", "機種", "MODEL"]),
        ("kind", ["種類", "設備名", "機械名", "名称", "設備", "機器名", "品名", "保有設備", "設備名称"]), ("count", ["台数", "数量", "数"]),
        ("size", ["大きさ", "サイズ", "能力", "仕様", "加工範囲", "加工サイズ", "加工能力", "主な仕様"]),
    ];

    /// <returns>The cells of each row by the field's name; or the sentence that says why nothing could be read.</returns>
    public static (IReadOnlyList<IReadOnlyDictionary<string, string>> Rows, string? Problem) Read(string pasted, Vocabulary vocabulary)
    {
        if (string.IsNullOrWhiteSpace(pasted))
            return ([], "表を貼り付けてから押してください。");
        if (pasted.Length > LengthMax)
            return ([], "表が大きすぎます。何回かに分けて貼り付けてください。");
        var lines = Split(pasted);
        if (lines.Count == 0)
            return ([], "表を貼り付けてから押してください。");
        var headings = lines[0].ConvertAll(Named);
        var byName = headings.Contains("kind", StringComparer.Ordinal) || headings.Count(h => h is not null) >= 2;
        if (byName)
            lines.RemoveAt(0);
        if (lines.Count == 0)
            return ([], "見出しの行だけで、設備の行がありません。");
        if (lines.Count > Company.EquipmentMax)
            return ([], $"一度に{Company.EquipmentMax}行までです（いま{lines.Count:N0}行）。何回かに分けて貼り付けてください。");
        return ([.. lines.Select(cells => byName ? ByName(headings, cells) : Guess(cells, vocabulary))], null);
    }

    private static List<List<string>> Split(string pasted)
    {
        var delimiter = pasted.Contains('\t', StringComparison.Ordinal) ? "\t" : pasted.Contains(',', StringComparison.Ordinal) ? "," : "\t";
        List<List<string>> lines = [];
        using CsvParser parser = new(new StringReader(pasted), new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter, BadDataFound = null });
        while (parser.Read())
        {
            // A line end within a cell is a blank between words here.
            List<string> cells = [.. (parser.Record ?? []).Select(c => FormulaGuard.Read(c.ReplaceLineEndings(" ").Trim()))];
            if (cells.Exists(c => c.Length > 0))
                lines.Add(cells);
        }
        return lines;
    }

    private static string? Named(string heading)
    {
        var plain = heading.Normalize(NormalizationForm.FormKC).Replace(" ", "", StringComparison.Ordinal);
        return Array.Find(Columns, c => c.Headings.Contains(plain, StringComparer.OrdinalIgnoreCase)).Name;
    }

    private static Dictionary<string, string> ByName(List<string?> headings, List<string> cells)
    {
        Dictionary<string, string> row = new(StringComparer.Ordinal);
        foreach (var (name, value) in headings.Zip(cells).Where(c => c.First is not null))
            row[name!] = row.TryGetValue(name!, out var before) && before.Length > 0 ? $"{before} {value}".Trim() : value;
        return row;
    }

    private static Dictionary<string, string> Guess(List<string> cells, Vocabulary vocabulary)
    {
        Dictionary<string, string> row = new(StringComparer.Ordinal);
        List<string> words = [];
        foreach (var cell in cells.Where(c => c.Length > 0))
        {
            var plain = cell.Normalize(NormalizationForm.FormKC).Trim();
            if (IsCount(plain) && row.TryAdd("count", plain))
                continue;
            if (MachineEnvelope.Read(plain) is not null && row.TryAdd("size", cell))
                continue;
            if (vocabulary.NearMakers(plain, 1) is [var maker] && plain.Length >= 2 && IsMaker(vocabulary, plain, maker) && row.TryAdd("maker", cell))
                continue;
            words.Add(cell);
        }
        // Of what is left the word with a Latin letter and a figure is a model, the first other one says what it is.
        var model = words.Find(w => row.TryGetValue("maker", out var known) && vocabulary.NearModels(known, w, 1) is [var machine] && w.StartsWith(machine.ModelPrefix, StringComparison.OrdinalIgnoreCase))
            ?? (row.ContainsKey("maker") || words.Count > 1 ? words.Find(w => w.Any(char.IsAsciiDigit) && w.Any(char.IsAsciiLetter) && !w.Any(IsJapanese)) : null);
        if (model is not null)
        {
            row["model"] = model;
            words.Remove(model);
        }
        row["kind"] = words.Count > 0 ? words[0] : "";
        if (words.Count > 1)
            row["size"] = string.Join(' ', words.Skip(1).Append(row.GetValueOrDefault("size", ""))).Trim();
        return row;
    }

    private static bool IsCount(string text)
    {
        var digits = text.TrimEnd('台', '式', '基', '機', ' ');
        return digits.Length is > 0 and <= 4 && digits.TrimStart('-').All(char.IsAsciiDigit);
    }

    private static bool IsMaker(Vocabulary vocabulary, string text, string maker) => string.Equals(text, maker, StringComparison.OrdinalIgnoreCase)
        || vocabulary.Machines.Any(m => string.Equals(m.Maker, maker, StringComparison.Ordinal) && m.MakerSynonyms.Contains(text, StringComparer.OrdinalIgnoreCase));

    private static bool IsJapanese(char c) => c >= '\u3040';
}
