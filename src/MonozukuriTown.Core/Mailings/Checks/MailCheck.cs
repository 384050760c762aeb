using System.Net;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Mail;
using MonozukuriTown.Mail.Smtp;

namespace MonozukuriTown.Core.Mailings.Checks;

public enum FindingLevel
{
    Good,

    /// <summary>Some receivers dislike it.</summary>
    Doubtful,

    /// <summary>Mail is refused or ends among the spam for it.</summary>
    Bad,

    /// <summary>Not to be said from what is at hand.</summary>
    Unknown,
}

public sealed record Finding(FindingLevel Level, string Words);

/// <summary>
/// What a receiver would say of mail from this configuration: its settings, and the DNS answers given to it. It asks no server anything.
/// </summary>
public sealed class MailCheck(MailOptions mail, TownOptions town, DnsAnswers? dns)
{
    private static readonly string[] NobodyReads = ["noreply", "no-reply", "donotreply", "do-not-reply"];

    private readonly List<Finding> _findings = [];
    private readonly HashSet<(string Name, string Type)> _open = [];

    /// <summary>Questions whose answers would tell more: name and type.</summary>
    public IReadOnlyCollection<(string Name, string Type)> Open => _open;

    public IReadOnlyList<Finding> Run()
    {
        Settings();
        if (mail.ToFolder || !EmailAddress.TryParse(mail.From, out var from))
            return _findings;
        var back = EmailAddress.TryParse(mail.Bounce, out var bounce) ? bounce.Domain : from.Domain;
        var senders = Senders();
        Spf(back, senders);
        Alignment(from.Domain, back);
        Dmarc(from.Domain);
        Dkim(from.Domain);
        MailServer(back, "戻り先（Mail:Bounce）", "不達の知らせが届かず、届かないアドレスに送り続けることになります。");
        if (EmailAddress.TryParse(mail.ReplyTo, out var reply) && !Same(reply.Domain, back))
            MailServer(reply.Domain, "返信先（Mail:ReplyTo）", "返信が届きません。");
        foreach (var sender in senders)
            Names(sender);
        return _findings;
    }

