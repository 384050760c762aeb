using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MonozukuriTown.Core.Accounts;

/// <summary>Codes of an authenticator (RFC 6238: SHA-1, six digits, 30 seconds, which every such app can do). A key is 160 bits in base 32.</summary>
public static class Totp
{
    public const int Digits = 6;
    private const int StepSeconds = 30;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string NewKey() => RandomNumberGenerator.GetString(Letters, 32);

    /// <summary>As an app reads it from a picture.</summary>
    public static string Address(string key, string issuer, string account) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={key}&issuer={Uri.EscapeDataString(issuer)}";

    public static long Step(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    public static string Code(string key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, Bytes(key));
        hmac.AppendData(counter);
        var hash = hmac.GetHashAndReset();
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15, 4)) & int.MaxValue;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code this is: the present one, or a neighbour, for clocks that are half a minute off. Null: wrong.</summary>
    public static long? StepOf(string key, string code, DateTimeOffset now)
    {
        var typed = Encoding.UTF8.GetBytes(code);
        long? found = null;
        for (var step = Step(now) - 1; step <= Step(now) + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(typed, Encoding.UTF8.GetBytes(Code(key, step))))
                found = step;
        }
        return found;
    }

    private static byte[] Bytes(string key)
    {
        var bytes = new byte[key.Length * 5 / 8];
        var (held, bits, at) = (0, 0, 0);
        foreach (var letter in key)
        {
            held = ((held << 5) | Letters.IndexOf(letter, StringComparison.Ordinal)) & 0xFFF;
            bits += 5;
            if (bits >= 8)
                bytes[at++] = (byte)(held >> (bits -= 8));
        }
        return bytes;
    }
}
