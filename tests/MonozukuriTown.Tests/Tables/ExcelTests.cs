using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using MonozukuriTown.Core.Tables;

namespace MonozukuriTown.Tests.Tables;

public class ExcelTests
{
    private static readonly XNamespace S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private static async Task<byte[]> WriteAsync(IReadOnlyList<string> headers, params IReadOnlyList<object?>[] rows)
    {
        using MemoryStream stream = new();
        await TableFile.WriteAsync(stream, TableFormat.Xlsx, headers, rows.ToAsyncEnumerable(), TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    private static string Text(string text) => $"<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>";

    private static Table Read(string rows, string after = "") => TableFile.Read(new Workbook().Sheet("名簿", rows, after).ToBytes());

    [Fact]
    public async Task Write_IsAValidWorkbook_WithTypesAndWithoutFormulas()
    {
        var bytes = await WriteAsync(["会社名", "最大", "確認日", "時刻", "可"],
            ["=HYPERLINK(\"http://x\")", 0.050m, new DateOnly(2026, 10, 28), new DateTimeOffset(2026, 10, 28, 5, 0, 0, TimeSpan.Zero), true], ["0612345678", -0.01m, null, null, false]);
        using (var book = SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false))
            Assert.Empty(new OpenXmlValidator().Validate(book, TestContext.Current.CancellationToken).Select(e => $"{e.Path?.XPath}: {e.Description}"));

        using ZipArchive zip = new(new MemoryStream(bytes));
        var sheet = XDocument.Load(await zip.Entries.Single(e => e.FullName.Contains("worksheets/", StringComparison.Ordinal)).OpenAsync(TestContext.Current.CancellationToken));
        Assert.Empty(sheet.Descendants(S + "f"));
        var cells = sheet.Descendants(S + "c").ToDictionary(c => (string)c.Attribute("r")!, StringComparer.Ordinal);
        Assert.Equal("'=HYPERLINK(\"http://x\")", cells["A2"].Value);
        Assert.Equal(("inlineStr", "0612345678"), ((string?)cells["A3"].Attribute("t"), cells["A3"].Value));
        // Numbers stay numbers: Excel adds them up.
        Assert.Equal((null, "0.050"), ((string?)cells["B2"].Attribute("t"), cells["B2"].Element(S + "v")!.Value));
        Assert.Equal("46323", cells["C2"].Element(S + "v")!.Value);
        Assert.False(cells.ContainsKey("C3"));
    }

    [Fact]
    public async Task Write_ReadsBackAsWritten()
    {
        var table = TableFile.Read(await WriteAsync(["会社名", "最大", "確認日", "時刻", "可"],
            ["=1+1", 0.050m, new DateOnly(2026, 10, 28), new DateTimeOffset(2026, 10, 28, 5, 0, 0, TimeSpan.Zero), true], ["0612345678", -0.01m, new DateOnly(1899, 12, 31), null, false]));
        Assert.Equal("Excel", table.Format);
        Assert.Equal(["=1+1", "0.05", "2026-10-28", "2026-10-28 14:00", "はい"], table.Rows[0].Cells);
        Assert.Equal(["0612345678", "-0.01", "1899-12-31", "", "いいえ"], table.Rows[1].Cells);
        Assert.Empty(table.Notes);
        Assert.Equal([2, 3], table.Rows.Select(r => r.Line));
    }

    [Fact]
    public async Task AnyText_RoundTripsExactly()
    {
        const string Letters = "'=+-@\t\r\n\v\u0001\", あ株0.1a　_x000D__<&>\uFFFF\U00020BB7";
        Random random = new(3);
        var rows = Enumerable.Range(0, 3000).Select(_ => (IReadOnlyList<object?>)["x" + Cell() + "x", Cell(), "末"]).ToArray();
        var table = TableFile.Read(await WriteAsync(["い", "ろ", "は"], rows));
        Assert.Empty(table.Problems);
        Assert.Equal(rows.Select(r => string.Join('|', r)), table.Rows.Select(r => string.Join('|', r.Cells)));

        // Half of a pair, too: the random cut goes through 𠮷.
        string Cell() => string.Concat(Enumerable.Range(0, random.Next(0, 8)).Select(_ => Letters[random.Next(Letters.Length)]));
    }

    [Fact]
    public async Task Write_ToAStreamThatRefusesSynchronousWriting_ManyRows_Works()
    {
        await using AsyncOnly stream = new();
        await TableFile.WriteAsync(stream, TableFormat.Xlsx, ["a", "b"], Enumerable.Range(0, 20_000).Select(n => (IReadOnlyList<object?>)[n, "株式会社銅鐸電極工業"]).ToAsyncEnumerable(),
            TestContext.Current.CancellationToken);
        var table = TableFile.Read(stream.ToArray());
        Assert.Equal(20_000, table.Rows.Count);
        Assert.Equal(("19999", 20_001), (table.Rows[^1]["a"], table.Rows[^1].Line));
    }

    [Fact]
    public async Task Write_HeadersAlone_AndLongTexts_AreValid()
    {
        foreach (var bytes in (byte[][])[await WriteAsync(["会社名", "電話番号"]), await WriteAsync(["a"], [new string('あ', 40_000)])])
        {
            using var book = SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false);
            Assert.Empty(new OpenXmlValidator().Validate(book, TestContext.Current.CancellationToken).Select(e => e.Description));
        }
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(["a", "b"], [1]));
    }

    [Fact]
    public void Read_SharedStrings_WithoutTheReadingsAboveThem()
    {
        var book = new Workbook
        {
            Shared = "<si><t>会社名</t><rPh sb=\"0\" eb=\"3\"><t>カイシャメイ</t></rPh><phoneticPr fontId=\"1\"/></si><si><r><rPr><b/></rPr><t xml:space=\"preserve\">株式会社 </t></r><r><t>銅鐸_x000D_\n電極</t></r></si><si/>",
        }.Sheet("名簿", "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>備考</t><rPh sb=\"0\" eb=\"2\"><t>ビコウ</t></rPh></is></c></row><row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\" t=\"s\"><v>2</v></c></row>");
        var table = TableFile.Read(book.ToBytes());
        Assert.Equal(["会社名", "備考"], table.Headers);
        Assert.Equal(["株式会社 銅鐸\r\n電極", ""], table.Rows[0].Cells);
    }

    [Theory]
    [InlineData("General", "0.1", "0.1")]
    [InlineData("General", "0.30000000000000004", "0.3")]
    [InlineData("General", "1234567890123", "1234567890123")]
    [InlineData("General", "-5", "-5")]
    [InlineData("General", "1E-3", "0.001")]
    [InlineData("General", "5.0E+6", "5000000")]
    [InlineData("0000000000", "612345678", "0612345678")]
    [InlineData("000-0000", "5710045", "571-0045")]
    [InlineData("000-0000", "10045", "001-0045")]
    [InlineData("#,##0", "10000000", "10,000,000")]
    [InlineData("#,##0\"円\"", "1234", "1,234円")]
    [InlineData("General\"人\"", "19", "19人")]
    [InlineData("G/標準\"名\"", "19", "19名")]
    [InlineData("0.00", "0.3", "0.30")]
    [InlineData("0.00", "0.005", "0.01")]
    [InlineData("0.0##", "1.25", "1.25")]
    [InlineData("0.0##", "1", "1.0")]
    [InlineData("0%", "0.5", "50%")]
    [InlineData("#,##0;[Red]\\-#,##0", "-1234", "-1,234")]
    [InlineData("0;△0", "-3", "△3")]
    [InlineData("0.0", "-0.01", "0.0")]
    [InlineData("[$¥-411]#,##0", "500", "¥500")]
    [InlineData("_ * #,##0_ ;_ * \\-#,##0_ ;_ * \"-\"_ ;_ @_ ", "0", "0")]
    [InlineData("@", "5710045", "5710045")]
    [InlineData("# ?/?", "0.5", "0.5")]
    [InlineData("0.00E+00", "12345", "12345")]
    [InlineData("[>=100]0;0.0", "5", "5")]
    [InlineData("#,##0,", "12345", "12345")]
    [InlineData("yyyy/m/d", "46323", "2026-10-28")]
    [InlineData("ggge\"年\"m\"月\"d\"日\"", "46323", "2026-10-28")]
    [InlineData("[$-411]ge.m.d;@", "46323", "2026-10-28")]
    [InlineData("yyyy\"年\"m\"月\"", "46323", "2026-10-28")]
    [InlineData("mmm-yy", "46323", "2026-10-28")]
    [InlineData("yyyy\"年\"", "46323", "2026")]
    [InlineData("yyyy/m/d h:mm", "46323.583333333336", "2026-10-28 14:00")]
    [InlineData("h:mm", "0.583333333333", "14:00")]
    [InlineData("[h]:mm", "1.25", "30:00")]
    [InlineData("yyyy/m/d", "1", "1900-01-01")]
    [InlineData("yyyy/m/d", "61", "1900-03-01")]
    [InlineData("yyyy/m/d", "-1", "-1")]
    public void Read_Numbers_AsTheirCellsShowThem(string format, string value, string shown)
    {
        var book = new Workbook { Formats = ["General", format] }.Sheet("名簿", $"<row><c t=\"str\"><v>a</v></c></row><row><c s=\"1\"><v>{value}</v></c></row>");
        Assert.Equal(shown, TableFile.Read(book.ToBytes()).Rows[0]["a"]);
    }

    [Fact]
    public void Read_DatesOf1904_AndIsoDates()
    {
        var book = new Workbook { Formats = ["General", "yyyy/m/d"], Properties = "<workbookPr date1904=\"1\"/>" }
            .Sheet("名簿", $"<row>{Text("a")}{Text("b")}</row><row><c s=\"1\"><v>44861</v></c><c t=\"d\"><v>2026-10-28T00:00:00</v></c></row>");
        Assert.Equal(["2026-10-28", "2026-10-28"], TableFile.Read(book.ToBytes()).Rows[0].Cells);
    }

    [Fact]
    public void Read_EmptyRowsAndCells_KeepTheirPlace()
    {
        var table = Read($"<row r=\"2\"><c r=\"B2\" t=\"str\"><v>会社名</v></c><c r=\"D2\" t=\"str\"><v>電話\n番号</v></c></row><row r=\"3\"/><row r=\"4\"><c r=\"A4\"/><c r=\"B4\" t=\"str\"><v> </v></c></row>"
            + "<row r=\"9\"><c r=\"D9\" t=\"str\"><v>06</v></c></row><row><c t=\"b\"><v>1</v></c><c t=\"str\"><v>乙</v></c></row>");
        Assert.Equal(["", "会社名", "", "電話番号"], table.Headers);
        Assert.Equal([9, 10], table.Rows.Select(r => r.Line));
        Assert.Equal(("", "06"), (table.Rows[0]["会社名"], table.Rows[0]["電話番号"]));
        Assert.Equal("乙", table.Rows[1]["会社名"]);
    }

    [Fact]
    public void Read_TitleAndMergedHeader_FindsTheColumns()
    {
        var table = Read($"<row r=\"1\"><c r=\"A1\" t=\"str\"><v>会社名簿（令和8年度）</v></c></row><row r=\"3\">{Text("会社名")}{Text("所在地")}<c/>{Text("電話番号")}</row><row r=\"4\"><c/>{Text("市区町村")}{Text("番地")}<c/></row>"
            + $"<row r=\"5\">{Text("銅鐸")}{Text("門真市")}{Text("1-1")}{Text("06")}</row>",
            "<mergeCells><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"A3:A4\"/><mergeCell ref=\"B3:C3\"/><mergeCell ref=\"D3:D4\"/></mergeCells>");
        Assert.Equal(["会社名", "市区町村", "番地", "電話番号"], table.Headers);
        Assert.Equal((5, "1-1"), (table.Rows.Single().Line, table.Rows[0]["番地"]));
    }

    [Fact]
    public void Read_SeveralSheets_TakesTheFirstOneInSight_AndSaysSo()
    {
        var book = new Workbook().Sheet("作業用", $"<row>{Text("x")}</row>", state: "hidden").Sheet("名簿", $"<row>{Text("会社名")}</row><row>{Text("甲")}</row>").Sheet("旧名簿", "");
        var table = TableFile.Read(book.ToBytes());
        Assert.Equal("甲", table.Rows.Single()["会社名"]);
        Assert.Equal("ブックにシートが2枚あります。最初の「名簿」だけを読みました。", table.Notes.Single());
    }

    [Fact]
    public void Read_Formulas_TakeTheirSavedResult_OrSayWhatIsWrong()
    {
        var table = Read($"<row>{Text("a")}{Text("b")}</row><row><c><f>1+1</f><v>2</v></c><c t=\"str\"><f>A1</f><v>甲</v></c></row><row><c t=\"str\"><f>\"\"</f><v></v></c>{Text("空")}</row>"
            + $"<row><c/><c><f>TODAY()</f></c></row><row><c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c/></row>");
        Assert.Equal(["2", "甲"], table.Rows[0].Cells);
        Assert.Equal(["", "空"], table.Rows[1].Cells);
        Assert.Equal(2, table.Rows.Count);
        Assert.Equal([new TableProblem(4, "B列: 式の計算結果が保存されていません。Excel で開き、保存しなおしてください。"), new TableProblem(5, "A列: 計算できない式です（#DIV/0!）。式を直すか、値を書いてください。")], table.Problems);
    }

    [Fact]
    public void Read_CellsBesideTheHeaders_AreAProblemOfTheirRow()
    {
        var table = Read($"<row>{Text("a")}</row><row>{Text("1")}{Text("2")}</row><row>{Text("3")}</row>");
        Assert.Equal((2, 3), (table.Problems.Single().Line, table.Rows.Single().Line));
    }

    public static TheoryData<byte[], string> NoWorkbooks => new()
    {
        { [0x50, 0x4B, 0x03, 0x04, 1, 2, 3], "Excel ブックとして読めません" },
        { [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. Encoding.Unicode.GetBytes("Workbook")], "古い形式" },
        { [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. Encoding.Unicode.GetBytes("EncryptedPackage")], "パスワード" },
        { Zip(("mimetype", "application/vnd.oasis.opendocument.spreadsheet")), "Excel ブック（.xlsx）ではありません" },
        { Zip(("[Content_Types].xml", "<Types/>"), ("xl/workbook.bin", "x")), ".xlsb" },
        { Zip(("[Content_Types].xml", "これはXMLではない")), "Excel ブックとして読めません" },
        { new Workbook().ToBytes(), "表のあるシートがありません" },
        { new Workbook().Sheet("a", "").ToBytes(), "何も書かれていません" },
        { new Workbook().Sheet("a", "<row><c t=\"s\"><v>7</v></c></row>").ToBytes(), "Excel ブックとして読めません" },
        { new Workbook().Sheet("a", "<row r=\"99999999999\"><c><v>7</v></c></row>").ToBytes(), "Excel ブックとして読めません" },
        { new Workbook().Sheet("a", "<row><c r=\"BZZ1\"><v>7</v></c></row>").ToBytes(), "列が多すぎます" },
        { new Workbook().Sheet("a", "<row><c>").ToBytes(), "Excel ブックとして読めません" },
        { new Workbook().Sheet("a", "<row><c t=\"e\"><v>#REF!</v></c></row>").ToBytes(), "見出しの行を読めません" },
        { new Workbook().Sheet("a", string.Concat(Enumerable.Range(0, Table.MaxRows + 2).Select(_ => "<row><c><v>7</v></c></row>"))).ToBytes(), "行が多すぎます" },
    };

    [Theory]
    [MemberData(nameof(NoWorkbooks))]
    public void Read_WhatIsNoWorkbook_SaysWhatToDo(byte[] bytes, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<UnreadableFileException>(() => TableFile.Read(bytes)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_FileThatUnpacksToTooMuch_IsRefusedBeforeItIsRead()
    {
        var book = new Workbook().Sheet("a", "<row><c><v>7</v></c></row>");
        book.More["xl/media/bomb.bin"] = new byte[300 * 1024 * 1024];
        var bytes = book.ToBytes();
        Assert.True(bytes.Length < TextFile.MaxBytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("大きすぎる", Assert.Throws<UnreadableFileException>(() => TableFile.Read(bytes)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 * 1024 * 1024);
    }

    [Fact]
    public void Read_EntryThatLiesAboutItsLength_YieldsNoMoreThanItSays()
    {
        // The sheet unpacks to 2 MB; its directory entry is made to say 100 bytes.
        var bytes = new Workbook().Sheet("a", $"<row>{Text(new string('x', 2_000_000))}</row>").ToBytes();
        using ZipArchive zip = new(new MemoryStream(bytes));
        var real = (uint)zip.GetEntry("xl/worksheets/sheet0.xml")!.Length;
        for (var i = 0; i + 4 <= bytes.Length; i++)
        {
            if (BitConverter.ToUInt32(bytes, i) == real)
                BitConverter.GetBytes(100u).CopyTo(bytes, i);
        }
        Assert.Contains("Excel ブックとして読めません", Assert.Throws<UnreadableFileException>(() => TableFile.Read(bytes)).Message, StringComparison.Ordinal);
    }

    private static byte[] Zip(params (string Path, string Text)[] entries)
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in entries)
            {
                using var entry = zip.CreateEntry(path).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return stream.ToArray();
    }
}
