using System.Security.Cryptography;
using System.Text;
using MonozukuriTown.Mail.Bounces;

namespace MonozukuriTown.Mail.Tests.Bounces;

public class BounceAddressTests
{
    internal static readonly BounceAddress Ours = new(EmailAddress.Parse("bounce@mail.example.jp"), text => Mark("secret", text));

    private static string Mark(string key, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)).AsSpan(0, 10));

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(1024)]
    [InlineData(4_611_686_018_427_387_904)]
    [InlineData(long.MaxValue)]
    public void For_AnyRow_IsFoundAgain(long id)
    {
        var address = Ours.For(id);
        Assert.Equal("mail.example.jp", address.Domain);
        Assert.False(address.IsQuoted);
        Assert.Equal(id, Ours.Find(address.Value));
    }

    [Fact]
    public void For_LongestMailboxName_FitsALocalPart()
    {
        var longest = new BounceAddress(EmailAddress.Parse(new string('b', BounceAddress.LocalMax) + "@mail.example.jp"), text => Mark("secret", text));
        Assert.Equal(64, longest.For(long.MaxValue).Local.Length);
        Assert.Equal(long.MaxValue, longest.Find(longest.For(long.MaxValue).Value));
    }

    [Fact]
    public void Find_WhatServersMakeOfIt_IsFound()
    {
        var token = Ours.For(7).Local["bounce+".Length..];
        string[] forms =
        [
            $"bounce+{token}@mail.example.jp", $"BOUNCE+{token.ToUpperInvariant()}@MAIL.EXAMPLE.JP", $"<bounce+{token}@mail.example.jp>", $"bounce-{token}@mail.example.jp",
            $"bounce={token}@mail.example.jp", $"\"bounce+{token}\"@mail.example.jp", $"SRS0=Ab3d=XY=mail.example.jp=bounce+{token}@forwarder.example.net",
            $"prvs=0123456789=bounce+{token}@mail.example.jp", $"list-bounces+bounce+{token}=mail.example.jp@lists.example.org", $"bounce+{token}", token,
        ];
        Assert.All(forms, form => Assert.Equal(7, Ours.Find(form)));
    }

    [Fact]
    public void Find_ForgedOrForeign_FindsNoRow()
    {
        var good = Ours.For(7).Value;
        var other = new BounceAddress(EmailAddress.Parse("bounce@mail.example.jp"), text => Mark("another secret", text));
        Assert.Null(Ours.Find(other.For(7).Value));
        for (var i = "bounce+".Length; i < good.IndexOf('@', StringComparison.Ordinal); i++)
        {
            var forged = good.ToCharArray();
            forged[i] = forged[i] == '0' ? '1' : '0';
            Assert.Null(Ours.Find(new string(forged)));
        }
        Assert.All(new[] { null, "", "@", "bounce@mail.example.jp", "bounce+7@mail.example.jp", good.Replace("@", "0@", StringComparison.Ordinal), new string('0', 33), new string('z', 13), new string('+', 500) }, text => Assert.Null(Ours.Find(text)));
    }
}
