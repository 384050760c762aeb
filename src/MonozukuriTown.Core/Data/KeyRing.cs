using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Links;

namespace MonozukuriTown.Core.Data;

/// <summary>One key of the ring that signs cookies: kept in the database so that every node reads the same.</summary>
public sealed class DataProtectionKeyRow
{
    public int Id { get; set; }
    public required string FriendlyName { get; set; }

    /// <summary>The key itself under the town's secret: <see cref="KeyRingCipher"/>.</summary>
    public required string Xml { get; set; }
}

public sealed class DataProtectionKeyRowConfiguration : IEntityTypeConfiguration<DataProtectionKeyRow>
{
    public void Configure(EntityTypeBuilder<DataProtectionKeyRow> builder) => builder.ToTable("DataProtectionKey").Unlogged();
}

/// <summary>
/// Keys that sign cookies stand in the database under a key of the town's secret, which is a file: whoever reads a backup of the tables can't make a cookie.
/// AES-256-GCM (NIST SP 800-38D), a nonce of its own for each key.
/// </summary>
public sealed class KeyRingCipher : IXmlEncryptor, IXmlDecryptor
{
    private const string Name = "townKey";
    private const string Secret = "secret";
    private const int NonceOctets = 12;
    private const int TagOctets = 16;

    private readonly byte[] key;
    private readonly string id;

    public KeyRingCipher(LinkKey secret)
    {
        key = secret.Derive("key ring", 32);
        id = Convert.ToHexStringLower(secret.Derive("key ring id", 8));
    }

    /// <summary>How the framework makes one to read what is stored.</summary>
    public KeyRingCipher(IServiceProvider services) : this(services.GetRequiredService<LinkKey>())
    {
    }

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var (nonce, tag, cipher) = (RandomNumberGenerator.GetBytes(NonceOctets), new byte[TagOctets], new byte[plain.Length]);
        using var aes = new AesGcm(key, TagOctets);
        aes.Encrypt(nonce, plain, cipher, tag);
        return new(new XElement(Name, new XAttribute(Secret, id), Convert.ToBase64String([.. nonce, .. tag, .. cipher])), typeof(KeyRingCipher));
    }

    public XElement Decrypt(XElement encryptedElement)
    {
        ReadOnlySpan<byte> octets = Convert.FromBase64String(encryptedElement.Value);
        var plain = new byte[octets.Length - NonceOctets - TagOctets];
        using var aes = new AesGcm(key, TagOctets);
        aes.Decrypt(octets[..NonceOctets], octets[(NonceOctets + TagOctets)..], octets[NonceOctets..(NonceOctets + TagOctets)], plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }

    /// <summary>Whether this stored key stands under another town's secret, or under one that is lost. Those in clear, from before, do not.</summary>
    public bool IsForeign(XElement stored) => stored.Descendants(Name).Any(e => !string.Equals(e.Attribute(Secret)?.Value, id, StringComparison.Ordinal));
}

public sealed class DatabaseKeyRing(IServiceScopeFactory scopes, LinkKey secret) : IXmlRepository
{
    private readonly KeyRingCipher cipher = new(secret);

    /// <exception cref="InvalidDataException">One of them is under another secret: going on without it would sign everybody out, and say nothing.</exception>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<TownDbContext>();
        List<XElement> keys = [.. db.DataProtectionKeys.AsNoTracking().Select(k => k.Xml).ToList().Select(XElement.Parse)];
        return keys.Exists(cipher.IsForeign) ? throw new InvalidDataException(
            $"The keys of the cookies in this database stand under another secret than the one in {secret.File}. Put the file of that name from the other node or the backup in its place. Where it is lost: deploy/town keys forget, and everybody signs in again.")
            : keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<TownDbContext>();
        db.DataProtectionKeys.Add(new DataProtectionKeyRow
        {
            FriendlyName = friendlyName,
            Xml = element.ToString(SaveOptions.DisableFormatting),
        });
        db.SaveChanges();
    }

    /// <summary>Gives up the keys that nobody can read any more. Whoever is signed in by one of them signs in again.</summary>
    public async Task<int> ForgetForeignAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TownDbContext>();
        var foreign = (await db.DataProtectionKeys.ToListAsync(cancellation)).FindAll(k => cipher.IsForeign(XElement.Parse(k.Xml)));
        db.RemoveRange(foreign);
        await db.SaveChangesAsync(cancellation);
        return foreign.Count;
    }
}
