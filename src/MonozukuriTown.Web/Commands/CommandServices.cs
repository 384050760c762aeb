using Microsoft.Extensions.Logging.Console;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Commands;

/// <summary>What a verb that needs the database works with: the app's services, without the server.</summary>
public sealed class CommandServices : IAsyncDisposable
{
    private readonly ServiceProvider provider;
    private readonly AsyncServiceScope scope;

    private CommandServices(ServiceProvider provider, IConfiguration configuration)
    {
        this.provider = provider;
        scope = provider.CreateAsyncScope();
        Configuration = configuration;
    }

    public IConfiguration Configuration { get; }

    /// <param name="actor">How the change log names this command.</param>
    public static CommandServices Create(string actor)
    {
        var builder = TownHost.CreateBuilder([]);
        // A rule and not the least level: the settings name levels too, and of two rules the later one holds.
        builder.Logging.AddFilter(level => level >= LogLevel.Warning);
        // What the database says reaches the command as an exception, and is told in a sentence there.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        // Standard output is the command's own.
        builder.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddTownData(builder.Configuration);
        builder.Services.AddTownAccounts();
        builder.Services.AddScoped<DemoSeed>().AddScoped<CatalogCheck>();
        builder.Services.AddSingleton<IConfiguration>(builder.Configuration);
        var commands = new CommandServices(builder.Services.BuildServiceProvider(), builder.Configuration);
        commands.Get<Actor>().Name = actor;
        return commands;
    }

    public T Get<T>() where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await scope.DisposeAsync();
        await provider.DisposeAsync();
    }
}
