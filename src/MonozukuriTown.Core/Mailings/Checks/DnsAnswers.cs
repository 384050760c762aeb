using System.Net;
using System.Text;

namespace MonozukuriTown.Core.Mailings.Checks;

/// <summary>
/// Answers of the DNS as <c>dig +noall +answer</c> prints them, one record a line: <c>example.jp. 300 IN TXT "v=spf1 -all"</c>. A question whose name
/// and type stand in no line is one that nobody asked: <see cref="Find"/> says so with null.
/// </summary>
public sealed class DnsAnswers
{
    public const int LettersMax = 1_000_000;

    private static readonly string[] Types = ["A", "AAAA", "CNAME", "MX", "PTR", "TXT"];

    private readonly Dictionary<(string Name, string Type), List<string>> _records = [];

    public int Count => _records.Count;

    public static DnsAnswers Read(string text)
    {
        var answers = new DnsAnswers();
        foreach (var line in text.Split('\n'))
        {
            var words = line.Trim().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            // "; no answer: NAME TYPE" is how a question without an answer is written down.
            if (words is [";", "no", "answer:", var asked, var askedType])
                answers.Of(asked, askedType.ToUpperInvariant());
            if (words.Length < 3 || words[0].StartsWith(';'))
                continue;
            var type = Array.FindIndex(words, 1, word => Types.Contains(word, StringComparer.OrdinalIgnoreCase));
            if (type is < 1 or > 3 || type == words.Length - 1)
                continue;
            var kind = words[type].ToUpperInvariant();
            var value = kind is "TXT" ? Quoted(line) : string.Join(' ', words[(type + 1)..]);
            answers.Of(words[0], kind).Add(value);
        }
        return answers;
    }

    /// <summary>The values, aliases followed; empty: there are none; null: nobody asked.</summary>
    public IReadOnlyList<string>? Find(string name, string type)
    {
        var at = Name(name);
        for (var hops = 0; hops < 8; hops++)
        {
            if (_records.TryGetValue((at, type), out var found))
                return found;
            if (!_records.TryGetValue((at, "CNAME"), out var alias) || alias.Count == 0)
                return null;
            at = Name(alias[0]);
        }
        return null;
    }

    /// <summary>The name under which the owner of an address says what it is called.</summary>
    public static string Reverse(IPAddress address)
    {
        var octets = address.GetAddressBytes();
        return octets.Length == 4
            ? $"{octets[3]}.{octets[2]}.{octets[1]}.{octets[0]}.in-addr.arpa"
            : string.Join('.', Convert.ToHexStringLower(octets).Reverse()) + ".ip6.arpa";
    }

    private List<string> Of(string name, string type)
    {
        if (!_records.TryGetValue((Name(name), type), out var values))
            _records.Add((Name(name), type), values = []);
        return values;
    }

    private static string Name(string name) => name.TrimEnd('.').ToLowerInvariant();

    // A long text comes in several quoted pieces that belong together without a blank.
    private static string Quoted(string line)
    {
        var text = new StringBuilder();
        var inside = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\' && inside && i + 1 < line.Length)
                text.Append(line[++i]);
            else if (line[i] == '"')
                inside = !inside;
            else if (inside)
                text.Append(line[i]);
        }
        return text.ToString();
    }
}
