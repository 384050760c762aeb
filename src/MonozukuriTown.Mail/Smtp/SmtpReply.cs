using MonozukuriTown.Mail.Bounces;

namespace MonozukuriTown.Mail.Smtp;

/// <summary>One reply of a server: its code and its lines without code.</summary>
internal readonly record struct SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsPositive => Code is >= 200 and < 300;

    /// <summary>421: the server closes the connection, whatever it was asked (RFC 5321 3.8).</summary>
    public bool IsClosing => Code == 421;

    /// <summary>The enhanced status at the start of the text (RFC 2034).</summary>
    public string? Status => Lines.Count > 0 && BounceWords.Status(Lines[0]) is { } status && Lines[0].StartsWith(status, StringComparison.Ordinal) ? status : null;

    public string Words
    {
        get
        {
            var words = HeaderTokens.OneLine(string.Join(' ', Lines));
            return words.Length <= MailResult.WordsMax ? words : words[..MailResult.WordsMax];
        }
    }

    /// <summary>What a refusal at this stage means. That we must sign in (RFC 4954 6) is about us, not about any mail: all of them wait.</summary>
    public MailResult Refusal(MailStage stage)
    {
        var ours = IsClosing || Code is 530 or 534 or 535 or 538;
        return new(Code is >= 500 and < 600 && !ours ? MailOutcome.RefusedForGood : MailOutcome.RefusedForNow, ours ? MailStage.Connection : stage, Code, Status, Words);
    }
}
