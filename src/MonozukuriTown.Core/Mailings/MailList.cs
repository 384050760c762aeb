namespace MonozukuriTown.Core.Mailings;

/// <summary>The lists a person can leave one by one. Their keys stand in rows and links, so they never change.</summary>
public static class MailList
{
    public const string Newsletter = "newsletter";
    public const string Events = "events";
    public const string Schemes = "schemes";

    /// <summary>Whether one's own listing is still true. Who leaves it is asked by telephone.</summary>
    public const string Listing = "listing";

    public static IReadOnlyList<string> All { get; } = [Newsletter, Events, Schemes, Listing];

    /// <summary>As people call it; a key nobody knows any more is its own name.</summary>
    public static string Name(string key) => key switch
    {
        Newsletter => "メールマガジン",
        Events => "定例会・催しのお知らせ",
        Schemes => "補助金・施策のお知らせ",
        Listing => "掲載内容の確認のお願い",
        _ => key,
    };

    /// <summary>One list, or all of them for null.</summary>
    public static string NameOrAll(string? key) => key is null ? "すべてのお知らせ" : Name(key);
}
