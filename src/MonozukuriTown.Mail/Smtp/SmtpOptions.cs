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

    /// <summary>What this machine calls itself in EHLO.</summary>
    public string LocalName { get; init; } = "localhost";

    /// <summary>Roots to check the certificate against instead of the system's, for a relay with a certificate of the town's own.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    public TimeSpan ConnectLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For each reply before the body. RFC 5321 asks for 5 minutes; a relay of one's own answers at once or is ill.</summary>
    public TimeSpan ReplyLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>For the body and the reply to it (RFC 5321 4.5.3.2.6): giving up early is what makes doubles.</summary>
    public TimeSpan BodyLimit { get; init; } = TimeSpan.FromMinutes(10);
}
