using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Jobs;

namespace MonozukuriTown.Core.Mailings;

/// <summary>Erases what old mails said. Rows, answers of servers and titles stay: that a mail was sent can be shown for years.</summary>
public sealed class MailHousekeeping(TownDbContext db, IOptions<MailOptions> options, TimeProvider clock) : IJob
{
    public static string Kind => "mail.erase";

    public static string Title => "保存の期限を過ぎたメールの本文を消す";

    public static JobRound? Round => JobRound.Daily(new(3, 20));

    public async Task RunAsync(DueJob job, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var before = now.AddDays(-options.Value.KeepBodiesDays);
        // A body one of whose mails may still leave, or whose fate a person has to decide, is kept.
        await db.Database.ExecuteSqlAsync($"""
            update mail_body b set text = '', html = null, erased_at = {now}
            where b.erased_at is null and b.created_at < {before} and not exists (
                select from outgoing_mail m where m.body_id = b.id and (m.state not in ('Sent', 'Failed', 'Suppressed') or m.finished_at >= {before}))
            """, cancellation);
        // Values and links of the placeholders are what it said, too.
        await db.Database.ExecuteSqlAsync($"""
            update outgoing_mail m set fields = jsonb_build_object(), links = jsonb_build_object()
            from mail_body b where b.id = m.body_id and b.erased_at = {now} and (m.fields <> jsonb_build_object() or m.links <> jsonb_build_object())
            """, cancellation);
    }
}
