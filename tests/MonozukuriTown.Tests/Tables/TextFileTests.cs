using System.Text;
using MonozukuriTown.Core.Tables;

namespace MonozukuriTown.Tests.Tables;

public class TextFileTests
{
    private static readonly Encoding Cp932 = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    public static TheoryData<string> Texts => new(
        "会社名,電話番号\n株式会社銅鐸電極工業,06-0000-0001\n",
        "ｶﾌﾞｼｷｶﾞｲｼｬ,ﾄﾞｳﾀｸ\n",
        "①㈱髙﨑～－∥「」表ソ能",
        "±0.01,φ300\n平面度",
        "plain,ascii\n");

    [Theory]
    [MemberData(nameof(Texts))]
    public void Decode_EveryEncoding_GivesTheSameText(string text)
    {
        Assert.Equal(text, TextFile.Decode(new UTF8Encoding(false).GetBytes(text)).Text);
        Assert.Equal(text, TextFile.Decode((byte[])[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]).Text);
        Assert.Equal(text, TextFile.Decode((byte[])[0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)]).Text);
        // φ and the like exist in CP932 as full-width forms; what it can hold must come back.
        Assert.Equal(text.Contains('±', StringComparison.Ordinal) ? Cp932.GetString(Cp932.GetBytes(text)) : text, TextFile.Decode(Cp932.GetBytes(text)).Text);
    }

    [Fact]
    public void Decode_NamesWhatItFound()
    {
        Assert.Equal("UTF-8", TextFile.Decode("会社"u8.ToArray()).EncodingName);
        Assert.Equal("UTF-8（BOM付き）", TextFile.Decode((byte[])[0xEF, 0xBB, 0xBF, .. "会社"u8]).EncodingName);
        Assert.Equal("Shift_JIS（CP932）", TextFile.Decode(Cp932.GetBytes("会社")).EncodingName);
    }

    [Fact]
    public void Decode_EveryCp932Character_IsDetected()
    {
        // Each two-byte character alone between commas, which is the hardest case for a guess.
        for (var lead = 0x88; lead <= 0x9F; lead++)
        {
            for (var trail = 0x40; trail <= 0xFC; trail++)
            {
                byte[] bytes = [(byte)lead, (byte)trail];
                var text = Cp932.GetString(bytes);
                if (trail == 0x7F || !Cp932.GetBytes(text).AsSpan().SequenceEqual(bytes))
                    continue;
                Assert.Equal(text + ",1\n", TextFile.Decode((byte[])[.. bytes, .. ",1\n"u8]).Text);
            }
        }
    }

    [Theory]
    [InlineData(0xEE, 0xE0, '髙')]
    [InlineData(0xED, 0x95, '﨑')]
    [InlineData(0xFA, 0x58, '㈱')]
    [InlineData(0x87, 0x95, '√')]
    public void Decode_SignsOfTheOlderLists_AreThemselves(byte lead, byte trail, char sign) =>
        Assert.Equal($"株式会社{sign}橋製作所\n", TextFile.Decode((byte[])[.. Cp932.GetBytes("株式会社"), lead, trail, .. Cp932.GetBytes("橋製作所\n")]).Text);

    [Theory]
    [InlineData("±0.01\n")]
    [InlineData("φ30×200,25°\n")]
    public void Decode_SignsInUtf8_AreNotTakenForHalfWidthKana(string text) => Assert.Equal(text, TextFile.Decode(Encoding.UTF8.GetBytes(text)).Text);

    [Fact]
    public void Decode_HalfWidthKanaThatLookLikeUtf8_AreKana() => Assert.Equal("ﾃｱ\n", TextFile.Decode(Cp932.GetBytes("ﾃｱ\n")).Text);

    public static TheoryData<byte[], string> Refused => new()
    {
        { [], "空です" },
        { [0x50, 0x4B, 0x03, 0x04, 1, 2, 3], "ZIP" },
        { "%PDF-1.7"u8.ToArray(), "PDF" },
        { [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], "PNG" },
        { [.. "a,b\nc,"u8, 0, .. "d\n"u8], "2行目に文字でないデータ" },
        { [.. "a,b\n"u8, 0x1B, .. "$B\n"u8], "2行目" },
        { [0xEF, 0xBB, 0xBF, .. "a\nb\n"u8, 0xC3, 0x28], "3行目に UTF-8" },
        { [.. "あ\nい\n"u8, 0xFF, 0xA0, 0x0A], "文字コードを読み取れません（3行目" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Decode_NotText_RefusesWithASentence(byte[] bytes, string expected) =>
        Assert.Contains(expected, Assert.Throws<UnreadableFileException>(() => TextFile.Decode(bytes)).Message, StringComparison.Ordinal);

    [Fact]
    public void Decode_RandomBytes_NeverThrowAnythingElse()
    {
        Random random = new(7);
        for (var n = 0; n < 2000; n++)
        {
            var bytes = new byte[random.Next(1, 60)];
            random.NextBytes(bytes);
            try
            {
                Assert.NotNull(TextFile.Decode(bytes).Text);
            }
            catch (UnreadableFileException e)
            {
                Assert.EndsWith("。", e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Read_TooLarge_StopsAtTheLimit()
    {
        await using Endless stream = new();
        var error = await Assert.ThrowsAsync<UnreadableFileException>(() => TextFile.ReadAsync(stream, TestContext.Current.CancellationToken));
        Assert.Contains("20 MB", error.Message, StringComparison.Ordinal);
        Assert.InRange(stream.Given, TextFile.MaxBytes, TextFile.MaxBytes + (256 * 1024));
    }

    /// <summary>Gives bytes for ever, and counts them.</summary>
    private sealed class Endless : Stream
    {
        public long Given { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count)
        {
            Given += count;
            buffer.AsSpan(offset, count).Fill((byte)'a');
            return count;
        }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
