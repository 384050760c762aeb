using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Hosting;

public class ErrorPagesTests(ErrorPagesTests.TornApp app) : IClassFixture<ErrorPagesTests.TornApp>
{
    private const string Torn = "X-Torn";

    /// <summary>A body that cannot be read, in a way nothing in the portal expects, when the request asks for it.</summary>
    public sealed class TornApp : TownApp, IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => builder =>
        {
            builder.Use((context, rest) =>
            {
                if (context.Request.Headers.ContainsKey(Torn))
                {
                    context.Request.Body = new MemoryStream();
                    context.Request.Body.Dispose();
                }
                return rest(context);
            });
            next(builder);
        };

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureServices(services => services.AddSingleton<IStartupFilter>(this));
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_WithAFaultNobodyForesaw_SaysSoInWords()
    {
        var answer = await PostTorn(SiteLinks.Match, new FormUrlEncodedContent([new("Text", "旋盤加工")]));
        var page = await answer.Content.ReadAsStringAsync(Stop);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("うまく表示できませんでした", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ObjectDisposedException", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_WithAFaultNobodyForesaw_AnswersInItsOwnLanguage()
    {
        var answer = await PostTorn(SiteLinks.ApiMatch, new StringContent("""{"text":"旋盤加工"}""", Encoding.UTF8, "application/json"));
        var said = await answer.Content.ReadAsStringAsync(Stop);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("こちらの不具合です", said, StringComparison.Ordinal);
        Assert.DoesNotContain("ObjectDisposedException", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageOfAnotherRole_SaysWhoOneIs_AndTheWayToAnotherAccountLeadsBack()
    {
        var browser = await app.As(Roles.Buyer);
        var refused = await browser.Open(StaffLinks.Jobs);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("試験 Buyer・発注者", refused.Text("main"), StringComparison.Ordinal);

        var signOut = await browser.Open(refused.Document.QuerySelector("main a.button")!.GetAttribute("href")!);
        Assert.Equal("/account/signin?done=out&back=%2Fstaff%2Fjobs", (await signOut.Submit()).Location);
    }

    [Fact]
    public async Task PageThatNobodyMayOpen_OffersToSignIn()
    {
        var page = await app.Visitor().Open("/errors/403");
        Assert.Equal("/account/signin?back=%2F", page.Document.QuerySelector("main a.button")!.GetAttribute("href"));
    }

    private Task<HttpResponseMessage> PostTorn(string address, HttpContent body)
    {
        body.Headers.Add(Torn, "yes");
        return app.Visitor().PostAsync(new Uri(address, UriKind.Relative), body, Stop);
    }
}
