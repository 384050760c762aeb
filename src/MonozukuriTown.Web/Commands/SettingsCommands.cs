using System.CommandLine;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Mail;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Commands;

public static class SettingsCommands
{
    public static Command Settings()
    {
        var command = new Command("settings", "Reads the settings as the server does and says what is wrong with them. Serves nothing, changes nothing.");
        command.SetAction(async (_, _) =>
        {
            var builder = TownHost.CreateBuilder([]);
            builder.AddTown();
            _ = TownHost.ConnectionString(builder.Configuration);
            await using var app = builder.Build();
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            // What it is made with is looked at when it is made.
            _ = app.Services.GetRequiredService<IMailTransport>();
            return 0;
        });
        return command;
    }

    public static Command Keys() => new("keys", "The keys of the cookies.") { Forget() };

    private static Command Forget()
    {
        var command = new Command("forget", "Gives up the keys that stand under a secret that is lost (.local/keys/links.key). Everybody signs in again.");
        command.SetAction(async (_, cancellation) =>
        {
            await using var services = CommandServices.Create("command:keys");
            Console.WriteLine($"{await services.Get<DatabaseKeyRing>().ForgetForeignAsync(cancellation)} keys were given up.");
            return 0;
        });
        return command;
    }
}
