namespace MonozukuriTown.Mail.Bounces;

/// <summary>What servers' words mean: statuses and reply codes inside them, and the phrases of those that give no status worth the name.</summary>
internal static class BounceWords
{
    // Of a server's words no more is looked at: what matters stands in front.
    private const int LookedAt = 2000;

    private static readonly string[] NoMailbox =
    [
        "user unknown", "unknown user", "userunknown", "unknown recipient", "recipient unknown", "unknown local", "unknown mailbox", "unknown address", "address unknown", "unknown or illegal alias",
        "invalid recipient", "invalid mailbox", "invalid user", "invalid final delivery userid", "invalid address", "bad recipient", "bad address", "bad destination mailbox", "badrcptto", "validrcptto", "badrecipient",
        "no such user", "no such mailbox", "no such recipient", "no such person", "no such address", "no such account", "no mailbox", "no mail box", "no account by that name", "no recipient",
        "mailbox not found", "mailbox does not exist", "mailbox unavailable", "mailbox is unavailable", "mailbox disabled", "mailbox is disabled", "mailbox is inactive", "mailbox invalid", "mailbox not present",
        "user not found", "user not known", "user does not exist", "user doesn't exist", "user not exist", "usernotfound", "user was not found", "not a known user", "not a valid user", "not a valid mailbox",
        "does not exist", "doesn't exist", "not exist", "recipient not found", "recipnotfound", "recipientnotfound", "recipient notfound", "recipient was not found", "recipient does not exist", "recipient name is not recognized", "not our customer",
        "recipient not ok", "recipients was undeliverable", "does not like recipient", "no one at this address",
        "non-existent", "nonexistent", "not listed in", "not present in directory", "not an active address", "no longer available", "no longer accepts", "no longer valid", "no longer active", "no longer in use",
        "account is disabled", "account disabled", "account has been disabled", "account that you tried to reach is disabled", "account is not active", "inactive account", "account inactive", "deactivated",
        "suspended", "has been disabled or discontinued", "is terminated", "user is unknown", "not local", "isn't a local", "doesn't have a", "user or domain is disabled", "unrouteable address", "unroutable address", "administratively disabled",
        "user reject", "wasn't found at", "couldn't be found", "could not be found", "cannot be found", "can't be found", "見つかりません", "宛先不明", "存在しません", "見つかりませんでした", "リストにありません", "リストに載っていません",
        "ご利用になれません", "使われておりません",
    ];