    private void Settings()
    {
        if (mail.ToFolder)
            Say(FindingLevel.Bad, $"送信サーバー（Mail:Server:Host）が決まっていないので、メールは外へ出ず、{mail.PickupFolder} に置かれます。");
        if (!Uri.TryCreate(town.BaseUrl, UriKind.Absolute, out var home) || !Same(home.Scheme, Uri.UriSchemeHttps))
            Say(FindingLevel.Bad, $"Town:BaseUrl が https ではありません（{town.BaseUrl}）。ワンクリックの配信停止は https だけが認められ、http のリンクは怪しまれます。");
        else
            Say(FindingLevel.Good, $"リンクと配信停止は https です（{town.BaseUrl}）。");
        if (mail.From.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase))
            Say(FindingLevel.Bad, "Mail:From が決まっていません。SPF と DKIM で送信サーバーを認めたドメインのアドレスにします。");
        var reply = mail.ReplyTo.Split('@')[0];
        if (mail.ReplyTo.Length == 0)
            Say(FindingLevel.Bad, "Mail:ReplyTo が決まっていません。担当課が読む受信箱にします。");
        else if (NobodyReads.Contains(reply, StringComparer.OrdinalIgnoreCase))
            Say(FindingLevel.Doubtful, $"返信先 {mail.ReplyTo} は、だれも読まない受信箱に見えます。担当課が読む受信箱にします。");
        if (mail.Bounce.Length == 0)
            Say(FindingLevel.Bad, "Mail:Bounce が決まっていません。届かないアドレスがわからず、送り続けることになります。");
        if (town.PostalAddress.Length == 0)
            Say(FindingLevel.Doubtful, "Town:PostalAddress が空です。配信の文末に、送り主の住所が載りません。");
        if (mail.ContactPerson.Length == 0)
            Say(FindingLevel.Doubtful, "Mail:ContactPerson が空です。メールの文末に、担当者の名前が載りません。");
        if (!mail.ToFolder && mail.Server.Security == SmtpSecurity.None && !IsHere(mail.Server.Host))
            Say(FindingLevel.Doubtful, $"送信サーバー {mail.Server.Host} への道が暗号化されていません（Mail:Server:Security が None）。");
    }

    // Where the relay sends from. Its own name's addresses, unless the operator's differ.
    private List<IPAddress> Senders()
    {
        List<IPAddress> found = [.. mail.Server.SendsFrom.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(a => IPAddress.TryParse(a, out var address) ? address : null).OfType<IPAddress>()];
        if (found.Count > 0)
            return found;
        foreach (var type in new[] { "A", "AAAA" })
        {
            if (Answers(mail.Server.Host, type) is { } values)
                found.AddRange(values.Select(v => IPAddress.TryParse(v, out var address) ? address : null).OfType<IPAddress>());
        }
        return found;
    }

    private void Spf(string domain, List<IPAddress> senders)
    {
        if (Answers(domain, "TXT") is null)
        {
            Say(FindingLevel.Unknown, $"SPF：{domain} の TXT を調べていません。");
            return;
        }
        if (senders.Count == 0)
            Say(FindingLevel.Unknown, "SPF：送信サーバーの IP アドレスがわかりません。Mail:Server:SendsFrom に書くと、認められているかを調べます。");
        foreach (var sender in senders)
        {
            var spf = new SpfRecord(dns!);
            var (level, words) = spf.Judge(domain, sender) switch
            {
                SpfVerdict.Pass when spf.AllowsAnybody => (FindingLevel.Bad, $"{domain} の SPF は、だれからの送信も認めています（+all）。無いのと同じに扱われます。"),
                SpfVerdict.Pass => (FindingLevel.Good, $"{domain} の SPF は、送信サーバー {sender} を認めています。"),
                SpfVerdict.None => (FindingLevel.Bad, $"{domain} に SPF がありません。TXT に v=spf1 で、送信サーバーを書きます。"),
                SpfVerdict.Broken => (FindingLevel.Bad, $"{domain} の SPF が正しくありません（2つある、読めない、参照が10回を超える、など）。"),
                SpfVerdict.Unknown => (FindingLevel.Unknown, $"{domain} の SPF は、まだ調べていない名前につづいています。"),
                SpfVerdict.Neutral => (FindingLevel.Bad, $"{domain} の SPF は、送信サーバー {sender} を認めるとも認めないとも言っていません。"),
                var refused => (FindingLevel.Bad, $"{domain} の SPF は、送信サーバー {sender} を認めていません（{(refused == SpfVerdict.Fail ? "-all" : "~all")}）。include か ip4 で足します。"),
            };
            _open.UnionWith(spf.Open);
            Say(level, "SPF：" + words);
        }
    }

    private void Alignment(string from, string back)
    {
        if (SameHouse(from, back))
            Say(FindingLevel.Good, $"差出人（{from}）と戻り先（{back}）のドメインがそろっているので、SPF で DMARC を満たせます。");
        else
            Say(FindingLevel.Doubtful, $"差出人（{from}）と戻り先（{back}）のドメインが違うので、SPF では DMARC を満たせません。DKIM の署名が {from} のものでなければなりません。");
    }

    private void Dmarc(string from)
    {
        IReadOnlyList<string>? texts = null;
        // The domain's own, or that of the one above it, up to two labels.
        for (var name = from; name.Contains('.', StringComparison.Ordinal); name = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            texts = Answers("_dmarc." + name, "TXT");
            if (texts is null)
            {
                Say(FindingLevel.Unknown, $"DMARC：_dmarc.{name} の TXT を調べていません。");
                return;
            }
            var records = texts.Where(t => t.StartsWith("v=DMARC1", StringComparison.Ordinal)).ToList();
            if (records.Count == 0)
                continue;
            var policy = Tag(records[0], "p");
            Say(records.Count > 1 || policy is null ? FindingLevel.Bad : FindingLevel.Good, records.Count > 1 ? $"DMARC：_dmarc.{name} に2つあるので、無いのと同じです。"
                : policy is null ? $"DMARC：_dmarc.{name} に p= がありません。" : $"DMARC：_dmarc.{name} の方針は p={policy} です。");
            if (policy is "none" && Tag(records[0], "rua") is null)
                Say(FindingLevel.Doubtful, "DMARC：p=none で報告先（rua）もないので、なりすましを止めも見もしません。");
            return;
        }
        Say(FindingLevel.Bad, $"DMARC：_dmarc.{from} がありません。大手の受信側は、まとまった数のメールに DMARC を求めます。");
    }

    private void Dkim(string from)
    {
        if (mail.DkimSelector.Length == 0)
        {
            Say(FindingLevel.Unknown, "DKIM：Mail:DkimSelector が空です。署名は送信サーバーがするので、その選択子（セレクター）の名前を書くと、鍵が公開されているかを調べます。");
            return;
        }
        var name = $"{mail.DkimSelector}._domainkey.{from}";
        if (Answers(name, "TXT") is not { } texts)
        {
            Say(FindingLevel.Unknown, $"DKIM：{name} の TXT を調べていません。");
            return;
        }
        var key = texts.Select(t => Tag(t, "p")).FirstOrDefault(p => p is not null);
        Say(key is { Length: > 0 } ? FindingLevel.Good : FindingLevel.Bad,
            key is null ? $"DKIM：{name} に鍵がありません。" : key.Length == 0 ? $"DKIM：{name} の鍵は取り消されています（p= が空）。" : $"DKIM：{name} に鍵があります。送信サーバーが {from} の名で署名することを確かめてください。");
    }

    private void MailServer(string domain, string what, string otherwise)
    {
        if (Answers(domain, "MX") is not { } servers)
            Say(FindingLevel.Unknown, $"{what} {domain} の MX を調べていません。");
        else if (servers.Count == 0 || servers.Any(s => s.Split(' ')[^1] is "."))
            Say(FindingLevel.Bad, $"{what} {domain} はメールを受け取りません（MX がない）。{otherwise}");
        else
            Say(FindingLevel.Good, $"{what} {domain} は {servers[0].Split(' ')[^1].TrimEnd('.')} がメールを受け取ります。");
    }

    // A receiver asks who the address is, and whether the name says the same.
    private void Names(IPAddress sender)
    {
        if (Answers(DnsAnswers.Reverse(sender), "PTR") is not { } names)
        {
            Say(FindingLevel.Unknown, $"{sender} の逆引き（PTR）を調べていません。");
            return;
        }
        if (names.Count == 0)
        {
            Say(FindingLevel.Bad, $"{sender} に逆引き（PTR）がありません。多くの受信側が断ります。送信サーバーの持ち主に頼みます。");
            return;
        }
        var name = names[0].TrimEnd('.');
        if (Answers(name, sender.GetAddressBytes().Length == 4 ? "A" : "AAAA") is not { } addresses)
            Say(FindingLevel.Unknown, $"{sender} の逆引きは {name} ですが、その名前のアドレスを調べていません。");
        else if (addresses.Any(a => IPAddress.TryParse(a, out var address) && address.Equals(sender)))
            Say(FindingLevel.Good, $"{sender} の逆引きは {name} で、その名前も同じアドレスを指します。送信サーバーの HELO もこの名前にします。");
        else
            Say(FindingLevel.Bad, $"{sender} の逆引きは {name} ですが、その名前は {sender} を指していません。");
    }

    private IReadOnlyList<string>? Answers(string name, string type)
    {
        if (dns?.Find(name, type) is { } found)
            return found;
        _open.Add((name, type));
        return null;
    }

    private void Say(FindingLevel level, string words) => _findings.Add(new(level, words));

    private static string? Tag(string record, string name) => record.Split(';').Select(t => t.Split('=', 2, StringSplitOptions.TrimEntries))
        .FirstOrDefault(t => t.Length == 2 && string.Equals(t[0], name, StringComparison.OrdinalIgnoreCase))?[1].Replace(" ", "", StringComparison.Ordinal);

    // Relaxed alignment without a list of public suffixes: one is the other, or below it.
    private static bool SameHouse(string one, string other) =>
        Same(one, other) || one.EndsWith("." + other, StringComparison.Ordinal) || other.EndsWith("." + one, StringComparison.Ordinal) || (Parent(one) is { } parent && Same(parent, Parent(other)));

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);

    private static string? Parent(string domain) => domain.Split('.') is { Length: > 3 } labels ? string.Join('.', labels[^3..]) : null;

    private static bool IsHere(string host) => host is "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
