using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Api;

public class ApiTests(ApiTests.ApiApp app) : IClassFixture<ApiTests.ApiApp>
{
    /// <summary>On a real port, so that the examples of the help page can be run as they stand.</summary>
    public sealed class ApiApp : TownApp
    {
        private readonly int port = FreePort();

        public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

        protected override IEnumerable<KeyValuePair<string, string>> Settings =>
            [.. base.Settings.Where(s => s.Key is not "Town:BaseUrl"), new("Town:BaseUrl", Address), new("RateLimits:ApiPerMinute", "10000")];

        protected override Task Listen()
        {
            UseKestrel(port);
            return base.Listen();
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private HttpClient Program() => new() { BaseAddress = new Uri(app.Address) };

    private async Task<(HttpResponseMessage Answer, JsonElement Json)> Get(string address, Action<HttpRequestHeaders>? headers = null)
    {
        using var client = Program();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        headers?.Invoke(request.Headers);
        return await Read(await client.SendAsync(request, Stop));
    }

    private async Task<(HttpResponseMessage Answer, JsonElement Json)> Post(HttpContent? body)
    {
        using var client = Program();
        return await Read(await client.PostAsync(new Uri(SiteLinks.ApiMatch, UriKind.Relative), body, Stop));
    }

    private Task<(HttpResponseMessage Answer, JsonElement Json)> Post(string json) => Post(new StringContent(json, Encoding.UTF8, "application/json"));

    private static async Task<(HttpResponseMessage Answer, JsonElement Json)> Read(HttpResponseMessage answer)
    {
        var bytes = await answer.Content.ReadAsByteArrayAsync(Stop);
        return (answer, bytes.Length == 0 ? default : JsonDocument.Parse(bytes).RootElement);
    }

    private static void AssertProblem((HttpResponseMessage Answer, JsonElement Json) said, HttpStatusCode status, string words)
    {
        Assert.Equal(status, said.Answer.StatusCode);
        Assert.Equal("application/problem+json", said.Answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(words, said.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Companies_ByProcess_AreThePagesCompanies_WithoutWhatIsHidden()
    {
        var company = await app.Data.Company(c => c.Listed().Named("有限会社歯車屋", "はぐるまや", "haguruma").With("歯車研削", "gear.grind", ["SCM440"], x => x.Limits.Tolerance = 0.005m)
            .WithCertification("ISO9001", "iso9001").Awarded(401).Set(x => (x.Tel, x.TelVisibility, x.ContactPerson) = ("06-1111-2222", Visibility.Hidden, "窓口 一郎")));
        await app.CatalogFollows();
        var (answer, json) = await Get("/api/v1/companies?q=" + Uri.EscapeDataString("歯車研削"));
        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        var item = json.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("slug").GetString() == company.Slug);
        Assert.Equal((company.Name, "はぐるまや", $"{app.Address}/companies/haguruma"), (item.GetProperty("name").GetString(), item.GetProperty("kana").GetString(), item.GetProperty("url").GetString()));
        var capability = item.GetProperty("capabilities")[0];
        Assert.Equal(("歯車研削", 0.005, "SCM440"), (capability.GetProperty("process").GetString(), capability.GetProperty("limits").GetProperty("toleranceMm").GetDouble(), capability.GetProperty("materials")[0].GetString()));
        Assert.Equal(401, item.GetProperty("award").GetProperty("number").GetInt32());
        Assert.Equal("CC BY 4.0", json.GetProperty("license").GetString());
        var text = json.GetRawText();
        Assert.DoesNotContain("06-1111-2222", text, StringComparison.Ordinal);
        Assert.DoesNotContain("窓口", text, StringComparison.Ordinal);
        Assert.DoesNotContain("example.jp", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Companies_PageByPage_AreAllOnce_AlsoWhenOneGoesBetween()
    {
        var made = new List<Company>();
        for (var i = 0; i < 11; i++)
            made.Add(await app.Data.Company(c => c.Listed().With("ばね巻き").Set(x => x.City = "頁市")));
        await app.CatalogFollows();
        var address = "/api/v1/companies?town=" + Uri.EscapeDataString("頁市") + "&sort=kana&limit=4";
        var all = await Walk(address);
        Assert.Equal(made.Select(c => c.Slug).Order(StringComparer.Ordinal), all.Order(StringComparer.Ordinal));

        // The second company of the first page goes after that page was read.
        var (_, first) = await Get(address);
        var seen = first.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("slug").GetString()!).ToList();
        await using (var db = app.Database.Open())
        {
            db.Companies.Single(c => c.Slug == seen[1]).Status = CompanyStatus.Paused;
            await db.SaveChangesAsync(Stop);
        }
        await app.CatalogFollows();
        seen.AddRange(await Walk(first.GetProperty("links").GetProperty("next").GetString()![app.Address.Length..]));
        Assert.Equal(all, seen);

        async Task<List<string>> Walk(string from)
        {
            List<string> slugs = [];
            for (string? next = from; next is not null;)
            {
                var (_, json) = await Get(next);
                slugs.AddRange(json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("slug").GetString()!));
                next = json.GetProperty("links").TryGetProperty("next", out var link) ? link.GetString()![app.Address.Length..] : null;
                Assert.Equal(next is null, !json.TryGetProperty("nextCursor", out _));
            }
            return slugs;
        }
    }

    [Fact]
    public async Task Companies_Unchanged_Are304_UntilAnEdit()
    {
        var company = await app.Data.Company(c => c.Listed().Set(x => x.City = "札市"));
        await app.CatalogFollows();
        var address = "/api/v1/companies?town=" + Uri.EscapeDataString("札市");
        var (first, _) = await Get(address);
        var (again, nothing) = await Get(address, h => h.IfNoneMatch.Add(first.Headers.ETag!));
        Assert.Equal((HttpStatusCode.NotModified, JsonValueKind.Undefined), (again.StatusCode, nothing.ValueKind));
        Assert.Equal(HttpStatusCode.NotModified, (await Get(address, h => h.IfModifiedSince = first.Content.Headers.LastModified)).Answer.StatusCode);
        await using (var db = app.Database.Open())
        {
            db.Companies.Single(c => c.Id == company.Id).Name = "株式会社札替";
            await db.SaveChangesAsync(Stop);
        }
        await app.CatalogFollows();
        Assert.Equal(HttpStatusCode.OK, (await Get(address, h => h.IfNoneMatch.Add(first.Headers.ETag!))).Answer.StatusCode);
    }

    [Theory]
    [InlineData("?process=cut.none", "process の値「cut.none」")]
    [InlineData("?material=", "material の値「」")]
    [InlineData("?cert=iso0", "cert の値「iso0」")]
    [InlineData("?town=nowhere", "town の値「nowhere」")]
    [InlineData("?size=3", "size の値「3」")]
    [InlineData("?award=yes", "award は 1 だけ")]
    [InlineData("?visit=0", "visit は 1 だけ")]
    [InlineData("?sort=price", "sort は kana か confirmed")]
    [InlineData("?limit=0", "limit は1から100")]
    [InlineData("?limit=101", "limit は1から100")]
    [InlineData("?limit=many", "limit は1から100")]
    [InlineData("?cursor=abc", "cursor が正しくありません")]
    [InlineData("?cursor=%E3%81%82", "cursor が正しくありません")]
    [InlineData("?page=2", "条件「page」はありません")]
    public async Task Companies_WithAConditionNobodyKnows_SayWhich(string query, string words) =>
        AssertProblem(await Get("/api/v1/companies" + query), HttpStatusCode.BadRequest, words);

    [Fact]
    public async Task Companies_WithTheCursorOfAnotherSearch_AreRefused()
    {
        for (var i = 0; i < 2; i++)
            await app.Data.Company(c => c.Listed());
        await app.CatalogFollows();
        var (_, json) = await Get("/api/v1/companies?limit=1");
        AssertProblem(await Get("/api/v1/companies?limit=1&sort=kana&cursor=" + json.GetProperty("nextCursor").GetString()), HttpStatusCode.BadRequest, "cursor が正しくありません");
        AssertProblem(await Get("/api/v1/companies?q=" + new string('a', 201)), HttpStatusCode.BadRequest, "200字まで");
    }

    [Fact]
    public async Task Match_SaysWhatWasRead_AndNamesNobodyWhoCannot()
    {
        var fits = await app.Data.Company(c => c.Listed().Named("株式会社適合", "てきごう").With("ヘリサート挿入").With("旋盤加工", "cut.turn", ["S45C"], x => x.Limits.MaxLength = 500));
        var small = await app.Data.Company(c => c.Listed().Named("株式会社小物", "こもの").With("旋盤加工", "cut.turn", ["S45C"], x => (x.Limits.MaxLength, x.Limits.DiameterTo) = (20, 10)));
        await app.CatalogFollows();
        var (answer, json) = await Post("""{"text":"S45C φ40×300 旋盤加工 10個","form":{"deadlineWeeks":2,"certifications":[]},"limit":50}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Contains(json.GetProperty("need").GetProperty("facts").EnumerateArray(), f => f.GetProperty("kind").GetString() == "material" && f.GetProperty("start").GetInt32() == 0);
        Assert.Equal("cut.turn", json.GetProperty("need").GetProperty("steps")[0].GetProperty("processes")[0].GetProperty("id").GetString());
        var matches = json.GetProperty("matches").EnumerateArray().ToList();
        var match = Assert.Single(matches, m => m.GetProperty("company").GetProperty("slug").GetString() == fits.Slug);
        Assert.Contains(match.GetProperty("verdict").GetString(), new[] { "fits", "maybe" });
        Assert.NotEmpty(match.GetProperty("reasons").EnumerateArray());
        Assert.True(json.GetProperty("counts").GetProperty("excluded").GetInt32() >= 1);
        Assert.DoesNotContain(small.Name, json.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"fails\"", json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Match_ForStaffToo_IsWhatThePublicMaySee()
    {
        var company = await app.Data.Company(c => c.Listed().Named("株式会社機械だけ", "きかいだけ").With("板金加工").WithEquipment("ロボドリル", "ファナック", "α-D21MiB5"));
        await app.CatalogFollows();
        var (_, json) = await Post("""{"text":"アルミ マシニング加工 100×80×20 10個","limit":50}""");
        Assert.DoesNotContain(company.Name, json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Match_OfAVagueOrder_AsksInstead()
    {
        var (_, json) = await Post("""{"text":"何か作れますか"}""");
        Assert.True(json.GetProperty("need").GetProperty("isVague").GetBoolean());
        Assert.Empty(json.GetProperty("matches").EnumerateArray());
        Assert.NotEmpty(json.GetProperty("questions").EnumerateArray());
    }

    public static TheoryData<string, string> BadOrders => new()
    {
        { "", "本文が空です" },
        { "null", "text が空です" },
        { "{}", "text が空です" },
        { """{"text":"  "}""", "text が空です" },
        { """{"text":""", "JSON を読めませんでした" },
        { """{"text":1}""", "JSON を読めませんでした" },
        { """{"test":"旋盤"}""", "JSON を読めませんでした" },
        { """{"text":"旋盤","text":"研磨"}""", "JSON を読めませんでした" },
        { """{"text":"\ud800"}""", "JSON を読めませんでした" },
        { "[" + new string('[', 5000), "JSON を読めませんでした" },
        { """{"text":"旋盤","limit":51}""", "limit は1から50" },
        { """{"text":"旋盤","form":{"maxSizeMm":[1,2,3,4]}}""", "3つまで" },
        { """{"text":"旋盤","form":{"toleranceMm":-1}}""", "0より大きく" },
        { """{"text":"旋盤","form":{"toleranceMm":1e300}}""", "0より大きく" },
        { """{"text":"旋盤","form":{"certifications":["iso0"]}}""", "「iso0」は知られていません" },
        { $$$"""{"text":"旋盤","form":{"material":"{{{new string('a', 201)}}}"}}""", "200字まで" },
        { $$"""{"text":"{{new string('旋', 20_001)}}"}""", "20,000字まで" },
    };

    [Theory]
    [MemberData(nameof(BadOrders))]
    public async Task Match_OfABadOrder_SaysWhatToMend(string body, string words) => AssertProblem(await Post(body), HttpStatusCode.BadRequest, words);

    [Fact]
    public async Task Match_OfTheLongestOrder_IsRead() =>
        Assert.Equal(HttpStatusCode.OK, (await Post($$"""{"text":"{{string.Concat(Enumerable.Repeat("旋", 20_000))}}"}""")).Answer.StatusCode);

    [Fact]
    public async Task Match_InAnotherTypeOrEncoding_IsRefused()
    {
        AssertProblem(await Post(new StringContent("text=旋盤", Encoding.UTF8, "application/x-www-form-urlencoded")), HttpStatusCode.UnsupportedMediaType, "application/json");
        AssertProblem(await Post((HttpContent?)null), HttpStatusCode.UnsupportedMediaType, "application/json");
        AssertProblem(await Post(new StringContent("""{"text":"lathe"}""", Encoding.Unicode, "application/json")), HttpStatusCode.UnsupportedMediaType, "UTF-8");
        using var latin = new ByteArrayContent([.. "{\"text\":\""u8, 0x90, 0xF9, 0x94, 0xD5, .. "\"}"u8]);
        latin.Headers.ContentType = new("application/json");
        AssertProblem(await Post(latin), HttpStatusCode.BadRequest, "UTF-8");
        AssertProblem(await Post($$"""{"text":"{{new string(' ', 300_000)}}"}"""), HttpStatusCode.RequestEntityTooLarge, "256KB");
        using var marked = new ByteArrayContent([.. "\uFEFF{\"text\":\"旋盤加工 10個\"}"u8]);
        marked.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        Assert.Equal(HttpStatusCode.OK, (await Post(marked)).Answer.StatusCode);
    }

    [Fact]
    public async Task AWrongAddressOrMethod_IsAnsweredInTheSameLanguage()
    {
        AssertProblem(await Get("/api/v1/nothing"), HttpStatusCode.NotFound, "/openapi/v1.json");
        AssertProblem(await Get("/api/v2/companies"), HttpStatusCode.NotFound, "/openapi/v1.json");
        var wrong = await Get("/api/v1/match");
        AssertProblem(wrong, HttpStatusCode.MethodNotAllowed, "POST");
        Assert.Equal("POST", wrong.Answer.Content.Headers.Allow.Single());
    }

    [Fact]
    public async Task OpenApi_DescribesBothWaysIn()
    {
        var (_, json) = await Get("/openapi/v1.json");
        Assert.Equal(["/api/v1/companies", "/api/v1/match"], json.GetProperty("paths").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal(app.Address, json.GetProperty("servers")[0].GetProperty("url").GetString());
        Assert.Contains("CC BY 4.0", json.GetProperty("info").GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal("CC BY 4.0", json.GetProperty("info").GetProperty("license").GetProperty("name").GetString());
        var get = json.GetProperty("paths").GetProperty("/api/v1/companies").GetProperty("get");
        string[] names = ["q", "process", "material", "cert", "town", "size", "award", "visit", "sort", "limit", "cursor"];
        Assert.Equal(names, get.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        Assert.All(get.GetProperty("parameters").EnumerateArray(), p => Assert.NotEmpty(p.GetProperty("description").GetString()!));
        var post = json.GetProperty("paths").GetProperty("/api/v1/match").GetProperty("post");
        Assert.Equal(["200", "400", "413", "415", "429"], post.GetProperty("responses").EnumerateObject().Select(r => r.Name).Order(StringComparer.Ordinal));
        Assert.True(post.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/json", out _));
        // Every field that an answer has is described: what one learns from the document is what comes.
        var schemas = json.GetProperty("components").GetProperty("schemas");
        await app.Data.Company(c => c.Listed().With("旋盤加工", "cut.turn").Awarded());
        await app.CatalogFollows();
        var (_, companies) = await Get("/api/v1/companies?limit=1&award=1");
        foreach (var field in companies.GetProperty("items")[0].EnumerateObject())
            Assert.True(schemas.GetProperty("ApiCompany").GetProperty("properties").TryGetProperty(field.Name, out _), field.Name);
    }

    [Fact]
    public async Task HelpPage_ShowsExamplesThatRun()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "curl is not installed.");
        await app.Data.Company(c => c.Listed().With("研磨加工").With("レーザー切断", materials: ["SUS304"]));
        await app.CatalogFollows();
        var page = await app.Visitor().Open(SiteLinks.Api);
        var examples = page.Document.QuerySelectorAll("pre code").Select(c => c.TextContent).ToList();
        Assert.Equal(2, examples.Count);
        foreach (var (example, field) in examples.Zip(["items", "matches"]))
        {
            Assert.StartsWith("curl ", example, StringComparison.Ordinal);
            using var process = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", example + " --silent --show-error --fail-with-body --noproxy '*'"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                StandardOutputEncoding = Encoding.UTF8,
            })!;
            var output = await process.StandardOutput.ReadToEndAsync(Stop);
            await process.WaitForExitAsync(Stop);
            Assert.True(process.ExitCode == 0, $"{example}: {output}");
            Assert.NotEmpty(JsonDocument.Parse(output).RootElement.GetProperty(field).EnumerateArray());
        }
    }
}

public class ApiLimitTests(ApiLimitTests.StrictApp app) : IClassFixture<ApiLimitTests.StrictApp>
{
    public sealed class StrictApp : TownApp
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings =>
            [.. base.Settings.Where(s => s.Key is not "RateLimits:MatchesPerMinute"), new("RateLimits:ApiPerMinute", "3"), new("RateLimits:MatchesPerMinute", "2")];
    }

    [Fact]
    public async Task TooManyCalls_AreToldWhenToComeBack()
    {
        var stop = TestContext.Current.CancellationToken;
        var client = app.Visitor();
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/api/v1/companies", UriKind.Relative), stop)).StatusCode);
        await Refused(await client.GetAsync(new Uri("/api/v1/companies", UriKind.Relative), stop));
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.OK, (await Post()).StatusCode);
        await Refused(await Post());
        // A person's pages have their own measure.
        Assert.Equal(HttpStatusCode.OK, (await client.Open(CompanyLinks.Search)).Status);

        Task<HttpResponseMessage> Post() => client.PostAsync(new Uri("/api/v1/match", UriKind.Relative), new StringContent("""{"text":"旋盤加工"}""", Encoding.UTF8, "application/json"), stop);

        async Task Refused(HttpResponseMessage answer)
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            Assert.Contains("秒待って", await answer.Content.ReadAsStringAsync(stop), StringComparison.Ordinal);
        }
    }
}
