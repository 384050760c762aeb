using System.Text;

namespace MonozukuriTown.Matching;

/// <summary>One row of a CSV file with the line it starts on.</summary>
internal sealed record CsvRow(int Line, IReadOnlyList<string> Cells);

/// <summary>RFC 4180 reading and writing, enough for the vocabulary and for run files.</summary>
internal static class CsvRows
{
    public static List<CsvRow> Read(string text)
    {
        var rows = new List<CsvRow>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        int line = 1, start = 1;
        bool quoted = false, any = false;
        for (var i = text.StartsWith('\uFEFF') ? 1 : 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n')
                line++;
            if (quoted)
            {
                if (c != '"')
                    cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    cell.Append(text[++i]);
                else
                    quoted = false;
                continue;
            }
            switch (c)
            {
                case '"' when cell.Length == 0:
                    quoted = any = true;
                    break;
                case ',':
                    cells.Add(cell.ToString());
                    cell.Clear();
                    any = true;
                    break;
                case '\r':
                    break;
                case '\n':
                    EndRow();
                    start = line;
                    break;
                default:
                    cell.Append(c);
                    break;
            }
        }
        EndRow();
        return rows;

        void EndRow()
        {
            if (any || cell.Length > 0 || cells.Count > 0)
            {
                cells.Add(cell.ToString());
                rows.Add(new(start, [.. cells]));
            }
            cells.Clear();
            cell.Clear();
            any = false;
        }
    }

    public static string Write(IEnumerable<string> cells) => string.Join(',', cells.Select(Quote));

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
