using System.Security.Cryptography.X509Certificates;
using MonozukuriTown.Mail.Smtp;
using MonozukuriTown.Mail.Tests.Support;
using static MonozukuriTown.Mail.Tests.Support.Samples;

namespace MonozukuriTown.Mail.Tests;

/// <summary>What every transport that speaks to a mail server must do alike; each is one subclass.</summary>
public abstract class SmtpContract
{
    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected abstract IMailTransport Transport(SmtpOptions options);

    internal static SmtpOptions To(int port) => new() { Host = "localhost", Port = port, Security = SmtpSecurity.None, ReplyLimit = TimeSpan.FromSeconds(5), BodyLimit = TimeSpan.FromSeconds(5), ConnectLimit = TimeSpan.FromSeconds(5) };

    internal static OutboundMail Mail(string recipient = "yamada@kenma.example.jp", MailMessage? message = null) =>
        new(Address("bounce+1@mail.example.jp"), Address(recipient), message ?? Message());

    [Theory]
    [InlineData("refuse@example.jp", MailOutcome.RefusedForGood, MailStage.Recipient, 550, "5.1.1")]
    [InlineData("later@example.jp", MailOutcome.RefusedForNow, MailStage.Recipient, 451, "4.7.1")]
    [InlineData("bad@example.jp", MailOutcome.RefusedForGood, MailStage.Content, 554, "5.7.1")]
    [InlineData("busy@example.jp", MailOutcome.RefusedForNow, MailStage.Content, 452, "4.3.1")]
    public async Task Send_Refused_SaysHowAndTheConnectionGoesOn(string recipient, MailOutcome outcome, MailStage stage, int code, string status)
    {
        foreach (string[] extensions in new string[][] { ["PIPELINING", "8BITMIME"], ["8BITMIME"] })
        {
            await using var server = new ScriptedServer(new() { Extensions = extensions });
            await using var connection = await Transport(To(server.Port)).ConnectAsync(Stop);
            var result = await connection.SendAsync(Mail(recipient), Stop);
            Assert.Equal((outcome, stage, code, status), (result.Outcome, result.Stage, result.Code, result.Status));
            Assert.NotEmpty(result.Words);
            Assert.True(connection.IsUsable);
            Assert.Equal(MailOutcome.Accepted, (await connection.SendAsync(Mail(), Stop)).Outcome);
            Assert.Single(server.Mails);
            Assert.Equal(1, server.Connections);
        }
    }

    // In clear, with and without pipelining, and encrypted: what is known of the body must not depend on it.
    private static IEnumerable<(ServerScript Script, Func<int, SmtpOptions> Options)> Ways(X509Certificate2 certificate)
    {
        yield return (new(), To);
        yield return (new() { Extensions = ["8BITMIME"] }, To);
        yield return (new() { ImplicitTls = true, Certificate = certificate }, port => To(port) with { Security = SmtpSecurity.Tls, TrustedRoots = [certificate] });
        yield return (new() { Certificate = certificate, Extensions = ["STARTTLS", "PIPELINING"] }, port => To(port) with { Security = SmtpSecurity.StartTls, TrustedRoots = [certificate] });
    }

    [Theory]
    [InlineData("shut@example.jp")]
    [InlineData("closing@example.jp")]
    [InlineData("mute@example.jp")]
    public async Task Send_BrokenBeforeTheBody_IsNotNow(string recipient)
    {
        using var certificate = ScriptedServer.Certify("localhost");
        foreach (var (script, options) in Ways(certificate))
        {
            await using var server = new ScriptedServer(script);
            await using var connection = await Transport(options(server.Port) with { ReplyLimit = TimeSpan.FromMilliseconds(400) }).ConnectAsync(Stop);
            var result = await connection.SendAsync(Mail(recipient), Stop);
            Assert.Equal((MailOutcome.RefusedForNow, MailStage.Connection), (result.Outcome, result.Stage));
            Assert.NotEmpty(result.Words);
            Assert.False(connection.IsUsable);
            Assert.Equal(MailOutcome.RefusedForNow, (await connection.SendAsync(Mail(), Stop)).Outcome);
            Assert.Empty(server.Mails);
        }
    }

