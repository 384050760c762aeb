using System.Text.Json;
using MonozukuriTown.Core.Tables;

namespace MonozukuriTown.Core.Imports;

/// <summary>Rows of a file somebody brought, whichever format it has: CSV or Excel with headers, or one JSON object a line.</summary>
internal sealed class SourceFile
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    private SourceFile(string format) => Format = format;

    public string Format { get; }

    public List<SourceRow> Rows { get; } = [];

    public List<TableProblem> Problems { get; } = [];

    /// <summary>What the report should say about the file itself.</summary>
    public List<string> Notes { get; } = [];

    public int RowCount => Rows.Count + Problems.Count;

    public static SourceFile Read(byte[] content)
    {
        if (ExcelReader.Reads(content))
            return FromTable(ExcelReader.Read(content), "");
        var text = TextFile.Decode(content);
        var first = text.Text.AsSpan().TrimStart();
        if (first.StartsWith('['))
            throw new UnreadableFileException("JSON の配列です。一行に一つずつ書いた JSONL か、CSV・Excel でお送りください。");
        return first.StartsWith('{') ? ReadJsonLines(text) : FromTable(CsvTable.Read(text), "CSV、");
    }

    /// <summary>Columns of the file that none of these names reads.</summary>
    public IEnumerable<string> Unread(IEnumerable<string> names) => _names.Except(names, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal);

    public bool HasAny(IEnumerable<string> names) => names.Any(_names.Contains);

    private static SourceFile FromTable(Table table, string kind)
    {
        SourceFile file = new(kind + table.Format);
        file.Notes.AddRange(table.Notes);
        file._names.UnionWith(table.Headers.Where(h => h.Length > 0));
        file.Problems.AddRange(table.Problems);
        file.Rows.AddRange(table.Rows.Select(row => new SourceRow(row.Line, name => new Cell(row[name]))));
        return file;
    }

    private static SourceFile ReadJsonLines(TextFile text)
    {
        SourceFile file = new("JSONL、" + text.EncodingName);
        var number = 0;
        foreach (var line in text.Text.AsSpan().EnumerateLines())
        {
            number++;
            if (line.IsWhiteSpace())
                continue;
            if (file.RowCount >= Table.MaxRows)
                throw new UnreadableFileException($"行が多すぎます。{Table.MaxRows:N0} 行までのファイルに分けてお送りください。");
            try
            {
                var cells = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(line) ?? throw new JsonException("null");
                file._names.UnionWith(cells.Keys);
                Dictionary<string, JsonElement> byName = new(StringComparer.OrdinalIgnoreCase);
                foreach (var (name, value) in cells)
                    byName[name] = value;
                file.Rows.Add(new(number, name => byName.TryGetValue(name, out var value) ? new Cell(value) : new Cell("")));
            }
            catch (JsonException e)
            {
                file.Problems.Add(new(number, e.BytePositionInLine is { } place
                    ? $"JSON として読めません（{place + 1:N0}文字目のあたり）。一行に一つの {{ }} を書いてください。"
                    : "JSON の { } ではありません。"));
            }
        }
        return file;
    }
}

internal sealed class SourceRow(int line, Func<string, Cell> cell)
{
    public int Line { get; } = line;

    /// <summary>The cell under the first of these names that says something.</summary>
    public Cell this[params ReadOnlySpan<string> names]
    {
        get
        {
            foreach (var name in names)
            {
                if (cell(name) is { IsEmpty: false } found)
                    return found;
            }
            return new("");
        }
    }
}
