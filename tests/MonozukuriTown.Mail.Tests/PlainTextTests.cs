namespace MonozukuriTown.Mail.Tests;

public class PlainTextTests
{
    [Theory]
    [InlineData("<p>一つ目</p><p>二つ目</p>", "一つ目\n\n二つ目\n")]
    [InlineData("<h1>題</h1>\n<p>文 &amp; &lt;記号&gt;</p>", "■ 題\n\n文 & <記号>\n")]
    [InlineData("<p>a\n   b</p>", "a b\n")]
    [InlineData("<p>一行<br>次の行</p>", "一行\n次の行\n")]
    [InlineData("<ul><li>旋盤</li><li>研磨<ul><li>平面</li></ul></li></ul><p>終</p>", "・旋盤\n・研磨\n　・平面\n\n終\n")]
    [InlineData("<ol><li>一</li><li>二</li></ol>", "1. 一\n2. 二\n")]
    [InlineData("<p><a href=\"https://town.example.jp/u/{{x}}?a=1&amp;b=2\">止める</a></p><p>次</p>", "止める\nhttps://town.example.jp/u/{{x}}?a=1&b=2\n\n次\n")]
    [InlineData("<p>問合せ <a href=\"https://town.example.jp\">https://town.example.jp</a> まで</p>", "問合せ https://town.example.jp まで\n")]
    [InlineData("<p><a href=\"mailto:a@example.jp\">a@example.jp</a></p>", "a@example.jp\n")]
    [InlineData("<table><tr><th>日時</th><td>10月28日</td></tr><tr><th>場所</th><td>会館</td></tr></table>", "日時：10月28日\n場所：会館\n")]
    [InlineData("<head><title>隠す</title><style>p{color:red}</style></head><p>見える</p>", "見える\n")]
    [InlineData("<p>前</p><!-- <p>注</p> --><p>後</p>", "前\n\n後\n")]
    [InlineData("<p>図 <img alt=\"地図\" src=\"x\"></p>", "図 地図\n")]
    [InlineData("<p title=\"a > b\">中</p>", "中\n")]
    [InlineData("文だけ", "文だけ\n")]
    [InlineData("<p>閉じない <b>太字", "閉じない 太字\n")]
    [InlineData("a < b", "a\n")]
    [InlineData("", "\n")]
    public void FromHtml_ReadsWell(string html, string text) => Assert.Equal(text, PlainText.FromHtml(html));

    [Fact]
    public void FromHtml_AnyNoise_EndsAndNeverFails()
    {
        var random = new Random(3);
        string[] pieces = ["<", ">", "\"", "'", "<a href=", "</a>", "<li>", "</ul>", "<style>", "<!--", "&", "&#x110000;", "漢", " ", "<td>"];
        for (var round = 0; round < 3000; round++)
            Assert.EndsWith("\n", PlainText.FromHtml(string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => pieces[random.Next(pieces.Length)]))), StringComparison.Ordinal);
    }
}
