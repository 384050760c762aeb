using System.Buffers;
using System.Globalization;
using System.Text;

namespace MonozukuriTown.Mail.Bounces;

/// <summary>Addresses and ids in a report: whom it was sent to, and what it quotes.</summary>
internal static class BounceTrail
{
    private static readonly SearchValues<char> IdEnds = SearchValues.Create("<> \t\r\n");
    private const int TextMax = 100_000;
    private const int LocalMax = 128;
    private const int DomainMax = 254;
    private const int IdMax = 400;
    private static readonly string[] Envelope = ["Delivered-To", "X-Original-To", "X-Envelope-To", "Envelope-To", "X-RCPT-To", "Apparently-To", "Resent-To", "To", "Cc"];
    private static readonly string[] Sent = ["Return-Path", "X-Return-Path", "X-Envelope-From", "X-Sender", "Errors-To", "Sender", "Resent-Sender", "X-Mailer-Daemon-Sender"];

    public static IReadOnlyList<string> Addresses(MimePart mail, MimePart? original, IReadOnlyList<string> senders)
    {
        List<string> found = [];
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (var name in Envelope)
            Add(Values(mail, name));
        Add(senders);
        if (original is not null)
        {
            foreach (var name in Sent)
                Add(Values(original, name));
        }
        foreach (var part in mail.All().Where(part => part.Parts.Count == 0))
            Add([Text(part)]);
        return found;

        void Add(IEnumerable<string> texts)
        {
            foreach (var text in texts)
            {
                foreach (var address in Scan(text))
                {
                    if (found.Count == BounceReport.AddressesMax)
                        return;
                    if (seen.Add(address))
                        found.Add(address);
                }
            }
        }
    }

    public static string? MessageId(MimePart? original, BounceReader.Finding found, MimePart mail)
    {
        if (Id(original?["Message-ID"] ?? "") is { } quoted)
            return quoted;
        if (Id(found.MessageId) is { } stated)
            return stated;
        foreach (var part in mail.All().Where(part => part.Parts.Count == 0))
        {
            var text = Text(part);
            if (text.IndexOf("\nMessage-ID:", StringComparison.OrdinalIgnoreCase) is >= 0 and var line && Id(text, line) is { } id)
                return id;
        }
        if (found.Kind is BounceKind.None)
            return null;
        var references = mail["References"];
        return Id(mail["In-Reply-To"]) ?? Id(references, Math.Max(0, references.LastIndexOf('<')));
    }

    /// <summary>The address in a header's value, without name and brackets; empty when there is none.</summary>
    public static string Address(string value)
    {
        var bracket = value.LastIndexOf('<');
        if (bracket >= 0 && value.IndexOf('>', bracket) is > 0 and var end && value[(bracket + 1)..end].Contains('@', StringComparison.Ordinal))
            return value[(bracket + 1)..end].Trim();
        return Scan(value).FirstOrDefault() ?? "";
    }

    /// <summary>The address in a field such as <c>rfc822; a@b</c> (RFC 3464 2.1.2; utf-8 of RFC 6533): whatever stands behind the type.</summary>
    public static string Typed(string value)
    {
        var semicolon = value.IndexOf(';', StringComparison.Ordinal);
        var text = (semicolon < 0 ? value : value[(semicolon + 1)..]).Trim();
        if (text.StartsWith('<') && text.IndexOf('>', StringComparison.Ordinal) is > 0 and var end)
            text = text[1..end];
        // A comment behind, or words.
        var space = text.StartsWith('"') ? -1 : text.IndexOfAny([' ', '\t', '(']);
        if (space > 0)
            text = text[..space];
        return text.Contains("\\x{", StringComparison.Ordinal) ? Unescape(text) : text.Trim('<', '>');
    }

    // RFC 6533: \x{5C71} is 山.
    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var piece in text.Split("\\x{"))
        {
            var end = plain.Length == 0 && !text.StartsWith("\\x{", StringComparison.Ordinal) ? -1 : piece.IndexOf('}', StringComparison.Ordinal);
            if (end > 0 && int.TryParse(piece.AsSpan(0, end), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && Rune.TryCreate(value, out var rune))
                plain.Append(rune).Append(piece, end + 1, piece.Length - end - 1);
            else
                plain.Append(piece);
        }
        return plain.ToString();
    }

    private static IEnumerable<string> Values(MimePart part, string name) =>
        part.Headers.Where(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);

    private static string Text(MimePart part)
    {
        var text = part.Text;
        return text.Length <= TextMax ? text : text[..TextMax];
    }

    /// <summary>What looks like an address in a text, also with the odd dots of old mobile ones; no quoted local parts, which no address of ours has.</summary>
    public static IEnumerable<string> Scan(string text)
    {
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            var start = at;
            while (start > 0 && at - start < LocalMax && IsLocal(text[start - 1]))
                start--;
            var end = at + 1;
            while (end < text.Length && end - at < DomainMax && (char.IsAsciiLetterOrDigit(text[end]) || (text[end] is '-' or '.' && text[end - 1] is not '.' and not '@')))
                end++;
            while (text[end - 1] is '.' or '-')
                end--;
            if (start < at && end > at + 1)
                yield return text[start..end];
        }
    }

    private static bool IsLocal(char c) => char.IsLetterOrDigit(c) || "_.!#$%&'*+/=?^`{|}~-".Contains(c, StringComparison.Ordinal);

    // The first <left@right> at or behind a place, on one line.
    private static string? Id(string text, int from = 0)
    {
        for (var start = text.IndexOf('<', from); start >= 0; start = text.IndexOf('<', start + 1))
        {
            var end = text.AsSpan(start + 1).IndexOfAny(IdEnds);
            if (end is > 2 and < IdMax && text[start + 1 + end] == '>' && text.AsSpan(start + 1, end).Contains('@'))
                return text[start..(start + end + 2)];
        }
        return null;
    }
}
