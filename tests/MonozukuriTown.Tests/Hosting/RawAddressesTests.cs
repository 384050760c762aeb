using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Tests.Hosting;

/// <summary>On a real Kestrel, octet by octet: it answers with the path, the query's q and the body it was given.</summary>
public sealed class RawAddressesTests : IAsyncLifetime
{
    private readonly WebApplication server = Echo();
    private int http1;
    private int http2;

    [Fact]
    public async Task Address_WithLettersAsTheyAre_IsRead()
    {
        using var line = Connect();
        Assert.Equal("/会社|研磨|", await line.Ask("GET /会社?q=研磨 HTTP/1.1\r\nHost: x\r\n\r\n"));
    }

    [Fact]
    public async Task Address_OnALaterRequestOfTheConnection_IsReadAsWell()
    {
        using var line = Connect();
        Assert.Equal("/a|plain|", await line.Ask("GET /a?q=plain HTTP/1.1\r\nHost: x\r\n\r\n"));
        Assert.Equal("/b|研磨|", await line.Ask("GET /b?q=研磨 HTTP/1.1\r\nHost: x\r\n\r\n"));
        Assert.Equal("/c|旋盤|", await line.Ask("GET /c?q=旋盤 HTTP/1.1\r\nHost: x\r\n\r\n"));
        Assert.Equal("/d|plain|", await line.Ask("GET /d?q=plain HTTP/1.1\r\nHost: x\r\n\r\n"));
    }

    [Fact]
    public async Task Address_BehindABodyOfKnownLength_IsRead()
    {
        using var line = Connect();
        const string body = "研磨\r\nGET /x?q=研磨 HTTP/1.1\r\n\r\n";
        Assert.Equal($"/post||{body}", await line.Ask(Post("/post", body)));
        Assert.Equal("/b|研磨|", await line.Ask("GET /b?q=研磨 HTTP/1.1\r\nHost: x\r\n\r\n"));
        Assert.Equal($"/c|研磨|{body}", await line.Ask(Post("/c?q=研磨", body)));
        Assert.Equal($"/d|旋盤|{body}", await line.Ask(Post("/d?q=旋盤", body)));
    }

