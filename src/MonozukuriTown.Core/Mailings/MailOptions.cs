using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Mail;
using MonozukuriTown.Mail.Bounces;
using MonozukuriTown.Mail.Smtp;

namespace MonozukuriTown.Core.Mailings;

/// <summary>How mail leaves the house: section "Mail" of the settings.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";
    public const string Pickup = "pickup";
    public const string BuiltIn = "builtin";
    public const string MailKit = "mailkit";
    public const string Auto = "auto";

    /// <summary>Addresses under .invalid reach nobody, which is what a house without a mail server should send as.</summary>
    private const string NobodysAddress = "town@mail.invalid";

    /// <summary>
    /// "mailkit" or "builtin" (two clients for the relay of <see cref="Server"/>), "pickup" (files in a folder), or "auto": MailKit where the build has it and else the
    /// built-in client; without a relay the folder.
    /// </summary>
    public string Transport { get; set; } = Auto;

    /// <summary>Mails stay in the house, as files.</summary>
    public bool ToFolder => Transport is Pickup || (Transport is Auto && Server.Host.Length == 0);

    public string PickupFolder { get; set; } = TownHome.Local("mail");

    public string From { get; set; } = NobodysAddress;

    /// <summary>The name beside it; the portal's name when empty.</summary>
    public string FromName { get; set; } = "";

    /// <summary>The section's mailbox, which people read: answers go there. Never a no-reply.</summary>
    public string ReplyTo { get; set; } = "";

    /// <summary>Where bounces come back, e.g. bounce@mail.example.jp: each mail gets bounce+…@ of its own. Empty: to <see cref="From"/>.</summary>
    public string Bounce { get; set; } = "";

    /// <summary>The selector the relay signs with (DKIM), for <c>town mail check</c> alone: the portal signs nothing.</summary>
    public string DkimSelector { get; set; } = "";

    /// <summary>担当者, telephone and hours under every mail; the town's own when empty.</summary>
    public string ContactPerson { get; set; } = "";
    public string ContactTel { get; set; } = "";
    public string ContactHours { get; set; } = "";

    [Range(1, 64, ErrorMessage = "Mail:Connections must be between 1 and 64.")]
    public int Connections { get; set; } = 4;

    /// <summary>Mailings leave each sending process at most this fast, so that two of them send twice as fast; essential mail is not slowed down. 0: as fast as the server takes it.</summary>
    [Range(0, 100_000, ErrorMessage = "Mail:RatePerSecond must be between 0 (no limit) and 100000.")]
    public int RatePerSecond { get; set; } = 20;

    /// <summary>How long a mail refused for now is tried again.</summary>
    [Range(1, 240, ErrorMessage = "Mail:RetryHours must be between 1 and 240.")]
    public int RetryHours { get; set; } = 72;

    /// <summary>So many refusals in a row and mailings stop until a person has looked.</summary>
    [Range(1, 10_000, ErrorMessage = "Mail:StopAfterRefusals must be between 1 and 10000.")]
    public int StopAfterRefusals { get; set; } = 20;

    /// <summary>A leased row that was not begun by then is taken up again.</summary>
    [Range(5, 3600, ErrorMessage = "Mail:LeaseSeconds must be between 5 and 3600.")]
    public int LeaseSeconds { get; set; } = 60;

    /// <summary>A maildir that mail to <see cref="Bounce"/> is delivered to; looked into every few seconds. Empty: it comes by <c>town bounce</c>, or not at all.</summary>
    public string BounceMaildir { get; set; } = "";

    /// <summary>So many mails that came back within <see cref="BounceDays"/>, none of them for good, and the address counts as dead.</summary>
    [Range(1, 100, ErrorMessage = "Mail:BouncesMax must be between 1 and 100.")]
    public int BouncesMax { get; set; } = 4;

    [Range(1, 365, ErrorMessage = "Mail:BounceDays must be between 1 and 365.")]
    public int BounceDays { get; set; } = 60;

    /// <summary>What a mail said is kept this long after it was sent; that it was sent, to whom and what the server answered stays.</summary>
    [Range(7, 3650, ErrorMessage = "Mail:KeepBodiesDays must be between 7 and 3650.")]
    public int KeepBodiesDays { get; set; } = 365;

    public MailServerOptions Server { get; set; } = new();

    public Mailbox FromBox(TownOptions town) => new(FromName.Length > 0 ? FromName : town.Name, EmailAddress.Parse(From));

    public Mailbox? ReplyBox(TownOptions town) => ReplyTo.Length > 0 ? new($"{town.City} {town.Office}", EmailAddress.Parse(ReplyTo)) : null;
}