    [Theory]
    [InlineData("ready@example.jp")]
    [InlineData("middle@example.jp")]
    [InlineData("silent@example.jp")]
    [InlineData("nonsense@example.jp")]
    [InlineData("again@example.jp")]
    public async Task Send_BrokenInTheBody_IsUncertain(string recipient)
    {
        using var certificate = ScriptedServer.Certify("localhost");
        // Once within what the sockets buffer, and once beyond, so that the break falls into the writing too.
        MailMessage[] messages = [Message(), Message() with { Attachments = [new("a.bin", "application/octet-stream", new byte[700_000])] }];
        foreach (var message in messages)
        {
            foreach (var (script, options) in Ways(certificate))
            {
                await using var server = new ScriptedServer(script);
                await using var connection = await Transport(options(server.Port)).ConnectAsync(Stop);
                var result = await connection.SendAsync(Mail(recipient, message), Stop);
                Assert.Equal((MailOutcome.Uncertain, MailStage.Content), (result.Outcome, result.Stage));
                Assert.NotEmpty(result.Words);
                Assert.False(connection.IsUsable);
                Assert.Equal(MailOutcome.RefusedForNow, (await connection.SendAsync(Mail(), Stop)).Outcome);
            }
        }
    }

    [Fact]
    public async Task Send_UnusualYes_IsOne()
    {
        await using var server = new ScriptedServer();
        await using var connection = await Transport(To(server.Port)).ConnectAsync(Stop);
        var result = await connection.SendAsync(Mail("odd@example.jp"), Stop);
        Assert.Equal((MailOutcome.Accepted, 252, "2.0.0"), (result.Outcome, result.Code, result.Status));
        Assert.True(connection.IsUsable);
    }

    [Theory]
    [InlineData("421 4.4.2 idle for too long")]
    [InlineData("")]
    public async Task Send_OnAConnectionClosedMeanwhile_IsNotNow(string words)
    {
        using var certificate = ScriptedServer.Certify("localhost");
        foreach (var (script, options) in Ways(certificate))
        {
            await using var server = new ScriptedServer(script with { IdleWords = words });
            await using var connection = await Transport(options(server.Port)).ConnectAsync(Stop);
            Assert.Equal(MailOutcome.Accepted, (await connection.SendAsync(Mail(), Stop)).Outcome);
            var result = await connection.SendAsync(Mail(), Stop);
            Assert.Equal((MailOutcome.RefusedForNow, MailStage.Connection), (result.Outcome, result.Stage));
            Assert.False(connection.IsUsable);
            Assert.Single(server.Mails);
        }
    }

