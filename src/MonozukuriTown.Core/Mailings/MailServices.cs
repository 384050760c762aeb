using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Jobs;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Mail;
using MonozukuriTown.Mail.Smtp;

namespace MonozukuriTown.Core.Mailings;

public static class MailServices
{
    /// <summary>What features need to put mails into the outgoing rows; nothing is sent by this alone.</summary>
    public static IServiceCollection AddMailings(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MailOptions>().Bind(configuration.GetSection(MailOptions.Section)).ValidateInWords().ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsCheck>();
        services.AddSingleton(_ => LinkKey.Load(configuration["Links:KeyFile"] is { Length: > 0 } file ? file : TownHome.Local("keys", "links.key")));
        services.AddScoped<MailedLinks>();
        services.AddScoped<MailRenderer>();
        services.AddScoped<Outbox>();
        services.AddScoped<MailDesk>();
        services.AddScoped<PickupMailbox>();
        services.AddScoped<Suppressions>();
        services.AddScoped<Bounces>();
        services.AddScoped<DeadAddressWork>();
        return services;
    }

    /// <summary>The dispatcher that sends them.</summary>
    /// <param name="adapter">The MailKit adapter, when the build has it; null where the package feed did not.</param>
    public static IServiceCollection AddMailDispatcher(this IServiceCollection services, Func<SmtpOptions, IMailTransport>? adapter = null)
    {
        services.AddSingleton<MailComposer>();
        services.AddSingleton<MailStore>();
        services.AddSingleton<MailHealth>();
        services.AddSingleton<Refusals>();
        services.AddSingleton(provider => Transport(provider, adapter));
        services.AddHostedService<MailDispatcher>();
        services.AddSingleton<BounceWatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<BounceWatcher>());
        services.AddJob<MailHousekeeping>();
        return services;
    }

    private static IMailTransport Transport(IServiceProvider provider, Func<SmtpOptions, IMailTransport>? adapter)
    {
        var options = provider.GetRequiredService<IOptions<MailOptions>>().Value;
        var town = provider.GetRequiredService<IOptions<TownOptions>>().Value;
        if (options.ToFolder)
            return new PickupTransport(options.PickupFolder, provider.GetRequiredService<TimeProvider>());
        if (adapter is not null && options.Transport is (MailOptions.MailKit or MailOptions.Auto))
            return adapter(options.Server.ForSmtp(town));
        return options.Transport is MailOptions.MailKit
            ? throw new OptionsValidationException(MailOptions.Section, typeof(MailOptions), [$"Mail:Transport is \"{MailOptions.MailKit}\", but this build is without MailKit: the package feed did not have it. Set \"{MailOptions.Auto}\" or \"{MailOptions.BuiltIn}\"."])
            : new SmtpTransport(options.Server.ForSmtp(town));
    }
}
