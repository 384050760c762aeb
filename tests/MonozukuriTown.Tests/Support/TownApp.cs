using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Tests.Support;

/// <summary>
/// The whole portal on a database of its own, for one test class: <c>class ListingTests(TownApp app) : IClassFixture&lt;TownApp&gt;</c>.
/// Antiforgery, content security policy and rate limits are what they are in production; the clock stands still.
/// </summary>
public class TownApp : WebApplicationFactory<CatalogHealth>, IAsyncLifetime
{
    private readonly TestDatabase database = new();
    private readonly Dictionary<string, TownUser> users = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim making = new(1);
    private readonly string folder = Directory.CreateTempSubdirectory("town-app-").FullName;

    public TestClock Clock { get; } = new();

    public TestData Data => database.Data;

    public TestDatabase Database => database;

    /// <summary>Where this portal's mails lie.</summary>
    public string MailFolder => Path.Combine(folder, "mail");

    /// <summary>Settings of this class's portal; a subclass may change them.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        new("Town:Name", "ものづくりタウン試験"),
        new("Town:City", "試験市"),
        new("Town:BaseUrl", "http://localhost"),
        new("Town:Demo", "false"),
        new("Town:AwardName", "認定企業"),
        new("Town:NetworkName", "企業ネットワーク"),
        new("Town:Office", "産業振興課"),
        new("Town:SupportName", "試験市中小企業サポートセンター"),
        new("Town:SupportTel", "06-0000-0000"),
        // On, and wide: all tests of a class come from one address. A test about limits narrows them.
        new("RateLimits:PagesPerMinute", "100000"),
        new("RateLimits:MatchesPerMinute", "10000"),
        new("RateLimits:SignInsPerMinute", "1000"),
    ];

    /// <summary>A browser of nobody. It keeps cookies and does not follow redirects.</summary>
    public HttpClient Visitor() => Browser(new CookieContainer());

    /// <summary>A browser in which one user of this role is signed in, the same user for the whole class.</summary>
    public async Task<HttpClient> As(string role) => await As(await UserOf(role));

    public async Task<HttpClient> As(TownUser user)
    {
        var cookies = new CookieContainer();
        cookies.Add(await Ticket(user));
        return Browser(cookies);
    }

    /// <summary>One user of this role, the same for the whole class.</summary>
    public async Task<TownUser> UserOf(string role)
    {
        await making.WaitAsync();
        try
        {
            return users.TryGetValue(role, out var user) ? user : users[role] = await NewUser(role);
        }
        finally
        {
            making.Release();
        }
    }

    /// <summary>A new user of this role; with a company, one who keeps its listing.</summary>
    public async Task<TownUser> NewUser(string role, Company? company = null, string? mail = null, string password = "試験のためのながいことば")
    {
        mail ??= $"{role.ToLowerInvariant()}{Data.Next()}@example.jp";
        await using var scope = Services.CreateAsyncScope();
        var result = await scope.ServiceProvider.GetRequiredService<AccountService>().AddAsync(new NewAccount
        {
            Mail = mail,
            Name = $"試験 {role}",
            Role = role,
            Password = password,
            CompanyId = company?.Id,
        });
        Assert.True(result.Succeeded, string.Join(' ', result.Errors.Select(e => e.Description)));
        return (await scope.ServiceProvider.GetRequiredService<UserManager<TownUser>>().FindByEmailAsync(mail))!;
    }

    /// <summary>The cookie a sign-in would give: the tests of signing in go through the page, all others need not.</summary>
    public async Task<Cookie> Ticket(TownUser user)
    {
        await using var scope = Services.CreateAsyncScope();
        var principal = await scope.ServiceProvider.GetRequiredService<SignInManager<TownUser>>().CreateUserPrincipalAsync(user);
        // Staff come in by the second step; the tests of it sign in by the pages.
        if (Roles.Staff.Any(principal.IsInRole))
            principal.Identities.First().AddClaim(new(SecondFactor.Method, SecondFactor.Passed));
        var options = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var ticket = new AuthenticationTicket(principal, new AuthenticationProperties
        {
            IssuedUtc = Clock.GetUtcNow(),
            ExpiresUtc = Clock.GetUtcNow() + options.ExpireTimeSpan,
        }, IdentityConstants.ApplicationScheme);
        return new Cookie(options.Cookie.Name!, options.TicketDataFormat.Protect(ticket), "/", ClientOptions.BaseAddress.Host);
    }

    /// <summary>Runs with the app's own services, as a request would.</summary>
    public async Task<T> Use<TService, T>(Func<TService, Task<T>> work)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        await Listen();
        await Services.GetRequiredService<CatalogFeed>().WaitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Search and matching see what was saved until now; without it they do within half a second.</summary>
    public Task CatalogFollows() => Services.GetRequiredService<CatalogFeed>().RefreshAsync(TestContext.Current.CancellationToken);

    /// <summary>In-process here; the browser tests' app listens on a real port.</summary>
    protected virtual Task Listen()
    {
        StartServer();
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        making.Dispose();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // Development serves unpublished assets, and checks the lifetimes of services.
        builder.UseEnvironment("Development");
        foreach (var (name, value) in Settings)
            builder.UseSetting(name, value);
        builder.UseSetting("ConnectionStrings:Town", database.Connection);
        builder.UseSetting("ConnectionStrings:TownOwner", database.OwnerConnection);
        builder.UseSetting("Mail:PickupFolder", MailFolder);
        builder.UseSetting("Links:KeyFile", Path.Combine(folder, "links.key"));
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.UseSetting("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Warning");
        // The in-process server knows no limit of a request's size and says so at every upload.
        builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore.Routing.EndpointRoutingMiddleware", "Error");
        builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore.Mvc.Filters.RequestSizeLimitFilter", "Error");
        builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)));
    }

    private HttpClient Browser(CookieContainer cookies) => CreateDefaultClient(ClientOptions.BaseAddress, new CookieContainerHandler(cookies));
}
