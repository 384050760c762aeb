using System.Globalization;
using System.Text;
using MonozukuriTown.Mail.Tests.Support;
using static MonozukuriTown.Mail.Tests.Support.Samples;

namespace MonozukuriTown.Mail.Tests;

public class MimeWriterTests
{
    private static ParsedMail Written(MailMessage message)
    {
        var octets = Octets(message);
        var parsed = Python.Read(octets);
        Assert.Empty(parsed.Defects);
        Assert.Equal(0, parsed.Bare);
        Assert.True(parsed.Longest <= 998, $"a line of {parsed.Longest} octets");
        return parsed;
    }

    [Fact]
    public void Write_TextAlone_IsReadBack()
    {
        var mail = Written(Message(text: "こんにちは。\n①㈱髙﨑製作所　〜 ✨👨‍👩‍👧\n.\n.. 点の行\nおわり"));
        var part = Assert.Single(mail.Parts);
        Assert.Equal("text/plain", part.Type);
        Assert.Equal("こんにちは。\r\n①㈱髙﨑製作所　〜 ✨👨‍👩‍👧\r\n.\r\n.. 点の行\r\nおわり", part.Text);
        Assert.Equal("定例会のご案内", mail["Subject"]);
        Assert.Equal("ものづくりタウン", mail.From[0].Name);
        Assert.Equal("株式会社研磨 山田太郎様", mail.To[0].Name);
        Assert.Equal("Fri, 20 Nov 2026 09:30:00 +0900", mail["Date"]);
        Assert.Equal("<1.abc@mail.example.jp>", mail["Message-ID"]);
    }

    [Fact]
    public void Write_HtmlCalendarAndFiles_NestsAsReadersExpect()
    {
        var file = Enumerable.Range(0, 5000).Select(i => (byte)(i * 7)).ToArray();
        var mail = Written(Message(html: "<p>本文 <b>太字</b></p>") with
        {
            Calendar = new("REQUEST", "BEGIN:VCALENDAR\r\nSUMMARY:定例会\r\nEND:VCALENDAR\r\n"),
            Attachments = [new("定例会資料（第3回）髙﨑.pdf", "application/pdf", file), new("plain name.txt", "text/plain", Encoding.UTF8.GetBytes("x"))],
        });
        Assert.Equal(
            ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/pdf", "text/plain"],
            mail.Parts.Select(part => part.Type));
        Assert.Equal("REQUEST", mail.Parts[4].Method);
        Assert.Contains("SUMMARY:定例会", mail.Parts[4].Text, StringComparison.Ordinal);
        Assert.Equal("定例会資料（第3回）髙﨑.pdf", mail.Parts[5].Name);
        Assert.Equal(Convert.ToHexStringLower(file), mail.Parts[5].Bytes);
        Assert.Equal("plain name.txt", mail.Parts[6].Name);
    }

    [Fact]
    public void Write_SubjectOfTenThousandCharacters_FoldsAndIsReadBack()
    {
        var subject = string.Concat(Enumerable.Range(0, 2500).Select(i => i % 3 == 0 ? "髙①㈱✨" : "研磨加工"));
        var mail = Written(Message(subject));
        Assert.Equal(subject, mail["Subject"]);
        Assert.True(mail.Longest <= 78, $"a line of {mail.Longest} octets");
    }

    [Theory]
    [InlineData("Plain ASCII subject")]
    [InlineData("two  spaces and =?UTF-8?B?44GC?= that only looks encoded")]
    [InlineData("👨‍👩‍👧‍👦🏭 絵文字と①㈱髙﨑")]
    [InlineData("A subject in plain ASCII that is so long that its words must stand on more than one line of the header, at least on two")]
    [InlineData("")]
    public void Write_Subject_IsReadBack(string subject) => Assert.Equal(subject, Written(Message(subject))["Subject"]);

    [Fact]
    public void Write_LongAsciiWordInSubject_IsReadBack()
    {
        var subject = new string('x', 3000);
        Assert.Equal(subject, Written(Message(subject))["Subject"]);
    }

