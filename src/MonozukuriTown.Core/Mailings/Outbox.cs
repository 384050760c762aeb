using Microsoft.AspNetCore.Components;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Mail;

namespace MonozukuriTown.Core.Mailings;

/// <summary>A mail to one person because of one thing.</summary>
public sealed record PersonalMail
{
    /// <summary>"feature.what", e.g. "account.reset".</summary>
    public required string Kind { get; init; }

    /// <summary>What it is about; with kind and address it is unique, so the same thing is never mailed twice.</summary>
    public required string Subject { get; init; }
    public required EmailAddress To { get; init; }
    public required string ToName { get; init; }

    /// <summary>One of <see cref="MailList"/> where the recipient may leave such mails: it goes with the mailings then. Null: essential.</summary>
    public string? List { get; init; }

    /// <summary>The subject line.</summary>
    public required string Title { get; init; }

    /// <summary>Of the mail's component.</summary>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>By the name of their placeholder: <c>href="{{reset}}"</c> in the component.</summary>
    public IReadOnlyDictionary<string, MailedLink> Links { get; init; } = new Dictionary<string, MailedLink>(StringComparer.Ordinal);
}

/// <summary>A mail to everybody on a list: said once, with each recipient's own values in its placeholders.</summary>
public sealed record ListMail
{
    public required string Kind { get; init; }

    /// <summary>A mailing goes to an address once.</summary>
    public required int MailingId { get; init; }

    /// <summary>One of <see cref="MailList"/>: what its recipients can leave.</summary>
    public required string List { get; init; }
    public required string Title { get; init; }
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);
}

/// <param name="Fields">By the name of their placeholder.</param>
public sealed record ListRecipient(EmailAddress To, string Name, IReadOnlyDictionary<string, string> Fields);

/// <summary>Where features put their mails: rows in their own transaction, saved with what caused them or not at all.</summary>
public sealed class Outbox(TownDbContext db, MailRenderer renderer, MailedLinks links, TimeProvider clock)
{
    /// <summary>Adds a mail to the caller's context; the caller saves.</summary>
    public async Task<OutgoingMail> AddAsync<TMail>(PersonalMail mail, CancellationToken cancellation = default)
        where TMail : IComponent
    {
        var (html, text) = await renderer.RenderAsync<TMail>(mail.Title, mail.Parameters, mail.List);
        var now = clock.GetUtcNow();
        var row = new OutgoingMail
        {
            Lane = mail.List is null ? MailLane.Essential : MailLane.Mailing,
            State = MailState.Queued,
            Kind = mail.Kind,
            Subject = mail.Subject,
            List = mail.List,
            Address = mail.To.Value,
            AddressKey = mail.To.Key,
            RecipientName = ShortText.Of(mail.ToName, OutgoingMail.NameMax),
            Body = new MailBody { Title = ShortText.Of(mail.Title, MailBody.TitleMax), Text = text, Html = html, CreatedAt = now },
            Links = mail.Links.ToDictionary(link => link.Key, link => MailComposer.LinkField(link.Value), StringComparer.Ordinal),
            CreatedAt = now,
        };
        if (mail.List is { } list)
        {
            var leave = LeaveSubject.Of(list, mail.To.Key);
            row.Links.Add(MailComposer.LeaveField, MailComposer.LinkField((await links.ForEverAsync(LinkPurpose.Leave, [leave], cancellation))[leave]));
        }
        db.Add(row);
        return row;
    }

    /// <summary>
    /// Adds a mailing to the caller's context; the caller saves. Each address gets it once, with a link of its own to leave the list. Who left is
    /// found out when the mail would leave, not here: between the two there may be days.
    /// </summary>
    public async Task<int> AddListAsync<TMail>(ListMail mail, IReadOnlyList<ListRecipient> recipients, CancellationToken cancellation = default)
        where TMail : IComponent
    {
        var (html, text) = await renderer.RenderAsync<TMail>(mail.Title, mail.Parameters, mail.List);
        var now = clock.GetUtcNow();
        var body = new MailBody { Title = ShortText.Of(mail.Title, MailBody.TitleMax), Text = text, Html = html, CreatedAt = now };
        var once = recipients.DistinctBy(r => r.To.Key, StringComparer.Ordinal).ToList();
        var leave = await links.ForEverAsync(LinkPurpose.Leave, [.. once.Select(r => LeaveSubject.Of(mail.List, r.To.Key))], cancellation);
        foreach (var recipient in once)
        {
            db.Add(new OutgoingMail
            {
                Lane = MailLane.Mailing,
                State = MailState.Queued,
                Kind = mail.Kind,
                Subject = "",
                MailingId = mail.MailingId,
                List = mail.List,
                Address = recipient.To.Value,
                AddressKey = recipient.To.Key,
                RecipientName = ShortText.Of(recipient.Name, OutgoingMail.NameMax),
                Body = body,
                Fields = new(recipient.Fields, StringComparer.Ordinal),
                Links = { [MailComposer.LeaveField] = MailComposer.LinkField(leave[LeaveSubject.Of(mail.List, recipient.To.Key)]) },
                CreatedAt = now,
            });
        }
        return once.Count;
    }
}
