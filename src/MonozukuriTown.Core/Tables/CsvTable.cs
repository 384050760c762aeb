using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using MonozukuriTown.Core.Calendar;

namespace MonozukuriTown.Core.Tables;

/// <summary>CSV both ways. Read: any encoding <see cref="TextFile"/> knows, comma or tab. Written: UTF-8 with BOM, CRLF, guarded against formulas.</summary>
public static class CsvTable
{
    // Each unclosed quote means reading the rest once more.
    private const int MaxUnclosed = 20;

    public static async Task<Table> ReadAsync(Stream stream, CancellationToken cancellationToken) => Read(await TextFile.ReadAsync(stream, cancellationToken));

    public static Table Read(TextFile file)
    {
        var end = file.Text.AsSpan().IndexOfAny('\r', '\n');
        var first = end < 0 ? file.Text : file.Text[..end];
        var delimiter = first.Contains('\t', StringComparison.Ordinal) && !first.Contains(',', StringComparison.Ordinal) ? "\t" : ",";
        Table? table = null;
        var (offset, line) = (0, 1);
        for (var unclosed = 0; offset < file.Text.Length;)
        {
            if (ReadFrom(file, delimiter, ref table, ref offset, ref line))
                break;
            if (++unclosed == MaxUnclosed && offset < file.Text.Length)
            {
                table?.Problems.Add(new(line, "閉じられていない「\"」が多すぎるため、ここから先は読んでいません。"));
                break;
            }
        }
        return table ?? throw new UnreadableFileException("一行目に見出しがありません。一行目に項目名（会社名、電話番号など）を書いてください。");
    }

    /// <summary>Writes as the rows come; safe for response bodies, which refuse synchronous writing.</summary>
    public static async Task WriteAsync(Stream stream, IReadOnlyList<string> headers, IAsyncEnumerable<IReadOnlyList<object?>> rows, CancellationToken cancellationToken)
    {
        await using StreamWriter text = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 32 * 1024, leaveOpen: true);
        CsvConfiguration configuration = new(CultureInfo.InvariantCulture)
        {
            NewLine = "\r\n",
            // By itself it would leave a lone line feed unquoted.
            ShouldQuote = args => args.Field is { Length: > 0 } field && (field.AsSpan().IndexOfAny(",\"\r\n\t") >= 0 || field[0] == ' ' || field[^1] == ' '),
        };
        await using CsvWriter csv = new(text, configuration, leaveOpen: true);
        foreach (var header in headers)
            csv.WriteField(FormulaGuard.Write(header));
        await csv.NextRecordAsync();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            TableFile.Fits(row, headers);
            foreach (var cell in row)
                csv.WriteField(FormulaGuard.Write(Text(cell)));
            await csv.NextRecordAsync();
        }
        await csv.FlushAsync();
        await text.FlushAsync(cancellationToken);
    }

    /// <summary>A value as it stands in a file: dates as 2026-10-28, moments by the town's clock, numbers without grouping.</summary>
    internal static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset moment => TownClock.ToTown(moment).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        bool yes => yes ? "はい" : "いいえ",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>Reads from an offset; true at the end, false after an unclosed quote (the offset then stands on the line after it).</summary>
    private static bool ReadFrom(TextFile file, string delimiter, ref Table? table, ref int offset, ref int line)
    {
        List<string> bad = [];
        CsvConfiguration configuration = new(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter,
            IgnoreBlankLines = false,
            BadDataFound = args => bad.Add(args.Field),
        };
        using StringReader reader = new(offset == 0 ? file.Text : file.Text[offset..]);
        using CsvParser parser = new(reader, configuration);
        var (firstLine, previous) = (line, 0);
        while (parser.Read())
        {
            line = firstLine + previous;
            previous = parser.RawRow;
            var raw = parser.RawRecord;
            // Asking for the cells is what makes it look for bad ones.
            var cells = parser.Record ?? [];
            // 5"管 without quotes around it is how people write inches; a cell that begins with a quote must end with one.
            if (bad.Exists(field => field.TrimStart().StartsWith('"')))
            {
                bad.Clear();
                var open = raw.Count(c => c == '"') % 2 == 1;
                const string Closed = "「\"」の使い方が正しくありません。セル全体を「\"」で囲み、中の「\"」は「\"\"」と書いてください。";
                var reason = open ? "「\"」が閉じられていません。" : Closed;
                if (table is null)
                    throw new UnreadableFileException($"見出しの行を読めません。{reason}");
                table.Problems.Add(new(line, reason));
                if (!open)
                    continue;
                var end = raw.AsSpan().IndexOfAny('\r', '\n');
                offset = end < 0 ? file.Text.Length : offset + (int)parser.CharCount - raw.Length + end;
                if (offset < file.Text.Length && file.Text[offset] == '\r')
                    offset++;
                if (offset < file.Text.Length && file.Text[offset] == '\n')
                    offset++;
                line++;
                return false;
            }
            bad.Clear();
            if (table is not null)
                table.Add(line, cells);
            else if (!cells.All(string.IsNullOrWhiteSpace))
                table = new Table(Table.CleanHeaders(cells), file.EncodingName);
        }
        offset = file.Text.Length;
        return true;
    }
}
