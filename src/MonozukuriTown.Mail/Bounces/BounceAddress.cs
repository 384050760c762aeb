using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MonozukuriTown.Mail.Bounces;

/// <summary>
/// The return path of each mail (VERP): <c>bounce+0000h3k9f2…@mail.example.jp</c>, the mailbox's own name, a plus, and a token that holds the row's id
/// and a mark only we can make. Nothing is stored, and a forged bounce finds no row.
/// </summary>
/// <remarks>
/// The token is lower-case letters and digits alone, so it survives servers that change case and those that split at + or -; where the mailbox sits on a
/// server that splits at - instead, a bounce to <c>bounce-token@</c> is understood too, and so is one wrapped by SRS, BATV or a list's own VERP.
/// </remarks>
/// <param name="mailbox">Where bounces go; its local part has at most <see cref="LocalMax"/> characters.</param>
/// <param name="mark">A keyed mark of a text in lower-case hexadecimal, always of one length, at most 20 characters (HMAC under the town's secret).</param>
public sealed class BounceAddress(EmailAddress mailbox, Func<string, string> mark)
{
    public const int LocalMax = 30;
    private const int IdLength = 13;
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>The address that bounces of this row come back to.</summary>
    public EmailAddress For(long id) => EmailAddress.Parse($"{mailbox.Local}+{Token(id)}@{mailbox.Domain}");

    /// <summary>The row an address was made for; null unless we made it.</summary>
    public long? Find(string? address)
    {
        if (address is null || address.Length > 400)
            return null;
        var at = address.LastIndexOf('@');
        var local = (at < 0 ? address : address[..at]).Trim().Trim('<', '"', '\'');
        foreach (var piece in local.ToLowerInvariant().Split('+', '-', '=', '@', '%', '!', '/', '"'))
        {
            if (Id(piece) is { } id && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Token(id)), Encoding.UTF8.GetBytes(piece)))
                return id;
        }
        return null;
    }

    /// <summary>The row a message is about; null when none of its addresses is one of ours.</summary>
    public long? Find(BounceReport report)
    {
        foreach (var address in report.Addresses)
        {
            if (Find(address) is { } id)
                return id;
        }
        return null;
    }

    private string Token(long id) => Encode(id) + mark("bounce/" + id.ToString(CultureInfo.InvariantCulture));

    // Crockford's digits: nothing in them is mistaken for another when somebody reads one out of a log.
    private static string Encode(long id) => string.Create(IdLength, id, static (digits, value) =>
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            digits[i] = Digits[(int)(value & 31)];
            value >>>= 5;
        }
    });

    private static long? Id(string token)
    {
        if (token.Length <= IdLength)
            return null;
        var id = 0L;
        foreach (var digit in token.AsSpan(0, IdLength))
        {
            var value = Digits.IndexOf(digit, StringComparison.Ordinal);
            if (value < 0)
                return null;
            id = (id << 5) | (long)value;
        }
        return id < 0 ? null : id;
    }
}
