namespace MonozukuriTown.Mail.Bounces;

/// <summary>
/// The fields of a <c>message/delivery-status</c> part (RFC 3464) or of a <c>message/feedback-report</c> (RFC 5965): one group about the
/// message, one for each recipient. Real ones put empty lines inside a group or none between two.
/// </summary>
internal sealed record DeliveryStatus(IReadOnlyList<MailHeader> Message, IReadOnlyList<IReadOnlyList<MailHeader>> Recipients)
{
    private const int RecipientsMax = 200;
    private const int LinesMax = 20_000;
    private static readonly string[] OfRecipients = ["Original-Recipient", "Final-Recipient", "Action", "Status", "Diagnostic-Code", "Remote-MTA", "Last-Attempt-Date", "Will-Retry-Until", "X-Actual-Recipient"];

    public static DeliveryStatus Read(string text)
    {
        List<MailHeader> message = [];
        List<List<MailHeader>> recipients = [];
        var open = false;
        foreach (var field in Fields(text))
        {
            if (field.Name.Length == 0)
            {
                open = false;
                continue;
            }
            if (recipients.Count == 0 && !OfRecipients.Contains(field.Name, StringComparer.OrdinalIgnoreCase))
            {
                message.Add(field);
                continue;
            }
            if (recipients.Count == 0 || Begins(recipients[^1], field, open))
            {
                if (recipients.Count == RecipientsMax)
                    break;
                recipients.Add([]);
            }
            open = true;
            recipients[^1].Add(field);
        }
        return new(message, recipients);
    }

    public static string Value(IEnumerable<MailHeader> fields, string name) =>
        fields.FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase))?.Value ?? "";

    // A recipient's group begins where one of its fields comes a second time, or behind an empty line with another name for a recipient.
    private static bool Begins(List<MailHeader> group, MailHeader field, bool open)
    {
        bool Has(string name) => group.Exists(other => string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase));
        return field.Name.ToLowerInvariant() switch
        {
            "final-recipient" or "original-recipient" => Has(field.Name) || (!open && Has("Action")),
            "action" or "status" => Has(field.Name) && !open,
            _ => false,
        };
    }

    // Unfolded fields; an empty name stands for an empty line.
    private static IEnumerable<MailHeader> Fields(string text)
    {
        var name = "";
        var value = "";
        var count = 0;
        foreach (var line in text.Split('\n'))
        {
            if (++count > LinesMax)
                break;
            var clean = line.TrimEnd('\r', ' ', '\t');
            if (clean.Length > 0 && clean[0] is ' ' or '\t')
            {
                if (value.Length < 4000)
                    value += " " + clean.Trim();
                continue;
            }
            if (name.Length > 0)
                yield return new(name, value);
            name = "";
            var colon = clean.IndexOf(':', StringComparison.Ordinal);
            if (clean.Length == 0)
                yield return new("", "");
            else if (colon > 0)
                (name, value) = (clean[..colon].Trim(), clean[(colon + 1)..].Trim());
        }
        if (name.Length > 0)
            yield return new(name, value);
    }
}
