using MonozukuriTown.Core.Calendar;

namespace MonozukuriTown.Tests.Calendar;

public class KanaTests
{
    [Theory]
    [InlineData("ﾄﾞｳﾀｸ", "どうたく")]
    [InlineData("ドウタク", "どうたく")]
    [InlineData("ﾊﾟｲﾌﾟ ", "ぱいぷ")]
    [InlineData("カ゛ラス", "がらす")]
    [InlineData("サーボ", "さーぼ")]
    [InlineData("　ヴィ　 ーナス　", "ゔぃ ーなす")]
    [InlineData("か\u3099", "が")]
    public void ToHiragana_OneWidthOneScript(string text, string expected) => Assert.Equal(expected, Kana.ToHiragana(text));

    [Fact]
    public void Hiragana_AndKatakana_RoundTrip()
    {
        for (var c = 'ぁ'; c <= 'ゖ'; c++)
            Assert.Equal(c.ToString(), Kana.ToHiragana(Kana.ToKatakana(c.ToString())));
    }

    [Theory]
    [InlineData("どうたく", true)]
    [InlineData("ｴｰﾋﾞｰｼｰ", true)]
    [InlineData("ABC・せいみつ", true)]
    [InlineData("銅鐸", false)]
    [InlineData("ABC", false)]
    [InlineData("", false)]
    public void IsReading(string text, bool expected) => Assert.Equal(expected, Kana.IsReading(text));
}
