using MonozukuriTown.Mail.Smtp;
#if WITH_MAILKIT
using MonozukuriTown.Mail.Tests.Support;
#endif

namespace MonozukuriTown.Mail.Tests;

/// <summary>The same contract on MailKit; where the package feed lacks it each of these says "skipped", none "passed".</summary>
public sealed class MailKitTransportTests : SmtpContract
{
#if WITH_MAILKIT
    protected override IMailTransport Transport(SmtpOptions options) => new MonozukuriTown.MailKit.MailKitTransport(options);

    // MailKit gives a domain's kanji form away wherever a server offers SMTPUTF8; the connection then does without it, and says so to a mail that needs it.
    [Fact]
    public async Task Send_InternationalMailAfterADomainInKanji_WantsAnotherConnection()
    {
        await using var server = new ScriptedServer();
        var transport = Transport(To(server.Port));
        await using var first = await transport.ConnectAsync(Stop);
        Assert.Equal(MailOutcome.Accepted, (await first.SendAsync(Mail("yamada@研磨.example.jp"), Stop)).Outcome);
        var result = await first.SendAsync(Mail("山田@example.jp"), Stop);
        Assert.Equal((MailOutcome.RefusedForNow, MailStage.Connection), (result.Outcome, result.Stage));
        Assert.False(first.IsUsable);
        await using var second = await transport.ConnectAsync(Stop);
        Assert.Equal(MailOutcome.Accepted, (await second.SendAsync(Mail("山田@example.jp"), Stop)).Outcome);
    }

    [Fact]
    public void Name_SaysWhichClientAndWhere() => Assert.Matches(@"^smtp \(MailKit [0-9]+\.[0-9]+\.[0-9]+\) localhost:25$", Transport(To(25)).Name);
#else
    public MailKitTransportTests() => Assert.Skip("The package feed has no MailKit.");

    protected override IMailTransport Transport(SmtpOptions options) => throw new NotSupportedException();
#endif
}
