namespace MonozukuriTown.Core.Imports;

/// <summary>What a file would do: shown before anything is written, and compared again when it is.</summary>
public sealed record ImportReport
{
    public required string Format { get; init; }
    public required int Rows { get; init; }

    /// <summary>Column headings of <see cref="AddedRow.Values"/>.</summary>
    public required IReadOnlyList<string> AddedHeadings { get; init; }
    public List<AddedRow> Added { get; init; } = [];
    public List<ChangedRow> Changed { get; init; } = [];
    public int Unchanged { get; set; }
    public List<RefusedCell> Refused { get; init; } = [];

    /// <summary>Whatever staff should know and that stops nothing: columns nobody reads, words the vocabulary lacks.</summary>
    public List<string> Notes { get; init; } = [];

    public int RefusedRows => Refused.Select(r => r.Line).Distinct().Count();

    /// <summary>Why there is nothing to bring in, when there is nothing and nothing is wrong.</summary>
    public string? Nothing => CanApply || Refused.Count > 0 ? null
        : Rows == 0 ? "ファイルには見出しだけで、行がありません。二行目から書いてください。" : "ファイルの内容は、いまのものと同じです。変わるところはありません。";

    public bool CanApply => Refused.Count == 0 && Added.Count + Changed.Count > 0;
}

public sealed record AddedRow(int Line, string Name, IReadOnlyList<string> Values);

/// <param name="Note">Why to look twice, e.g. that the company itself confirmed what the file changes.</param>
public sealed record ChangedRow(int Line, string Name, IReadOnlyList<ChangedCell> Cells, string? Note = null);

public sealed record ChangedCell(string Field, string Before, string After);

public sealed record RefusedCell(int Line, string Name, string Field, string Written, string Reason);
