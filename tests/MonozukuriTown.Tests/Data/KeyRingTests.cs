using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Tests.Data;

/// <summary>Nodes of one town, each with a secret of its own or the same, on one database.</summary>
public sealed class KeyRingTests : IAsyncLifetime
{
    private readonly TestDatabase database = new();
    private readonly string folder = Directory.CreateTempSubdirectory("town-ring-").FullName;
    private readonly List<ServiceProvider> nodes = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => database.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await node.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private string KeyFile(string name) => Path.Combine(folder, name);

    private ServiceProvider Node(string secret, bool inClear = false)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddScoped(_ => database.Open());
        services.AddSingleton(LinkKey.Load(KeyFile(secret)));
        services.AddSingleton<DatabaseKeyRing>().AddSingleton<KeyRingCheck>();
        services.AddKeyRing();
        if (inClear)
            services.PostConfigure<KeyManagementOptions>(o => o.XmlEncryptor = null);
        var node = services.BuildServiceProvider();
        nodes.Add(node);
        return node;
    }

    private static IDataProtector Protector(ServiceProvider node) => node.GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie");

    private async Task<List<string>> StoredAsync()
    {
        await using var db = database.Open();
        return await db.DataProtectionKeys.OrderBy(k => k.Id).Select(k => k.Xml).ToListAsync(Stop);
    }

    [Fact]
    public async Task Stored_UnderTheSecret_ReadByEveryNodeThatHasIt()
    {
        var cookie = Protector(Node("a.key")).Protect("花子");
        var stored = Assert.Single(await StoredAsync());
        Assert.DoesNotContain("masterKey", stored, StringComparison.Ordinal);
        Assert.Contains(nameof(KeyRingCipher), stored, StringComparison.Ordinal);
        Assert.Equal("花子", Protector(Node("a.key")).Unprotect(cookie));
        Assert.Single(await StoredAsync());
    }

    [Fact]
    public async Task Stored_InClearBefore_StaysReadable()
    {
        var cookie = Protector(Node("a.key", inClear: true)).Protect("花子");
        Assert.Contains("masterKey", Assert.Single(await StoredAsync()), StringComparison.Ordinal);
        var node = Node("a.key");
        await node.GetRequiredService<KeyRingCheck>().StartAsync(Stop);
        Assert.Equal("花子", Protector(node).Unprotect(cookie));
    }

    [Fact]
    public async Task NodeWithAnotherSecret_DoesNotComeUp_AndSaysWhichFile_UntilTheKeysAreGivenUp()
    {
        var cookie = Protector(Node("a.key")).Protect("花子");
        var other = Node("b.key");
        var said = await Assert.ThrowsAsync<InvalidDataException>(() => other.GetRequiredService<KeyRingCheck>().StartAsync(Stop));
        Assert.Contains(KeyFile("b.key"), said.Message, StringComparison.Ordinal);
        Assert.Contains("deploy/town keys forget", said.Message, StringComparison.Ordinal);
        // Nor does it put a key of its own beside them when it is used all the same.
        Assert.ThrowsAny<Exception>(() => Protector(other).Protect("x"));
        Assert.Single(await StoredAsync());

        Assert.Equal(1, await other.GetRequiredService<DatabaseKeyRing>().ForgetForeignAsync(Stop));
        var after = Node("b.key");
        await after.GetRequiredService<KeyRingCheck>().StartAsync(Stop);
        Assert.ThrowsAny<CryptographicException>(() => Protector(after).Unprotect(cookie));
        Assert.Equal("x", Protector(after).Unprotect(Protector(after).Protect("x")));
    }

    [Fact]
    public void Sealed_ChangedByAnyone_IsRefused()
    {
        var cipher = new KeyRingCipher(LinkKey.Load(KeyFile("a.key")));
        var sealedKey = cipher.Encrypt(new XElement("key", "geheim")).EncryptedElement;
        Assert.NotEqual(sealedKey.Value, cipher.Encrypt(new XElement("key", "geheim")).EncryptedElement.Value);
        Assert.Equal("geheim", cipher.Decrypt(sealedKey).Value);
        var octets = Convert.FromBase64String(sealedKey.Value);
        for (var i = 0; i < octets.Length; i++)
        {
            var changed = (byte[])octets.Clone();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => cipher.Decrypt(new XElement(sealedKey.Name, Convert.ToBase64String(changed))));
        }
    }

    [Fact]
    public async Task Server_WithAnotherSecret_EndsWithTheSentence()
    {
        Protector(Node("a.key")).Protect("花子");
        Dictionary<string, string> settings = new(StringComparer.Ordinal)
        {
            ["Town__Name"] = "試験",
            ["Town__City"] = "試験市",
            ["Town__BaseUrl"] = "http://localhost",
            ["Town__Office"] = "課",
            ["Town__SupportName"] = "室",
            ["Town__SupportTel"] = "00",
            ["Links__KeyFile"] = KeyFile("b.key"),
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Mail__PickupFolder"] = Path.Combine(folder, "mail"),
        };
        var (code, _, error) = await TownCommand.RunAsync(database.Connection, settings, Stream.Null);
        Assert.Equal(1, code);
        Assert.Contains("stand under another secret", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);

        var forgot = await TownCommand.RunAsync(database.Connection, settings, Stream.Null, "keys", "forget");
        Assert.Equal((0, "1 keys were given up."), (forgot.Code, forgot.Out.Trim()));
    }
}
