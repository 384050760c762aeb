using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using MonozukuriTown.Web.Commands;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Tests.Commands;

/// <summary>The verbs that go on until they are asked to stop.</summary>
public class RunningTests
{
    [Fact]
    public async Task Run_ServiceThatFails_EndsWithOneSoThatItIsStartedAgain()
    {
        using var host = Host(_ => throw new InvalidOperationException("the feed of the mails is broken"));
        Assert.Equal(1, await TownCommands.RunHostAsync(host, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_AskedToStop_EndsWithZero()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var host = Host(async stopping =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, stopping);
        });
        Assert.Equal(0, await TownCommands.RunHostAsync(host, stop.Token));
    }

    [Fact]
    public void Sender_LogsByTheOneWayThatCutsMailedLinks()
    {
        using var host = MailCommands.Sender().Build();
        Assert.IsType<ConsoleLoggerProvider>(Assert.Single(host.Services.GetServices<ILoggerProvider>()));
        Assert.Equal(LogLines.FormatName, host.Services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
    }

    private static IHost Host(Func<CancellationToken, Task> act)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddHostedService(_ => new Scripted(act));
        return builder.Build();
    }

    private sealed class Scripted(Func<CancellationToken, Task> act) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            await act(stoppingToken);
        }
    }
}
