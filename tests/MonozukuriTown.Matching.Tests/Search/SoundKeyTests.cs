namespace MonozukuriTown.Matching.Tests.Search;

public sealed class SoundKeyTests
{
    [Theory]
    [InlineData("かどま せいき", "kadoma seiki", "カドマ・セイキ", "Kadoma-Seiki")]
    [InlineData("こうぎょう", "kougyou", "kogyo", "Kōgyō", "kohgyoh", "コーギョー")]
    [InlineData("おおた", "ohta", "oota", "ōta", "ota")]
    [InlineData("ゆうき", "yuuki", "yuki", "Yūki")]
    [InlineData("しんぶん", "shinbun", "shimbun", "sinbun")]
    [InlineData("けんいち", "kenichi", "ken'ichi")]
    [InlineData("まっちゃ", "maccha", "matcha", "まつちや")]
    [InlineData("ちぢみ", "chijimi", "tizimi", "ちじみ")]
    [InlineData("つづき", "tsuzuki", "tuduki", "つずき")]
    [InlineData("ふじ", "fuji", "huzi")]
    [InlineData("しゃちょう", "shachou", "syatyo", "しやちよう")]
    [InlineData("ヴァイオリン", "vaiorin")]
    [InlineData("せんばん", "senban", "sennbann")]
    [InlineData("れーざー", "ﾚｰｻﾞｰ", "レーザ", "れえざあ", "reezaa")]
    [InlineData("あさひ", "ASAHI", "ａｓａｈｉ")]
    public void Of_WaysToWriteOneName_AreOne(params string[] written)
    {
        var keys = written.Select(w => SoundKey.Of(FoldedText.Fold(w))).ToList();
        Assert.NotNull(keys[0]);
        Assert.All(keys, k => Assert.Equal(keys[0], k));
    }

    [Theory]
    [InlineData("せき", "せいき")]
    [InlineData("かな", "かんな")]
    [InlineData("まつだ", "まえだ")]
    [InlineData("ゆき", "ゆうか")]
    public void Of_OtherNames_StayApart(string one, string other) =>
        Assert.NotEqual(SoundKey.Of(FoldedText.Fold(one)), SoundKey.Of(FoldedText.Fold(other)));

    [Theory]
    [InlineData("精機")]
    [InlineData("laser")]
    [InlineData("x")]
    [InlineData("b4")]
    [InlineData("")]
    [InlineData(" - ")]
    [InlineData("q")]
    [InlineData("n3")]
    public void Of_NoSound_IsNull(string written) => Assert.Null(SoundKey.Of(FoldedText.Fold(written)));

    [Theory]
    [InlineData("すずねせいき", "suzuneseiki")]
    [InlineData("しょうかい", "shokai")]
    [InlineData("ちゃつみ", "chatsumi")]
    [InlineData("きょうと", "kyoto")]
    [InlineData("じゅうじ", "juji")]
    [InlineData("ふくい", "fukui")]
    public void Latin_OfAKey_ReadsAsRomaji(string kana, string latin) => Assert.Equal(latin, SoundKey.Latin(SoundKey.Of(FoldedText.Fold(kana))!));
}
