using System.Globalization;
using System.Text;

namespace MonozukuriTown.Core.Tables;

/// <summary>The text of a file somebody sent, and how it was written.</summary>
public sealed record TextFile(string Text, string EncodingName)
{
    public const int MaxBytes = 20 * 1024 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Cp932 = CodePagesEncodingProvider.Instance.GetEncoding(932, EncoderFallback.ExceptionFallback, new SecondCodes())!;

    // What Japanese engineers write with two bytes of UTF-8 in an otherwise plain file.
    private const string CommonSigns = "°±²³µ·×÷ØøΔΦΩδμφ";

    private static readonly (byte[] Start, string What)[] Signatures =
    [
        ([0x50, 0x4B, 0x03, 0x04], "Excel ブックか ZIP"),
        ([0xD0, 0xCF, 0x11, 0xE0], "古い形式の Excel か Word"),
        ([0x25, 0x50, 0x44, 0x46], "PDF"),
        ([0x89, 0x50, 0x4E, 0x47], "画像（PNG）"),
        ([0xFF, 0xD8, 0xFF], "画像（JPEG）"),
        ([0x47, 0x49, 0x46, 0x38], "画像（GIF）"),
        ([0x1F, 0x8B], "圧縮ファイル（gzip）"),
    ];

    /// <summary>Reads UTF-8 with or without BOM, UTF-16 with BOM, or CP932; refuses anything else with a sentence.</summary>
    public static async Task<TextFile> ReadAsync(Stream stream, CancellationToken cancellationToken, int maxBytes = MaxBytes) =>
        Decode(await ReadBytesAsync(stream, cancellationToken, maxBytes));

    /// <summary>All bytes of a stream, or a sentence when there are more than allowed: it is never read further than that.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(Stream stream, CancellationToken cancellationToken, int maxBytes = MaxBytes)
    {
        using MemoryStream bytes = new();
        var buffer = new byte[81920];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + read > maxBytes)
            {
                throw new UnreadableFileException(
                    $"ファイルが大きすぎます。{(maxBytes / 1024 / 1024).ToString(CultureInfo.InvariantCulture)} MB までのファイルを、必要なら分けてお送りください。");
            }
            bytes.Write(buffer, 0, read);
        }
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    public static TextFile Decode(ReadOnlyMemory<byte> memory)
    {
        var bytes = memory.Span;
        if (bytes.Length == 0)
            throw new UnreadableFileException("ファイルが空です。");
        foreach (var (start, what) in Signatures)
        {
            if (bytes.StartsWith(start))
                throw new UnreadableFileException($"文字のファイルではありません（{what}のようです）。CSV か Excel ブック（.xlsx）、または JSONL で保存してお送りください。");
        }
        var file = bytes switch
        {
            [0xEF, 0xBB, 0xBF, .. var rest] => new TextFile(Strict(Utf8, rest, "UTF-8"), "UTF-8（BOM付き）"),
            [0xFF, 0xFE, .. var rest] => new TextFile(Strict(new UnicodeEncoding(false, false, true), rest, "UTF-16"), "UTF-16"),
            [0xFE, 0xFF, .. var rest] => new TextFile(Strict(new UnicodeEncoding(true, false, true), rest, "UTF-16"), "UTF-16"),
            _ => Guess(bytes),
        };
        if (FirstControl(file.Text) is { } place)
            throw new UnreadableFileException($"{Line(file.Text, place)}行目に文字でないデータがあります。文字のファイル（CSV か JSONL）かどうかをご確認ください。");
        return file;
    }

    private static TextFile Guess(ReadOnlySpan<byte> bytes)
    {
        var utf8 = Try(Utf8, bytes, out var utf8Fault);
        if (utf8 is not null && (utf8.AsSpan().IndexOfAnyInRange('\u0800', '\uFFFF') >= 0 || Ascii(utf8) || utf8.All(c => c < 0x80 || CommonSigns.Contains(c, StringComparison.Ordinal))))
            return new(utf8, "UTF-8");

        // Two half-width kana of CP932 (ﾃｱ) can also be one accented letter of UTF-8 (ñ): in a file without any kanji or kana of
        // UTF-8 the kana are meant.
        var cp932 = Try(Cp932, bytes, out _);
        if (cp932 is not null && !cp932.Any(IsNotCp932))
            return new(cp932, "Shift_JIS（CP932）");
        if (utf8 is not null)
            return new(utf8, "UTF-8");
        throw new UnreadableFileException(
            $"文字コードを読み取れません（{Line(bytes, utf8Fault)}行目のあたり）。UTF-8 か Shift_JIS（CP932）で保存してお送りください。");
    }

    private static bool Ascii(string text) => text.AsSpan().IndexOfAnyExceptInRange('\0', '\u007F') < 0;

    // Bytes that CP932 doesn't have, and that .NET passes through all the same.
    private static bool IsNotCp932(char c) => c is >= '\u0080' and <= '\u00A0' or >= '\uF8F0' and <= '\uF8F3';

    private static string Strict(Encoding encoding, ReadOnlySpan<byte> bytes, string name) => Try(encoding, bytes, out var fault)
        ?? throw new UnreadableFileException($"{Line(bytes, fault)}行目に {name} として読めない文字があります。ファイルが壊れていないかご確認ください。");

    private static string? Try(Encoding encoding, ReadOnlySpan<byte> bytes, out int fault)
    {
        fault = 0;
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            fault = e.Index;
            return null;
        }
    }

    private static int? FirstControl(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            // A form feed or Ctrl-Z at the very end is a relic of DOS, harmless.
            if (text[i] < ' ' && text[i] is not ('\t' or '\r' or '\n') && !(text[i] is '\f' or '\u001A' && i == text.Length - 1))
                return i;
        }
        return null;
    }

    private static string Line(string text, int place) => (text.AsSpan(0, place).Count('\n') + 1).ToString(CultureInfo.InvariantCulture);

    private static string Line(ReadOnlySpan<byte> bytes, int place) =>
        (bytes[..Math.Clamp(place, 0, bytes.Length)].Count((byte)'\n') + 1).ToString(CultureInfo.InvariantCulture);
}
