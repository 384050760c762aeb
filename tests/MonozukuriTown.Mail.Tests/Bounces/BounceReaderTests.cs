using System.Text;
using MonozukuriTown.Mail.Bounces;

namespace MonozukuriTown.Mail.Tests.Bounces;

/// <summary>Each file of samples/ is a message as servers write it; its X-Expect lines say what it is, and {verp} stands for the address of row 4711.</summary>
public class BounceReaderTests
{
    private const long Row = 4711;
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Bounces", "samples");

    public static TheoryData<string> Samples => [.. Directory.GetFiles(Folder, "*.eml").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Read_Sample_IsUnderstood(string name)
    {
        var (octets, expected) = Load(name);
        var report = BounceReader.Read(octets);
        var said = report.Recipients.Select(r => $"{r.Address} {r.Kind} {r.Status ?? "-"} {r.Reason}");
        Assert.Equal(expected["X-Expect"].Prepend("").Concat(expected["X-Expect-Recipient"]), said.Prepend(report.Kind.ToString()).Prepend(""));
        Assert.Equal(expected["X-Expect-Row"].Any() ? null : Row, BounceAddressTests.Ours.Find(report));
        Assert.All(report.Recipients, r => Assert.False(r.Words.Length > MailResult.WordsMax || r.Words.Any(char.IsControl), r.Words));
    }

    [Fact]
    public void Samples_AreManyAndOfEveryKind()
    {
        var kinds = Samples.Select(row => Load(row.Data).Expected["X-Expect"].Single()).ToList();
        Assert.True(kinds.Count >= 80, $"{kinds.Count} samples");
        // What is refused at hand-over comes in no report.
        Assert.Equal(Enum.GetNames<BounceKind>().Except([nameof(BounceKind.Refused)]).Order(StringComparer.Ordinal), kinds.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_Report_SaysTheServersWordsTheMailAndWhoReports()
    {
        var report = BounceReader.Read(Load("postfix-unknown").Octets);
        var recipient = Assert.Single(report.Recipients);
        Assert.Equal("550 5.1.1 <yamada@kenma.example.jp>: Recipient address rejected: User unknown in local recipient table", recipient.Words);
        Assert.Equal("failed", recipient.Action);
        Assert.True(recipient.AddressIsDead);
        Assert.Equal("<4711.a1b2c3d4@mail.example.jp>", report.OriginalMessageId);
        Assert.Equal("relay.example.jp", report.Reporter);
        Assert.Equal("Undelivered Mail Returned to Sender", report.Subject);
    }

    [Theory]
    [InlineData("qmail-no-mailbox")]
    [InlineData("notes-old-ja")]
    [InlineData("gmail-own-forwarded")]
    [InlineData("exim-words")]
    [InlineData("mfilter-ja")]
    [InlineData("forwarded-as-attachment")]
    [InlineData("complaint")]
    [InlineData("read-receipt")]
    [InlineData("verp-in-capitals-by-srs")]
    [InlineData("absence-ja")]
    public void Read_MailQuotedInAnyForm_IsNamed(string name) => Assert.Equal("<4711.a1b2c3d4@mail.example.jp>", BounceReader.Read(Load(name).Octets).OriginalMessageId);

    // Whatever a filter, a full mailbox or an absence says: nobody loses their mail by it.
    [Fact]
    public void AddressIsDead_OnlyWhereTheAddressIsTheReason()
    {
        foreach (var row in Samples)
        {
            var (octets, _) = Load(row.Data);
            foreach (var recipient in BounceReader.Read(octets).Recipients)
                Assert.Equal(recipient.Kind == BounceKind.Failed && recipient.Reason is BounceReason.NoMailbox or BounceReason.NoDomain, recipient.AddressIsDead);
        }
        Assert.False(BounceReader.Read(Load("docomo-filter").Octets).Recipients[0].AddressIsDead);
        Assert.True(BounceReader.Read(Load("docomo-unknown").Octets).Recipients[0].AddressIsDead);
    }

    [Fact]
    public void Read_EverySampleCutAnywhere_NeverFails()
    {
        foreach (var row in Samples)
        {
            var octets = Load(row.Data).Octets;
            for (var cut = 0; cut < octets.Length; cut += 37)
                Assert.NotNull(BounceReader.Read(octets.AsMemory(0, cut)).Recipients);
        }
    }

    [Fact]
    public void Read_SamplesWithOctetsOverwritten_NeverFail()
    {
        var random = new Random(20261125);
        foreach (var row in Samples)
        {
            for (var round = 0; round < 20; round++)
            {
                var octets = Load(row.Data).Octets;
                for (var i = 0; i < 30; i++)
                    octets[random.Next(octets.Length)] = (byte)random.Next(256);
                var report = BounceReader.Read(octets);
                Assert.True(report.Addresses.Count <= BounceReport.AddressesMax);
            }
        }
    }

    public static TheoryData<string> Bombs =>
    [
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + Many("--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n", 20_000),
        "Content-Type: message/delivery-status\r\n\r\n" + Many("Final-Recipient: rfc822; a@b.example.jp\r\nAction: failed\r\n", 15_000),
        "Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; a@b.example.jp\r\nDiagnostic-Code: x" + Many("\r\n y", 250_000),
        "Subject: " + Many("=?a?b? ", 140_000) + "\r\n\r\n",
        "Subject: " + Many("=?UTF-8?B?44GC?=", 60_000) + "\r\n\r\n",
        "From: " + Many("<", 900_000) + "\r\n\r\n",
        "From: MAILER-DAEMON\r\nSubject: failure notice\r\n\r\ncould not be delivered\r\n" + Many("<a@b.example.jp>:\r\n550 x\r\n", 40_000),
        "From: MAILER-DAEMON\r\nSubject: failure notice\r\n\r\n" + Many("@", 900_000),
        "From: MAILER-DAEMON\r\nSubject: failure notice\r\n\r\n" + Many("a.", 450_000) + "@" + Many("a.", 10_000),
        "Message-ID: x\r\n\r\n" + Many("\r\nMessage-ID: <", 60_000),
        Many("a:b\r\n", 200_000),
        "From: MAILER-DAEMON\r\nSubject: failure notice\r\nContent-Type: text/html\r\n\r\n" + Many("<ul><li>", 90_000),
        "Content-Type: multipart/mixed; " + Many("a*0=b;", 150_000) + "\r\n\r\n",
        Many("\r", 1_000_000),
        Many("Content-Type: message/rfc822\r\n\r\n", 30_000),
    ];

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Read_MadeToBeSlow_IsBoundedInWork(string text)
    {
        var octets = Encoding.Latin1.GetBytes(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.NotNull(BounceReader.Read(octets));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 400_000_000, $"{allocated} octets were allocated for {octets.Length}");
    }

    private static string Many(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static (byte[] Octets, ILookup<string, string> Expected) Load(string name)
    {
        var file = Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(Folder, name + ".eml")));
        var expected = file.Split('\n').TakeWhile(line => line.StartsWith("X-Expect", StringComparison.Ordinal)).ToList();
        var body = file[expected.Sum(line => line.Length + 1)..];
        var address = BounceAddressTests.Ours.For(Row);
        body = body.Replace("{verp}", address.Value, StringComparison.Ordinal).Replace("{VERPLOCAL}", address.Local.ToUpperInvariant(), StringComparison.Ordinal);
        return (Encoding.Latin1.GetBytes(body.Replace("\n", "\r\n", StringComparison.Ordinal)), expected
            .Select(line => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(line)).Split(": ", 2)).ToLookup(pair => pair[0], pair => pair[1], StringComparer.Ordinal));
    }
}
