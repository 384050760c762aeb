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

    /// <summary>The subject line.</summary>
    public required string Title { get; init; }

    /// <summary>Of the mail's component.</summary>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>By the name of their placeholder: <c>href="{{reset}}"</c> in the component.</summary>
    public IReadOnlyDictionary<string, MailedLink> Links { get; init; } = new Dictionary<string, MailedLink>(StringComparer.Ordinal);
}

/// <summary>Where features put their mails: rows in their own transaction, saved with what caused them or not at all.</summary>
public sealed class Outbox(TownDbContext db, MailRenderer renderer, TimeProvider clock)
{
    /// <summary>Adds an essential mail to the caller's context; the caller saves.</summary>
    public async Task<OutgoingMail> AddAsync<TMail>(PersonalMail mail)
        where TMail : IComponent
    {
        var (html, text) = await renderer.RenderAsync<TMail>(mail.Title, mail.Parameters);
        var now = clock.GetUtcNow();
        var row = new OutgoingMail
        {
            Lane = MailLane.Essential,
            State = MailState.Queued,
            Kind = mail.Kind,
            Subject = mail.Subject,
            Address = mail.To.Value,
            AddressKey = mail.To.Key,
            RecipientName = Short(mail.ToName, OutgoingMail.NameMax),
            Body = new MailBody { Title = Short(mail.Title, MailBody.TitleMax), Text = text, Html = html, CreatedAt = now },
            Links = mail.Links.ToDictionary(link => link.Key, link => MailComposer.LinkField(link.Value), StringComparer.Ordinal),
            CreatedAt = now,
        };
        db.Add(row);
        return row;
    }

    private static string Short(string text, int max) => text.Length <= max ? text : text[..(char.IsHighSurrogate(text[max - 2]) ? max - 2 : max - 1)] + "…";
}
