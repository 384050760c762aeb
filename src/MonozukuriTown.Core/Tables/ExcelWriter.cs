using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using MonozukuriTown.Core.Calendar;

namespace MonozukuriTown.Core.Tables;

/// <summary>
/// One sheet: headers in bold that stay in sight, numbers and dates as such, everything else as text behind the guard against formulas.
/// Empty columns are text too, so that a telephone number somebody types keeps its first 0.
/// </summary>
internal static class ExcelWriter
{
    private const int MaxCell = 32_767;

    // Places in the list of cell formats below.
    private const uint Plain = 0, Header = 1, Text = 2, Day = 3, Moment = 4;

    private static readonly DateOnly FirstDay = new(1900, 3, 1);

    public static async Task WriteAsync(Stream stream, IReadOnlyList<string> headers, IAsyncEnumerable<IReadOnlyList<object?>> rows, CancellationToken cancellationToken)
    {
        // A workbook is a ZIP with its directory at the end: made on disk, then sent, and gone when the stream is closed.
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using FileStream file = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        using (var book = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var workbook = book.AddWorkbookPart();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var sheet = workbook.AddNewPart<WorksheetPart>();
            workbook.Workbook = new Workbook(new Sheets(new Sheet { Name = "一覧", SheetId = 1, Id = workbook.GetIdOfPart(sheet) }));
            using var xml = OpenXmlWriter.Create(sheet);
            xml.WriteStartElement(new Worksheet());
            WriteLayout(xml, headers);
            xml.WriteStartElement(new SheetData());
            WriteRow(xml, 1, headers, Header);
            uint line = 1;
            await foreach (var row in rows.WithCancellation(cancellationToken))
            {
                TableFile.Fits(row, headers);
                WriteRow(xml, ++line, row, Text);
            }
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        file.Position = 0;
        await file.CopyToAsync(stream, cancellationToken);
    }

    private static void WriteLayout(OpenXmlWriter xml, IReadOnlyList<string> headers)
    {
        xml.WriteElement(new SheetViews(new SheetView(new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen })
        {
            WorkbookViewId = 0,
        }));
        // A sheet without columns has no list of them.
        if (headers.Count == 0)
            return;
        xml.WriteElement(new Columns(headers.Select((header, i) => new Column
        {
            Min = (uint)i + 1,
            Max = (uint)i + 1,
            // Kanji are two digits wide.
            Width = Math.Clamp(header.Length * 2 + 4, 12, 40),
            CustomWidth = true,
            Style = Text,
        })));
    }

    private static void WriteRow(OpenXmlWriter xml, uint line, IReadOnlyList<object?> cells, uint style)
    {
        xml.WriteStartElement(new Row { RowIndex = line });
        for (var i = 0; i < cells.Count; i++)
        {
            if (Cell(cells[i], style) is { } cell)
            {
                cell.CellReference = string.Create(CultureInfo.InvariantCulture, $"{ExcelReader.Letters(i)}{line}");
                xml.WriteElement(cell);
            }
        }
        xml.WriteEndElement();
    }

    private static Cell? Cell(object? value, uint style) => value switch
    {
        // Before March 1900 no two programs agree on the number of a day: such dates go as text.
        DateOnly day when day >= FirstDay => Number(day.ToDateTime(TimeOnly.MinValue).ToOADate(), Day),
        DateTimeOffset moment when TownClock.DateOf(moment) >= FirstDay => Number(TownClock.ToTown(moment).DateTime.ToOADate(), Moment),
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal => Number((IFormattable)value, Plain),
        _ when CsvTable.Text(value) is { Length: > 0 } text => new Cell(new InlineString(new Text(Escape(FormulaGuard.Write(text))) { Space = SpaceProcessingModeValues.Preserve }))
        {
            DataType = CellValues.InlineString,
            StyleIndex = style,
        },
        _ => null,
    };

    private static Cell Number(IFormattable value, uint style) => new() { CellValue = new(value.ToString(null, CultureInfo.InvariantCulture)), StyleIndex = style };

    /// <summary>What XML can't hold is written _x000B_, as Excel does; text that looks like that is kept apart from it.</summary>
    private static string Escape(string text)
    {
        if (text.Length > MaxCell)
            text = text[..(char.IsHighSurrogate(text[MaxCell - 1]) ? MaxCell - 1 : MaxCell)];
        StringBuilder? escaped = null;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var looksEscaped = c == '_' && ExcelReader.EscapeAt(text, i) is not null;
            var pair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (looksEscaped || c is < ' ' and not ('\t' or '\n') || c is '\uFFFE' or '\uFFFF' || char.IsSurrogate(c) && !pair)
                (escaped ??= new(text, 0, i, text.Length + 16)).Append(CultureInfo.InvariantCulture, $"_x{(int)c:X4}_");
            else
                escaped?.Append(c);
            if (pair)
            {
                i++;
                escaped?.Append(text[i]);
            }
        }
        return escaped?.ToString() ?? text;
    }

    private static Stylesheet Styles()
    {
        const uint DayFormat = 164, MomentFormat = 165, TextFormat = 49;
        return new(
            new NumberingFormats(
                new NumberingFormat { NumberFormatId = DayFormat, FormatCode = "yyyy-mm-dd" },
                new NumberingFormat { NumberFormatId = MomentFormat, FormatCode = "yyyy-mm-dd hh:mm" }),
            new Fonts(new Font(new FontSize { Val = 11 }), new Font(new Bold(), new FontSize { Val = 11 })),
            new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
            new Borders(new Border()),
            new CellStyleFormats(new CellFormat()),
            new CellFormats(
                new CellFormat(),
                new CellFormat { FontId = 1, NumberFormatId = TextFormat, ApplyFont = true, ApplyNumberFormat = true },
                new CellFormat { NumberFormatId = TextFormat, ApplyNumberFormat = true },
                new CellFormat { NumberFormatId = DayFormat, ApplyNumberFormat = true },
                new CellFormat { NumberFormatId = MomentFormat, ApplyNumberFormat = true }));
    }
}
