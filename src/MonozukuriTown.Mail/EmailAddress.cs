using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace MonozukuriTown.Mail;

/// <summary>
/// One address a mail can go to. Accepts what people in town really have: besides RFC 5321 dot-atoms also the old mobile forms
/// (<c>a..b@</c>, <c>.c@</c>, <c>d.@</c>), which go out as quoted strings, international domains (kept as punycode) and
/// international local parts (these need a server with SMTPUTF8).
/// </summary>
public sealed record EmailAddress
{
    public const int MaxLength = 254;
    private const int LocalMaxOctets = 64;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true, AllowUnassigned = false };

    private EmailAddress(string local, string domain)
    {
        Local = local;
        Domain = domain;
    }

    /// <summary>The part before the @, unquoted, as typed.</summary>
    public string Local { get; }

    /// <summary>The part after the @ in ASCII, lower case.</summary>
    public string Domain { get; }

    public string Value => $"{Local}@{Domain}";

    /// <summary>One spelling per mailbox: what uniqueness and suppression compare. No provider in use tells letter case apart.</summary>
    public string Key => Value.ToLowerInvariant();

    /// <summary>True for the old mobile forms, which the standard allows only in quotes.</summary>
    public bool IsQuoted => Local.StartsWith('.') || Local.EndsWith('.') || Local.Contains("..", StringComparison.Ordinal);

    public bool NeedsSmtpUtf8 => !Ascii.IsValid(Local);

    /// <summary>As it stands in an SMTP command or a header, between the angle brackets.</summary>
    public string Wire => IsQuoted ? $"\"{Local}\"@{Domain}" : Value;

    public bool Equals(EmailAddress? other) => other is not null && string.Equals(Key, other.Key, StringComparison.Ordinal);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Key);

    public override string ToString() => Value;

    public static EmailAddress Parse(string text) =>
        TryParse(text, out var address, out var problem) ? address : throw new FormatException(problem);

    public static bool TryParse(string? text, [NotNullWhen(true)] out EmailAddress? address) => TryParse(text, out address, out _);

    /// <param name="problem">One Japanese sentence that says what to mend; empty when the address is good.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EmailAddress? address, out string problem)
    {
        address = null;
        var typed = Clean(text);
        if (typed.Length == 0)
            return Fail("メールアドレスを入力してください。", out problem);
        var at = typed.LastIndexOf('@');
        if (at < 0)
            return Fail("メールアドレスに「@」がありません。", out problem);
        var local = Unquote(typed[..at]);
        if (local.Length == 0)
            return Fail("メールアドレスの「@」の前が空です。", out problem);
        if (local.Contains('@', StringComparison.Ordinal))
            return Fail("メールアドレスに「@」が2つ以上あります。", out problem);
        foreach (var rune in local.EnumerateRunes())
        {
            if (!IsLocalRune(rune))
                return Fail($"メールアドレスの「@」の前に使えない文字{Show(rune)}があります。", out problem);
        }
        if (Encoding.UTF8.GetByteCount(local) > LocalMaxOctets)
            return Fail($"メールアドレスの「@」の前が長すぎます（{LocalMaxOctets}文字まで）。", out problem);
        if (!TryDomain(typed[(at + 1)..], out var domain))
            return Fail("メールアドレスの「@」の後ろ（ドメイン）が正しくありません。", out problem);
        var parsed = new EmailAddress(local, domain);
        if (Encoding.UTF8.GetByteCount(parsed.Wire) > MaxLength)
            return Fail($"メールアドレスが長すぎます（{MaxLength}文字まで）。", out problem);
        address = parsed;
        problem = "";
        return true;
    }

    private static bool Fail(string sentence, out string problem)
    {
        problem = sentence;
        return false;
    }

    // People paste from Excel and type with the IME on: full-width letters, ideographic spaces, invisible marks at the ends.
    private static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var kept = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is >= '\uFF01' and <= '\uFF5E')
                kept.Append((char)(c - 0xFEE0));
            else if (c is '\u200B' or '\u200E' or '\u200F' or '\uFEFF')
                continue;
            else
                kept.Append(c);
        }
        return kept.ToString().Trim();
    }

    private static string Unquote(string local) =>
        local.Length > 2 && local[0] == '"' && local[^1] == '"' ? local[1..^1] : local;

    private static bool IsLocalRune(Rune rune)
    {
        if (rune.IsAscii)
            return Rune.IsLetterOrDigit(rune) || "!#$%&'*+-/=?^_`{|}~.".Contains((char)rune.Value, StringComparison.Ordinal);
        return rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or
            UnicodeCategory.PrivateUse or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
    }

    private static string Show(Rune rune) =>
        Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? "（空白や改行）" : $"「{rune}」";

    private static bool TryDomain(string text, out string domain)
    {
        domain = "";
        try
        {
            domain = Idn.GetAscii(text).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return false;
        }
        var labels = domain.Split('.');
        return domain.Length <= 253 && labels.Length >= 2 && !labels[^1].All(char.IsAsciiDigit) && labels.All(IsLabel);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
