using System.Globalization;
using System.Text;
using MonozukuriTown.Core.Tables;

namespace MonozukuriTown.Tests.Tables;

public class CsvTableTests
{
    private static Table Read(string text) => CsvTable.Read(new TextFile(text, "UTF-8"));

    private static async Task<byte[]> WriteAsync(IReadOnlyList<string> headers, params IReadOnlyList<object?>[] rows)
    {
        using MemoryStream stream = new();
        await CsvTable.WriteAsync(stream, headers, rows.ToAsyncEnumerable(), TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    [Fact]
    public void Read_Headers_AreTrimmedAndOfOneWidth()
    {
        var table = Read(" 会社名 ,ＴＥＬ, 郵便 番号,,\nA,06,571-0000,,\n");
        Assert.Equal(["会社名", "TEL", "郵便番号"], table.Headers);
        Assert.Equal("06", table.Rows[0]["tel"]);
        Assert.Equal("", table.Rows[0]["無い列"]);
        Assert.False(table.Has("無い列"));
        Assert.Empty(table.Problems);
    }

    [Fact]
    public void Read_LinesAreThoseOfTheFile()
    {
        var table = Read("a,b\r\n\r\n\"x\r\ny\",2\r\n , \r\n3,4");
        Assert.Equal([3, 6], table.Rows.Select(r => r.Line));
        Assert.Equal("x\r\ny", table.Rows[0]["a"]);
        Assert.Equal("4", table.Rows[1]["b"]);
    }

    [Fact]
    public void Read_WrongNumberOfCells_NamesTheLineAndKeepsTheRest()
    {
        var table = Read("a,b\n1,2\n1\n1,2,3\n1,2,,\n5,6\n");
        Assert.Equal([new TableProblem(3, "列の数が違います。見出しは 2 列ですが、この行は 1 列です。"), new TableProblem(4, "列の数が違います。見出しは 2 列ですが、この行は 3 列です。")], table.Problems);
        Assert.Equal([2, 5, 6], table.Rows.Select(r => r.Line));
    }

    [Fact]
    public void Read_UnclosedQuote_LosesItsOwnLineAlone()
    {
        var rows = Enumerable.Range(2, 10_000).Select(n => n == 5000 ? $"\"会社{n},06" : $"会社{n},06");
        var table = Read("会社名,電話\r\n" + string.Join("\r\n", rows) + "\r\n");
        Assert.Equal([new TableProblem(5000, "「\"」が閉じられていません。")], table.Problems);
        Assert.Equal(9_999, table.Rows.Count);
        Assert.Equal((5001, "会社5001"), (table.Rows[4998].Line, table.Rows[4998]["会社名"]));
        Assert.Equal((10_001, "会社10001"), (table.Rows[^1].Line, table.Rows[^1]["会社名"]));
    }

    [Fact]
    public void Read_ManyUnclosedQuotes_GivesUpWithASentence()
    {
        // Every second line opens a quote that its successor's closes in the middle of a cell, or never.
        var table = Read("a,b\n" + string.Concat(Enumerable.Repeat("\"x\"\",1\n", 500)));
        Assert.InRange(table.Problems.Count, 1, 501);
        Assert.Empty(table.Rows);
    }

    [Fact]
    public void Read_InchMark_IsText()
    {
        var table = Read("a,b\n5\"管,2\n");
        Assert.Equal("5\"管", table.Rows[0]["a"]);
        Assert.Empty(table.Problems);
    }

    [Fact]
    public void Read_TextAfterClosingQuote_IsAProblem()
    {
        var table = Read("a,b\n\"abc\"def,2\n3,4\n");
        Assert.Equal(2, Assert.Single(table.Problems).Line);
        Assert.Equal(3, Assert.Single(table.Rows).Line);
    }

    [Theory]
    [InlineData("\n\n", "見出し")]
    [InlineData(",,\n", "見出し")]
    [InlineData("会社名,電話,会社 名\nA,1,2\n", "「会社名」が二つ")]
    [InlineData("\"会社名,電話\nA,1\n", "見出しの行を読めません")]
    public void Read_BadHeader_RefusesWithASentence(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<UnreadableFileException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_TooManyRows_RefusesWithASentence() =>
        Assert.Contains("50,000", Assert.Throws<UnreadableFileException>(() => Read("a\n" + string.Concat(Enumerable.Repeat("1\n", Table.MaxRows + 1)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_TabsFromASpreadsheet_AreColumns() => Assert.Equal("2", Read("a\tb\n1\t2\n").Rows[0]["b"]);

    [Fact]
    public async Task Read_Cp932Stream_Reads()
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(932)!.GetBytes("会社名,電話番号\r\n㈱髙﨑製作所,06-0000-0001\r\n");
        using MemoryStream stream = new(bytes);
        var table = await CsvTable.ReadAsync(stream, TestContext.Current.CancellationToken);
        Assert.Equal("㈱髙﨑製作所", table.Rows[0]["会社名"]);
        Assert.Equal("Shift_JIS（CP932）", table.Format);
    }

    [Fact]
    public async Task Write_BomOneHeaderRowCrlf()
    {
        var bytes = await WriteAsync(["会社名", "最大", "確認日", "時刻", "可"],
            ["株式会社\"A\", B", 0.050m, new DateOnly(2026, 10, 28), new DateTimeOffset(2026, 10, 28, 5, 0, 0, TimeSpan.Zero), true], [null, -0.01m, null, null, false]);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal("会社名,最大,確認日,時刻,可\r\n\"株式会社\"\"A\"\", B\",0.050,2026-10-28,2026-10-28 14:00,はい\r\n,-0.01,,,いいえ\r\n", Encoding.UTF8.GetString(bytes[3..]));
    }

    [Fact]
    public async Task Write_UnderACommaCulture_StillWritesPoints()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Contains("1.5", Encoding.UTF8.GetString(await WriteAsync(["a"], [1.5m])), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public async Task AnyCells_RoundTripExactly()
    {
        const string Letters = "'=+-@\t\r\n\", あ株0.1a　";
        Random random = new(3);
        var rows = Enumerable.Range(0, 3000).Select(_ => (IReadOnlyList<object?>)
            ["x" + Cell() + "x", Cell(), "末"]).ToArray();
        var bytes = await WriteAsync(["い", "ろ", "は"], rows);
        var table = CsvTable.Read(TextFile.Decode(bytes));
        Assert.Empty(table.Problems);
        Assert.Equal(rows.Select(r => string.Join('|', r)), table.Rows.Select(r => string.Join('|', r.Cells)));

        string Cell() => string.Concat(Enumerable.Range(0, random.Next(0, 8)).Select(_ => Letters[random.Next(Letters.Length)]));
    }

    [Fact]
    public async Task Write_ToAStreamThatRefusesSynchronousWriting_Works()
    {
        await using AsyncOnly stream = new();
        await CsvTable.WriteAsync(stream, ["a", "b"], Enumerable.Range(0, 50_000).Select(n => (IReadOnlyList<object?>)[n, "株式会社銅鐸電極工業"]).ToAsyncEnumerable(),
            TestContext.Current.CancellationToken);
        Assert.InRange(stream.Position, 1_500_000, 3_000_000);
    }

    [Fact]
    public async Task Write_RowOfAnotherLength_Throws() => await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(["a", "b"], [1]));
}
