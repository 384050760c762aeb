using System.Security.Cryptography.X509Certificates;
using MonozukuriTown.Mail.Smtp;
using MonozukuriTown.Mail.Tests.Support;

namespace MonozukuriTown.Mail.Tests;

// Connecting, encryption, signing in, leaving.
public abstract partial class SmtpContract
{
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
}
