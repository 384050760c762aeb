using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Audit;

namespace MonozukuriTown.Core.Mailings;

/// <summary>
/// Looks into the maildir that bounces are delivered to: what lies in <c>new/</c> is taken, and moved to <c>cur/</c> once that is committed. Killed in
/// between, it takes the file again and finds that it knows it. Several nodes may look into the same one.
/// </summary>
public sealed partial class BounceWatcher(IServiceScopeFactory scopes, IOptions<MailOptions> options, TimeProvider clock, ILogger<BounceWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(10);

    private bool _troubled;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.BounceMaildir.Length == 0)
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                _troubled = false;
                await Task.Delay(Poll, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Said once, not every ten seconds: the files wait where they are, and the portal goes on.
                if (!_troubled)
                    Log.Waits(logger, e);
                _troubled = true;
                await Task.Delay(Poll, clock, CancellationToken.None);
            }
        }
    }

    /// <summary>Takes what is there now, the oldest first; returns how many files.</summary>
    /// <exception cref="IOException">Some could not be read; the others are taken.</exception>
    public async Task<int> LookAsync(CancellationToken cancellation)
    {
        var (fresh, seen) = (Path.Combine(options.Value.BounceMaildir, "new"), Path.Combine(options.Value.BounceMaildir, "cur"));
        var taken = 0;
        Exception? problem = null;
        foreach (var file in Directory.EnumerateFiles(fresh).Order(StringComparer.Ordinal).ToList())
        {
            try
            {
                await using (var message = File.OpenRead(file))
                {
                    await using var scope = scopes.CreateAsyncScope();
                    scope.ServiceProvider.GetRequiredService<Actor>().Name = "bounce";
                    await scope.ServiceProvider.GetRequiredService<Bounces>().TakeAsync(message, cancellation);
                }
                Directory.CreateDirectory(seen);
                File.Move(file, Path.Combine(seen, Path.GetFileName(file) + ":2,S"), overwrite: true);
                taken++;
            }
            catch (FileNotFoundException)
            {
                // Another node was quicker.
            }
            catch (Exception e) when (e is not OperationCanceledException && e is not DbException && e.InnerException is not DbException)
            {
                // One that can't be read keeps nobody else's from being taken.
                problem ??= e;
            }
        }
        return problem is null ? taken : throw new IOException($"{taken} taken, but not all: {problem.Message}", problem);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The maildir of bounces can't be worked through; what lies there waits.")]
        public static partial void Waits(ILogger logger, Exception exception);
    }
}
