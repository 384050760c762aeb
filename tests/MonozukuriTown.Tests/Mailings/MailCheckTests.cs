using System.Net;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Core.Mailings.Checks;
using MonozukuriTown.Mail.Smtp;

namespace MonozukuriTown.Tests.Mailings;

public sealed class MailCheckTests
{
    private const string Good = """
        ; <<>> DiG 9.18 <<>> +noall +answer
        mail.example.jp.        300 IN TXT "v=spf1 include:relay.example.net" " -all"
        relay.example.net.      300 IN TXT "v=spf1 ip4:192.0.2.0/28 ip6:2001:db8::/32 -all"
        _dmarc.mail.example.jp. 300 IN TXT "v=DMARC1; p=quarantine; rua=mailto:dmarc@example.jp"
        town1._domainkey.mail.example.jp. 300 IN CNAME town1.dkim.relay.example.net.
        town1.dkim.relay.example.net. 300 IN TXT "v=DKIM1; k=rsa; p=MIGf" "MA0GCSq"
        mail.example.jp.        300 IN MX 10 mx.example.jp.
        city.example.jp.        300 IN MX 10 mx.example.jp.
        smtp.relay.example.net. 300 IN A 192.0.2.7
        smtp.relay.example.net. 300 IN AAAA 2001:db8::7
        7.2.0.192.in-addr.arpa. 300 IN PTR out.relay.example.net.
        out.relay.example.net.  300 IN A 192.0.2.7
        7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. 300 IN PTR out.relay.example.net.
        out.relay.example.net.  300 IN AAAA 2001:db8::7
        """;

    private static MailOptions Mail(Action<MailOptions>? set = null)
    {
        var mail = new MailOptions
        {
            From = "town@mail.example.jp",
            ReplyTo = "sangyo@city.example.jp",
            Bounce = "bounce@mail.example.jp",
            ContactPerson = "山本",
            DkimSelector = "town1",
            Server = new() { Host = "smtp.relay.example.net", Security = SmtpSecurity.StartTls },
        };
        set?.Invoke(mail);
        return mail;
    }

    private static IReadOnlyList<Finding> Check(string? dns, Action<MailOptions>? set = null, string url = "https://town.example.jp") =>
        new MailCheck(Mail(set), new TownOptions { BaseUrl = url, PostalAddress = "〒000-0000" }, dns is null ? null : DnsAnswers.Read(dns)).Run();

    [Fact]
    public void Run_EverythingAsItShouldBe_SaysNothingElse() =>
        Assert.All(Check(Good), finding => Assert.True(finding.Level == FindingLevel.Good, finding.Words));

