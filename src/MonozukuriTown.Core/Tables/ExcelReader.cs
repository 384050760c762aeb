using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace MonozukuriTown.Core.Tables;

/// <summary>
/// The first sheet of a workbook (.xlsx, .xlsm) as a table. Cells are streamed; numbers come as their cells show them, of a formula the result
/// that was saved. Headers may stand below a title and over two or three merged rows.
/// </summary>
internal static class ExcelReader
{
    /// <summary>What 20 MB may unpack to: sheets shrink to a tenth, files made to fill a memory to a thousandth.</summary>
    public const long MaxUnpacked = 256 * 1024 * 1024;

    private const int MaxEntries = 2_000;
    private const int MaxColumns = 1_000;
    private const int MaxCells = 4_000_000;
    private const int MaxHeaderRows = 4;

    private static readonly byte[] Zip = [0x50, 0x4B, 0x03, 0x04];
    private static readonly byte[] Compound = [0xD0, 0xCF, 0x11, 0xE0];

    /// <summary>Whether it looks like a workbook or like something people take for one: then <see cref="Read(ReadOnlyMemory{byte})"/> says what it is.</summary>
    public static bool Reads(ReadOnlySpan<byte> content) => content.StartsWith(Zip) || content.StartsWith(Compound);

    /// <exception cref="UnreadableFileException">It isn't one that can be read; the sentence says what to do.</exception>
    public static Table Read(ReadOnlyMemory<byte> content)
    {
        if (content.Span.StartsWith(Compound))
        {
            throw new UnreadableFileException(content.Span.IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0
                ? "パスワードの付いた Excel ブックです。パスワードを外して保存し、もう一度お送りください。"
                : "古い形式（.xls など）のファイルです。Excel で開き、「Excel ブック（.xlsx）」として保存してお送りください。");
        }
        using MemoryStream stream = new(content.ToArray(), writable: false);
        try
        {
            CheckPackage(stream);
            using var document = SpreadsheetDocument.Open(stream, isEditable: false, new OpenSettings { MaxCharactersInPart = MaxUnpacked });
            return Read(document.WorkbookPart ?? throw new InvalidDataException("no workbook"));
        }
        catch (Exception e) when (e is OpenXmlPackageException or XmlException or FormatException or InvalidDataException or IOException or ArgumentException or InvalidOperationException or OverflowException)
        {
            throw new UnreadableFileException("Excel ブックとして読めません。壊れていないか、Excel で開いて確かめ、「Excel ブック（.xlsx）」として保存しなおしてお送りください。");
        }
    }

    /// <summary>The character that _x000D_ stands for; null when it stands for itself.</summary>
    internal static char? EscapeAt(string text, int i) => i + 6 < text.Length && text[i + 1] == 'x' && text[i + 6] == '_'
        && ushort.TryParse(text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) ? (char)code : null;

    private static void CheckPackage(MemoryStream stream)
    {
        using ZipArchive zip = new(stream, ZipArchiveMode.Read, leaveOpen: true);
        if (zip.GetEntry("xl/workbook.bin") is not null)
            throw new UnreadableFileException("バイナリ形式（.xlsb）の Excel ブックです。「Excel ブック（.xlsx）」として保存してお送りください。");
        if (zip.GetEntry("[Content_Types].xml") is null)
            throw new UnreadableFileException("Excel ブック（.xlsx）ではありません（ZIP か、ほかの表計算のファイルのようです）。Excel ブックか CSV で保存してお送りください。");
        // An entry never yields more than the length it declares.
        if (zip.Entries.Count > MaxEntries || zip.Entries.Sum(e => e.Length) > MaxUnpacked)
            throw new UnreadableFileException($"展開すると大きすぎる Excel ブックです。使わないシートや画像を消すか、{Table.MaxRows:N0} 行までのファイルに分けてお送りください。");
        stream.Position = 0;
    }

