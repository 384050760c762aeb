using MonozukuriTown.Mail;

namespace MonozukuriTown.Core.Mailings;

/// <summary>What a transport's result means for the row: sent, again later, or over.</summary>
public static class MailVerdict
{
    private const int QuickAttempts = 10;

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4),
    ];

    public static MailEntry Of(LeasedMail mail, MailResult result, DateTimeOffset now, TimeSpan patience)
    {
        MailEntry Entry(MailState state, TimeSpan wait) => new(mail, state, result.Code, result.Words, wait);

        switch (result.Outcome)
        {
            case MailOutcome.Accepted:
                return Entry(MailState.Sent, TimeSpan.Zero);
            case MailOutcome.RefusedForGood:
                return Entry(MailState.Failed, TimeSpan.Zero);
            case MailOutcome.Uncertain:
                return Entry(MailState.Uncertain, TimeSpan.Zero);
            default:
                // A broken connection says little about this mail: soon again, unless it is this mail that breaks it each time; and then not
                // so late as one that was refused: mostly it is a disk that is full or a server that is ill, which somebody mends.
                var (broken, attempts) = (result.Stage == MailStage.Connection, mail.Attempts);
                if (broken && attempts < QuickAttempts)
                    return Entry(MailState.Deferred, TimeSpan.FromSeconds(5));
                var wait = Wait(broken ? attempts - QuickAttempts : attempts, mail.Id);
                return now + wait - mail.Since > patience ? Entry(MailState.Failed, TimeSpan.Zero) : Entry(MailState.Deferred, wait);
        }
    }

    // Spread by up to a fifth, so that a greylisted mailing doesn't come back as one crowd; by the id, so that it needs no dice.
    private static TimeSpan Wait(int attempts, long id) =>
        Waits[Math.Min(attempts, Waits.Length - 1)] * (1 + (id % 21 / 100.0));
}
