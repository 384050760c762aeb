using System.Net;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Tests.Hosting;

/// <summary>What holds for every page there is, whoever opens it.</summary>
public class PageHeadersTests(TownDoors town) : IClassFixture<TownDoors>
{
    // Fetched by deploy/assets, no part of a build.
    private const string Vendor = "/vendor/";

    private static readonly string[] MailedOnly = [MailedLinks.Prefix(LinkPurpose.Leave), MailedLinks.Prefix(LinkPurpose.Freshness)];

    private static readonly string[] UrlAttributes = ["href", "src", "action"];

    [Fact]
    public async Task EveryAnswer_CarriesTheHeaders()
    {
        foreach (var entrance in town.Entrances)
        {
            foreach (var role in AuthorizationTable.Visitors)
            {
                using var answer = await town.Knock(role, entrance, withToken: false);
                var name = $"{entrance.Name} as {role}";
                Assert.True((int)answer.StatusCode < 500, $"{name}: {answer.StatusCode}");
                var policy = Header(answer, "Content-Security-Policy");
                // A page that shows foreign text may be stricter, none may be looser.
                Assert.True(policy is SecurityHeaders.ContentSecurityPolicy
                    || (policy.Contains("default-src 'none'", StringComparison.Ordinal) && !policy.Contains("unsafe", StringComparison.Ordinal)), $"{name}: {policy}");
                Assert.Equal((name, "nosniff"), (name, Header(answer, "X-Content-Type-Options")));
                Assert.Equal((name, "same-origin"), (name, Header(answer, "Cross-Origin-Opener-Policy")));
                Assert.Equal((name, true), (name, answer.Headers.Contains("Permissions-Policy")));
                // A page behind a mailed link tells its address to nobody at all.
                Assert.Contains(Header(answer, "Referrer-Policy"), (string[])["same-origin", "no-referrer"]);
                if (role is not AuthorizationTable.Anonymous)
                    Assert.Equal((name, "no-store"), (name, Header(answer, "Cache-Control")));
            }
        }
    }

    [Fact]
    public async Task EveryPage_KeepsToTheStrictPolicy()
    {
        List<string> wrong = [];
        await foreach (var (name, page) in Pages())
        {
            foreach (var element in page.Document.All)
            {
                if (element.LocalName is "style" || (element.LocalName is "script" && !element.HasAttribute("src") && element.GetAttribute("type") is not "application/ld+json")
                    || element.Attributes.Any(a => a.Name is "style" || a.Name.StartsWith("on", StringComparison.Ordinal)))
                {
                    wrong.Add($"{name}: inline {element.LocalName} {element.GetAttribute("style")}");
                }
                if (element.LocalName is "iframe" && element.GetAttribute("sandbox") is null)
                    wrong.Add($"{name}: a frame without sandbox");
            }
            if (page.Document.QuerySelectorAll("h1").Length != 1)
                wrong.Add($"{name}: {page.Document.QuerySelectorAll("h1").Length} h1");
            if (string.IsNullOrWhiteSpace(page.Document.Title))
                wrong.Add($"{name}: no title");
            // Where the address itself is a secret from a mail, there is no token to add; any other form without one is refused when somebody presses its button.
            foreach (var form in page.Document.QuerySelectorAll("form[method=post i]").Where(f => f.QuerySelector("input[name=__RequestVerificationToken]") is null))
            {
                if (form.GetAttribute("action") is not { } action || !MailedOnly.Any(prefix => action.StartsWith(prefix, StringComparison.Ordinal)))
                    wrong.Add($"{name}: the form to {form.GetAttribute("action")} carries no token");
            }
        }
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Distinct(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task EveryLink_OnEveryPage_LeadsSomewhere()
    {
        Dictionary<(string Role, string Address), string> seen = [];
        List<string> dead = [];
        await foreach (var (name, page) in Pages())
        {
            var role = name.Split(" as ")[1];
            foreach (var address in page.Document.All.SelectMany(e => UrlAttributes.Select(e.GetAttribute)).OfType<string>()
                .Where(a => a.StartsWith('/') && !a.StartsWith(Vendor, StringComparison.Ordinal)).Select(a => a.Split('#')[0]).Distinct(StringComparer.Ordinal))
            {
                if (!seen.TryAdd((role, address), name))
                    continue;
                using var answer = await town.Knock(role, "GET", address);
                if (TownDoors.Said(answer) is "403" or "404" or "500" or "signin")
                    dead.Add($"{address} ({TownDoors.Said(answer)}) on {name}");
            }
        }
        Assert.True(dead.Count == 0, string.Join(Environment.NewLine, dead));
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    private async IAsyncEnumerable<(string Name, TestPage Page)> Pages()
    {
        foreach (var entrance in town.Entrances.Where(e => e.Method is "GET" && e.IsPage && !e.Pattern.StartsWith("/errors/", StringComparison.Ordinal)))
        {
            foreach (var role in AuthorizationTable.Visitors)
            {
                var answer = await town.Knock(role, entrance);
                if (answer.StatusCode == HttpStatusCode.OK && answer.Content.Headers.ContentType?.MediaType is "text/html")
                    yield return ($"{entrance.Name} as {role}", await TestPage.Read(town.Visitor(), answer));
            }
        }
    }
}
