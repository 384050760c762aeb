using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.WebEncoders;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Core.Work;
using MonozukuriTown.Mail;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Mailings;

/// <summary>The mail rooms on a test's database, with a transport the test holds in its hands.</summary>
internal sealed class MailHouse : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly List<IHostedService> running = [];

    public MailHouse(TestDatabase database, IMailTransport transport, Dictionary<string, string?>? settings = null, Action<IServiceCollection>? more = null)
    {
        Folder = Directory.CreateTempSubdirectory("town-mail-").FullName;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Town:Name"] = "ものづくりタウン試験",
            ["Town:City"] = "試験市",
            ["Town:BaseUrl"] = "https://town.example.jp",
            ["Town:Office"] = "産業振興課",
            ["Town:SupportName"] = "支援センター",
            ["Town:SupportTel"] = "06-0000-0000",
            ["Mail:From"] = "town@mail.example.jp",
            ["Mail:ReplyTo"] = "sangyo@city.example.jp",
            ["Mail:Bounce"] = "bounce@mail.example.jp",
            ["Mail:RatePerSecond"] = "0",
            ["Links:KeyFile"] = Path.Combine(Folder, "links.key"),
        }).AddInMemoryCollection(settings ?? []).Build();
        var collection = new ServiceCollection();
        collection.AddLogging(l => l.AddProvider(Logs));
        collection.AddSingleton<IConfiguration>(configuration);
        collection.AddSingleton(TimeProvider.System);
        collection.AddSingleton<TownClock>();
        collection.AddScoped<Actor>();
        collection.AddScoped<ChangeLogInterceptor>();
        collection.AddSingleton(_ => new WorkingDays(Holidays.Load(TownHome.Seeds("reference", "holidays.csv"))));
        collection.AddScoped<TodaysWork>();
        collection.AddDbContext<TownDbContext>((provider, o) => o.UseNpgsql(database.Connection).AddInterceptors(provider.GetRequiredService<ChangeLogInterceptor>()));
        collection.AddOptions<TownOptions>().Bind(configuration.GetSection(TownOptions.Section)).ValidateInWords();
        collection.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        collection.AddWebEncoders();
        // As the site sets it: without it Identity's tables are those of an older schema.
        collection.Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        collection.AddMailings(configuration);
        collection.AddMailDispatcher();
        collection.AddSingleton(transport);
        more?.Invoke(collection);
        services = collection.BuildServiceProvider();
    }

    public string Folder { get; }
    public LogList Logs { get; } = new();

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public async Task<TResult> InScope<TResult>(Func<IServiceProvider, Task<TResult>> act)
    {
        await using var scope = services.CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }

    public async Task StartAsync()
    {
        foreach (var service in services.GetServices<IHostedService>())
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
            running.Add(service);
        }
    }

    public async Task StopAsync()
    {
        foreach (var service in running)
            await service.StopAsync(CancellationToken.None);
        running.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await services.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Waits until the condition holds; twenty seconds are for machines that are busy with something else.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var end = DateTime.UtcNow.AddSeconds(20);
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < end, $"waited in vain: {what}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}

/// <summary>A transport that does what the test says for each recipient.</summary>
internal sealed class ScriptedTransport(Func<OutboundMail, Task<MailResult>> answer) : IMailTransport
{
    public static readonly MailResult Yes = new(MailOutcome.Accepted, MailStage.Content, 250, "2.0.0", "2.0.0 queued");

    public ScriptedTransport(Func<OutboundMail, MailResult> answer)
        : this(mail => Task.FromResult(answer(mail)))
    {
    }

    public ScriptedTransport()
        : this(_ => Yes)
    {
    }

    public string Name => "scripted";
    public ConcurrentQueue<OutboundMail> Mails { get; } = new();
    public ConcurrentDictionary<string, int> Accepted { get; } = new();

    /// <summary>Why no connection can be had just now; null for yes.</summary>
    public string? Away { get; set; }
    public int Busy { get; private set; }

    public Task<IMailConnection> ConnectAsync(CancellationToken cancellation) => Away is { } reason
        ? throw new MailTransportException(reason)
        : Task.FromResult<IMailConnection>(new Connection(this));

    private sealed class Connection(ScriptedTransport transport) : IMailConnection
    {
        public bool IsUsable { get; private set; } = true;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        public async Task<MailResult> SendAsync(OutboundMail mail, CancellationToken cancellation)
        {
            transport.Mails.Enqueue(mail);
            transport.Busy++;
            var result = await transport.answer(mail);
            transport.Busy--;
            if (result.Outcome == MailOutcome.Accepted)
                transport.Accepted.AddOrUpdate(mail.Recipient.Key, 1, (_, n) => n + 1);
            IsUsable = result.Outcome != MailOutcome.Uncertain && result.Stage != MailStage.Connection;
            return result;
        }
    }

    private readonly Func<OutboundMail, Task<MailResult>> answer = answer;
}

/// <summary>What was logged, to look for what must not be.</summary>
internal sealed class LogList : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(formatter(state, exception) + exception);

    public void Dispose()
    {
    }
}
