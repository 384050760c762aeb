using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using MonozukuriTown.Core.Links;

namespace MonozukuriTown.Web.Hosting;

/// <summary>
/// The log: a line for each entry, and what follows the prefix of a mailed link cut from every one, whoever wrote it. The framework names the
/// address of a request in messages of its own.
/// </summary>
public sealed class LogLines(TimeProvider clock) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "town";

    /// <summary>The only way out: any other provider would write links as they are.</summary>
    public static void AddTo(ILoggingBuilder logging)
    {
        logging.Services.TryAddSingleton(TimeProvider.System);
        logging.ClearProviders().AddConsoleFormatter<LogLines, ConsoleFormatterOptions>().AddConsole(console => console.FormatterName = FormatName);
    }

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var time = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception).ReplaceLineEndings(" ");
        var line = $"{time} {Word(logEntry.LogLevel)} {logEntry.Category}: {message}";
        if (logEntry.Exception is { } exception)
            line += Environment.NewLine + exception;
        textWriter.WriteLine(MailedLinks.WithoutTokens(line));
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "crit",
    };
}
