using System.Globalization;

namespace MonozukuriTown.Matching;

/// <summary>One vocabulary file with its header: cells by name, lists and weighted ids, every complaint with file and line.</summary>
internal sealed class VocabularyTable
{
    private readonly Dictionary<string, int> columns = new(StringComparer.OrdinalIgnoreCase);

    private VocabularyTable(string file, List<CsvRow> rows)
    {
        File = file;
        if (rows.Count == 0)
            throw new VocabularyException(file, 1, "the file is empty, a header is needed");
        for (var i = 0; i < rows[0].Cells.Count; i++)
            columns[rows[0].Cells[i].Trim()] = i;
        Rows = rows[1..];
        foreach (var row in Rows)
        {
            if (row.Cells.Count > rows[0].Cells.Count)
                throw new VocabularyException(file, row.Line, $"{row.Cells.Count} cells, the header has {rows[0].Cells.Count}; a comma in a cell needs quotes");
        }
    }

    public string File { get; }

    public List<CsvRow> Rows { get; }

    public static VocabularyTable Read(string directory, string file, params string[] needed)
    {
        var path = Path.Combine(directory, file);
        if (!System.IO.File.Exists(path))
            throw new VocabularyException(file, 1, $"not found in {directory}");
        var table = new VocabularyTable(file, CsvRows.Read(System.IO.File.ReadAllText(path)));
        foreach (var column in needed)
        {
            if (!table.columns.ContainsKey(column))
                throw new VocabularyException(file, 1, $"the column {column} is missing");
        }
        return table;
    }

    public string Cell(CsvRow row, string column) =>
        columns.TryGetValue(column, out var i) && i < row.Cells.Count ? row.Cells[i].Trim() : "";

    public List<string> List(CsvRow row, string column) =>
        [.. Cell(row, column).Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary><c>id:0.8|id</c>; without a weight it is 1.</summary>
    public IReadOnlyList<Weighted> WeightedIds(CsvRow row, string column, IReadOnlyDictionary<string, int> ids)
    {
        var found = new List<Weighted>();
        foreach (var item in List(row, column))
        {
            var colon = item.LastIndexOf(':');
            var id = colon < 0 ? item : item[..colon].Trim();
            var weight = 1.0;
            if (colon >= 0 && (!double.TryParse(item[(colon + 1)..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out weight) || weight is <= 0 or > 1))
                throw new VocabularyException(File, row.Line, $"{item}: a weight is above 0 and at most 1");
            found.Add(new(Id(row, column, id, ids), weight));
        }
        return found;
    }

    public int Id(CsvRow row, string column, string id, IReadOnlyDictionary<string, int> ids) =>
        ids.TryGetValue(id, out var index) ? index : throw new VocabularyException(File, row.Line, $"{column} names {id}, which is not known");
}
