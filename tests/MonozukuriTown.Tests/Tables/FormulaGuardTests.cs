using MonozukuriTown.Core.Tables;

namespace MonozukuriTown.Tests.Tables;

public class FormulaGuardTests
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")")]
    [InlineData("+81-6-0000-0001", "'+81-6-0000-0001")]
    [InlineData("+81600000001", "'+81600000001")]
    [InlineData("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("'=1", "''=1")]
    [InlineData("-0.01", "-0.01")]
    [InlineData("-5", "-5")]
    [InlineData("-", "'-")]
    [InlineData("-5\n", "'-5\n")]
    [InlineData("0.01", "0.01")]
    [InlineData("株式会社A=B", "株式会社A=B")]
    [InlineData("'90年代", "'90年代")]
    [InlineData("", "")]
    public void Write_GuardsTextAndLeavesNumbers(string cell, string written)
    {
        Assert.Equal(written, FormulaGuard.Write(cell));
        Assert.Equal(cell, FormulaGuard.Read(written));
    }

    [Fact]
    public void AnyText_ComesBackExactly()
    {
        const string Letters = "'''=+-@\t\r\n＝－01.aあ\" ,";
        Random random = new(11);
        for (var n = 0; n < 20_000; n++)
        {
            var cell = string.Concat(Enumerable.Range(0, random.Next(0, 7)).Select(_ => Letters[random.Next(Letters.Length)]));
            var written = FormulaGuard.Write(cell);
            Assert.Equal(cell, FormulaGuard.Read(written));
            Assert.True(written.Length == 0 || !"=+@\t\r\n＝＋－＠".Contains(written[0], StringComparison.Ordinal), written);
            Assert.True(written.Length == 0 || written[0] != '-' || decimal.TryParse(written, out _), written);
        }
    }
}
