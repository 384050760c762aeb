namespace MonozukuriTown.Core.Tables;

public enum TableFormat
{
    Csv,
    Xlsx,
}

/// <summary>A file of rows, CSV or Excel: read by what is in it (names of files lie), written as asked.</summary>
public static class TableFile
{
    /// <summary>What a file field lets people choose.</summary>
    public const string Accepted = ".csv,.xlsx,.jsonl,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static Table Read(ReadOnlyMemory<byte> content) => ExcelReader.Reads(content.Span) ? ExcelReader.Read(content) : CsvTable.Read(TextFile.Decode(content));

    public static string ContentType(TableFormat format) =>
        format == TableFormat.Csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>With the dot: ".csv".</summary>
    public static string Extension(TableFormat format) => format == TableFormat.Csv ? ".csv" : ".xlsx";

    /// <summary>Writes as the rows come; safe for response bodies, which refuse synchronous writing.</summary>
    public static Task WriteAsync(
        Stream stream, TableFormat format, IReadOnlyList<string> headers, IAsyncEnumerable<IReadOnlyList<object?>> rows, CancellationToken cancellationToken) =>
        format == TableFormat.Csv ? CsvTable.WriteAsync(stream, headers, rows, cancellationToken) : ExcelWriter.WriteAsync(stream, headers, rows, cancellationToken);

    internal static void Fits(IReadOnlyList<object?> row, IReadOnlyList<string> headers)
    {
        if (row.Count != headers.Count)
            throw new ArgumentException($"{row.Count} cells under {headers.Count} headers.", nameof(row));
    }
}
