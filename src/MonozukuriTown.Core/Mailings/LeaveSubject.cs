namespace MonozukuriTown.Core.Mailings;

/// <summary>How a link to leave remembers the list and the address it is for: <c>newsletter/yamada@example.jp</c>.</summary>
public static class LeaveSubject
{
    public static string Of(string list, string addressKey) => $"{list}/{addressKey}";

    public static (string List, string AddressKey) Read(string subject)
    {
        var end = subject.IndexOf('/', StringComparison.Ordinal);
        return (subject[..end], subject[(end + 1)..]);
    }

    /// <summary>An address as it may stand on a page that a forwarded mail opens: <c>ya…@example.jp</c>.</summary>
    public static string Masked(string addressKey)
    {
        var at = addressKey.LastIndexOf('@');
        return $"{addressKey[..Math.Min(2, at - 1)]}…{addressKey[at..]}";
    }
}
