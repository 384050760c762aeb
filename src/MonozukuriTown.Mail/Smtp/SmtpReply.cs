using System.Text.RegularExpressions;

namespace MonozukuriTown.Mail.Smtp;

/// <summary>One reply of a server: its code and its lines without code.</summary>
internal readonly partial record struct SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsPositive => Code is >= 200 and < 300;

    /// <summary>421: the server closes the connection, whatever it was asked.</summary>
    public bool IsClosing => Code == 421;

    public string? Status => Lines.Count > 0 && StatusAtStart().Match(Lines[0]) is { Success: true } match ? match.Value : null;

    public string Words
    {
        get
        {
            var words = HeaderTokens.OneLine(string.Join(' ', Lines));
            return words.Length <= MailResult.WordsMax ? words : words[..MailResult.WordsMax];
        }
    }

    public MailResult Refusal(MailStage stage) => new(
        Code is >= 500 and < 600 ? MailOutcome.RefusedForGood : MailOutcome.RefusedForNow,
        IsClosing ? MailStage.Connection : stage, Code, Status, Words);

    [GeneratedRegex(@"^[245]\.\d{1,3}\.\d{1,3}(?=\s|$)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StatusAtStart();
}
