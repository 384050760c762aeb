namespace MonozukuriTown.Mail.Bounces;

/// <summary>
/// docomo and au answer "Unknown user" for a mailbox that is missing and for one whose owner's filter (指定受信, 迷惑メールおまかせブロック) refuses the mail. Which it was
/// shows in what they answered: RCPT means the mailbox, the end of the body means the filter. A filter is lifted by a telephone call, so such an address is not dead.
/// </summary>
internal static class Carriers
{
    private static readonly string[] Domains = ["docomo.ne.jp", "ezweb.ne.jp", "au.com", "biz.ezweb.ne.jp", "uqmobile.jp"];

    public static bool Has(string address) =>
        address.LastIndexOf('@') is >= 0 and var at && Domains.Contains(address[(at + 1)..], StringComparer.OrdinalIgnoreCase);

    /// <param name="words">All that was said of the recipient.</param>
    public static bool IsFilter(string? status, string address, string words)
    {
        bool Says(string text) => words.Contains(text, StringComparison.OrdinalIgnoreCase);

        if (!Says("unknown"))
            return false;
        if (Says("end of DATA"))
            return true;
        // sendmail writes 5.1.1 for a refusal of RCPT and 5.2.0 or 5.0.0 for one after DATA.
        if (Says("RCPT") || status is "5.1.1")
            return false;
        // au leaves the address out where its filter speaks.
        return Says(">>> DATA") || status is "5.2.0" || Says("550 : User unknown") || !Says($"<{address}>");
    }
}
