using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail;
using MonozukuriTown.Mail.Bounces;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Mailings;

/// <summary>The mail verbs as a mail server and an operator meet them: processes with an exit code and a sentence.</summary>
public sealed class MailCommandTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly string KeyFile = Path.Combine(Path.GetTempPath(), "town-command-links.key");

    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["Links__KeyFile"] = KeyFile,
        ["Mail__Bounce"] = "bounce@mail.example.jp",
        ["Mail__From"] = "town@mail.example.jp",
        ["Mail__ReplyTo"] = "sangyo@city.example.jp",
        ["Town__Name"] = "T",
        ["Town__City"] = "C",
        ["Town__Office"] = "O",
        ["Town__SupportName"] = "S",
        ["Town__SupportTel"] = "06-0000-0000",
        ["Town__BaseUrl"] = "https://town.example.jp",
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<(int Code, string Out, string Error)> BounceAsync(Stream message, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string>(Settings, StringComparer.Ordinal);
        foreach (var (name, value) in settings)
            all[name] = value;
        return await TownCommand.RunAsync(database.Connection, all, message, "bounce");
    }

    private async Task<Stream> ReportAsync(string address)
    {
        var mail = await database.Data.Add(new OutgoingMail
        {
            Lane = MailLane.Mailing,
            State = MailState.Sent,
            Kind = "test",
            Subject = address,
            List = MailList.Newsletter,
            Address = address,
            AddressKey = address,
            RecipientName = "株式会社研磨",
            Body = new MailBody { Title = "件名", Text = "", CreatedAt = DateTimeOffset.UtcNow },
            CreatedAt = DateTimeOffset.UtcNow,
        });
        var path = new BounceAddress(EmailAddress.Parse("bounce@mail.example.jp"), LinkKey.Load(KeyFile).Mark).For(mail.Id).Value;
        return new MemoryStream(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
            Return-Path: <>
            From: MAILER-DAEMON@mx.example.jp
            To: {path}
            Subject: Undelivered Mail Returned to Sender
            Message-ID: <{mail.Id}@mx.example.jp>

            <{address}>: host mx.example.jp said: 550 5.1.1 User unknown (in reply to RCPT TO command)

            """)));
    }

    [Fact]
    public async Task Bounce_OfOurs_IsTakenAndTheSecondTimeKnown()
    {
        var report = await ReportAsync("dead@kenma.example.jp");
        var (code, output, error) = await BounceAsync(report);
        Assert.Equal((0, ""), (code, output));
        Assert.Contains("Mailings to the address are stopped.", error, StringComparison.Ordinal);
        // Nothing personal in what a mail server writes into its log.
        Assert.DoesNotContain("kenma", error, StringComparison.Ordinal);
        report.Position = 0;
        (code, _, error) = await BounceAsync(report);
        Assert.Equal(0, code);
        Assert.Contains("This report was taken before.", error, StringComparison.Ordinal);
        await using var db = database.Open();
        Assert.Equal(1, await db.Set<Suppression>().CountAsync(s => s.AddressKey == "dead@kenma.example.jp", Stop));
    }

    [Fact]
    public async Task Bounce_AnythingAtAll_IsTakenToItsEnd()
    {
        var noise = new byte[3_000_000];
        new Random(20261125).NextBytes(noise);
        // Whoever writes into a pipe that is closed early sees an error of its own; forty megabytes are more than any pipe holds.
        foreach (var message in new[] { [], noise, new byte[40_000_000], Encoding.UTF8.GetBytes("\0\r\n\r\n\0"), Encoding.UTF8.GetBytes("Subject: " + new string('x', 2_000_000)) })
        {
            using var stream = new MemoryStream(message);
            var (code, output, error) = await BounceAsync(stream);
            Assert.Equal((0, ""), (code, output));
            Assert.Contains("No report of a failure: nothing to do.", error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ConnectionStrings__Town", "Host=/nonexistent;Username=x;Database=y")]
    [InlineData("ConnectionStrings__Town", "nonsense=1")]
    [InlineData("Mail__Bounce", "no address")]
    [InlineData("Mail__Connections", "many")]
    [InlineData("Links__KeyFile", "/proc/none/links.key")]
    public async Task Bounce_WhileSomethingIsWrongHere_AsksForAnotherTry(string setting, string value)
    {
        var (code, output, error) = await BounceAsync(await ReportAsync(Guid.NewGuid().ToString("N") + "@kenma.example.jp"), (setting, value));
        Assert.Equal((75, ""), (code, output));
        Assert.Contains("Not taken, try again later: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", error, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Out, string Error)> RunAsync(string words, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string>(Settings, StringComparer.Ordinal);
        foreach (var (name, value) in settings)
            all[name] = value;
        return await TownCommand.RunAsync(database.Connection, all, Stream.Null, words.Split(' '));
    }

    [Fact]
    public async Task Check_SaysWhatIsKnownAndWhatToAsk_AndEndsWithOneWhereSomethingIsBad()
    {
        var (code, output, error) = await RunAsync("mail check", ("Mail__Server__Host", "relay.example.net"));
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("dig +noall +answer _dmarc.mail.example.jp TXT", output, StringComparison.Ordinal);
        var answers = Path.GetTempFileName();
        await File.WriteAllTextAsync(answers, "mail.example.jp. 300 IN TXT \"v=spf1 -all\"\nrelay.example.net. 300 IN A 192.0.2.7\n", Stop);
        (code, output, error) = await RunAsync("mail check --dns " + answers, ("Mail__Server__Host", "relay.example.net"));
        Assert.Equal((1, ""), (code, error));
        Assert.Contains("× 直す　　　 SPF：mail.example.jp の SPF は、送信サーバー 192.0.2.7 を認めていません", output, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("mail check")).Code);

        await File.WriteAllBytesAsync(answers, [0, 1, 2, 255, 254, 10, 0], Stop);
        (code, _, error) = await RunAsync("mail check --dns " + answers, ("Mail__Server__Host", "relay.example.net"));
        Assert.Equal(0, code);
        Assert.Contains("holds no DNS answer", error, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(answers, new byte[1_200_000], Stop);
        (code, _, error) = await RunAsync("mail check --dns " + answers);
        Assert.Equal(2, code);
        Assert.Contains("no output of dig", error, StringComparison.Ordinal);
        File.Delete(answers);
        (code, _, error) = await RunAsync("mail check --dns " + answers);
        Assert.Equal(2, code);
        Assert.Equal($"There is no file {answers}.", error.Trim());
    }

    [Theory]
    [InlineData("mail check", "Mail__Connections", "many", "Mail:Connections")]
    [InlineData("mail check", "Mail__Connections", "65", "Mail:Connections")]
    [InlineData("mail send", "Mail__Transport", "smtp", "Mail:Transport")]
    [InlineData("mail send", "Mail__Server__Port", "many", "Mail:Server:Port")]
    public async Task Settings_Wrong_AreNamedInOneSentence(string words, string setting, string value, string named)
    {
        var (code, output, error) = await RunAsync(words, (setting, value));
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
