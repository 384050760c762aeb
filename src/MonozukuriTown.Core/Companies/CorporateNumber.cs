using System.Globalization;

namespace MonozukuriTown.Core.Companies;

/// <summary>法人番号: 13 digits of which the first is the check digit, 9 − (Σ PₙQₙ mod 9), Qₙ = 1, 2, 1, 2 … from the lowest of the other 12.</summary>
public static class CorporateNumber
{
    public static bool IsValid(string? number)
    {
        if (number is not { Length: 13 } || !number.All(char.IsAsciiDigit))
            return false;
        var sum = 0;
        for (var n = 1; n <= 12; n++)
        {
            var digit = number[13 - n] - '0';
            sum += digit * (n % 2 == 1 ? 1 : 2);
        }
        return number[0] - '0' == 9 - (sum % 9);
    }

    /// <summary>T and 13 digits. A sole proprietor's number follows no check digit that may be relied on, so only the form is checked.</summary>
    public static bool IsInvoiceNumber(string? number) =>
        number is { Length: 14 } && number[0] == 'T' && number.AsSpan(1).ContainsAnyExceptInRange('0', '9') is false;

    /// <summary>Full-width digits, spaces and hyphens as people type them → plain digits.</summary>
    public static string Normalize(string text) => string.Concat(text.Normalize(System.Text.NormalizationForm.FormKC)
        .Where(c => !char.IsWhiteSpace(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.DashPunctuation));
}
