using System.Diagnostics;
using System.Text.Json;

namespace MonozukuriTown.Mail.Tests.Support;

/// <summary>What another implementation, Python's <c>email</c>, reads in the octets we wrote.</summary>
internal static class Python
{
    private const string Script = """
        import email, email.header, email.policy, email.utils, json, sys
        raw = sys.stdin.buffer.read()
        m = email.message_from_bytes(raw, policy=email.policy.default)
        parts, defects = [], [type(d).__name__ for d in m.defects]
        for p in m.walk():
            defects += [type(d).__name__ for d in p.defects]
            for k, v in p.items():
                defects += [k + ":" + type(d).__name__ for d in getattr(v, "defects", [])]
            if p.is_multipart():
                parts.append({"type": p.get_content_type(), "name": None, "text": None, "bytes": None, "method": None})
                continue
            body = p.get_payload(decode=True)
            text = body.decode(p.get_content_charset() or "utf-8") if p.get_content_maintype() == "text" else None
            parts.append({"type": p.get_content_type(), "name": p.get_filename(), "text": text,
                          "bytes": body.hex(), "method": p["Content-Type"].params.get("method")})
        def boxes(h):
            return [] if m[h] is None else [{"name": a.display_name, "local": a.username, "domain": a.domain} for a in m[h].addresses]
        old = email.message_from_bytes(raw)
        decoded = {k: str(email.header.make_header(email.header.decode_header(v))) for k, v in old.items()}
        def names(h):
            return [str(email.header.make_header(email.header.decode_header(n))) for n, _ in email.utils.getaddresses(old.get_all(h, []))]
        print(json.dumps({"headers": [[k, str(v)] for k, v in m.items()], "parts": parts, "decoded": decoded, "defects": defects,
                          "from": boxes("From"), "to": boxes("To"), "replyTo": boxes("Reply-To"),
                          "names": {h: names(h) for h in ("From", "To", "Reply-To")},
                          "longest": max(len(l.rstrip(b"\r")) for l in raw.split(b"\n")),
                          "bare": raw.replace(b"\r\n", b"").count(b"\n") + raw.replace(b"\r\n", b"").count(b"\r")}))
        """;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static ParsedMail Read(ReadOnlySpan<byte> message)
    {
        var start = new ProcessStartInfo("python3", ["-c", Script])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PYTHONIOENCODING"] = "utf-8:surrogatepass" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(message);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return JsonSerializer.Deserialize<ParsedMail>(output.Result, Options)!;
    }
}

internal sealed record ParsedMail(
    string[][] Headers, Dictionary<string, string> Decoded, ParsedPart[] Parts, string[] Defects, ParsedBox[] From, ParsedBox[] To, ParsedBox[] ReplyTo, Dictionary<string, string[]> Names, int Longest, int Bare)
{
    public string this[string name] => Headers.Single(header => string.Equals(header[0], name, StringComparison.OrdinalIgnoreCase))[1];
}

internal sealed record ParsedPart(string Type, string? Name, string? Text, string? Bytes, string? Method);

internal sealed record ParsedBox(string Name, string Local, string Domain);
