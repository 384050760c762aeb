using System.Text;
using static MonozukuriTown.Mail.Tests.Support.Samples;

namespace MonozukuriTown.Mail.Tests.Support;

/// <summary>Messages that break mail programs, and what another implementation must read in each once it has travelled.</summary>
internal static class DifficultMessages
{
    private const string Letters = "①②㈱㈲髙﨑㍻㎜№℡〜～−－ｶﾞ𠮷👨‍👩‍👧🇯🇵✨ é ß";

    public static IEnumerable<MailMessage> All()
    {
        yield return Message(Letters, Letters + "\n", $"<p>{Letters}</p>");
        yield return Message(string.Concat(Enumerable.Repeat("髙①㈱✨研磨加工", 1250)), "十万文字ではなく一万文字の件名");
        yield return Message(string.Concat(Enumerable.Repeat("👨‍👩‍👧🏭", 1000)));
        yield return Message(new string('x', 10_000));
        yield return Message(string.Join(' ', Enumerable.Repeat("word", 2000)));
        yield return Message("two  spaces and =?UTF-8?B?44GC?= that only looks encoded");
        yield return Message("");
        foreach (var injection in new[] { "\r\n", "\n", "\r", "\u2028", "\r\n\r\n", "\0\r\n" })
        {
            yield return Message($"件名{injection}Bcc: victim@example.jp") with
            {
                From = new($"差出人{injection}Bcc: victim@example.jp", Address("town@mail.example.jp")),
                ReplyTo = new($"Reply{injection}Bcc: victim@example.jp", Address("town@mail.example.jp")),
                To = [new($"宛先{injection}Bcc: victim@example.jp", Address("yamada@kenma.example.jp"))],
                Attachments = [new($"a{injection}Bcc: victim@example.jp.txt", "text/plain", "x"u8.ToArray())],
            };
        }
        foreach (var name in new[] { "Smith, John (\"Jack\") <x@example.jp>", "a\\b; c", "株式会社○○製作所 大阪事業本部 購買部 第二購買課 課長 山田太郎 様", "=?UTF-8?B?44GC?= bare", new string('長', 300), "" })
            yield return Message() with { To = [new(name, Address("a@example.jp")), new("次の人", Address("b@example.jp"))] };
        yield return Message() with { To = [.. Enumerable.Range(0, 60).Select(i => new Mailbox($"会員{i}", Address($"kaiin{i}@example.jp")))] };
        yield return Message() with { To = [new("携帯", Address("a..b.@docomo.example.jp")), new("", Address(".c@docomo.example.jp"))] };

        foreach (var text in new[]
        {
            ".", ".\n", "first\n.\n..\n...\n.x\n\n.\nlast", "\n\n\nbegins empty", "ends empty\n\n\n", "From the start\n>From\nFrom here\n", "tab\there  \ntrailing spaces   \n", "a\r\nb\rc\nd",
            new string('a', 998), new string('a', 999), new string('a', 998) + "\n.\n" + new string('b', 998), new string('c', 10_000), new string('あ', 5_000), string.Join('\n', Enumerable.Repeat(new string('d', 900), 50)),
            "--=_0123456789\n--=_0123456789--\nContent-Type: text/html\n\n<b>", "= =3D =\n=", "control \u0001\u001B[31m\u007F", "BEGIN:VCALENDAR", "", "soft\u00ADhyphen \u200Bzero \uFEFFbom \u202Eright",
        })
            yield return Message(text: text, html: text.Length % 2 == 0 ? $"<pre>{text}</pre>" : null);

        var octets = Enumerable.Range(0, 70_000).Select(i => (byte)(i * 7)).ToArray();
        yield return Message(html: "<p>会議</p>") with
        {
            Calendar = new("REQUEST", $"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:{Letters}\r\nEND:VCALENDAR\r\n", "invite.ics"),
            Attachments = [new("定例会資料（第3回）髙﨑.pdf", "application/pdf", octets), new("empty.bin", "application/octet-stream", default), new("one", "text/plain", new byte[] { 0 })],
        };
        yield return Message() with { Calendar = new("CANCEL", "BEGIN:VCALENDAR\nEND:VCALENDAR\n") };
        string[] names = ["見積書\"2026\";copy.pdf", new string('長', 200) + ".xlsx", "100%=ok's.txt", "..\\..\\x.txt", "a b  c.txt", "naïve—ファイル🏭.pdf", "=?UTF-8?B?44GC?=.txt"];
        yield return Message() with { Attachments = [.. names.Select(name => new MailAttachment(name, "application/octet-stream", Encoding.UTF8.GetBytes(name)))] };
        yield return Message() with
        {
            Headers =
            [
                new("List-Unsubscribe", $"<https://town.example.jp/u/{new string('t', 300)}>"), new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
                new("Auto-Submitted", "auto-generated"), new("Precedence", "bulk"), new("X-Town", "研磨①"),
            ],
        };
    }

    /// <summary>What a stranger's parser read is what was meant.</summary>
    public static void Same(MailMessage sent, ParsedMail read)
    {
        Assert.Empty(read.Defects);
        Assert.True(read.Longest <= 998, $"a line of {read.Longest} octets");
        Assert.Equal(HeaderTokens.OneLine(sent.Subject), read["Subject"]);
        Assert.Equal(sent.MessageId, read["Message-ID"]);
        Assert.DoesNotContain(read.Headers, header => header[0].Equals("Bcc", StringComparison.OrdinalIgnoreCase));
        Assert.Equal([HeaderTokens.OneLine(sent.From.Name)], read.Names["From"]);
        Assert.Equal(sent.ReplyTo is { } replyTo ? [HeaderTokens.OneLine(replyTo.Name)] : [], read.Names["Reply-To"]);
        Assert.Equal(sent.To.Select(to => HeaderTokens.OneLine(to.Name)), read.Names["To"]);
        Assert.Equal(sent.To.Select(to => to.Address.Local), read.To.Select(to => to.Local));
        Assert.Equal(sent.To.Select(to => to.Address.Domain), read.To.Select(to => to.Domain));
        foreach (var header in sent.Headers)
            Assert.Equal(header.Value, read[header.Name]);

        var leaves = read.Parts.Where(part => part.Bytes is not null).ToList();
        var calendar = sent.Calendar is { } c ? 1 : 0;
        var bodies = leaves.Take(1 + (sent.Html is null ? 0 : 1) + calendar).ToList();
        Assert.Equal("text/plain", bodies[0].Type);
        Assert.Equal(Lines(sent.Text), Lines(bodies[0].Text!));
        if (sent.Html is { } html)
        {
            Assert.Equal("text/html", bodies[1].Type);
            Assert.Equal(Lines(html), Lines(bodies[1].Text!));
        }
        if (sent.Calendar is { } invitation)
        {
            Assert.Equal(("text/calendar", invitation.Method), (bodies[^1].Type, bodies[^1].Method));
            Assert.Equal(Lines(invitation.Text), Lines(bodies[^1].Text!));
        }
        var files = leaves.Skip(bodies.Count).ToList();
        Assert.Equal(sent.Files.Select(file => (file.ContentType, (string?)HeaderTokens.OneLine(file.FileName), (string?)Convert.ToHexStringLower(file.Content.Span))), files.Select(file => (file.Type, file.Name, file.Bytes)));
    }

    // A mail's text ends with a line break whether it was typed or not.
    private static string Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n');
}
