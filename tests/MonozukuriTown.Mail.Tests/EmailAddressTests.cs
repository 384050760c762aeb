using static MonozukuriTown.Mail.Tests.Support.Samples;

namespace MonozukuriTown.Mail.Tests;

public class EmailAddressTests
{
    [Theory]
    [InlineData("yamada@example.jp", "yamada@example.jp", "yamada@example.jp")]
    [InlineData("a..b@docomo.example.jp", "a..b@docomo.example.jp", "\"a..b\"@docomo.example.jp")]
    [InlineData(".c@ezweb.example.jp", ".c@ezweb.example.jp", "\".c\"@ezweb.example.jp")]
    [InlineData("d.@ezweb.example.jp", "d.@ezweb.example.jp", "\"d.\"@ezweb.example.jp")]
    [InlineData("\"a..b\"@docomo.example.jp", "a..b@docomo.example.jp", "\"a..b\"@docomo.example.jp")]
    [InlineData(" ｙａｍａｄａ＠ｅｘａｍｐｌｅ．ｊｐ　", "yamada@example.jp", "yamada@example.jp")]
    [InlineData("\uFEFFYamada@Example.JP\u200B", "Yamada@example.jp", "Yamada@example.jp")]
    [InlineData("o'neil+town/x@example.co.jp", "o'neil+town/x@example.co.jp", "o'neil+town/x@example.co.jp")]
    [InlineData("info@日本語.example.jp", "info@xn--wgv71a119e.example.jp", "info@xn--wgv71a119e.example.jp")]
    [InlineData("山田@example.jp", "山田@example.jp", "山田@example.jp")]
    public void TryParse_AddressesInUse_AreTaken(string typed, string value, string wire)
    {
        Assert.True(EmailAddress.TryParse(typed, out var address, out var problem), problem);
        Assert.Equal(value, address.Value);
        Assert.Equal(wire, address.Wire);
        Assert.Equal("", problem);
    }

    [Theory]
    [InlineData(null, "入力")]
    [InlineData("  ", "入力")]
    [InlineData("yamada", "「@」がありません")]
    [InlineData("@example.jp", "前が空")]
    [InlineData("a@b@example.jp", "2つ以上")]
    [InlineData("ya mada@example.jp", "空白")]
    [InlineData("a\r\nBcc: x@example.jp", "空白や改行")]
    [InlineData("a\u0000b@example.jp", "空白や改行")]
    [InlineData("a,b@example.jp", "「,」")]
    [InlineData("<a@example.jp", "「<」")]
    [InlineData("a@example", "ドメイン")]
    [InlineData("a@-x.example.jp", "ドメイン")]
    [InlineData("a@ex_ample.jp", "ドメイン")]
    [InlineData("a@example..jp", "ドメイン")]
    [InlineData("a@192.0.2.1", "ドメイン")]
    [InlineData("a@example.jp\r\nBcc: b@example.jp", "2つ以上")]
    [InlineData("a@example.jp>\r\nDATA", "ドメイン")]
    [InlineData("a\uD800@example.jp", "使えない文字")]
    public void TryParse_BadAddress_SaysWhy(string? typed, string word)
    {
        Assert.False(EmailAddress.TryParse(typed, out var address, out var problem));
        Assert.Null(address);
        Assert.Contains(word, problem, StringComparison.Ordinal);
        Assert.EndsWith("。", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_TooLong_SaysHowLong()
    {
        Assert.False(EmailAddress.TryParse(new string('a', 65) + "@example.jp", out _, out var local));
        Assert.Contains("64", local, StringComparison.Ordinal);
        Assert.False(EmailAddress.TryParse("abcde@" + string.Join('.', Enumerable.Repeat(new string('b', 61), 4)) + ".jp", out _, out var whole));
        Assert.Contains("254", whole, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_SameMailboxInAnotherSpelling_IsEqual()
    {
        Assert.Equal(Address("Yamada@Example.JP"), Address("yamada@example.jp"));
        Assert.Single(new HashSet<EmailAddress> { Address("A@example.jp"), Address("a@EXAMPLE.jp") });
    }

    [Fact]
    public void NeedsSmtpUtf8_OnlyForLettersBeforeTheAt()
    {
        Assert.True(Address("山田@example.jp").NeedsSmtpUtf8);
        Assert.False(Address("yamada@日本語.example.jp").NeedsSmtpUtf8);
    }
}
