using MonozukuriTown.Core.Calendar;

namespace MonozukuriTown.Tests.Calendar;

public class RomajiTests
{
    [Theory]
    [InlineData("どうたく", "doutaku")]
    [InlineData("しんにっぽんきかい", "shinnipponkikai")]
    [InlineData("マッチング", "matchingu")]
    [InlineData("ちゃづけ", "chazuke")]
    [InlineData("じゅんいちろう", "junichirou")]
    [InlineData("ファクトリー", "fakutori")]
    [InlineData("ヴィーナス", "vinasu")]
    [InlineData("ﾃﾞｨｽｸ", "disuku")]
    [InlineData("ウェーブ", "webu")]
    [InlineData("ＡＢＣ 3", "abc 3")]
    [InlineData("きゃりあっ", "kyaria")]
    public void Of_Hepburn(string kana, string romaji) => Assert.Equal(romaji, Romaji.Of(kana));

    [Theory]
    [InlineData("どうたくでんきょくこうぎょう", "doutakudenkyoku-kougyou")]
    [InlineData("かぶしきがいしゃ　せんとうせいみつ", "sentou-seimitsu")]
    [InlineData("やまだ せいさくしょ おおさか", "yamada-seisakusho-oosaka")]
    [InlineData("こうぎょう", "kougyou")]
    [InlineData("銅鐸", "")]
    public void Slug_ReadsWell(string reading, string slug) => Assert.Equal(slug, Romaji.Slug(reading));

    [Fact]
    public void Slug_AnyKana_HoldsOnlySlugCharacters()
    {
        for (var a = 'ぁ'; a <= 'ヶ'; a++)
        {
            for (var b = 'ぁ'; b <= 'ゖ'; b++)
                Assert.Matches("^[a-z0-9]*$", Romaji.Slug($"{a}{b}"));
        }
        Assert.True(Romaji.Slug(new string('し', 200)).Length <= Romaji.SlugMax);
    }
}
