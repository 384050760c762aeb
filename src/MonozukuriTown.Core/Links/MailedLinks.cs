using System.Text;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Core.Links;

/// <summary>Makes mailed links and opens them again. Where they lead stands here alone: these paths are promises.</summary>
public sealed class MailedLinks(TownDbContext db, LinkKey key, TimeProvider clock)
{
    /// <summary>A token that lost a few letters is almost the key still; folders of a machine are shorter than this.</summary>
    private const int ShortestKey = 20;

    private static readonly string[] _prefixes = [.. Enum.GetValues<LinkPurpose>().Select(Prefix)];

    /// <summary>A row in the caller's transaction. The link itself comes into being when the mail is handed over.</summary>
    /// <param name="lifetime">Null: for ever.</param>
    public MailedLink Add(LinkPurpose purpose, string subject, TimeSpan? lifetime)
    {
        var now = clock.GetUtcNow();
        var link = new MailedLink { Purpose = purpose, Subject = subject, CreatedAt = now, ExpiresAt = now + lifetime };
        db.Add(link);
        return link;
    }

    /// <summary>
    /// Links that never end, one for each subject, by subject: those that are there already, and new ones in the caller's transaction. The same
    /// person gets the same link in every mail.
    /// </summary>
    public async Task<Dictionary<string, MailedLink>> ForEverAsync(LinkPurpose purpose, IReadOnlyCollection<string> subjects, CancellationToken cancellation = default)
    {
        Dictionary<string, MailedLink> found = new(StringComparer.Ordinal);
        foreach (var some in subjects.Distinct(StringComparer.Ordinal).Chunk(1000))
        {
            foreach (var link in await db.Set<MailedLink>().AsNoTracking()
                .Where(l => l.Purpose == purpose && some.Contains(l.Subject) && l.ExpiresAt == null).OrderBy(l => l.Id).ToListAsync(cancellation))
            {
                found.TryAdd(link.Subject, link);
            }
        }
        foreach (var subject in subjects.Where(s => !found.ContainsKey(s)))
            found.Add(subject, Add(purpose, subject, lifetime: null));
        return found;
    }

    /// <summary>The link behind a token of this purpose, used or not; null when it is not ours, expired or for something else.</summary>
    public async Task<MailedLink?> FindAsync(LinkPurpose purpose, string? token, CancellationToken cancellation = default)
    {
        if (key.Open(purpose, token) is not { } id)
            return null;
        var link = await db.Set<MailedLink>().SingleOrDefaultAsync(l => l.Id == id && l.Purpose == purpose, cancellation);
        return link is { ExpiresAt: { } end } && end <= clock.GetUtcNow() ? null : link;
    }

    /// <summary>For links that are good once: marks it in the caller's transaction, whose save fails when somebody else was first.</summary>
    public void Use(MailedLink link)
    {
        if (link.UsedAt is not null)
            throw new InvalidOperationException("This link was used before; FindAsync said so in UsedAt.");
        link.UsedAt = clock.GetUtcNow();
    }

    /// <summary>Ends all links of a purpose and subject, in the caller's transaction: the older letters once a newer one was asked for.</summary>
    public async Task EndAsync(LinkPurpose purpose, string subject, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var open = db.Set<MailedLink>().Where(l => l.Purpose == purpose && l.Subject == subject && l.UsedAt == null && (l.ExpiresAt == null || l.ExpiresAt > now));
        await foreach (var link in open.AsAsyncEnumerable().WithCancellation(cancellation))
            link.ExpiresAt = now;
    }

    /// <summary>The path for this link, as it stands behind <c>Town:BaseUrl</c>.</summary>
    public static string Path(LinkKey key, LinkPurpose purpose, long id) => Prefix(purpose) + key.Token(purpose, id);

    public static string Prefix(LinkPurpose purpose) => purpose switch
    {
        LinkPurpose.Leave => "/u/",
        LinkPurpose.EventReply => "/r/",
        LinkPurpose.Freshness => "/c/",
        LinkPurpose.OrderAnswer => "/q/",
        LinkPurpose.GuestOrder => "/o/",
        LinkPurpose.RollCall => "/d/",
        LinkPurpose.CheckIn => "/i/",
        LinkPurpose.PasswordReset => "/account/reset/",
        LinkPurpose.ConfirmAddress => "/account/verify/",
        LinkPurpose.ChangeAddress => "/account/address/",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose), purpose, "This purpose has no path."),
    };

    /// <summary>A text as it may stand in a log: tokens are somebody's key, behind the prefix of a mailed link or named alone.</summary>
    public static string WithoutTokens(string text)
    {
        StringBuilder? cut = null;
        var kept = 0;
        for (var start = 0; start < text.Length; start++)
        {
            var end = start;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '_' or '%'))
                end++;
            if (end - start >= ShortestKey && IsToken(text.AsSpan(0, start), text.AsSpan(start, end - start)))
            {
                (cut ??= new()).Append(text, kept, start - kept).Append('…');
                kept = end;
            }
            start = end;
        }
        return cut is null ? text : cut.Append(text, kept, text.Length - kept).ToString();
    }

    private static bool IsToken(ReadOnlySpan<char> before, ReadOnlySpan<char> letters)
    {
        if (letters.Length == LinkKey.TokenLength && letters.StartsWith(LinkKey.TokenStart, StringComparison.Ordinal))
            return true;
        foreach (var prefix in _prefixes)
        {
            if (before.EndsWith(prefix, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
