using MonozukuriTown.Mail.Tests.Support;
using static MonozukuriTown.Mail.Tests.Support.Samples;

namespace MonozukuriTown.Mail.Tests;

// Addresses and bodies as they arrive.
public abstract partial class SmtpContract
{
    [Fact]
    public async Task Send_InternationalLocalPart_NeedsTheExtension()
    {
        await using var able = new ScriptedServer();
        await using (var connection = await Transport(To(able.Port)).ConnectAsync(Stop))
            Assert.Equal(MailOutcome.Accepted, (await connection.SendAsync(Mail("山田@example.jp", Message() with { To = [new("山田", Address("山田@example.jp"))] }), Stop)).Outcome);
        var received = Assert.Single(able.Mails);
        Assert.Contains("SMTPUTF8", received.From, StringComparison.Ordinal);
        Assert.Contains("<山田@example.jp>", received.To, StringComparison.Ordinal);

        await using var unable = new ScriptedServer(new() { Extensions = ["PIPELINING", "8BITMIME"] });
        await using var other = await Transport(To(unable.Port)).ConnectAsync(Stop);
        var result = await other.SendAsync(Mail("山田@example.jp"), Stop);
        Assert.Equal((MailOutcome.RefusedForGood, MailStage.Recipient), (result.Outcome, result.Stage));
        Assert.Equal(MailOutcome.Accepted, (await other.SendAsync(Mail(), Stop)).Outcome);
    }

    [Theory]
    [InlineData("a..b")]
    [InlineData(".c")]
    [InlineData("d.")]
    [InlineData("-._.-..")]
    public async Task Send_OldMobileAddress_GoesInQuotes(string local)
    {
        await using var server = new ScriptedServer();
        await using var connection = await Transport(To(server.Port)).ConnectAsync(Stop);
        var address = $"{local}@docomo.example.jp";
        Assert.Equal(MailOutcome.Accepted, (await connection.SendAsync(Mail(address, Message() with { To = [new("携帯の人", Address(address))] }), Stop)).Outcome);
        var mail = Assert.Single(server.Mails);
        Assert.Equal($"RCPT TO:<\"{local}\"@docomo.example.jp>", mail.To);
        Assert.Equal(local, Python.Read(mail.Octets).To[0].Local);
    }

    [Fact]
    public async Task Send_EveryCharacterOfALocalPart_GoesAsItIs()
    {
        await using var server = new ScriptedServer();
        await using var connection = await Transport(To(server.Port)).ConnectAsync(Stop);
        const string Address = "!#$%&'*+-/=?^_`{|}~x@example.jp";
        Assert.Equal(MailOutcome.Accepted, (await connection.SendAsync(Mail(Address), Stop)).Outcome);
        Assert.Equal($"RCPT TO:<{Address}>", Assert.Single(server.Mails).To);
    }

    [Fact]
    public async Task Send_DomainInKanji_GoesInAscii()
    {
        await using var server = new ScriptedServer();
        await using var connection = await Transport(To(server.Port)).ConnectAsync(Stop);
        var address = Address("yamada@研磨.example.jp");
        Assert.Equal(MailOutcome.Accepted, (await connection.SendAsync(Mail(address.Value, Message() with { To = [new("山田", address)] }), Stop)).Outcome);
        var mail = Assert.Single(server.Mails);
        Assert.Equal("RCPT TO:<yamada@xn--nwqq6c.example.jp>".Replace("xn--nwqq6c", address.Domain.Split('.')[0], StringComparison.Ordinal), mail.To);
        Assert.DoesNotContain("SMTPUTF8", mail.From, StringComparison.Ordinal);
        Assert.Equal(address.Domain, Python.Read(mail.Octets).To[0].Domain);
    }