    [Theory]
    [InlineData("ip4:192.0.2.0/28", "ip4:198.51.100.0/24", "認めていません（-all）")]
    [InlineData("include:relay.example.net\" \" -all", "+all", "だれからの送信も認めています")]
    [InlineData("v=spf1 include", "v=spf2 include", "SPF がありません")]
    [InlineData("include:relay.example.net", "include:a.example include:relay.example.net", "まだ調べていない名前")]
    [InlineData("include:relay.example.net", "include:mail.example.jp", "正しくありません")]
    [InlineData("p=quarantine", "q=x", "p= がありません")]
    [InlineData("p=MIGf\" \"MA0GCSq", "p=", "取り消されています")]
    [InlineData("mail.example.jp.        300 IN MX 10 mx.example.jp.", "mail.example.jp. 300 IN MX 0 .", "メールを受け取りません")]
    [InlineData("out.relay.example.net.  300 IN A 192.0.2.7", "out.relay.example.net. 300 IN A 192.0.2.8", "指していません")]
    [InlineData("7.2.0.192.in-addr.arpa. 300 IN PTR out.relay.example.net.", "; no answer: 7.2.0.192.in-addr.arpa PTR", "逆引き（PTR）がありません")]
    [InlineData("_dmarc.mail.example.jp. 300 IN TXT \"v=DMARC1; p=quarantine; rua=mailto:dmarc@example.jp\"", "; no answer: _dmarc.mail.example.jp TXT\n; no answer: _dmarc.example.jp TXT\n; no answer: _dmarc.jp TXT", "_dmarc.mail.example.jp がありません")]
    public void Run_OneThingWrong_NamesIt(string right, string wrong, string says)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);
        var findings = Check(Good.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Contains(findings, f => f.Level is FindingLevel.Bad or FindingLevel.Unknown && f.Words.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public void Run_TwoSpfRecords_IsBroken() =>
        Assert.Contains(Check(Good + "\nmail.example.jp. 300 IN TXT \"v=spf1 -all\"\n"), f => f.Words.Contains("2つある", StringComparison.Ordinal));

    [Theory]
    [InlineData("http://town.example.jp", "", "https ではありません")]
    [InlineData("https://town.example.jp", "noreply@city.example.jp", "だれも読まない")]
    public void Run_Settings_AreLookedAtWithoutDns(string url, string reply, string says)
    {
        var check = new MailCheck(Mail(m => m.ReplyTo = reply.Length > 0 ? reply : m.ReplyTo), new TownOptions { BaseUrl = url }, null);
        Assert.Contains(check.Run(), f => f.Words.Contains(says, StringComparison.Ordinal));
        Assert.Contains(("_dmarc.mail.example.jp", "TXT"), check.Open);
        Assert.Contains(("mail.example.jp", "MX"), check.Open);
        Assert.Contains(("smtp.relay.example.net", "A"), check.Open);
    }

    [Fact]
    public void Run_ReturnPathOfAnotherHouse_SaysWhatDkimMustDo() =>
        Assert.Contains(Check(Good, m => m.Bounce = "b@bounces.relay.example.net"), f => f.Level == FindingLevel.Doubtful && f.Words.Contains("DKIM の署名が mail.example.jp", StringComparison.Ordinal));

    [Fact]
    public void Spf_TenLookups_AreAllThatIsAllowed()
    {
        string Chain(int length) => string.Join('\n', Enumerable.Range(0, length).Select(i => $"d{i}.example. 1 IN TXT \"v=spf1 include:d{i + 1}.example -all\"")) + $"\nd{length}.example. 1 IN TXT \"v=spf1 ip4:192.0.2.1 -all\"";
        Assert.Equal(SpfVerdict.Pass, new SpfRecord(DnsAnswers.Read(Chain(10))).Judge("d0.example", IPAddress.Parse("192.0.2.1")));
        Assert.Equal(SpfVerdict.Broken, new SpfRecord(DnsAnswers.Read(Chain(11))).Judge("d0.example", IPAddress.Parse("192.0.2.1")));
    }

    [Theory]
    [InlineData("v=spf1 mx -all", SpfVerdict.Pass)]
    [InlineData("v=spf1 a:out.example.jp ~all", SpfVerdict.Pass)]
    [InlineData("v=spf1 a ~all", SpfVerdict.SoftFail)]
    [InlineData("v=spf1 redirect=_spf.example.jp", SpfVerdict.Pass)]
    [InlineData("v=spf1 ip4:192.0.2.1/33 -all", SpfVerdict.Broken)]
    [InlineData("v=spf1 ip6:2001:db8::1 ?all", SpfVerdict.Neutral)]
    [InlineData("v=spf1 -ip4:192.0.2.9 +all", SpfVerdict.Fail)]
    [InlineData("v=spf1", SpfVerdict.Neutral)]
    [InlineData("v=spf10 -all", SpfVerdict.None)]
    public void Spf_EachMechanism_CountsAsReceiversCountIt(string record, SpfVerdict verdict)
    {
        var dns = DnsAnswers.Read($"""
            example.jp. 1 IN TXT "{record}"
            example.jp. 1 IN A 198.51.100.1
            example.jp. 1 IN MX 10 out.example.jp.
            out.example.jp. 1 IN A 192.0.2.9
            _spf.example.jp. 1 IN TXT "v=spf1 ip4:192.0.2.8/30 -all"
            """);
        Assert.Equal(verdict, new SpfRecord(dns).Judge("example.jp", IPAddress.Parse("192.0.2.9")));
    }
}
