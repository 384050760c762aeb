using System.Text;

namespace MonozukuriTown.Mail.Tests;

public class MimeReaderTests
{
    private static MimePart Read(string text, Encoding? encoding = null) =>
        MimeReader.Read((encoding ?? Encoding.UTF8).GetBytes(text.ReplaceLineEndings("\r\n")));

    [Fact]
    public void Read_ForeignEncodings_AreUnderstood()
    {
        Assert.Equal("配信エラーのお知らせ", Read("Subject: =?ISO-2022-JP?B?GyRCR1s/LiUoJWkhPCROJCpDTiRpJDsbKEI=?=\n\n")["Subject"]);
        Assert.Equal("Grüße aus", Read("Subject: =?iso-8859-1?Q?Gr=FC=DFe_aus?=\n\n")["Subject"]);
        Assert.Equal("あい", Read("Subject: =?UTF-8?B?44GC?=\n =?UTF-8?B?44GE?=\n\n")["Subject"]);
        Assert.Equal("あ", Read("Subject: =?UTF-8?B?44E=?= =?UTF-8?B?gg==?=\n\n")["Subject"]);
    }

    [Fact]
    public void Read_ShiftJisBody_IsUnderstood()
    {
        MimeReader.Read(default);
        var part = Read("Content-Type: text/plain; charset=Shift_JIS\n\n宛先不明", Encoding.GetEncoding(932));
        Assert.Equal("宛先不明", part.Text);
    }

    [Theory]
    [InlineData("", "utf-8")]
    [InlineData("", "shift_jis")]
    [InlineData("", "euc-jp")]
    [InlineData("", "iso-2022-jp")]
    [InlineData("us-ascii", "shift_jis")]
    [InlineData("iso-2022-jp", "euc-jp")]
    [InlineData("utf-8", "iso-2022-jp")]
    [InlineData("utf-8", "shift_jis")]
    [InlineData("unknown-8bit", "utf-8")]
    [InlineData("utf-7", "utf-8")]
    public void Read_CharsetMissingOrWrong_IsReadAsItLooks(string stated, string real)
    {
        MimeReader.Read(default);
        Assert.Equal("次のあて先へメールを配送できませんでした。", Read($"Content-Type: text/plain; charset={stated}\n\n次のあて先へメールを配送できませんでした。", Encoding.GetEncoding(real)).Text);
        Assert.Equal("メールエラー通知", Read("Subject: メールエラー通知\n\n", Encoding.GetEncoding(real))["Subject"]);
    }

    [Fact]
    public void Read_BoundaryMissingOrAnother_IsFoundInTheBody()
    {
        foreach (var type in new[] { "multipart/mixed", "multipart/mixed; boundary=other" })
            Assert.Equal(["a", "b"], Read($"Content-Type: {type}\n\npreamble\n--real\nContent-Type: text/plain\n\na\n--real\nContent-Type: text/plain\n\nb\n--real--").Parts.Select(part => part.Text));
    }

    [Fact]
    public void Read_QuotedPrintable_JoinsSoftBreaks() =>
        Assert.Equal("a=b soft", Read("Content-Transfer-Encoding: quoted-printable\n\na=3Db so=\nft").Text);

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    [InlineData("no colon here\n\nbody")]
    [InlineData("Content-Type: multipart/mixed; boundary=\"\"\n\nx")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\nno boundary ever")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\n--b\n--b--")]
    [InlineData("Content-Transfer-Encoding: base64\n\n*** not base64 =")]
    [InlineData("Subject: =?x?y?z?= =?UTF-8?B?\n\n")]
    [InlineData("Content-Type: text/plain; charset=klingon\n\nx")]
    [InlineData("Content-Disposition: attachment; filename*=UTF-8''%zz; filename*0*=x\n\n")]
    public void Read_Broken_NeverFails(string text)
    {
        var part = Read(text);
        Assert.NotNull(part.Text);
        Assert.NotNull(part.FileName);
        Assert.NotEmpty(part.All());
    }

    [Fact]
    public void Read_RandomOctets_NeverFails()
    {
        var random = new Random(1);
        string[] salt = ["Content-Type: multipart/mixed; boundary=b\r\n", "\r\n--b\r\n", "=?UTF-8?Q?=", "\r\n\r\n", "--b--", "Content-Type: message/rfc822\r\n\r\n", "=E3", "\""];
        for (var round = 0; round < 2000; round++)
        {
            var octets = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ =>
                random.Next(2) == 0 ? salt[random.Next(salt.Length)] : ((char)random.Next(256)).ToString())));
            Assert.All(MimeReader.Read(octets).All(), part => Assert.NotNull(part.Text + part.FileName + part["Subject"]));
        }
    }

    [Fact]
    public void Read_NestedBeyondReason_StopsAtADepth()
    {
        var text = string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\r\n\r\n", 5000));
        Assert.InRange(MimeReader.Read(Encoding.ASCII.GetBytes(text)).All().Count(), 2, 20);
    }
}
