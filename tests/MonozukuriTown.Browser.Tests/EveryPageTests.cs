using System.Globalization;
using MonozukuriTown.Browser.Tests.Support;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Events;
using MonozukuriTown.Core.Work;
using MonozukuriTown.Tests.Hosting;

namespace MonozukuriTown.Browser.Tests;

/// <summary>
/// Every page the portal has, found by its endpoints, in the role it is made for, with the rows people really have (long names, empty
/// fields): axe, no complaint of the browser, nothing wider than the window.
/// </summary>
public sealed class EveryPageTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private const string LongName = "株式会社ひがし大阪精密機械器具総合製作所 大阪事業本部 門前第二工場";

    // Pages that are nothing without a link from a mail or a letter; their own tests open them.
    private static readonly string[] OpenedElsewhere = ["/account/reset/{token}", "/account/verify/{token?}", "/staff/mailbox/{name}/html", "/errors/{code:int}",
        "/staff/imports/{id:int}", "/staff/imports/{id:int}/refused.{format}", "/staff/imports/template.{format}"];

    [Theory]
    [InlineData(BrowserApp.Phone)]
    [InlineData(BrowserApp.Desktop)]
    public async Task Page_OpenedInItsRole_HasNothingToComplainOf(int width)
    {
        var company = await FillAsync();
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["/companies/{slug}"] = "/companies/" + company.Slug,
            ["/events/{slug}"] = "/events/2026-12-09",
            ["/staff/companies/{id:int}"] = string.Create(CultureInfo.InvariantCulture, $"/staff/companies/{company.Id}"),
            ["/staff/accounts/{id:guid}"] = $"/staff/accounts/{(await app.UserOf(Roles.Buyer)).Id}",
        };
        var member = await app.NewUser(Roles.Member, company);
        List<string> wrong = [];
        var opened = 0;
        foreach (var entrance in (await Entrance.AllAsync(app.Services)).Where(e => e.IsPage && e.Method is "GET" && e.Query.Length == 0))
        {
            var pattern = entrance.Name["GET ".Length..];
            if (OpenedElsewhere.Contains(pattern, StringComparer.Ordinal))
                continue;
            var address = pattern.Contains('{', StringComparison.Ordinal) ? values.GetValueOrDefault(pattern) : pattern;
            if (address is null)
            {
                wrong.Add($"{pattern}: give it a value in this test.");
                continue;
            }
            var page = pattern.StartsWith("/my", StringComparison.Ordinal)
                ? await app.Open(address, member, width)
                : await app.Open(address, RoleFor(pattern), width);
            try
            {
                Assert.Equal(200, await page.EvaluateAsync<int>("performance.getEntriesByType('navigation')[0].responseStatus"));
                await app.Check(page);
                opened++;
            }
            catch (Xunit.Sdk.XunitException e)
            {
                wrong.Add($"{address}: {e.Message}");
            }
            await page.Context.CloseAsync();
        }
        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
        Assert.InRange(opened, 15, 500);
    }

    private static string? RoleFor(string pattern) => pattern switch
    {
        _ when pattern.StartsWith("/staff/accounts", StringComparison.Ordinal) => Roles.Admin,
        _ when pattern.StartsWith("/staff", StringComparison.Ordinal) => Roles.City,
        _ => null,
    };

    private async Task<Company> FillAsync()
    {
        var company = await app.Data.Company(c => c.Listed().Named(LongName, "ひがしおおさかせいみつきかいきぐそうごうせいさくしょ")
            .With("旋盤加工", "cut.turn", ["SUS304", "A5052"]).With("研磨").WithEquipment("NC旋盤", "オークマ", "LB3000").WithCertification("ISO9001", "iso9001")
            .Confirmed(ListingSection.Basic, app.Clock.GetUtcNow()).Member().Awarded()
            .Set(x => (x.Summary, x.Employees, x.Tel) = ("丸物の旋盤加工を一個から。", 12, "06-0000-0001")));
        await app.Data.Company(c => c.Listed());
        await app.Use<TownDbContext, int>(async db =>
        {
            if (db.Events.Any())
                return 0;
            db.Add(new TownEvent
            {
                Slug = "2026-12-09",
                Title = "はじめての原価管理セミナー",
                Kind = "セミナー",
                StartsAt = app.Clock.GetUtcNow().AddDays(10),
                EndsAt = app.Clock.GetUtcNow().AddDays(10).AddHours(2),
                Published = true,
            });
            db.Add(new WorkItem { CompanyId = company.Id, Kind = "test", Subject = "1", Reason = "掲載内容が2年以上確認されていません。", Due = new(2026, 11, 18) });
            return await db.SaveChangesAsync();
        });
        await app.CatalogFollows();
        return company;
    }
}
