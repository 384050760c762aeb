using MonozukuriTown.Core.Links;

namespace MonozukuriTown.Tests.Links;

public sealed class LinkKeyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("town-key-").FullName;

    private string KeyFile => Path.Combine(folder, "keys", "links.key");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public void Open_OwnToken_GivesTheId(long id)
    {
        var token = LinkKey.Load(KeyFile).Token(LinkPurpose.Leave, id);
        Assert.Equal(32, token.Length);
        Assert.All(token, c => Assert.True(char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
        Assert.Equal(id, LinkKey.Load(KeyFile).Open(LinkPurpose.Leave, token));
    }

    [Fact]
    public void Open_EveryOtherToken_GivesNothing()
    {
        var key = LinkKey.Load(KeyFile);
        var token = key.Token(LinkPurpose.Leave, 7);
        Assert.All(Enum.GetValues<LinkPurpose>().Where(p => p != LinkPurpose.Leave), purpose => Assert.Null(key.Open(purpose, token)));
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            Assert.Null(key.Open(LinkPurpose.Leave, new string(changed)));
        }
        Assert.All(
            new[] { null, "", "x", token + "A", token[..^1], token + "====", new string('é', 32), new string('A', 32), new string('A', 10_000), "../../" },
            text => Assert.Null(key.Open(LinkPurpose.Leave, text)));
        Assert.Null(LinkKey.Load(Path.Combine(folder, "another.key")).Open(LinkPurpose.Leave, token));
    }

    [Fact]
    public async Task Load_ByTwoAtOnce_BothHaveTheSameSecret()
    {
        var tokens = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => LinkKey.Load(KeyFile).Token(LinkPurpose.Leave, 1))));
        Assert.Single(tokens.Distinct());
        Assert.Equal([KeyFile], Directory.GetFiles(Path.GetDirectoryName(KeyFile)!));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    [Fact]
    public void Load_SomethingElse_SaysWhichFile()
    {
        var file = Path.Combine(folder, "wrong.key");
        File.WriteAllText(file, "abcd");
        Assert.Contains(file, Assert.Throws<InvalidDataException>(() => LinkKey.Load(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/u/*", "/u/…")]
    [InlineData("/account/reset/*", "/account/reset/…")]
    [InlineData("/account/verify/*", "/account/verify/…")]
    [InlineData("/U/*/more", "/U/…/more")]
    [InlineData("GET http://localhost/r/*?x=1 then /q/* came", "GET http://localhost/r/…?x=1 then /q/… came")]
    [InlineData("'/c/%41*' /o/*=", "'/c/…' /o/…=")]
    [InlineData("parameter 'token' is '*'.", "parameter 'token' is '…'.")]
    [InlineData("/u/", "/u/")]
    [InlineData("/companies/u/abc", "/companies/u/abc")]
    [InlineData("/home/u/src/file.cs", "/home/u/src/file.cs")]
    public void WithoutTokens_CutsWhatOpensSomething(string text, string logged) =>
        Assert.Equal(logged, MailedLinks.WithoutTokens(text.Replace("*", LinkKey.Load(KeyFile).Token(LinkPurpose.Leave, 7), StringComparison.Ordinal)));

    [Fact]
    public void WithoutTokens_KnowsEveryPurpose()
    {
        var key = LinkKey.Load(KeyFile);
        Assert.All(Enum.GetValues<LinkPurpose>(), purpose =>
            Assert.Equal(MailedLinks.Prefix(purpose) + "…", MailedLinks.WithoutTokens(MailedLinks.Path(key, purpose, 12))));
    }

    [Fact]
    public void WithoutTokens_OfALinkThatLostItsEnd_CutsItToo()
    {
        var path = MailedLinks.Path(LinkKey.Load(KeyFile), LinkPurpose.RollCall, 3);
        Assert.Equal("/d/…", MailedLinks.WithoutTokens(path[..^4]));
    }
}
