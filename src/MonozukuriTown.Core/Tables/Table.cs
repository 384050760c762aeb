using System.Collections.Frozen;

namespace MonozukuriTown.Core.Tables;

/// <summary>Rows read from a file: whatever its format, the same to those who use it.</summary>
public sealed class Table
{
    public const int MaxRows = 50_000;

    private readonly FrozenDictionary<string, int> _columns;

    internal Table(IReadOnlyList<string> headers, string format)
    {
        Headers = headers;
        Format = format;
        _columns = headers.Index().Where(h => h.Item.Length > 0).ToFrozenDictionary(h => h.Item, h => h.Index, StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<string> Headers { get; }

    /// <summary>How it was written, for the report: "UTF-8", "Shift_JIS（CP932）", "Excel".</summary>
    public string Format { get; }

    public List<TableRow> Rows { get; } = [];

    /// <summary>Lines that could not be read; all others are in <see cref="Rows"/>.</summary>
    public List<TableProblem> Problems { get; } = [];

    /// <summary>What whoever sent it should know though nothing is wrong: that only the first sheet was read.</summary>
    public List<string> Notes { get; } = [];

    public bool Has(string header) => _columns.ContainsKey(header);

    internal int? Column(string header) => _columns.TryGetValue(header, out var index) ? index : null;

    /// <summary>Header names in one width, without blanks: 「 ＴＥＬ 」 is TEL.</summary>
    internal static List<string> CleanHeaders(IEnumerable<string> cells)
    {
        List<string> headers = [.. cells.Select(c => Calendar.Kana.Normalise(FormulaGuard.Read(c).Trim('\uFEFF')).Replace(" ", "", StringComparison.Ordinal))];
        while (headers.Count > 0 && headers[^1].Length == 0)
            headers.RemoveAt(headers.Count - 1);
        if (headers.Count == 0)
            throw new UnreadableFileException("一行目に見出しがありません。一行目に項目名（会社名、電話番号など）を書いてください。");
        if (headers.Where(h => h.Length > 0).GroupBy(h => h, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
            throw new UnreadableFileException($"見出し「{twice.Key}」が二つあります。どちらかを消すか、名前を変えてください。");
        return headers;
    }

    /// <summary>Takes a row of cells: blank ones are passed over, wrong ones become a problem.</summary>
    internal void Add(int line, IReadOnlyList<string> cells)
    {
        if (cells.All(string.IsNullOrWhiteSpace))
            return;
        if (Rows.Count >= MaxRows)
            throw new UnreadableFileException($"行が多すぎます。見出しのほかに {MaxRows:N0} 行までのファイルに分けてお送りください。");
        var last = cells.Count;
        while (last > Headers.Count && string.IsNullOrWhiteSpace(cells[last - 1]))
            last--;
        if (last != Headers.Count)
            Problems.Add(new(line, $"列の数が違います。見出しは {Headers.Count} 列ですが、この行は {last} 列です。"));
        else
            Rows.Add(new(this, line, [.. cells.Take(last).Select(FormulaGuard.Read)]));
    }
}

/// <summary>A row with the line it starts on, as an editor counts.</summary>
public sealed class TableRow(Table table, int line, IReadOnlyList<string> cells)
{
    public int Line { get; } = line;

    public IReadOnlyList<string> Cells { get; } = cells;

    /// <summary>The cell under a header, blanks at its ends cut; empty when the file has no such column.</summary>
    public string this[string header] => table.Column(header) is { } index ? Cells[index].Trim() : "";

    public bool Has(string header) => table.Has(header);
}

public sealed record TableProblem(int Line, string Reason);