    private static Table Read(WorkbookPart workbook)
    {
        // Chart sheets and hidden ones are none that people mean.
        var sheets = workbook.Workbook.Sheets?.Elements<Sheet>()
            .Where(s => (s.State is null || s.State == SheetStateValues.Visible) && s.Id?.Value is { } id && workbook.GetPartById(id) is WorksheetPart).ToList() ?? [];
        if (sheets is not [var first, ..])
            throw new UnreadableFileException("表のあるシートがありません。");
        var rows = ReadRows((WorksheetPart)workbook.GetPartById(first.Id!.Value!), new Cells(workbook), out var merges);
        var header = rows.FindIndex(r => !r.IsBlank);
        // A title over the table: one cell, drawn over several columns.
        while (header >= 0 && header + 1 < rows.Count && rows[header].Only is { } only && merges.Exists(m => m.Top == rows[header].Line && m.Left == only && m.Right > only && m.Bottom == m.Top))
            header = rows.FindIndex(header + 1, r => !r.IsBlank);
        if (header < 0)
            throw new UnreadableFileException("シートに何も書かれていません。一行目に項目名（会社名、電話番号など）を書いてください。");

        var top = rows[header].Line;
        var bottom = Math.Min(top + MaxHeaderRows - 1, merges.Where(m => m.Top == top).Select(m => m.Bottom).DefaultIfEmpty(top).Max());
        List<Row> headers = [.. rows.Skip(header).TakeWhile(r => r.Line <= bottom)];
        if (headers.Find(r => r.Problem is not null) is { Problem: { } reason } wrong)
            throw new UnreadableFileException($"見出しの行を読めません。{wrong.Line}行目: {reason}");
        var width = headers.Max(r => r.Cells.Count);
        Table table = new(Table.CleanHeaders(Enumerable.Range(0, width).Select(c => headers.Select(r => r[c]).LastOrDefault(t => !string.IsNullOrWhiteSpace(t)) ?? "")), "Excel");
        if (sheets.Count > 1)
            table.Notes.Add($"ブックにシートが{sheets.Count}枚あります。最初の「{first.Name?.Value}」だけを読みました。");
        foreach (var row in rows.Skip(header + headers.Count))
        {
            if (row.Problem is { } problem)
                table.Problems.Add(new(row.Line, problem));
            else
                table.Add(row.Line, [.. row.Cells, .. Enumerable.Repeat("", Math.Max(0, table.Headers.Count - row.Cells.Count))]);
        }
        return table;
    }

