namespace MonozukuriTown.Core.Mailings;

/// <summary>A row in a dispatcher's hands, with what sending needs. The lease is the fence: without it nothing of the row can be written.</summary>
public sealed record LeasedMail
{
    public required long Id { get; init; }
    public required Guid Lease { get; init; }
    public required string Lane { get; init; }
    public string? List { get; init; }
    public required string Address { get; init; }
    public required string RecipientName { get; init; }
    public required long BodyId { get; init; }
    public required string Fields { get; init; }
    public required string Links { get; init; }
    public required int Attempts { get; init; }

    /// <summary>From when it is patient with refusals: when it was written, or when a person last decided to send it again.</summary>
    public required DateTimeOffset Since { get; init; }
}

public sealed record LeasedBody(long Id, string Title, string Text, string? Html);

/// <summary>What became of a leased row, to be written down.</summary>
/// <param name="Wait">Until the next attempt, for <see cref="MailState.Deferred"/> and <see cref="MailState.Queued"/>; counted by the database's clock.</param>
public sealed record MailEntry(LeasedMail Mail, MailState State, int? Code, string? Words, TimeSpan Wait);
