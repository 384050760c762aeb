using System.CommandLine;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Web.Hosting;
using Npgsql;

namespace MonozukuriTown.Web.Commands;

public static class MailCommands
{
    /// <summary>sysexits.h: the mail server keeps the message and tries again.</summary>
    private const int TemporaryFailure = 75;

    /// <summary>For a mail server's pipe. Whatever the message is, it is taken: nobody is told by a bounce of a bounce.</summary>
    public static Command Bounce()
    {
        var command = new Command("bounce", "Takes a message to the bounce address from standard input.");
        command.SetAction(async (_, cancellation) =>
        {
            try
            {
                await using var services = CommandServices.Create("bounce");
                await using var message = Console.OpenStandardInput();
                var outcome = await services.Get<Bounces>().TakeAsync(message, cancellation);
                await Console.Error.WriteLineAsync(Words(outcome));
                return 0;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or OptionsValidationException or TownSettingsException
                or InvalidOperationException { InnerException: NpgsqlException })
            {
                await Console.Error.WriteLineAsync($"Not taken, try again later: {e.Message}");
                return TemporaryFailure;
            }
        });
        return command;
    }

    private static string Words(BounceOutcome outcome) => outcome switch
    {
        BounceOutcome.NothingToDo => "No report of a failure: nothing to do.",
        BounceOutcome.NotOurs => "It names no mail of ours: nothing was done.",
        BounceOutcome.KnownAlready => "This report was taken before.",
        BounceOutcome.Counted => "Counted against the address.",
        _ => "Mailings to the address are stopped.",
    };
}
