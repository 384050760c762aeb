using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail;
using MonozukuriTown.Mail.Smtp;

namespace MonozukuriTown.Tests.Mailings;

public class TransportChoiceTests
{
    private static IMailTransport Chosen(string transport, string host, Func<SmtpOptions, IMailTransport>? adapter)
    {
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.Configure<TownOptions>(o => o.BaseUrl = "https://town.example.jp");
        services.AddMailings(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Mail:Transport"] = transport,
            ["Mail:Server:Host"] = host,
            ["Mail:From"] = "town@mail.example.jp",
            ["Mail:ReplyTo"] = "sangyo@city.example.jp",
        }).Build());
        services.AddMailDispatcher(adapter);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IMailTransport>();
    }

    [Theory]
    [InlineData("auto", "", true, nameof(PickupTransport))]
    [InlineData("auto", "relay.example.jp", true, nameof(ScriptedTransport))]
    [InlineData("auto", "relay.example.jp", false, nameof(SmtpTransport))]
    [InlineData("mailkit", "relay.example.jp", true, nameof(ScriptedTransport))]
    [InlineData("builtin", "relay.example.jp", true, nameof(SmtpTransport))]
    [InlineData("pickup", "relay.example.jp", true, nameof(PickupTransport))]
    public void Transport_OfASetting_IsTheOneItNames(string setting, string host, bool package, string expected) =>
        Assert.Equal(expected, Chosen(setting, host, package ? _ => new ScriptedTransport() : null).GetType().Name);

    [Fact]
    public void Transport_PackageMissing_SaysWhatToSet() =>
        Assert.Contains("Mail:Transport", Assert.Throws<OptionsValidationException>(() => Chosen("mailkit", "relay.example.jp", null)).Message, StringComparison.Ordinal);
}
