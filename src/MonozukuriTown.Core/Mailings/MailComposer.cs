using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Mail;
using MonozukuriTown.Mail.Bounces;

namespace MonozukuriTown.Core.Mailings;

/// <summary>Makes the mail that leaves out of a row and its body: fills the placeholders, makes the links, sets the headers.</summary>
public sealed class MailComposer(IOptions<TownOptions> town, IOptions<MailOptions> options, LinkKey key, TimeProvider clock)
{
    /// <summary>The placeholder of the link by which a list is left.</summary>
    public const string LeaveField = "leave";

    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly string _base = town.Value.BaseUrl.TrimEnd('/');
    private readonly Mailbox _from = options.Value.FromBox(town.Value);
    private readonly Mailbox? _replyTo = options.Value.ReplyBox(town.Value);
    private readonly BounceAddress? _bounce = EmailAddress.TryParse(options.Value.Bounce, out var bounce) ? new(bounce, key.Mark) : null;

    /// <summary>How a row remembers a link: purpose and id, never the token.</summary>
    public static string LinkField(MailedLink link) => string.Create(CultureInfo.InvariantCulture, $"{link.Purpose}/{link.Id}");

    /// <exception cref="FormatException">The row's address or a link in it is none.</exception>
    public OutboundMail Compose(LeasedMail mail, LeasedBody body)
    {
        var to = EmailAddress.Parse(mail.Address);
        var fields = StringMap.Read(mail.Fields);
        foreach (var (name, link) in StringMap.Read(mail.Links))
            fields[name] = Url(link);
        return new(ReturnPath(mail.Id), to, new MailMessage
        {
            From = _from,
            ReplyTo = _replyTo,
            To = [new(mail.RecipientName, to)],
            Subject = Fill(body.Title, fields, html: false),
            Text = Fill(body.Text, fields, html: false),
            Html = body.Html is null ? null : Fill(body.Html, fields, html: true),
            Headers = Headers(mail, fields),
            // Stable for a row: should a mail ever arrive twice, programs can tell.
            MessageId = string.Create(CultureInfo.InvariantCulture, $"<{mail.Id}.{key.Mark(mail.Id.ToString(CultureInfo.InvariantCulture))}@{_from.Address.Domain}>"),
            Date = TownClock.ToTown(clock.GetUtcNow()),
        });
    }

    /// <summary>The address bounces of this row come back to; only we can make one that counts.</summary>
    public EmailAddress ReturnPath(long id) => _bounce?.For(id) ?? _from.Address;

    /// <summary>Known names only, in one pass: a value that looks like a placeholder stays what it is.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> fields, bool html)
    {
        var at = text.IndexOf("{{", StringComparison.Ordinal);
        if (at < 0 || fields.Count == 0)
            return text;
        var filled = new StringBuilder(text.Length + 200);
        var start = 0;
        while (at >= 0)
        {
            var end = text.IndexOf("}}", at + 2, StringComparison.Ordinal);
            if (end < 0)
                break;
            if (fields.TryGetValue(text[(at + 2)..end], out var value))
            {
                filled.Append(text, start, at - start).Append(html ? Html.Encode(value) : value);
                start = end + 2;
                at = text.IndexOf("{{", start, StringComparison.Ordinal);
            }
            else
            {
                at = text.IndexOf("{{", at + 2, StringComparison.Ordinal);
            }
        }
        return filled.Append(text, start, text.Length - start).ToString();
    }

    private string Url(string field)
    {
        var parts = field.Split('/');
        if (parts.Length != 2 || !Enum.TryParse<LinkPurpose>(parts[0], out var purpose) || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            throw new FormatException("A mailed link is stored as purpose/id.");
        return _base + MailedLinks.Path(key, purpose, id);
    }

    // RFC 3834: what a machine wrote says so, and no absence note answers it. A mailing is written by people and says that it is one.
    private List<MailHeader> Headers(LeasedMail mail, Dictionary<string, string> fields)
    {
        if (mail.Lane is not nameof(MailLane.Mailing))
            return [new("Auto-Submitted", "auto-generated")];
        List<MailHeader> headers = [new("Precedence", "bulk")];
        if (mail.List is { } list)
            headers.Add(new("List-Id", $"<{list}.{_from.Address.Domain}>"));
        if (fields.TryGetValue(LeaveField, out var leave))
        {
            headers.Add(new("List-Unsubscribe", $"<{leave}>"));
            headers.Add(new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        return headers;
    }
}
