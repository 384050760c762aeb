using System.Security.Cryptography.X509Certificates;
using MonozukuriTown.Mail.Smtp;
using MonozukuriTown.Mail.Tests.Support;
using static MonozukuriTown.Mail.Tests.Support.Samples;

namespace MonozukuriTown.Mail.Tests;

/// <summary>What every transport that speaks to a mail server must do alike; each is one subclass. Here: what becomes of a mail.</summary>
public abstract partial class SmtpContract
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
}