    // In this order: "spam filter says: user unknown" is about the filter, "quota of user exceeded" about the quota.
    private static readonly (BounceReason Reason, string[] Phrases)[] Known =
    [
        (BounceReason.Blocked,
        [
            "after mail from", "in reply to mail from", "spam", "blacklist", "blocklist", "block list", "blocked", "dnsbl", "rbl", "reputation", "dmarc", "sender policy framework", "spf check", "spf fail", "dkim",
            "unsolicited", "bulk mail", "virus", "content reject", "policy", "prohibit", "reverse dns", "ptr record", "relay access denied", "relaying denied", "not permitted to relay",
            "relay not permitted", "unable to relay", "relay denied", "relaying not allowed", "access denied by", "not authorized", "notauthorized", "not allowed to send",
            "sender address rejected", "sender rejected", "sender denied", "authentication required", "not authenticated", "starttls is required",
            "members-only", "not allowed to post", "you are not allowed to connect", "client host rejected", "helo command rejected", "authentication check", "rate limit", "temporarily limited", "too many messages", "filtered",
            "refuses to receive", "refuse to receive", "user rules", "迷惑メール", "受信拒否", "ウイルス", "拒否されました",
        ]),
        (BounceReason.MailboxFull,
        [
            "over quota", "overquota", "quota exceed", "exceeded quota", "exceed quota", "exceeded the quota", "quota violation", "disk quota", "mailbox quota", "mailbox full", "mailbox is full",
            "full mailbox", "mailbox size limit", "exceeded storage allocation", "mailbox has exceeded", "mailbox exceeded", "exceeding its mailbox", "exceeding their quota",
            "not enough space", "not enough storage", "insufficient disk space", "not sufficient disk space", "maximum allowed storage", "space has been used up",
            "over the allowed quota", "over the quota", "out of storage space", "too much mail data", "too many messages on the server", "storage quota",
            "diskspace quota", "quotaexceeded", "容量を超え", "容量オーバー", "容量がいっぱい", "メールボックスがいっぱい", "空き容量がありません",
        ]),
        (BounceReason.TooLarge,
        [
            "message too large", "message too big", "message is too large", "message size exceeds", "exceeds size limit", "size exceeds", "exceeds maximum message size", "message file too big", "max message size",
            "maximum inbound message size", "message length exceeds", "maximum size the user accepts", "data size limit", "message exceeds", "サイズが大きすぎ", "サイズ制限",
        ]),
        (BounceReason.NoMailbox, NoMailbox),
        (BounceReason.NoDomain,
        [
            "host unknown", "unknown host", "host not found", "host or domain name not found", "domain not found", "domain does not exist", "domain doesnt exist", "domain doesn't exist", "no such domain", "name or service not known", "unknown domain",
            "couldn't find any host", "couldn't find a mail exchanger", "nullmx", "null mx", "does not accept mail", "no mx record", "domain name not found", "hostname unknown", "unrouteable mail domain", "all relevant mx records point to non-existent hosts",
            "dns domain", "no route for current request", "mail domain mentioned", "recipient domain must exist", "ドメインが見つかりません",
        ]),
        (BounceReason.Server,
        [
            "timed out", "timeout", "connection refused", "connection reset", "connection lost", "no route to host", "unreachable", "too many hops", "hop count", "mail loop", "message looping", "loops back", "routing loop",
            "in the queue too long", "expired", "not responding", "did not respond", "system error", "internal error", "try again later", "wasn't able to establish an smtp connection", "service unavailable", "delivery attempts", "retry time", "could not connect", "local error",
            "temporarily", "応答がありません", "接続できません",
        ]),
    ];

    // "Recipient address rejected" is Postfix's opening for any reason; where the status gives none it is the mailbox.
    private static readonly string[] Weak = ["recipient address rejected", "recipient addresses rejected", "recipient rejected", "rejected recipient", "address rejected"];

    // Said of a domain these outweigh what is said of mailboxes: "domain does not exist" holds "does not exist".
    private static readonly string[] OfDomains = ["domain does not exist", "domain doesnt exist", "domain doesn't exist", "host not found", "host or domain name not found", "domain not found", "unknown host", "host unknown", "dns domain", "no such domain", "couldn't find any host"];

    /// <summary>The reason for a status (RFC 3463 and IANA's registry), refined by the words where the status leaves it open.</summary>
    public static BounceReason Reason(string? status, string words)
    {
        var (stated, firm) = OfStatus(status);
        var spoken = OfWords(words);
        // Some write 5.1.1 whatever the matter is; an address is not to be called dead while the words name another.
        if (firm)
            return stated == BounceReason.NoMailbox && spoken is BounceReason.MailboxFull or BounceReason.Blocked && !Has(words, NoMailbox) ? spoken : stated;
        if (spoken != BounceReason.Unknown)
            return spoken;
        return stated != BounceReason.Blocked && Has(words, Weak) ? BounceReason.NoMailbox : stated;
    }

    public static BounceReason OfWords(string words)
    {
        var plain = WithoutNames(words.Length > LookedAt ? words[..LookedAt] : words);
        // A sender's domain that does not exist is our fault.
        if (Has(plain, OfDomains) && !Has(plain, "mail from"))
            return BounceReason.NoDomain;
        foreach (var (reason, phrases) in Known)
        {
            if (Has(plain, phrases))
                return reason;
        }
        return BounceReason.Unknown;
    }

    private static bool Has(string text, params string[] phrases) => Array.Exists(phrases, phrase => text.Contains(phrase, StringComparison.OrdinalIgnoreCase));