    [Theory]
    [InlineData("件名\r\nBcc: victim@example.jp")]
    [InlineData("subject\nBcc: victim@example.jp\n\nbody")]
    [InlineData("subject\rBcc: victim@example.jp")]
    [InlineData("subject\u2028Bcc: victim@example.jp\0")]
    public void Write_LineBreakInSubject_StartsNoHeader(string subject)
    {
        var mail = Written(Message(subject));
        Assert.DoesNotContain(mail.Headers, header => header[0] == "Bcc");
        Assert.Contains("Bcc: victim@example.jp", mail["Subject"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Smith, John (\"Jack\")", "Smith, John (\"Jack\")")]
    [InlineData("a\\b; c", "a\\b; c")]
    [InlineData("山田\r\nBcc: x@example.jp", "山田 Bcc: x@example.jp")]
    [InlineData("", "")]
    public void Write_DisplayName_IsReadBack(string name, string read)
    {
        var mail = Written(Message() with { To = [new(name, Address("a@example.jp")), new("次の人", Address("b@example.jp"))] });
        Assert.Equal(read, mail.To[0].Name);
        Assert.Equal("次の人", mail.To[1].Name);
        Assert.DoesNotContain(mail.Headers, header => header[0] == "Bcc");
    }

    [Fact]
    public void Write_VeryLongNames_FoldAndAreReadBack()
    {
        var ascii = string.Join(' ', Enumerable.Repeat("Word, (x)", 400));
        var kanji = string.Concat(Enumerable.Repeat("株式会社○○○製作所", 100));
        var mail = Written(Message() with { To = [new(ascii, Address("a@example.jp"))], ReplyTo = new(kanji, Address("b@example.jp")) });
        // Python's newer header parser keeps the space between encoded words of a name, against RFC 2047; its older one doesn't.
        Assert.Equal($"{ascii} <a@example.jp>", mail.Decoded["To"]);
        Assert.Equal($"{kanji} <b@example.jp>", mail.Decoded["Reply-To"]);
    }

    [Fact]
    public void Write_OldMobileAddress_StandsInQuotes()
    {
        var mail = Written(Message() with { To = [new("", Address("a..b@docomo.example.jp"))] });
        Assert.Equal("a..b", mail.To[0].Local);
    }

    [Fact]
    public void Write_LineOf998OctetsAndMore_StaysWithinTheLimit()
    {
        var fits = new string('a', 998);
        var tooLong = new string('b', 999);
        Assert.Equal(fits + "\r\n.\r\n", Written(Message(text: fits + "\n.\n")).Parts[0].Text);
        Assert.Equal(tooLong, Written(Message(text: tooLong)).Parts[0].Text);
        Assert.Equal(998, Python.Read(Octets(Message(text: fits))).Longest);
    }

    [Fact]
    public void Estimate_OfAnyMessage_IsNoLessThanItIsAndNotMuchMore()
    {
        foreach (var message in DifficultMessages.All())
        {
            var octets = Octets(message).Length;
            Assert.InRange(MimeWriter.Estimate(message), octets, octets * 2.2 + 4000);
        }
    }

    [Fact]
    public void Write_ControlCharactersInBody_SurviveEncoded() =>
        Assert.Equal("a\0b\u001Bc", Written(Message(text: "a\0b\u001Bc")).Parts[0].Text);

    [Fact]
    public void Write_LoneSurrogate_BecomesReplacementCharacter()
    {
        var mail = Written(Message("件名\uD83D終", "本文\uDE00終"));
        Assert.Equal("件名\uFFFD終", mail["Subject"]);
        Assert.Equal("本文\uFFFD終", mail.Parts[0].Text);
    }

    [Fact]
    public void Write_ListHeaders_StayUnencodedHoweverLong()
    {
        var link = $"<https://town.example.jp/u/{new string('t', 120)}>";
        var mail = Written(Message() with
        {
            Headers = [new("List-Unsubscribe", link), new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"), new("Auto-Submitted", "auto-generated")],
        });
        Assert.Equal(link, mail["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", mail["List-Unsubscribe-Post"]);
    }

    [Theory]
    [InlineData("X-A\r\nBcc", "v")]
    [InlineData("X-A", "v\r\nBcc: x@example.jp")]
    [InlineData("Subject", "second")]
    [InlineData("X A", "v")]
    public void Write_UnsafeHeader_IsRefused(string name, string value) =>
        Assert.Throws<ArgumentException>(() => Octets(Message() with { Headers = [new(name, value)] }));

    [Fact]
    public void Write_UnsafeIdTypeOrMethod_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Octets(Message() with { MessageId = "<a@b>\r\nBcc: x" }));
        Assert.Throws<ArgumentException>(() => Octets(Message() with { Attachments = [new("a", "text/plain\r\nX: y", default)] }));
        Assert.Throws<ArgumentException>(() => Octets(Message() with { Calendar = new("REQUEST\r\nX: y", "") }));
    }

    [Fact]
    public void Write_NastyFileNames_AreReadBack()
    {
        string[] names = ["見積書\"2026\";copy.pdf", "a\r\nb.txt", new string('長', 200) + ".xlsx", "100%=ok's.txt", "..\\..\\x.txt"];
        var mail = Written(Message() with { Attachments = [.. names.Select(name => new MailAttachment(name, "application/octet-stream", default))] });
        Assert.Equal(names.Select(name => name.Replace("\r\n", " ", StringComparison.Ordinal)), mail.Parts.Skip(2).Select(part => part.Name));
    }

    [Fact]
    public void Write_Base64_HasLinesOf76Columns()
    {
        var lines = Encoding.ASCII.GetString(Octets(Message(text: new string('あ', 3000)))).Split("\r\n\r\n", 2)[1].Split("\r\n");
        Assert.All(lines[..^2], line => Assert.Equal(76, line.Length));
    }

    [Fact]
    public void Write_AnyText_ReadsBackWithOwnReaderToo()
    {
        var random = new Random(20261120);
        for (var round = 0; round < 300; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 200)).Select(_ => RandomRune(random)));
            var subject = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            var message = Message(subject, text, $"<p>{round.ToString(CultureInfo.InvariantCulture)}</p>") with { Attachments = [new(subject + ".txt", "text/plain", Encoding.UTF8.GetBytes(text))] };
            var read = MimeReader.Read(Octets(message));
            Assert.Equal(HeaderTokens.OneLine(subject), read["Subject"]);
            Assert.Equal(HeaderTokens.OneLine(subject + ".txt"), read.All().Last().FileName);
            Assert.Equal(text, read.All().Last().Text);
            var body = read.Find("text/plain")!.Text;
            var lines = text.ReplaceLineEndings("\r\n");
            Assert.Equal(Ascii.IsValid(lines) && !lines.EndsWith("\r\n", StringComparison.Ordinal) ? lines + "\r\n" : lines, body);
        }
    }

    private static string RandomRune(Random random) => random.Next(6) switch
    {
        0 => ((char)random.Next(0x20, 0x7F)).ToString(),
        1 => ((char)random.Next(0x4E00, 0x9FFF)).ToString(),
        2 => ((char)random.Next(0x3041, 0x30FE)).ToString(),
        3 => char.ConvertFromUtf32(random.Next(0x1F300, 0x1F6FF)),
        4 => " ",
        _ => "\n",
    };
}