    private static List<Row> ReadRows(WorksheetPart part, Cells cells, out List<Merge> merges)
    {
        List<Row> rows = [];
        merges = [];
        using var xml = Open(part);
        Row row = new(0);
        var (column, filled) = (-1, 0);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            switch (xml.LocalName)
            {
                case "row":
                    // The numbers are optional: then the next one is meant.
                    row = new(xml.GetAttribute("r") is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : row.Line + 1);
                    column = -1;
                    rows.Add(row);
                    break;
                case "c":
                    column = xml.GetAttribute("r") is { } reference ? Place(reference).Column : column + 1;
                    var text = cells.Read(xml, out var problem);
                    if (problem is not null)
                        row.Problem ??= $"{Letters(column)}列: {problem}";
                    if (text.Length == 0)
                        break;
                    if (column >= MaxColumns)
                        throw new UnreadableFileException($"列が多すぎます。{MaxColumns:N0} 列までの表でお送りください。");
                    if (++filled > MaxCells)
                        throw new UnreadableFileException("セルが多すぎます。ファイルを分けてお送りください。");
                    row.Set(column, text);
                    break;
                case "mergeCell" when xml.GetAttribute("ref")?.Split(':') is [var from, var to]:
                    var ((left, top), (right, bottom)) = (Place(from), Place(to));
                    merges.Add(new(top, left, bottom, right));
                    break;
            }
        }
        return rows;
    }

    private static XmlReader Open(OpenXmlPart part) => XmlReader.Create(part.GetStream(FileMode.Open, FileAccess.Read), new XmlReaderSettings
    {
        CloseInput = true,
        DtdProcessing = DtdProcessing.Prohibit,
        MaxCharactersInDocument = MaxUnpacked,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    });

    /// <summary>AB12: column 27 from 0, line 12.</summary>
    private static (int Column, int Line) Place(string reference)
    {
        var letters = 0;
        var column = 0;
        while (letters < reference.Length && char.IsAsciiLetter(reference[letters]) && letters < 3)
            column = column * 26 + (char.ToUpperInvariant(reference[letters++]) - 'A' + 1);
        return letters > 0 ? (column - 1, int.Parse(reference.AsSpan(letters), NumberStyles.None, CultureInfo.InvariantCulture)) : throw new InvalidDataException(reference);
    }

    /// <summary>27 from 0 is AB.</summary>
    internal static string Letters(int column)
    {
        var letters = "";
        for (var n = column + 1; n > 0; n = (n - 1) / 26)
            letters = (char)('A' + (n - 1) % 26) + letters;
        return letters;
    }

    private sealed record Merge(int Top, int Left, int Bottom, int Right);

    private sealed class Row(int line)
    {
        public int Line { get; } = line;

        public List<string> Cells { get; } = [];

        /// <summary>Why the row can't be read.</summary>
        public string? Problem { get; set; }

        public bool IsBlank => Problem is null && Cells.TrueForAll(string.IsNullOrWhiteSpace);

        /// <summary>The column of the only cell that says something.</summary>
        public int? Only => Cells.Index().Where(c => !string.IsNullOrWhiteSpace(c.Item)).ToList() is [var only] ? only.Index : null;

        public string this[int column] => column < Cells.Count ? Cells[column] : "";

        public void Set(int column, string text)
        {
            while (Cells.Count <= column)
                Cells.Add("");
            Cells[column] = text;
        }
    }

    /// <summary>What cells say, by the workbook's shared strings and number formats.</summary>
    private sealed class Cells
    {
        private readonly List<string> _shared = [];
        private readonly List<ExcelNumber> _formats = [];
        private readonly bool _from1904;
        private readonly StringBuilder _text = new();

        public Cells(WorkbookPart workbook)
        {
            _from1904 = workbook.Workbook.WorkbookProperties?.Date1904?.Value == true;
            if (workbook.SharedStringTablePart is { } strings)
            {
                using var xml = Open(strings);
                while (xml.Read())
                {
                    if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
                        _shared.Add(Unescape(Inner(xml).Text));
                }
            }
            var styles = workbook.WorkbookStylesPart?.Stylesheet;
            Dictionary<uint, ExcelNumber> own = [];
            foreach (var format in styles?.NumberingFormats?.Elements<NumberingFormat>() ?? [])
                own[format.NumberFormatId?.Value ?? 0] = new(format.FormatCode?.Value ?? "General");
            foreach (var cell in styles?.CellFormats?.Elements<CellFormat>() ?? [])
            {
                var id = cell.NumberFormatId?.Value ?? 0;
                _formats.Add(own.GetValueOrDefault(id) ?? ExcelNumber.BuiltIn(id));
            }
        }

        /// <summary>The text of the cell the reader stands on; it then stands on the cell's end.</summary>
        public string Read(XmlReader xml, out string? problem)
        {
            var type = xml.GetAttribute("t") ?? "n";
            var style = xml.GetAttribute("s") is { } s ? int.Parse(s, CultureInfo.InvariantCulture) : 0;
            var (text, formula, value) = Inner(xml);
            problem = type is "e" ? $"計算できない式です（{text}）。式を直すか、値を書いてください。"
                : formula && !value ? "式の計算結果が保存されていません。Excel で開き、保存しなおしてください。" : null;
            if (problem is not null || text.Length == 0)
                return "";
            return type switch
            {
                "s" => _shared[int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)],
                "b" => text is "1" or "true" ? "はい" : "いいえ",
                "d" => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
                    ? at.ToString(at.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : text,
                "n" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                    ? (style >= 0 && style < _formats.Count ? _formats[style] : ExcelNumber.General).Show(number, _from1904) : text,
                _ => Unescape(text),
            };
        }

        /// <summary>Text within an element but for readings above kanji and the formula itself.</summary>
        private (string Text, bool Formula, bool Value) Inner(XmlReader xml)
        {
            if (xml.IsEmptyElement)
                return ("", false, false);
            _text.Clear();
            var (formula, value, reading, depth, name) = (false, false, false, xml.Depth, "");
            while (xml.Read() && xml.Depth > depth)
            {
                switch (xml.NodeType)
                {
                    case XmlNodeType.Element:
                        name = xml.IsEmptyElement ? "" : xml.LocalName;
                        formula |= xml.LocalName is "f";
                        value |= xml.LocalName is "v";
                        reading |= name is "rPh";
                        break;
                    case XmlNodeType.EndElement:
                        reading &= xml.LocalName is not "rPh";
                        name = "";
                        break;
                    case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when name is "t" or "v" && !reading:
                        _text.Append(xml.Value);
                        break;
                }
            }
            return (_text.ToString(), formula, value);
        }

        private static string Unescape(string text)
        {
            if (!text.Contains("_x", StringComparison.Ordinal))
                return text;
            StringBuilder plain = new(text.Length);
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] == '_' && EscapeAt(text, i) is { } c)
                {
                    plain.Append(c);
                    i += 6;
                }
                else
                {
                    plain.Append(text[i]);
                }
            }
            return plain.ToString();
        }
    }
}
