using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Tests.Hosting;

/// <summary>Everything the framework and the portal say, at their most talkative, as it reaches the log.</summary>
public sealed class LogLinesTests(LogLinesTests.Talkative app) : IClassFixture<LogLinesTests.Talkative>
{
    [Fact]
    public async Task NoLine_HoldsTheTokenOfAMailedLink()
    {
        var key = app.Services.GetRequiredService<LinkKey>();
        foreach (var purpose in Enum.GetValues<LinkPurpose>())
        {
            var path = MailedLinks.Path(key, purpose, 4_711);
            await app.Visitor().Open(path);
            await app.Visitor().Open(path + "?from=mail");
            Assert.Contains(app.Lines, line => line.Contains(MailedLinks.Prefix(purpose) + "…", StringComparison.Ordinal));
            var token = path[MailedLinks.Prefix(purpose).Length..];
            Assert.DoesNotContain(app.Lines, line => line.Contains(token, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task OrdinaryAddresses_StandInTheLogAsTheyAre()
    {
        await app.Visitor().Open("/about/ranking");
        Assert.Contains(app.Lines, line => line.Contains("/about/ranking", StringComparison.Ordinal));
    }

    [Fact]
    public void Console_IsTheOnlyWayOut()
    {
        // Another provider (debugger, event source) would write links as they are.
        var ways = app.Services.GetServices<ILoggerProvider>().Where(p => p is not Ears);
        Assert.IsType<ConsoleLoggerProvider>(Assert.Single(ways));
        Assert.Equal(LogLines.FormatName, app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
    }

    [Fact]
    public void AnEntry_IsOneLine_WithItsExceptionBelow()
    {
        using StringWriter line = new();
        Formatter(app.Services).Write(new LogEntry<string>(LogLevel.Error, "Town", default, "a\r\nb", new InvalidOperationException("c"), (state, _) => state), null, line);
        Assert.Equal(["2026-10-28T01:00:00.000Z error Town: a b", "System.InvalidOperationException: c", ""], line.ToString().Split(Environment.NewLine));
    }

    private static ConsoleFormatter Formatter(IServiceProvider services) => services.GetServices<ConsoleFormatter>().Single(f => f.Name is LogLines.FormatName);

    /// <summary>Keeps each entry as the console would write it.</summary>
    public sealed class Talkative : TownApp, IAsyncLifetime
    {
        private readonly Ears ears = new();

        public ConcurrentQueue<string> Lines => ears.Lines;

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            ears.Formatter = Formatter(Services);
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureLogging(logging => logging.AddProvider(ears).AddFilter<Ears>(null, LogLevel.Trace));
        }
    }

    private sealed class Ears : ILoggerProvider
    {
        /// <summary>Null while the portal starts: nothing that is said then comes from a request.</summary>
        public ConsoleFormatter? Formatter { get; set; }

        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Ear(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Ear(Ears ears, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (ears.Formatter is not { } console)
                    return;
                using StringWriter line = new();
                console.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter), null, line);
                ears.Lines.Enqueue(line.ToString());
            }
        }
    }
}
