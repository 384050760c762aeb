using MonozukuriTown.Core.Mailings;

namespace MonozukuriTown.Web.Pages.Staff;

/// <summary>How sending goes, in one line for people who have other things to do.</summary>
/// <param name="Class">Colours the words: state-ok, -warn or -error.</param>
public sealed record MailSight(string Class, string Words, int Waiting, int Sent, int Failed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public static bool Waits(MailState state) => state is MailState.Queued or MailState.Leased or MailState.Sending or MailState.Deferred;

    public static MailSight Of(string? problem, IReadOnlyList<MailSwitch> switches, IReadOnlyList<QueueCount> counts, DateTimeOffset now)
    {
        QueueCount[] waiting = [.. counts.Where(c => Waits(c.State))];
        int Count(MailState state) => counts.Where(c => c.State == state).Sum(c => c.Count);
        var (css, words) = (problem, Stopped: switches.Any(s => s.State != SwitchState.Running), Uncertain: Count(MailState.Uncertain)) switch
        {
            ({ }, _, _) => ("state-error", "送信サーバーにつながりません。つながるまで待っています"),
            (_, true, _) => ("state-warn", "送るのを止めています"),
            (_, _, > 0 and var uncertain) => ("state-warn", $"送れたかわからないものが{uncertain}通あります"),
            _ when waiting.Any(c => c.State is MailState.Queued && c.Oldest < now - Patience) => ("state-warn", "15分より長く待っているものがあります"),
            _ => ("state-ok", "順調に送れています"),
        };
        return new(css, words, waiting.Sum(c => c.Count), Count(MailState.Sent), Count(MailState.Failed));
    }
}
