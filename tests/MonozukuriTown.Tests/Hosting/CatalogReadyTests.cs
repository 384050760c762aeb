using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Hosting;

/// <summary>The moment between start and the first catalog, held for as long as the test needs.</summary>
public sealed class CatalogReadyTests(CatalogReadyTests.JustStarted app) : IClassFixture<CatalogReadyTests.JustStarted>
{
    [Fact]
    public async Task BeforeTheCompaniesAreRead_PagesSayWhenToComeAgain_AndThenTheyAnswer()
    {
        var order = await app.Visitor().Open("/match");
        var visits = await Task.WhenAll(
            app.Visitor().Open("/"), app.Visitor().Open("/companies?q=研磨"), app.Visitor().Open("/sitemap.xml"), order.Submit("form", ("text", "旋盤加工 10個")));
        Assert.All(visits, page =>
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
            Assert.Equal(TimeSpan.FromSeconds(5), page.Response.Headers.RetryAfter?.Delta);
            Assert.Equal("まもなく開きます", page.Text("h1"));
        });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await app.Visitor().Open("/health/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await app.Visitor().Open("/health/live")).Status);
        Assert.Equal(HttpStatusCode.OK, (await app.Visitor().Open("/about")).Status);

        var waiting = app.Visitor().Open("/companies");
        await app.CatalogFollows();
        Assert.Equal(HttpStatusCode.OK, (await waiting).Status);
        Assert.Equal(HttpStatusCode.OK, (await app.Visitor().Open("/health/ready")).Status);
        // Nothing that was said meanwhile is kept.
        Assert.Equal(HttpStatusCode.OK, (await app.Visitor().Open("/companies?q=研磨")).Status);
    }

    public sealed class JustStarted : TownApp, IAsyncLifetime
    {
        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await Database.InitializeAsync();
            await Listen();
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            // The feed stands, and nobody starts it.
            builder.ConfigureServices(services => services.Remove(services.Last(s =>
                s.ServiceType == typeof(IHostedService) && s.ImplementationFactory?.Method.ReturnType == typeof(CatalogFeed))));
        }
    }
}