    // Addresses and names of servers may hold any word: spamgw.example.jp says nothing about spam.
    private static string WithoutNames(string words)
    {
        foreach (var address in BounceTrail.Scan(words).Distinct(StringComparer.Ordinal).ToList())
            words = words.Replace(address, "", StringComparison.Ordinal);
        return string.Join(' ', words.Split(' ').Where(word => !IsName(word)));
    }

    private static bool IsName(string word)
    {
        var dot = word.IndexOf('.', StringComparison.Ordinal);
        return word.Contains("://", StringComparison.Ordinal) ||
            (dot > 0 && dot + 1 < word.Length && char.IsAsciiLetter(word[dot + 1]) && System.Text.Ascii.IsValid(word) && !word.StartsWith("RESOLVER", StringComparison.Ordinal));
    }

    // Firm: the status alone decides. Otherwise it is one that servers use for anything.
    private static (BounceReason Reason, bool Firm) OfStatus(string? status)
    {
        if (status?.Split('.') is not [_, var subject, var detail])
            return (BounceReason.Unknown, false);
        return (subject, detail) switch
        {
            ("1", "1" or "3" or "6") => (BounceReason.NoMailbox, true),
            ("1", "2") => (BounceReason.NoDomain, true),
            // A null MX by RFC 7505, and a recipient that Microsoft's directory has not.
            ("1", "10") => (BounceReason.NoDomain, false),
            ("1", "7" or "8") => (BounceReason.Blocked, true),
            ("2", "1") => (BounceReason.NoMailbox, false),
            ("2", "2") => (BounceReason.MailboxFull, true),
            ("2", "3") => (BounceReason.TooLarge, true),
            ("3", "4") => (BounceReason.TooLarge, true),
            ("3", "1") => (BounceReason.MailboxFull, false),
            ("4", "4" or "310") => (BounceReason.NoDomain, false),
            ("4", "7" or "6" or "14") => (BounceReason.Server, false),
            ("3" or "4", _) => (BounceReason.Server, false),
            ("6" or "7", _) => (BounceReason.Blocked, false),
            _ => (BounceReason.Unknown, false),
        };
    }

    /// <summary>The first enhanced status (RFC 3463) in the words that says more than x.0.0, or else the first at all. An IP address is none.</summary>
    public static string? Status(string words)
    {
        string? vague = null;
        for (var i = 0; i + 4 < words.Length; i++)
        {
            if (words[i] is not ('2' or '4' or '5') || words[i + 1] != '.' || !char.IsAsciiDigit(words[i + 2]) || words[i + 3] != '.' || (i > 0 && (char.IsAsciiDigit(words[i - 1]) || words[i - 1] == '.')))
                continue;
            var end = i + 4;
            while (end < words.Length && end < i + 7 && char.IsAsciiDigit(words[end]))
                end++;
            if (end == i + 4 || (end < words.Length && char.IsAsciiDigit(words[end])) || (end + 1 < words.Length && words[end] == '.' && char.IsAsciiDigit(words[end + 1])))
                continue;
            var status = words[i..end];
            if (!status.EndsWith(".0.0", StringComparison.Ordinal))
                return status;
            vague ??= status;
        }
        return vague;
    }

    /// <summary>The first SMTP reply code in the words, 4xx or 5xx; null when there is none.</summary>
    public static int? ReplyCode(string words)
    {
        for (var i = 0; i + 2 < words.Length; i++)
        {
            if (words[i] is '4' or '5' && words[i + 1] is >= '0' and <= '5' && char.IsAsciiDigit(words[i + 2]) && (i == 0 || !IsPart(words[i - 1])) && (i + 3 == words.Length || words[i + 3] is ' ' or '-' or '#' or ':'))
                return (words[i] - '0') * 100 + (words[i + 1] - '0') * 10 + words[i + 2] - '0';
        }
        return null;

        static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '/' or '_' or '@';
    }
}
