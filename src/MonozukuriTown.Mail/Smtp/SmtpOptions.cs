using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace MonozukuriTown.Mail.Smtp;

public enum SmtpSecurity
{
    /// <summary>Plain text: only for a relay on the same machine or network.</summary>
    None,

    /// <summary>STARTTLS, and no mail without it (port 587).</summary>
    StartTls,

    /// <summary>TLS from the first octet (port 465).</summary>
    Tls,
}

/// <summary>How to reach the relay that mail is submitted to.</summary>
public sealed record SmtpOptions
{
    public required string Host { get; init; }
    public int Port { get; init; } = 587;
    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;
    public string? User { get; init; }
    public string? Password { get; init; }

    /// <summary>What this machine calls itself in EHLO: a name, or an address without brackets.</summary>
    public string LocalName { get; init; } = "localhost";

    /// <summary>The name as EHLO has it: an address stands in brackets (RFC 5321 4.1.3).</summary>
    internal string Greeting => !IPAddress.TryParse(LocalName, out var address) ? LocalName
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{address}]" : $"[{address}]";

    /// <summary>Roots to check the certificate against instead of the system's, for a relay with a certificate of the town's own.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>For the connection, TLS, EHLO and signing in together.</summary>
    public TimeSpan ConnectLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For each reply before the body. RFC 5321 asks for 5 minutes; a relay of one's own answers at once or is ill.</summary>
    public TimeSpan ReplyLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>For the body and the reply to it (RFC 5321 4.5.3.2.6): giving up early is what makes doubles.</summary>
    public TimeSpan BodyLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How the certificate is checked: the host's name, and the chain to <see cref="TrustedRoots"/> or the system's roots.</summary>
    internal SslClientAuthenticationOptions ForTls()
    {
        var settings = new SslClientAuthenticationOptions { TargetHost = Host };
        if (TrustedRoots is not null)
        {
            settings.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            settings.CertificateChainPolicy.CustomTrustStore.AddRange(TrustedRoots);
        }
        return settings;
    }
}
