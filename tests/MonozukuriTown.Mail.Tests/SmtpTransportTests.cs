using MonozukuriTown.Mail.Smtp;
using MonozukuriTown.Mail.Tests.Support;

namespace MonozukuriTown.Mail.Tests;

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
