using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Indicators;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Tests.Indicators;

public class TownFiguresTests(TownApp app) : IClassFixture<TownApp>
{
    private static readonly TownOptions Town = new() { City = "試験市" };

    [Theory]
    [InlineData("試験市", true)]
    [InlineData("試験市北区", true)]
    [InlineData("試験市場町", false)]
    [InlineData("隣町市", false)]
    [InlineData("", false)]
    public void Holds_TheCityAndItsWards(string city, bool holds) => Assert.Equal(holds, Town.Holds(city));

    [Fact]
    public async Task WhatVisitorsAndStaffRead_IsTheSameNumber()
    {
        foreach (var city in new[] { "試験市", "試験市北区", "試験市場町", "隣町市" })
            await app.Data.Company(c => c.Listed().Set(x => x.City = city));
        await app.CatalogFollows();
        var staff = await app.Use<TownFigures, TownState>(f => f.TodayAsync(Town, TestContext.Current.CancellationToken));
        var visitors = await app.Use<CatalogFeed, CatalogFigures>(feed => app.Use<CatalogSums, CatalogFigures>(sums => Task.FromResult(sums.Of(feed.Current!))));
        Assert.Equal((4, 2), (staff.Listed, staff.ListedInTown));
        Assert.Equal((staff.Listed, staff.ListedInTown), (visitors.Listed, visitors.InTown));
    }
}