    [Fact]
    public async Task RequestsSentTogether_AreEachReadOnce()
    {
        using var line = Connect();
        await line.Send("GET /a?q=研磨 HTTP/1.1\r\nHost: x\r\n\r\n" + Post("/b?q=旋盤", "本文") + "GET /c?q=溶接 HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal("/a|研磨|", await line.Answer());
        Assert.Equal("/b|旋盤|本文", await line.Answer());
        Assert.Equal("/c|溶接|", await line.Answer());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task RequestsInSmallPieces_AreReadAsWholeOnes(int piece)
    {
        using var line = Connect();
        var sent = Encoding.UTF8.GetBytes("\r\nGET /plain HTTP/1.1\r\nHost: x\r\n\r\n" + Post("/b?q=研磨", "本文\r\n\r\n") + "GET /c?q=旋盤 HTTP/1.1\r\nHost: x\r\n\r\n");
        foreach (var part in sent.Chunk(piece))
        {
            await line.Send(part);
            await Task.Yield();
        }
        Assert.Equal("/plain||", await line.Answer());
        Assert.Equal("/b|研磨|本文\r\n\r\n", await line.Answer());
        Assert.Equal("/c|旋盤|", await line.Answer());
    }

    [Fact]
    public async Task BodyInChunks_IsLeftAlone()
    {
        using var line = Connect();
        Assert.Equal("/a|研磨|研磨GET /x?q=研磨", await line.Ask(
            "POST /a?q=研磨 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n研磨\r\nf\r\nGET /x?q=研磨\r\n0\r\n\r\n"));
    }

    [Fact]
    public async Task LargeBody_BehindARawAddress_ArrivesWhole()
    {
        using var line = Connect();
        var body = string.Concat(Enumerable.Repeat("研磨と旋盤。\n", 100_000));
        var answer = line.Answer();
        await line.Send(Post("/a?q=研磨", body));
        Assert.Equal($"/a|研磨|{body}", await answer);
    }

    [Fact]
    public async Task OtherLettersThanUtf8_GetAnAnswer()
    {
        using var line = Connect();
        await line.Send([.. "GET /a?q="u8, 0x8C, 0xA4, .. " HTTP/1.1\r\nHost: x\r\n\r\n"u8]);
        Assert.StartsWith("/a|", await line.Answer(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("研")]
    public async Task LineWithoutEnd_IsRefused(string letter)
    {
        using var line = Connect();
        await line.Send("GET /a?q=" + string.Concat(Enumerable.Repeat(letter, 9000)));
        Assert.Equal(HttpStatusCode.RequestUriTooLong, await line.Status());
    }

    [Theory]
    [InlineData("研磨 /a HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET\r\n研磨\r\n\r\n")]
    public async Task WhatIsNoRequest_IsRefusedByTheServer(string sent)
    {
        using var line = Connect();
        await line.Send(sent);
        Assert.Equal(HttpStatusCode.BadRequest, await line.Status());
    }

    [Fact]
    public async Task LettersInHeaders_AreLeftToTheServer()
    {
        using var line = Connect();
        await line.Send("GET /a HTTP/1.1\r\nHost: x\r\nX-Name: 研磨\r\n\r\n");
        Assert.Equal("/a||", await line.Answer());
    }

    [Fact]
    public async Task Http2_IsLeftAlone()
    {
        using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var body = new StringContent("本文");
        for (var i = 0; i < 3; i++)
        {
            var answer = await client.PostAsync(new Uri($"http://127.0.0.1:{http2}/a?q=研磨"), body, TestContext.Current.CancellationToken);
            Assert.Equal("/a|研磨|本文", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    public async ValueTask InitializeAsync()
    {
        await server.StartAsync(TestContext.Current.CancellationToken);
        (http1, http2) = (new Uri(server.Urls.First()).Port, new Uri(server.Urls.Last()).Port);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private RawConnection Connect() => new(http1);

    private static string Post(string address, string body) =>
        string.Create(CultureInfo.InvariantCulture, $"POST {address} HTTP/1.1\r\nHost: x\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    private static WebApplication Echo()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureEndpointDefaults(listener => listener.UseRawAddresses());
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http2);
        });
        var app = builder.Build();
        app.Run(async context =>
        {
            using StreamReader reader = new(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            var answer = Encoding.UTF8.GetBytes($"{context.Request.Path.Value}|{context.Request.Query["q"]}|{body}");
            context.Response.ContentLength = answer.Length;
            await context.Response.Body.WriteAsync(answer, context.RequestAborted);
        });
        return app;
    }
}

/// <summary>The portal itself, asked as <c>curl</c> does.</summary>
public sealed class RawAddressOfThePortalTests(RawAddressOfThePortalTests.OnAPort app) : IClassFixture<RawAddressOfThePortalTests.OnAPort>
{
    [Fact]
    public async Task Search_ByWordsAsTheyAre_FindsTheCompanies()
    {
        await app.Data.Company(c => c.Listed().Named("株式会社銀杏製作所", "いちょうせいさくしょ").With("研磨"));
        await app.CatalogFollows();
        using RawConnection line = new(app.Port);
        Assert.Contains("株式会社銀杏製作所", await line.Ask("GET /companies?q=研磨 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    public sealed class OnAPort : TownApp
    {
        public int Port { get; private set; }

        protected override Task Listen()
        {
            UseKestrel(0);
            StartServer();
            Port = ClientOptions.BaseAddress.Port;
            return Task.CompletedTask;
        }
    }
}

/// <summary>One connection that sends octets as they are.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient client = new() { NoDelay = true };
    private readonly NetworkStream stream;

    public RawConnection(int port)
    {
        client.Connect(IPAddress.Loopback, port);
        stream = client.GetStream();
    }

    public Task Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    public Task Send(byte[] octets) => stream.WriteAsync(octets, TestContext.Current.CancellationToken).AsTask();

    public async Task<string> Ask(string text)
    {
        await Send(text);
        return await Answer();
    }

    public async Task<HttpStatusCode> Status() => (await Head()).Status;

    /// <summary>The body of the next answer, which must be a good one.</summary>
    public async Task<string> Answer()
    {
        var (status, length) = await Head();
        Assert.Equal(HttpStatusCode.OK, status);
        using MemoryStream body = new();
        if (length is null)
        {
            await stream.CopyToAsync(body, TestContext.Current.CancellationToken);
            return Encoding.UTF8.GetString(body.ToArray());
        }
        var octets = new byte[length.Value];
        await stream.ReadExactlyAsync(octets, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(octets);
    }

    public void Dispose()
    {
        stream.Dispose();
        client.Dispose();
    }

    private async Task<(HttpStatusCode Status, int? Length)> Head()
    {
        StringBuilder head = new();
        var octet = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(octet, TestContext.Current.CancellationToken);
            head.Append((char)octet[0]);
        }
        var lines = head.ToString().Split("\r\n");
        var length = lines.FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return ((HttpStatusCode)int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), length is null ? null : int.Parse(length.Split(':')[1], CultureInfo.InvariantCulture));
    }
}
