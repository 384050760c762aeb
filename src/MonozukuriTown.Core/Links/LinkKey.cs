using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MonozukuriTown.Core.Links;

/// <summary>
/// The town's secret, in a file outside the database: whoever reads a backup of the tables can make neither a mailed link nor a cookie.
/// Nodes of one town share the file. Losing it makes every mailed link void, and everybody signs in again.
/// </summary>
public sealed class LinkKey
{
    private const int KeyOctets = 32;
    private const int MacOctets = 16;
    private const int TokenOctets = sizeof(long) + MacOctets;

    internal const int TokenLength = TokenOctets / 3 * 4;

    /// <summary>How every token begins until there are 2³² links: with the zeros of its id.</summary>
    internal const string TokenStart = "AAAAA";

    private readonly byte[] _key;

    private LinkKey(byte[] key, string file) => (_key, File) = (key, file);

    /// <summary>Where it stands.</summary>
    public string File { get; }

    /// <summary>Reads the secret, and makes it the first time; of two processes that start at once one makes it.</summary>
    public static LinkKey Load(string file)
    {
        if (!System.IO.File.Exists(file))
            Make(file);
        var text = System.IO.File.ReadAllText(file).Trim();
        var key = new byte[KeyOctets];
        return Convert.FromHexString(text, key, out var read, out var written) == OperationStatus.Done && (read, written) == (text.Length, KeyOctets)
            ? new(key, file)
            : throw new InvalidDataException($"{file} is no key for mailed links: it must hold {KeyOctets} octets in hexadecimal.");
    }

    /// <summary>32 characters that stand in a URL.</summary>
    public string Token(LinkPurpose purpose, long id)
    {
        Span<byte> token = stackalloc byte[TokenOctets];
        BinaryPrimitives.WriteInt64BigEndian(token, id);
        Sign(purpose, id, token[sizeof(long)..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The id inside a token of this purpose that we made; null for anything else.</summary>
    public long? Open(LinkPurpose purpose, string? token)
    {
        // One octet of room more than a token has: whatever does not fit is none.
        Span<byte> octets = stackalloc byte[TokenOctets + 3];
        if (token is null || token.Length != TokenLength || !Base64Url.IsValid(token) ||
            !Base64Url.TryDecodeFromChars(token, octets, out var count) || count != TokenOctets)
            return null;
        var id = BinaryPrimitives.ReadInt64BigEndian(octets);
        Span<byte> mac = stackalloc byte[MacOctets];
        Sign(purpose, id, mac);
        return CryptographicOperations.FixedTimeEquals(mac, octets[sizeof(long)..TokenOctets]) ? id : null;
    }

    /// <summary>A mark of 80 bits, 20 characters, that only this town can make: for addresses that come back to it (bounces).</summary>
    public string Mark(string text)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes("mark:" + text), mac);
        return Convert.ToHexStringLower(mac[..10]);
    }

    /// <summary>A key of its own for something else that is to hang on the same file (HKDF-SHA256, RFC 5869).</summary>
    public byte[] Derive(string purpose, int octets) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, octets, info: Encoding.ASCII.GetBytes(purpose));

    private void Sign(LinkPurpose purpose, long id, Span<byte> mac)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(FormattableString.Invariant($"{id}:{purpose}")), whole);
        whole[..MacOctets].CopyTo(mac);
    }

    private static void Make(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        Directory.CreateDirectory(folder);
        var part = Path.Combine(folder, Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(part, options))
            writer.WriteLine(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyOctets)));
        try
        {
            System.IO.File.Move(part, file, overwrite: false);
        }
        catch (IOException) when (System.IO.File.Exists(file))
        {
            System.IO.File.Delete(part);
        }
    }
}
