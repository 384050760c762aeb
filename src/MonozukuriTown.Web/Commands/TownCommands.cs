using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Tables;
using MonozukuriTown.Matching;
using MonozukuriTown.Web.Hosting;
using Npgsql;

namespace MonozukuriTown.Web.Commands;

/// <summary>The command line of the one executable. Without a verb it serves.</summary>
public static class TownCommands
{
    private const int WrongUse = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        // Host settings (--urls, --environment …) belong to the server; only a verb makes it a command.
        if (args.Length == 0 || (args[0].StartsWith("--", StringComparison.Ordinal) && args[0] is not ("--help" or "--version")))
            return await ServeAsync(args);

        var root = new RootCommand("ものづくりタウン: the town's portal. Without a verb it serves.")
        {
            DatabaseCommands.Migrate(), DatabaseCommands.Seed(), UserCommands.Users(),
            MatchCommands.Match(), MatchCommands.Evaluate(), ImportCommands.Import(), CatalogCommands.Reindex(),
            MailCommands.Mail(), MailCommands.Bounce(), OfferCommands.Offers(), SettingsCommands.Settings(), SettingsCommands.Keys(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync(parsed switch
            {
                // A word nobody knows is named before what is missing because of it.
                { UnmatchedTokens: [var word, ..] } => $"'{word}' is not understood here; deploy/town --help, or --help after a verb, says what is.",
                { CommandResult.Command: { Action: null, Subcommands.Count: > 0 } verb } => $"'{verb.Name}' needs a word after it: {string.Join(", ", verb.Subcommands.Select(s => s.Name))}.",
                _ => parsed.Errors[0].Message,
            });
            return WrongUse;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (Explain(e) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return e is WrongUseException ? WrongUse : 1;
        }
    }

    private static async Task<int> ServeAsync(string[] args)
    {
        try
        {
            var builder = TownHost.CreateBuilder(args);
            builder.AddTown();
            if (builder.Configuration["urls"] is null)
                builder.WebHost.UseUrls("http://127.0.0.1:5080");
            await using var app = builder.Build();
            app.UseTown();
            return await RunHostAsync(app, CancellationToken.None);
        }
        catch (Exception e) when (Explain(e) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    /// <summary>
    /// Runs until it is asked to stop. 1 where one of its services failed: the host stops in good order then and calls that a success, but whoever
    /// watches over the program is to start it again.
    /// </summary>
    public static async Task<int> RunHostAsync(IHost host, CancellationToken cancellation)
    {
        await host.StartAsync(cancellation);
        await host.WaitForShutdownAsync(cancellation);
        return host.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(service => service.ExecuteTask is { IsFaulted: true }) ? 1 : 0;
    }

    private const string Where = "Settings are environment variables (Town__Name for Town:Name) or stand in .local/settings.json.";

    private static string? Explain(Exception e) => e switch
    {
        OptionsValidationException options => string.Join(Environment.NewLine, [.. options.Failures, Where]),
        TownSettingsException or WrongUseException or MatchingFileException or VocabularyException or UnreadableFileException or InvalidDataException => e.Message,
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn } =>
            "The database does not have the shape this program needs: run deploy/town migrate.",
        PostgresException postgres => $"The database refused: {postgres.MessageText}",
        NpgsqlException => "The database does not answer: start it with deploy/postgres start, or check ConnectionStrings__Town.",
        // EF Core wraps what the connection said.
        InvalidOperationException or DbUpdateException when e.InnerException is NpgsqlException inner => Explain(inner),
        IOException => e.Message,
        _ when IsBadSetting(e) => e.Message,
        _ => null,
    };

    // A word where a number belongs ("Failed to convert configuration value 'abc' at 'Mail:Connections'"); it has no type of its own.
    private static bool IsBadSetting(Exception e) => e is InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" };
}

/// <summary>The words of a command are wrong; the message is the one sentence that says how.</summary>
public sealed class WrongUseException : Exception
{
    public WrongUseException()
    {
    }

    public WrongUseException(string message) : base(message)
    {
    }

    public WrongUseException(string message, Exception inner) : base(message, inner)
    {
    }
}