    [Fact]
    public async Task Send_EmptyReturnPath_IsEmptyOnTheWire()
    {
        await using var server = new ScriptedServer();
        await using var connection = await Transport(To(server.Port)).ConnectAsync(Stop);
        await connection.SendAsync(Mail() with { ReturnPath = null }, Stop);
        Assert.StartsWith("MAIL FROM:<> SIZE=", Assert.Single(server.Mails).From, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ServerOfSevenBits_GetsSevenBits()
    {
        await using var server = new ScriptedServer(new() { Extensions = [] });
        await using var connection = await Transport(To(server.Port)).ConnectAsync(Stop);
        Assert.Equal(MailOutcome.Accepted, (await connection.SendAsync(Mail(message: Message("件名①㈱髙", "本文①㈱髙 ✨", "<p>髙</p>")), Stop)).Outcome);
        var mail = Assert.Single(server.Mails);
        Assert.True(System.Text.Ascii.IsValid(mail.Octets));
        Assert.Equal("MAIL FROM:<bounce+1@mail.example.jp>", mail.From);
    }

    [Fact]
    public async Task Send_BeyondTheServersSize_IsRefusedBeforeTheBody()
    {
        await using var server = new ScriptedServer(new() { Extensions = ["PIPELINING", "SIZE 2000"] });
        await using var connection = await Transport(To(server.Port)).ConnectAsync(Stop);
        var result = await connection.SendAsync(Mail(message: Message(text: new string('x', 500) + "\n" + new string('あ', 2000))), Stop);
        Assert.Equal((MailOutcome.RefusedForGood, MailStage.Content), (result.Outcome, result.Stage));
        Assert.True(connection.IsUsable);
    }

    [Theory]
    [InlineData("first\n.\n..\n.x\n\nlast line")]
    [InlineData(".starts with a dot\n.")]
    [InlineData("日本語\n.\n①㈱髙﨑 ✨")]
    public async Task Send_DotLines_ArriveAsTheyWere(string text)
    {
        await using var server = new ScriptedServer();
        await using var connection = await Transport(To(server.Port)).ConnectAsync(Stop);
        Assert.Equal(MailOutcome.Accepted, (await connection.SendAsync(Mail(message: Message(text: text)), Stop)).Outcome);
        var mail = Python.Read(Assert.Single(server.Mails).Octets);
        Assert.Equal(text, mail.Parts[0].Text!.ReplaceLineEndings("\n").TrimEnd('\n'));
        Assert.Empty(mail.Defects);
    }

    [Fact]
    public async Task Send_ToSmtpSink_EveryMailArrivesOnceAndWhole()
    {
        await using var sink = await SmtpSink.StartAsync();
        var transport = Transport(To(sink.Port));
        await Parallel.ForEachAsync(Enumerable.Range(0, 4), Stop, async (lane, stop) =>
        {
            await using var connection = await transport.ConnectAsync(stop);
            for (var i = 0; i < 250; i++)
            {
                var number = lane * 250 + i;
                var result = await connection.SendAsync(Mail($"r{number}@example.jp", Message($"件名{number}", $"本文①㈱髙 {number}\n.\n終", "<p>髙</p>")), stop);
                Assert.Equal(MailOutcome.Accepted, result.Outcome);
            }
        });
        var dumps = sink.Dumps;
        Assert.Equal(1000, dumps.Length);
        var recipients = new HashSet<string>();
        foreach (var dump in dumps)
        {
            var read = MimeReader.Read(await File.ReadAllBytesAsync(dump, Stop));
            Assert.True(recipients.Add(read["X-Rcpt-Args"]));
            Assert.Equal("<bounce+1@mail.example.jp>", read["X-Mail-Args"].Split(' ')[0]);
        }
        var one = Python.Read(await File.ReadAllBytesAsync(dumps[0], Stop));
        var number = one["Subject"]["件名".Length..];
        Assert.Equal($"本文①㈱髙 {number}\n.\n終", one.Parts[1].Text!.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Send_DifficultMessages_ArriveAsTheyWereMeant()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var connection = await Transport(To(sink.Port)).ConnectAsync(Stop);
        var sent = DifficultMessages.All().ToList();
        for (var i = 0; i < sent.Count; i++)
        {
            var result = await connection.SendAsync(Mail($"r{i}@example.jp", sent[i]), Stop);
            Assert.True(result.Outcome == MailOutcome.Accepted, $"message {i}: {result.Words}");
        }
        var dumps = sink.Dumps;
        Assert.Equal(sent.Count, dumps.Length);
        foreach (var dump in dumps)
        {
            var octets = await File.ReadAllBytesAsync(dump, Stop);
            var recipient = MimeReader.Read(octets)["X-Rcpt-Args"];
            DifficultMessages.Same(sent[int.Parse(recipient[2..recipient.IndexOf('@', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture)], Python.Read(octets));
        }
    }

    [Theory]
    [InlineData("-f", "RCPT", MailOutcome.RefusedForGood)]
    [InlineData("-r", "RCPT", MailOutcome.RefusedForNow)]
    [InlineData("-f", "DATA", MailOutcome.RefusedForGood)]
    [InlineData("-r", ".", MailOutcome.RefusedForNow)]
    [InlineData("-f", ".", MailOutcome.RefusedForGood)]
    [InlineData("-q", "RCPT", MailOutcome.RefusedForNow)]
    [InlineData("-Q", "MAIL", MailOutcome.RefusedForNow)]
    [InlineData("-q", ".", MailOutcome.Uncertain)]
    public async Task Send_ToAnIllSmtpSink_IsJudgedRight(string option, string command, MailOutcome outcome)
    {
        await using var sink = await SmtpSink.StartAsync(option, command);
        await using var connection = await Transport(To(sink.Port)).ConnectAsync(Stop);
        Assert.Equal(outcome, (await connection.SendAsync(Mail(), Stop)).Outcome);
    }

    [Fact]
    public async Task Send_SlowServer_IsWaitedFor()
    {
        await using var sink = await SmtpSink.StartAsync("-w", "1");
        await using var connection = await Transport(To(sink.Port)).ConnectAsync(Stop);
        Assert.Equal(MailOutcome.Accepted, (await connection.SendAsync(Mail(), Stop)).Outcome);
    }
}
