using MonozukuriTown.Mail;
using MonozukuriTown.Mail.Smtp;
#if WITH_MAILKIT
using MonozukuriTown.MailKit;
#endif

namespace MonozukuriTown.Web.Hosting;

/// <summary>The mail transport that stands on a package not every feed has.</summary>
internal static class MailAdapter
{
#if WITH_MAILKIT
    public static Func<SmtpOptions, IMailTransport>? Transport { get; } = options => new MailKitTransport(options);
#else
    public static Func<SmtpOptions, IMailTransport>? Transport => null;
#endif
}
