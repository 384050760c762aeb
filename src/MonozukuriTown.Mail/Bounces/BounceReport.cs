namespace MonozukuriTown.Mail.Bounces;

/// <summary>What came back.</summary>
public enum BounceKind
{
    /// <summary>No report at all: a letter by a person, spam, a report of another sort.</summary>
    None,

    /// <summary>Refused for good (RFC 3463 class 5): what to do with the address depends on <see cref="BounceRecipient.Reason"/>.</summary>
    Failed,

    /// <summary>Given up, but for a reason that may pass (class 4, a full mailbox): counts against the address, condemns nothing by itself.</summary>
    FailedForNow,

    /// <summary>The mail still waits at some server, which goes on trying: nothing to do.</summary>
    Delayed,

    /// <summary>Good news: delivered, passed on, or opened (RFC 3464 actions delivered, relayed, expanded; RFC 8098).</summary>
    Delivered,

    /// <summary>An absence note or another automatic answer: the address lives.</summary>
    AutoReply,

    /// <summary>The recipient called the mail spam (RFC 5965): never mail there again.</summary>
    Complaint,

    /// <summary>No report, the answer itself: a server said no to the address when the mail was handed over (<see cref="BounceReader.OfRefusal"/>).</summary>
    Refused,
}

/// <summary>Why a mail was not delivered, as far as status and words tell. Only some reasons speak about the address.</summary>
public enum BounceReason
{
    Unknown,

    /// <summary>No such mailbox, disabled, moved away (5.1.1, 5.1.6, 5.2.1 …).</summary>
    NoMailbox,

    /// <summary>The domain does not exist or takes no mail (5.1.2, 5.1.10, 5.4.4 …).</summary>
    NoDomain,

    /// <summary>The mailbox is full (x.2.2).</summary>
    MailboxFull,

    /// <summary>The mail was too large (x.2.3, x.3.4).</summary>
    TooLarge,

    /// <summary>Blocked by a rule, a filter or a list, on our side or the recipient's: says nothing about the address (x.7.x).</summary>
    Blocked,

    /// <summary>A server could not be reached or answered badly (x.3.x, x.4.x).</summary>
    Server,
}

/// <summary>What the report says of one recipient.</summary>
/// <param name="Address">As the report spells it; after a forwarding it is another than the one we wrote to. May be empty when the report names none.</param>
/// <param name="Kind"><see cref="BounceKind.Failed"/>, <see cref="BounceKind.FailedForNow"/>, <see cref="BounceKind.Delayed"/> or <see cref="BounceKind.Delivered"/>; of a complaint or an answer, that.</param>
/// <param name="Action">RFC 3464's word in lower case (failed, delayed, delivered, relayed, expanded), null when the report has none.</param>
/// <param name="Status">RFC 3463, e.g. <c>5.1.1</c>: the report's, or else the one its words hold; null when there is none.</param>
/// <param name="Words">The remote server's words on one line, at most <see cref="MailResult.WordsMax"/> characters; written by strangers, never markup.</param>
public sealed record BounceRecipient(string Address, BounceKind Kind, string? Action, string? Status, BounceReason Reason, string Words)
{
    /// <summary>True when mail to this address can't arrive any more: what suppression and a call to the company rest on.</summary>
    public bool AddressIsDead => Kind == BounceKind.Failed && Reason is BounceReason.NoMailbox or BounceReason.NoDomain;
}

/// <summary>
/// A message that came to the bounce address, read. Whom it is about is decided by an address only we can have made
/// (<see cref="BounceAddress.Find(BounceReport)"/>), never by what the report claims.
/// </summary>
public sealed record BounceReport
{
    /// <summary>The gravest of <see cref="Recipients"/>'s kinds, or what the message is when it names none.</summary>
    public required BounceKind Kind { get; init; }

    /// <summary>In the report's order; one for a failure that names nobody.</summary>
    public required IReadOnlyList<BounceRecipient> Recipients { get; init; }

    /// <summary>
    /// Addresses the message travelled to or quotes as the sender of the original, most trustworthy first: envelope headers, To, the original's
    /// Return-Path, then any other in the text. At most <see cref="AddressesMax"/>; among them is ours, if it is a bounce of ours.
    /// </summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>Message-ID of the mail it is about, with angle brackets; null when it is not quoted.</summary>
    public string? OriginalMessageId { get; init; }

    /// <summary>Who reports: the server's name (Reporting-MTA) or the From address.</summary>
    public string Reporter { get; init; } = "";

    /// <summary>The subject of the report itself, one line.</summary>
    public string Subject { get; init; } = "";

    public const int AddressesMax = 40;
}