/// <summary>The relay the town submits to: section "Mail:Server".</summary>
public sealed class MailServerOptions
{
    public string Host { get; set; } = "";

    [Range(1, 65535, ErrorMessage = "Mail:Server:Port must be between 1 and 65535.")]
    public int Port { get; set; } = 587;

    /// <summary>"StartTls" (587), "Tls" (465) or "None" (a relay on this machine).</summary>
    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;
    public string User { get; set; } = "";
    public string Password { get; set; } = "";

    /// <summary>A file with the password alone, for those who keep secrets out of settings.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>Certificates (PEM) to trust instead of the system's, for a relay with one of the town's own.</summary>
    public string TrustedRootsFile { get; set; } = "";

    /// <summary>What this machine calls itself; the name of <c>Town:BaseUrl</c> when empty.</summary>
    public string LocalName { get; set; } = "";

    /// <summary>IP addresses the relay sends from, where they are not those of <see cref="Host"/>; for <c>town mail check</c> alone.</summary>
    public string SendsFrom { get; set; } = "";

    /// <summary>How long the reply to a body is waited for. Giving up early makes mails uncertain.</summary>
    [Range(10, 3600, ErrorMessage = "Mail:Server:BodySeconds must be between 10 and 3600.")]
    public int BodySeconds { get; set; } = 600;

    public SmtpOptions ForSmtp(TownOptions town) => new()
    {
        Host = Host,
        Port = Port,
        Security = Security,
        User = User,
        Password = PasswordFile.Length > 0 ? File.ReadAllText(PasswordFile).TrimEnd('\r', '\n') : Password,
        LocalName = LocalName.Length > 0 ? LocalName : new Uri(town.BaseUrl).IdnHost,
        TrustedRoots = TrustedRootsFile.Length > 0 ? Roots() : null,
        BodyLimit = TimeSpan.FromSeconds(BodySeconds),
    };

    private System.Security.Cryptography.X509Certificates.X509Certificate2Collection Roots()
    {
        var roots = new System.Security.Cryptography.X509Certificates.X509Certificate2Collection();
        roots.ImportFromPemFile(TrustedRootsFile);
        return roots;
    }
}

/// <summary>What attributes can't say: each sentence names the setting to mend.</summary>
public sealed class MailOptionsCheck : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        List<string> wrong = [];
        if (!EmailAddress.TryParse(options.From, out _))
            wrong.Add($"Mail:From is no e-mail address: \"{options.From}\".");
        if (options.ReplyTo.Length > 0 && !EmailAddress.TryParse(options.ReplyTo, out _))
            wrong.Add($"Mail:ReplyTo is no e-mail address: \"{options.ReplyTo}\".");
        if (options.Bounce.Length > 0 && (!EmailAddress.TryParse(options.Bounce, out var bounce) || bounce.Local.Length > BounceAddress.LocalMax))
            wrong.Add($"Mail:Bounce is no e-mail address with a short name before the @: \"{options.Bounce}\".");
        if (options.Transport is not (MailOptions.Auto or MailOptions.BuiltIn or MailOptions.MailKit or MailOptions.Pickup))
            wrong.Add($"Mail:Transport is \"{options.Transport}\"; it must be \"{MailOptions.Auto}\", \"{MailOptions.MailKit}\", \"{MailOptions.BuiltIn}\" or \"{MailOptions.Pickup}\".");
        if (options.ToFolder)
        {
            if (options.PickupFolder.Length == 0)
                wrong.Add("Mail:PickupFolder is empty: set the folder mails are written to.");
            return Result(wrong);
        }
        if (options.Server.Host.Length == 0)
            wrong.Add($"Mail:Server:Host is missing: set the relay that Mail:Transport={options.Transport} submits to.");
        if (options.From.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase))
            wrong.Add("Mail:From is missing: set the address the portal sends from, of a domain whose SPF and DKIM name the relay.");
        if (options.ReplyTo.Length == 0)
            wrong.Add("Mail:ReplyTo is missing: set the section's mailbox that people may answer to.");
        if (options.Server.User.Length > 0 && options.Server.Security == SmtpSecurity.None)
            wrong.Add("Mail:Server:User is set while Mail:Server:Security is None: the password would travel in clear.");
        foreach (var (setting, file) in new[] { ("PasswordFile", options.Server.PasswordFile), ("TrustedRootsFile", options.Server.TrustedRootsFile) })
        {
            if (file.Length > 0 && !File.Exists(file))
                wrong.Add($"Mail:Server:{setting} names a file that is not there: {file}");
        }
        return Result(wrong);
    }

    private static ValidateOptionsResult Result(List<string> wrong) => wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
}
