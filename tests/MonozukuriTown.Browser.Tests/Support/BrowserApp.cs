using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Browser.Tests.Support;

/// <summary>
/// The portal on a real port with Debian's Chromium in front of it, for one test class. Everything a page may complain of
/// (script errors, a blocked style, a failed request) is collected and checked by <see cref="Check"/>.
/// </summary>
public sealed class BrowserApp : TownApp
{
    /// <summary>The two widths every page is looked at with.</summary>
    public const int Phone = 390;
    public const int Desktop = 1280;

    private readonly ConcurrentDictionary<IPage, ConcurrentQueue<string>> complaints = new();
    private readonly int port = FreePort();
    private IPlaywright? playwright;
    private IBrowser? chromium;

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    protected override IEnumerable<KeyValuePair<string, string>> Settings => [.. base.Settings, new("Town:BaseUrl", Address)];

    /// <summary>Opens a page in a window of its own, signed in as a user of <paramref name="role"/> or as nobody.</summary>
    public async Task<IPage> Open(string path, string? role = null, int width = Desktop, bool scripts = true) =>
        await Open(path, role is null ? null : await UserOf(role), width, scripts);

    public async Task<IPage> Open(string path, TownUser? user, int width = Desktop, bool scripts = true)
    {
        var context = await chromium!.NewContextAsync(new()
        {
            BaseURL = Address,
            Locale = "ja-JP",
            TimezoneId = "Asia/Tokyo",
            JavaScriptEnabled = scripts,
            // Colours halfway through a transition say nothing.
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = width, Height = width == Phone ? 844 : 900 },
        });
        context.SetDefaultTimeout(15_000);
        if (user is not null)
        {
            var ticket = await Ticket(user);
            await context.AddCookiesAsync([new() { Name = ticket.Name, Value = ticket.Value, Url = Address, HttpOnly = true }]);
        }
        var page = await context.NewPageAsync();
        var heard = complaints[page] = new();
        page.Console += (_, message) =>
        {
            // The status of the page itself is for its test to judge.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                heard.Enqueue($"console: {message.Text}");
        };
        page.PageError += (_, error) => heard.Enqueue($"script: {error}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 400 && response.Request.ResourceType != "document")
                heard.Enqueue($"{response.Status}: {response.Url}");
        };
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>Nothing complained, axe finds no violation, nothing has to be scrolled sideways.</summary>
    public async Task Check(IPage page)
    {
        // After a click the page may still be without its styles.
        await page.WaitForLoadStateAsync();
        var axe = await page.RunAxe();
        Assert.True(axe.Violations.Length == 0, $"{page.Url}: " + string.Join('\n',
            axe.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {v.Help}: {n.Html}"))));
        var wider = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(wider <= 0, $"{page.Url} is {wider} px wider than its window.");
        Assert.Empty(complaints[page]);
    }

    public override async ValueTask DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        playwright?.Dispose();
        await base.DisposeAsync();
    }

    protected override async Task Listen()
    {
        UseKestrel(port);
        StartServer();
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
    }

    // Links are built from Town:BaseUrl, which has to be known before the server listens.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
