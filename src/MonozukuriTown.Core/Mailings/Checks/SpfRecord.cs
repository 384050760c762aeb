using System.Globalization;
using System.Net;

namespace MonozukuriTown.Core.Mailings.Checks;

public enum SpfVerdict
{
    /// <summary>The domain says nothing.</summary>
    None,
    Pass,
    Neutral,
    SoftFail,
    Fail,

    /// <summary>The record itself is wrong; a receiver counts it as a refusal.</summary>
    Broken,

    /// <summary>It leads to names nobody asked for.</summary>
    Unknown,
}

/// <summary>What a domain's SPF record (RFC 7208) says of one address, from answers that are at hand.</summary>
public sealed class SpfRecord(DnsAnswers dns)
{
    private const int LookupsMax = 10;
    private const string Start = "v=spf1";

    private int _lookups;

    /// <summary>Questions that are open: name and type.</summary>
    public HashSet<(string Name, string Type)> Open { get; } = [];

    /// <summary>The record ends with "anybody may": as good as none.</summary>
    public bool AllowsAnybody { get; private set; }

    public SpfVerdict Judge(string domain, IPAddress sender)
    {
        if (dns.Find(domain, "TXT") is not { } texts)
            return Ask(domain, "TXT");
        var records = texts.Where(t => t.Equals(Start, StringComparison.OrdinalIgnoreCase) || t.StartsWith(Start + " ", StringComparison.OrdinalIgnoreCase)).ToList();
        if (records.Count != 1)
            return records.Count == 0 ? SpfVerdict.None : SpfVerdict.Broken;
        string? redirect = null;
        foreach (var term in records[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            if (term.StartsWith("redirect=", StringComparison.OrdinalIgnoreCase))
            {
                redirect = term["redirect=".Length..];
                continue;
            }
            if (term.Contains('=', StringComparison.Ordinal))
                continue;
            var (sign, mechanism) = term[0] is '+' or '-' or '~' or '?' ? (term[0], term[1..]) : ('+', term);
            switch (Matches(domain, mechanism, sender))
            {
                case SpfVerdict.Pass:
                    AllowsAnybody |= sign == '+' && mechanism.Equals("all", StringComparison.OrdinalIgnoreCase);
                    return sign switch { '-' => SpfVerdict.Fail, '~' => SpfVerdict.SoftFail, '?' => SpfVerdict.Neutral, _ => SpfVerdict.Pass };
                case SpfVerdict.Broken:
                    return SpfVerdict.Broken;
                case SpfVerdict.Unknown:
                    return SpfVerdict.Unknown;
            }
        }
        if (redirect is null)
            return SpfVerdict.Neutral;
        return ++_lookups > LookupsMax ? SpfVerdict.Broken : Judge(redirect, sender) is var other && other == SpfVerdict.None ? SpfVerdict.Broken : other;
    }

    // Pass: it matches; Neutral: it doesn't.
    private SpfVerdict Matches(string domain, string mechanism, IPAddress sender)
    {
        var colon = mechanism.IndexOf(':', StringComparison.Ordinal);
        var name = (colon < 0 ? mechanism.Split('/')[0] : mechanism[..colon]).ToLowerInvariant();
        var value = colon < 0 ? "" : mechanism[(colon + 1)..];
        if (name is "include" or "a" or "mx" or "exists" or "ptr" && ++_lookups > LookupsMax)
            return SpfVerdict.Broken;
        var host = value.Split('/')[0] is { Length: > 0 } named ? named : domain;
        return name switch
        {
            "all" => SpfVerdict.Pass,
            "ip4" or "ip6" => InNetwork(value, sender),
            "a" => HasAddress(host, sender),
            "mx" => HasMailServer(host, sender),
            "include" => Judge(value, sender) switch
            {
                SpfVerdict.Pass => SpfVerdict.Pass,
                SpfVerdict.None or SpfVerdict.Broken => SpfVerdict.Broken,
                SpfVerdict.Unknown => SpfVerdict.Unknown,
                _ => SpfVerdict.Neutral,
            },
            // Rare, and not to be answered from a list of records.
            "ptr" or "exists" => SpfVerdict.Neutral,
            _ => SpfVerdict.Broken,
        };
    }

    private static SpfVerdict InNetwork(string value, IPAddress sender)
    {
        if (IPAddress.TryParse(value, out var single))
            return single.Equals(sender) ? SpfVerdict.Pass : SpfVerdict.Neutral;
        // 192.0.2.7/24 is written by people and read by receivers; the bits behind the mask count for nothing.
        return value.Split('/') is [var address, var length] && IPAddress.TryParse(address, out var start) && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            ? Same(start, sender, bits)
            : SpfVerdict.Broken;
    }

    private static SpfVerdict Same(IPAddress network, IPAddress sender, int bits)
    {
        byte[] one = network.GetAddressBytes(), other = sender.GetAddressBytes();
        if (bits < 0 || bits > one.Length * 8)
            return SpfVerdict.Broken;
        if (one.Length != other.Length)
            return SpfVerdict.Neutral;
        for (var i = 0; i < bits; i++)
        {
            if (((one[i / 8] ^ other[i / 8]) & (0x80 >> (i % 8))) != 0)
                return SpfVerdict.Neutral;
        }
        return SpfVerdict.Pass;
    }

    private SpfVerdict HasAddress(string host, IPAddress sender)
    {
        var type = sender.GetAddressBytes().Length == 4 ? "A" : "AAAA";
        if (dns.Find(host, type) is not { } addresses)
            return Ask(host, type);
        return addresses.Any(a => IPAddress.TryParse(a, out var address) && address.Equals(sender)) ? SpfVerdict.Pass : SpfVerdict.Neutral;
    }

    private SpfVerdict HasMailServer(string host, IPAddress sender)
    {
        if (dns.Find(host, "MX") is not { } servers)
            return Ask(host, "MX");
        var verdicts = servers.Select(s => HasAddress(s.Split(' ')[^1], sender)).ToList();
        return verdicts.Contains(SpfVerdict.Pass) ? SpfVerdict.Pass : verdicts.Contains(SpfVerdict.Unknown) ? SpfVerdict.Unknown : SpfVerdict.Neutral;
    }

    private SpfVerdict Ask(string name, string type)
    {
        Open.Add((name, type));
        return SpfVerdict.Unknown;
    }
}
