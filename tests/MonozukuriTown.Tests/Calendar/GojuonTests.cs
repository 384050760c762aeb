using MonozukuriTown.Core.Calendar;

namespace MonozukuriTown.Tests.Calendar;

public class GojuonTests
{
    private static string[] Sort(params string[] readings) =>
        [.. readings.OrderBy(r => Gojuon.SortKey(r, r), StringComparer.Ordinal)];

    [Fact]
    public void SortKey_PlainVoicedHalfVoiced_InThatOrder() =>
        Assert.Equal(["はあく", "はいく", "ばいく", "ぱいく", "はう"], Sort("ぱいく", "はう", "ばいく", "はいく", "はあく"));

    [Fact]
    public void SortKey_SmallKana_BesideTheLargeOne() =>
        Assert.Equal(["きやく", "きゃくい", "きやくう"], Sort("きやくう", "きゃくい", "きやく"));

    [Fact]
    public void SortKey_LongVowel_CountsAsItsVowel() =>
        // サーボ = さあほ, so it stands between さあび and さい, before さあぼ written out.
        Assert.Equal(["さあび", "サーボ", "さあぼ", "さい"], Sort("さい", "さあぼ", "サーボ", "さあび"));

    [Fact]
    public void SortKey_LegalForm_DoesNotCount()
    {
        var keys = new[] { "かぶしきがいしゃどうたく", "どうたくかぶしきがいしゃ", "ゆうげんがいしゃ　どうたく", "ｶ)ﾄﾞｳﾀｸ", "ドウタク(カ", "ドウタク（カ）", "どうたく" }
            .Select(r => Gojuon.SortKey(r, "株式会社銅鐸")).Distinct(StringComparer.Ordinal);
        Assert.Single(keys);
    }

    [Theory]
    [InlineData("株式会社銅鐸", "銅鐸")]
    [InlineData("（株）銅鐸", "銅鐸")]
    [InlineData("㈱銅鐸", "銅鐸")]
    [InlineData("銅鐸㈲", "銅鐸")]
    [InlineData("銅鐸 株式会社　大阪事業本部", "銅鐸 大阪事業本部")]
    [InlineData("合同会社ＡＢＣ", "ABC")]
    [InlineData("株式会社", "株式会社")]
    public void BareName_LeavesTheFormOut(string name, string bare) => Assert.Equal(bare, Gojuon.BareName(name));

    [Theory]
    [InlineData("どうたく", "た")]
    [InlineData("ガラス", "か")]
    [InlineData("ぱいぷ", "は")]
    [InlineData("ﾔﾏﾀﾞ", "や")]
    [InlineData("よしだ", "や")]
    [InlineData("りけん", "ら")]
    [InlineData("ろーら", "ら")]
    [InlineData("わだ", "わ")]
    [InlineData("ヴィーナス", "あ")]
    [InlineData("かぶしきがいしゃみと", "ま")]
    [InlineData("ABC", "他")]
    [InlineData("3でぃー", "他")]
    [InlineData("ー", "他")]
    public void Heading_ByFirstKana(string reading, string heading) => Assert.Equal(heading, Gojuon.Heading(reading, "名前"));

    [Fact]
    public void Heading_EveryKana_HasARow()
    {
        for (var c = 'ぁ'; c <= 'ゖ'; c++)
            Assert.NotEqual(Gojuon.OtherHeading, Gojuon.Heading(c.ToString(), ""));
    }

    [Fact]
    public void SortKey_HeadingsNeverInterleave()
    {
        var headings = Enumerable.Range('ぁ', 'ゖ' - 'ぁ' + 1).Select(c => $"{(char)c}い").OrderBy(r => Gojuon.SortKey(r, r), StringComparer.Ordinal)
            .Select(r => Gojuon.Heading(r, r)).ToList();
        Assert.Equal(Gojuon.Headings.Where(h => h != Gojuon.OtherHeading), Runs(headings));
    }

    [Fact]
    public void SortKey_NoReading_GoesLast()
    {
        Assert.True(string.CompareOrdinal(Gojuon.SortKey("", "銅鐸"), Gojuon.SortKey("わ", "和")) > 0);
        Assert.Equal("他", Gojuon.Heading(null, "銅鐸"));
        Assert.Equal("他", Gojuon.Heading(null, "𠮷田"));
        Assert.Equal("他", Gojuon.Heading(null, ""));
    }

    [Fact]
    public void SortKey_WidthAndScript_DoNotMatter()
    {
        Assert.Equal(Gojuon.SortKey("どうたく", ""), Gojuon.SortKey("ﾄﾞｳﾀｸ", ""));
        Assert.Equal(Gojuon.SortKey("みすず", ""), Gojuon.SortKey("ミ・スズ", ""));
        Assert.Equal(["みすゝ", "みすす", "みすゞ", "みすず"], Sort("みすず", "みすす", "みすゝ", "みすゞ"));
    }

    [Fact]
    public void SortKey_VeryLongName_FitsItsColumn() => Assert.InRange(Gojuon.SortKey(new string('が', 300), "").Length, 150, Gojuon.KeyMax);

    private static List<string> Runs(List<string> items) => [.. items.Where((item, i) => i == 0 || items[i - 1] != item)];
}
