using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Confirming;
using MonozukuriTown.Core.Events;
using MonozukuriTown.Core.Imports;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Core.Work;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Hosting;

/// <summary>The portal with one of everything in it, and each role's cookies: what the tests of every endpoint knock with.</summary>
public sealed partial class TownDoors : TownApp, IAsyncLifetime
{
    private readonly Dictionary<string, Cookies> visitors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private HttpClient browser = null!;

    public IReadOnlyList<Entrance> Entrances { get; private set; } = [];

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        browser = CreateDefaultClient(ClientOptions.BaseAddress);
        var company = await Data.Company(c => c.Listed().Member().Awarded().With("旋盤加工").Confirmed(ListingSection.Basic, Clock.GetUtcNow()));
        await Data.Add(new WorkItem { Kind = "test", Subject = "1", Reason = "確かめる", Due = new(2026, 10, 28), CompanyId = company.Id, OpenedAt = Clock.GetUtcNow() });
        // One whose line can't come in, under the company's number: whoever may press the button, nothing happens.
        await Data.Add(new ImportRun { Id = company.Id, FileName = "試験.csv", Format = "CSV", Refused = 1, CheckedAt = Clock.GetUtcNow(), File = new() { Content = [], Report = """{"Format":"CSV","Rows":1,"AddedHeadings":[],"Refused":[{"Line":2,"Name":"","Field":"","Written":"","Reason":"試験です。"}]}""" } });
        // By the name of the route's parameter; whatever has no value here is asked for with one that nothing has.
        values["slug"] = company.Slug;
        values["id:int"] = company.Id.ToString(CultureInfo.InvariantCulture);
        values["code:int"] = "404";
        values["documentname"] = "v1";
        values["section"] = "basic";
        values["format"] = "csv";
        values["id:guid"] = (await NewUser(Roles.Partner)).Id.ToString();
        await Data.Add(new TownEvent { Slug = company.Slug, Title = "定例会", Kind = "定例会", StartsAt = Clock.GetUtcNow(), EndsAt = Clock.GetUtcNow(), Published = true });
        var mail = await Data.Add(new OutgoingMail
        {
            State = MailState.Sent,
            Kind = "test",
            Subject = "1",
            Address = "doors@example.jp",
            AddressKey = "doors@example.jp",
            RecipientName = "宛先",
            Body = new MailBody { Title = "お知らせ", Text = "", CreatedAt = Clock.GetUtcNow() },
            CreatedAt = Clock.GetUtcNow(),
        });
        values["id:long"] = mail.Id.ToString(CultureInfo.InvariantCulture);
        await AddLinkAsync(LinkPurpose.PasswordReset, (await NewUser(Roles.Buyer)).Id.ToString());
        await AddLinkAsync(LinkPurpose.ConfirmAddress, (await NewUser(Roles.Buyer)).Id.ToString());
        await AddLinkAsync(LinkPurpose.Leave, LeaveSubject.Of(MailList.Newsletter, "doors@example.jp"));
        var keeper = await NewUser(Roles.Member, company);
        var asked = await Data.Add(new FreshnessRequest { CompanyId = company.Id, Due = new(2026, 10, 28), AskedAt = Clock.GetUtcNow() });
        await AddLinkAsync(LinkPurpose.Freshness, string.Create(CultureInfo.InvariantCulture, $"{asked.Id}/{keeper.Id}"));
        foreach (var role in AuthorizationTable.Visitors)
        {
            var user = role is AuthorizationTable.Anonymous ? null : await NewUser(role, role is Roles.Member ? company : null);
            visitors[role] = await Enter(user);
        }
        Entrances = await Entrance.AllAsync(Services);
    }

    public string Address(Entrance entrance) => Parameter().Replace(entrance.Pattern, match =>
    {
        var (name, before) = (match.Groups["name"].Value, entrance.Pattern[..match.Index]);
        return values.GetValueOrDefault(name is "token" ? before : name, name.EndsWith(":int", StringComparison.Ordinal) ? "999999" : "nothing");
    }) + entrance.Query;

    public Task<HttpResponseMessage> Knock(string role, Entrance entrance, bool withToken = true) => Knock(role, entrance.Method, Address(entrance), withToken);

    public async Task<HttpResponseMessage> Knock(string role, string method, string address, bool withToken = true)
    {
        var visitor = visitors[role];
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Headers.Add("Cookie", visitor.Header);
        // Programs have no form and no cookie that could be misused: their way in needs no token.
        if (method is not "GET" && address.StartsWith("/api/", StringComparison.Ordinal))
            request.Content = new StringContent("""{"text":"旋盤加工"}""", Encoding.UTF8, "application/json");
        else if (method is not "GET")
            request.Content = new FormUrlEncodedContent(withToken ? [new("__RequestVerificationToken", visitor.Token)] : []);
        return await browser.SendAsync(request);
    }

    /// <summary>As the table says it.</summary>
    public static string Said(HttpResponseMessage answer) => answer switch
    {
        { StatusCode: HttpStatusCode.Redirect } when answer.Headers.Location!.OriginalString.Contains(AccountLinks.SignIn + "?back=", StringComparison.Ordinal) => "signin",
        { StatusCode: < HttpStatusCode.BadRequest } => "ok",
        _ => ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture),
    };

    // Good for as long as nobody sets a password by it.
    private async Task AddLinkAsync(LinkPurpose purpose, string subject)
    {
        var link = await Data.Add(new MailedLink { Purpose = purpose, Subject = subject, CreatedAt = Clock.GetUtcNow(), ExpiresAt = Clock.GetUtcNow().AddDays(1) });
        values[MailedLinks.Prefix(purpose)] = Services.GetRequiredService<LinkKey>().Token(purpose, link.Id);
    }

    // The form's token is bound to who is signed in and to a cookie of its own: both come from a page that everybody may open.
    private async Task<Cookies> Enter(TownUser? user)
    {
        List<string> cookies = [];
        if (user is not null)
        {
            var ticket = await Ticket(user);
            cookies.Add($"{ticket.Name}={ticket.Value}");
        }
        using var request = new HttpRequestMessage(HttpMethod.Get, AccountLinks.SignOut);
        request.Headers.Add("Cookie", cookies);
        var page = await TestPage.Read(browser, await browser.SendAsync(request));
        cookies.AddRange(page.Response.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).Where(c => c.StartsWith("town-form=", StringComparison.Ordinal)));
        return new(string.Join("; ", cookies), page.Document.QuerySelector("main form input[name=__RequestVerificationToken]")!.GetAttribute("value")!);
    }

    [GeneratedRegex(@"\{\*{0,2}(?<name>\w+(?::\w+)?)[^{}]*\}", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Parameter();

    private sealed record Cookies(string Header, string Token);
}