    [Fact]
    public async Task Send_ServerThatWantsASignIn_HoldsNothingAgainstTheMail()
    {
        await using var server = new ScriptedServer(new() { MailReply = "530 5.7.0 Authentication required" });
        await using var connection = await Transport(To(server.Port)).ConnectAsync(Stop);
        var result = await connection.SendAsync(Mail(), Stop);
        Assert.Equal((MailOutcome.RefusedForNow, MailStage.Connection, 530), (result.Outcome, result.Stage, result.Code));
        Assert.Contains("Authentication required", result.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_MessageNobodyMayWrite_IsRefusedAndTheConnectionGoesOn()
    {
        await using var server = new ScriptedServer();
        await using var connection = await Transport(To(server.Port)).ConnectAsync(Stop);
        MailMessage[] unsafeOnes =
        [
            Message() with { MessageId = "<a@b>\r\nBcc: x@example.jp" }, Message() with { Headers = [new("X-A", "v\r\nBcc: x@example.jp")] }, Message() with { Headers = [new("Subject", "second")] },
            Message() with { Attachments = [new("a", "text/plain\r\nX: y", default)] }, Message() with { Calendar = new("REQUEST\r\nX: y", "") },
        ];
        foreach (var message in unsafeOnes)
        {
            var result = await connection.SendAsync(Mail(message: message), Stop);
            Assert.Equal((MailOutcome.RefusedForGood, MailStage.Content), (result.Outcome, result.Stage));
            Assert.DoesNotContain('\n', result.Words);
        }
        Assert.Equal(MailOutcome.Accepted, (await connection.SendAsync(Mail(), Stop)).Outcome);
    }

    [Fact]
    public async Task Send_SenderRefused_IsNotTheRecipientsFault()
    {
        await using var server = new ScriptedServer(new() { MailReply = "553 5.7.1 not your address" });
        await using var connection = await Transport(To(server.Port)).ConnectAsync(Stop);
        var result = await connection.SendAsync(Mail(), Stop);
        Assert.Equal((MailOutcome.RefusedForGood, MailStage.Sender, 553), (result.Outcome, result.Stage, result.Code));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Send_AlreadyCancelled_DeliversNothing()
    {
        await using var server = new ScriptedServer();
        await using var connection = await Transport(To(server.Port)).ConnectAsync(Stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.SendAsync(Mail(), new CancellationToken(canceled: true)));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Send_CancelledBeforeTheBody_DeliversNothing()
    {
        using var certificate = ScriptedServer.Certify("localhost");
        foreach (var (script, options) in Ways(certificate))
        {
            await using var server = new ScriptedServer(script);
            await using var connection = await Transport(options(server.Port)).ConnectAsync(Stop);
            using var cancel = new CancellationTokenSource();
            var sending = connection.SendAsync(Mail("mute@example.jp"), cancel.Token);
            await server.SawAsync("RCPT", Stop);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
            Assert.False(connection.IsUsable);
            Assert.Empty(server.Mails);
        }
    }

    [Fact]
    public async Task Send_CancelledInTheBody_IsFinishedAllTheSame()
    {
        using var certificate = ScriptedServer.Certify("localhost");
        foreach (var (script, options) in Ways(certificate))
        {
            await using var server = new ScriptedServer(script);
            await using var connection = await Transport(options(server.Port)).ConnectAsync(Stop);
            using var cancel = new CancellationTokenSource();
            var sending = connection.SendAsync(Mail("slow@example.jp"), cancel.Token);
            await server.SawAsync(".", Stop);
            await cancel.CancelAsync();
            Assert.Equal(MailOutcome.Accepted, (await sending).Outcome);
            Assert.True(connection.IsUsable);
            Assert.Single(server.Mails);
        }
    }

    [Fact]
    public async Task Send_ServerThatTakesTheBodyForever_IsUncertainAfterTheLimit()
    {
        await using var sink = await SmtpSink.StartAsync("-W", ".:30");
        await using var connection = await Transport(To(sink.Port) with { BodyLimit = TimeSpan.FromMilliseconds(500) }).ConnectAsync(Stop);
        Assert.Equal(MailOutcome.Uncertain, (await connection.SendAsync(Mail(), Stop)).Outcome);
    }

    [Fact]
    public async Task Dispose_SaysGoodbyeWhereItCan()
    {
        await using var server = new ScriptedServer();
        var connection = await Transport(To(server.Port)).ConnectAsync(Stop);
        await connection.SendAsync(Mail(), Stop);
        await connection.DisposeAsync();
        await server.SawAsync("QUIT", Stop);
        Assert.False(connection.IsUsable);
        Assert.Equal(MailOutcome.RefusedForNow, (await connection.SendAsync(Mail(), Stop)).Outcome);

        var broken = await Transport(To(server.Port)).ConnectAsync(Stop);
        await broken.SendAsync(Mail("shut@example.jp"), Stop);
        await broken.DisposeAsync();
        await broken.DisposeAsync();
    }

    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.Tls)]
    public async Task Connect_Encrypted_ChecksTheCertificate(SmtpSecurity security)
    {
        using var good = ScriptedServer.Certify("localhost");
        using var foreign = ScriptedServer.Certify("elsewhere.example.jp");
        using var expired = ScriptedServer.Certify("localhost", DateTimeOffset.UtcNow.AddDays(-1));
        foreach (var (certificate, trusted, fine) in new[] { (good, true, true), (good, false, false), (foreign, true, false), (expired, true, false) })
        {
            await using var server = new ScriptedServer(new()
            {
                ImplicitTls = security == SmtpSecurity.Tls,
                Certificate = certificate,
                Extensions = ["STARTTLS"],
                ExtensionsOnceEncrypted = ["PIPELINING", "8BITMIME"],
            });
            var transport = Transport(To(server.Port) with { Security = security, TrustedRoots = trusted ? new X509Certificate2Collection(certificate) : null });
            if (!fine)
            {
                await Assert.ThrowsAsync<MailTransportException>(() => transport.ConnectAsync(Stop));
                Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
                continue;
            }
            await using var connection = await transport.ConnectAsync(Stop);
            Assert.Equal(MailOutcome.Accepted, (await connection.SendAsync(Mail(), Stop)).Outcome);
            Assert.True(Assert.Single(server.Mails).Encrypted);
        }
    }

    [Fact]
    public async Task Connect_NoStartTlsOffered_SendsNothingInClear()
    {
        await using var server = new ScriptedServer();
        await Assert.ThrowsAsync<MailTransportException>(() => Transport(To(server.Port) with { Security = SmtpSecurity.StartTls }).ConnectAsync(Stop));
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AUTH PLAIN LOGIN", "秘密のことば", true)]
    [InlineData("AUTH LOGIN", "秘密のことば", true)]
    [InlineData("AUTH PLAIN", "wrong", false)]
    [InlineData("AUTH CRAM-MD5-X", "秘密のことば", false)]
    [InlineData("PIPELINING", "秘密のことば", false)]
    public async Task Connect_WithUser_SignsInOrSaysWhy(string offer, string password, bool fine)
    {
        using var certificate = ScriptedServer.Certify("localhost");
        await using var server = new ScriptedServer(new() { ImplicitTls = true, Certificate = certificate, Extensions = [offer] });
        var transport = Transport(To(server.Port) with { Security = SmtpSecurity.Tls, TrustedRoots = [certificate], User = "town", Password = password });
        if (fine)
        {
            await using var connection = await transport.ConnectAsync(Stop);
            Assert.EndsWith("town|" + password, Assert.Single(server.SignIns), StringComparison.Ordinal);
            Assert.Equal(MailOutcome.Accepted, (await connection.SendAsync(Mail(), Stop)).Outcome);
        }
        else
        {
            var problem = await Assert.ThrowsAsync<MailTransportException>(() => transport.ConnectAsync(Stop));
            Assert.DoesNotContain(password, problem.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Connect_WithUserInClear_NeverSaysThePassword()
    {
        await using var server = new ScriptedServer(new() { Extensions = ["AUTH PLAIN LOGIN"] });
        await Assert.ThrowsAsync<MailTransportException>(() => Transport(To(server.Port) with { User = "town", Password = "秘密のことば" }).ConnectAsync(Stop));
        Assert.Empty(server.SignIns);
    }

    [Fact]
    public async Task Connect_NobodyThereOrSilent_SaysSo()
    {
        await Assert.ThrowsAsync<MailTransportException>(() => Transport(To(1)).ConnectAsync(Stop));
        await using var silent = new ScriptedServer(new() { Greeting = null });
        await Assert.ThrowsAsync<MailTransportException>(() => Transport(To(silent.Port) with { ConnectLimit = TimeSpan.FromMilliseconds(300) }).ConnectAsync(Stop));
        await using var full = new ScriptedServer(new() { Greeting = "554 no service" });
        await Assert.ThrowsAsync<MailTransportException>(() => Transport(To(full.Port)).ConnectAsync(Stop));
    }

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

public sealed class SmtpTransportTests : SmtpContract
{
    protected override IMailTransport Transport(SmtpOptions options) => new SmtpTransport(options);

    [Fact]
    public async Task Connect_OctetsInjectedBehindStartTls_AreRefused()
    {
        using var certificate = ScriptedServer.Certify("localhost");
        await using var server = new ScriptedServer(new() { Certificate = certificate, Extensions = ["STARTTLS"], InjectsBehindStartTls = true });
        var transport = Transport(To(server.Port) with { Security = SmtpSecurity.StartTls, TrustedRoots = [certificate] });
        await Assert.ThrowsAsync<MailTransportException>(() => transport.ConnectAsync(Stop));
    }
}
