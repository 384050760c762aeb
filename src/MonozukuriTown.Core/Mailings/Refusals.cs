using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Mail;

namespace MonozukuriTown.Core.Mailings;

/// <summary>
/// Addresses that a server refused at hand-over: mailings to them stop as after a bounce. A server that refuses everybody is ill, not they: once that is
/// found out, what was stopped since the last mail it took goes on again.
/// </summary>
public sealed partial class Refusals(IServiceScopeFactory scopes, ILogger<Refusals> logger)
{
    private readonly ConcurrentQueue<string> _sinceAccepted = new();

    /// <summary>Never stops the sending: with the database away the address is refused, and found out, at its next mail.</summary>
    public Task TakeAsync(LeasedMail mail, MailResult refusal) => InScopeAsync(async services =>
    {
        if (await services.GetRequiredService<Bounces>().TakeAsync(mail, refusal))
            _sinceAccepted.Enqueue(EmailAddress.Parse(mail.Address).Key);
    });

    public void Accepted() => _sinceAccepted.Clear();

    public async Task TakeBackAsync()
    {
        while (_sinceAccepted.TryDequeue(out var address))
        {
            await InScopeAsync(async services =>
            {
                var suppressions = services.GetRequiredService<Suppressions>();
                foreach (var stopped in (await suppressions.OfAsync(address, list: null)).Where(s => s.Reason == SuppressionReason.Bounced))
                    await suppressions.LiftAsync(stopped.Id, MailWay.Report, "だれあてのメールも続けて断られたため、このアドレスのせいではないとみて元に戻しました。");
            });
        }
    }

    private async Task InScopeAsync(Func<IServiceProvider, Task> act)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Actor>().Name = "mail";
            await act(scope.ServiceProvider);
        }
        catch (Exception e) when (e is DbException or DbUpdateException or InvalidOperationException)
        {
            Log.NotTaken(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "What a server's refusal says of an address could not be saved.")]
        public static partial void NotTaken(ILogger logger, Exception exception);
    }
}
