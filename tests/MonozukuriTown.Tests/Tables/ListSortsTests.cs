using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Tables;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Tables;

public class ListSortsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly ListSorts<Company> Sorts = ListSorts.ById((Company c) => c.Id)
        .By("name", c => c.SortKey).By("employees", c => c.Employees ?? 0, descending: true).By("listed", c => c.ListedOn ?? DateOnly.MinValue);

    private async Task<List<int>> SeedAsync(int count)
    {
        List<int> ids = [];
        for (var n = 0; n < count; n++)
            ids.Add((await database.Data.Company(c => c.Listed(new DateOnly(2020, 1, 1).AddDays(n % 7)).Set(x => (x.SortKey, x.Employees) = ($"か{n % 5}", n % 3 == 0 ? null : n % 4)))).Id);
        return ids;
    }

    [Theory]
    [InlineData("name")]
    [InlineData("-name")]
    [InlineData("employees")]
    [InlineData("-employees")]
    [InlineData("listed")]
    [InlineData(null)]
    public async Task Pages_ForwardAndBack_GiveEveryRowOnceInOrder(string? sort)
    {
        var ids = await SeedAsync(23);
        await using var db = database.Open();
        var rows = db.Companies.Where(c => ids.Contains(c.Id));
        var all = await Sorts.PageAsync(rows, new() { Sort = sort, Size = 200 }, TestContext.Current.CancellationToken, count: true);
        Assert.Equal((23, 23, null, null), (all.Items.Count, all.Total, all.Previous, all.Next));

        List<int> forward = [];
        List<Page<Company>> pages = [];
        for (string? after = null; pages.Count == 0 || after is not null;)
        {
            var page = await Sorts.PageAsync(rows, new() { Sort = sort, Size = 5, After = after }, TestContext.Current.CancellationToken);
            pages.Add(page);
            forward.AddRange(page.Items.Select(c => c.Id));
            after = page.Next;
        }
        Assert.Equal(all.Items.Select(c => c.Id), forward);
        Assert.Equal(5, pages.Count);
        Assert.Null(pages[0].Previous);
        for (var n = 4; n > 0; n--)
        {
            var back = await Sorts.PageAsync(rows, new() { Sort = sort, Size = 5, Before = pages[n].Previous }, TestContext.Current.CancellationToken);
            Assert.Equal(pages[n - 1].Items.Select(c => c.Id), back.Items.Select(c => c.Id));
            Assert.Equal(n == 1, back.Previous is null);
            Assert.NotNull(back.Next);
        }
    }

    [Fact]
    public async Task RowThatComesMeanwhile_ShiftsNobody()
    {
        var ids = await SeedAsync(10);
        await using var db = database.Open();
        var first = await Sorts.PageAsync(db.Companies.Where(c => ids.Contains(c.Id)), new() { Size = 5 }, TestContext.Current.CancellationToken);
        ids.Add((await database.Data.Company(c => c.Set(x => x.SortKey = "あ"))).Id);
        var second = await Sorts.PageAsync(db.Companies.Where(c => ids.Contains(c.Id)), new() { Size = 5, After = first.Next }, TestContext.Current.CancellationToken);
        Assert.Empty(second.Items.Select(c => c.Id).Intersect(first.Items.Select(c => c.Id)));
        Assert.Equal(5, second.Items.Count);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("W10")]
    [InlineData("eyJhIjoxfQ")]
    [InlineData("WzEsIngiXQ")]
    [InlineData("W251bGwsbnVsbF0")]
    [InlineData("WyJcdTAwMDAiLDFd")]
    public async Task BrokenCursorOrSort_MeansTheFirstPage(string cursor)
    {
        var ids = await SeedAsync(3);
        await using var db = database.Open();
        var page = await Sorts.PageAsync(db.Companies.Where(c => ids.Contains(c.Id)), new() { Sort = "x'; drop", After = cursor, Size = -1 }, TestContext.Current.CancellationToken);
        Assert.Equal((1, "name"), (page.Items.Count, page.Sort));
    }

    [Fact]
    public async Task Containing_EveryWordInAnyColumn_TakenLiterally()
    {
        var a = (await database.Data.Company(c => c.Named("株式会社１００%銅鐸", "どうたく").Set(x => x.City = "門真市X"))).Id;
        var b = (await database.Data.Company(c => c.Named("株式会社100銅鐸Abc", "どうたく").Set(x => x.City = "守口市X"))).Id;
        await using var db = database.Open();
        Task<List<int>> Find(string? text) => db.Companies.Where(c => c.Id == a || c.Id == b).Containing(text, c => c.Name, c => c.City).Select(c => c.Id).Order().ToListAsync();
        Assert.Equal([a, b], await Find(null));
        Assert.Equal([a, b], await Find("銅鐸"));
        Assert.Equal([b], await Find("銅鐸　守口"));
        Assert.Equal([b], await Find("ａｂｃ"));
        Assert.Equal([a], await Find("%銅"));
        Assert.Empty(await Find("100_"));
        Assert.Empty(await Find("\\"));
    }
}
