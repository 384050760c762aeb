using System.Net;
using System.Text.Json;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Tests.Support;

namespace MonozukuriTown.Tests.Pages;

public class ListingTests(TownApp app) : IClassFixture<TownApp>
{
    [Fact]
    public async Task AFullListing_ShowsAllOfIt()
    {
        await app.Data.Company(c => c.Listed().Named("株式会社風車歯車工業", "かざぐるまはぐるまこうぎょう", "kazaguruma").Awarded(34, 2019).Member()
            .With("歯切り", "gear.hob", ["SCM440", "S45C"], x => (x.Limits.DiameterTo, x.Limits.MaxLength, x.Limits.LotFrom, x.Limits.LotTo, x.Note) = (1000, 400, 1, 500, "モジュール1～16"))
            .With("高周波焼入れ", "heat.ih", set: x => x.InHouse = false)
            .WithEquipment("ホブ盤", "カシフジ", "KN152", 3)
            .WithCertification("ISO9001", "iso9001")
            .Confirmed(ListingSection.Capabilities, new(2026, 10, 14, 0, 0, 0, TimeSpan.Zero))
            .Confirmed(ListingSection.Equipment, new(2024, 5, 14, 0, 0, 0, TimeSpan.Zero))
            .Set(x =>
            {
                (x.City, x.Town, x.Address, x.PostalCode, x.Employees, x.FoundedYear, x.CapitalYen) = ("試験市", "中町", "1番1号", "571-0000", 21, 1968, 10_000_000);
                (x.NameEn, x.Tel, x.Web, x.CorporateNumber, x.ClosedDays, x.Representative) = ("Kazaguruma Gear Co., Ltd.", "06-0000-0034", "https://example.jp/", "9120001000001", "日曜", "風見 一郎");
                (x.Latitude, x.Longitude, x.PrText, x.VisitOk) = (34.7, 135.6, "歯車なら何でも。", true);
                x.Limits = new MakingLimits { Tolerance = 0.01m };
                x.Equipment.Add(new Equipment { Kind = "歯車測定機", Inspection = true, Position = 1 });
                x.Products.Add(new Product { Name = "平歯車", Description = "SCM440" });
                x.Sites.Add(new CompanySite { Name = "第二工場", City = "隣町市" });
            }));

        var page = await app.Visitor().Open("/companies/kazaguruma");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("株式会社風車歯車工業", page.Text("h1"));
        Assert.Equal("所在地試験市 従業員21人 創業1968年 認証ISO9001".Replace(" ", "", StringComparison.Ordinal), page.Text(".facts").Replace(" ", "", StringComparison.Ordinal));
        var rows = page.Document.QuerySelectorAll("[aria-labelledby=cap] tbody tr");
        Assert.Equal(["材質", "大きさ", "精度", "数量", "自社・協力会社"], rows[0].QuerySelectorAll("td").Select(td => td.GetAttribute("data-label")));
        Assert.Equal(["SCM440、S45C", "φ1,000×400mm", "±0.01mm", "1～500個", "自社"], rows[0].QuerySelectorAll("td").Select(td => td.TextContent.Trim()));
        Assert.Equal(["記載なし", "記載なし", "±0.01mm", "記載なし", "協力会社"], rows[1].QuerySelectorAll("td").Select(td => td.TextContent.Trim()));
        Assert.Equal("2026年10月に確認", page.Text("[aria-labelledby=cap] .confirmed"));
        Assert.Equal("2024年5月に確認（1年以上前）", page.Text("[aria-labelledby=eq] .confirmed"));
        Assert.Contains("カシフジ KN152", page.Text("[aria-labelledby=eq]"), StringComparison.Ordinal);
        Assert.Contains("検査設備", page.Text("[aria-labelledby=eq]"), StringComparison.Ordinal);
        Assert.Contains("平歯車", page.Text("[aria-labelledby=prod]"), StringComparison.Ordinal);
        Assert.Contains("第34号（令和元年度）", page.Text("[aria-labelledby=award]"), StringComparison.Ordinal);
        var about = page.Text("[aria-labelledby=about]");
        foreach (var said in new[] { "1968年（昭和43年）", "1,000万円", "〒571-0000", "第二工場（隣町市）", "06-0000-0034", "企業ネットワーク会員", "9120001000001", "KazagurumaGearCo.,Ltd." })
            Assert.Contains(said, about.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("tel:0600000034", page.Document.QuerySelector(".reach .button-large")!.GetAttribute("href"));
        Assert.DoesNotContain("&#x", page.Body, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("[style]"));
    }

    [Fact]
    public async Task AnEmptyListing_SaysWhatIsMissing_AndOffersTheSupportCentre()
    {
        await app.Data.Company(c => c.Listed().Named("有限会社鈴音精機", "すずねせいき", "suzune").Set(x => x.Summary = "フライスで装置部品を1点から。"));
        var page = await app.Visitor().Open("/companies/suzune");
        Assert.Contains("加工対応範囲はまだ書かれていません。「フライスで装置部品を1点から」と紹介されています。", page.Text(), StringComparison.Ordinal);
        Assert.Contains("電話公開していません", page.Text("[aria-labelledby=about]").Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("tel:0600000000", page.Document.QuerySelector(".reach .button-large")!.GetAttribute("href"));
    }

    [Fact]
    public async Task FourHundredCapabilities_TwentyStandOpen()
    {
        await app.Data.Company(c =>
        {
            c.Listed().Named("株式会社何でも製作所", "なんでもせいさくしょ", "nandemo");
            for (var i = 0; i < Company.CapabilitiesMax; i++)
                c.With($"加工{i}");
        });
        var page = await app.Visitor().Open("/companies/nandemo");
        Assert.Equal("加工対応範囲（400件）", page.Text("#cap"));
        Assert.Equal(20, page.Document.QuerySelectorAll("[aria-labelledby=cap] > table tbody tr").Length);
        Assert.Equal(380, page.Document.QuerySelectorAll("[aria-labelledby=cap] > details tbody tr").Length);
        Assert.Contains("残りの380件を見る", page.Text("[aria-labelledby=cap] summary"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Visibility.Public, true, true, true)]
    [InlineData(Visibility.Members, false, true, true)]
    [InlineData(Visibility.Hidden, false, false, true)]
    public async Task ContactFields_AreSeenByThoseTheyAreFor(Visibility visibility, bool anybody, bool member, bool staff)
    {
        var number = app.Data.Next();
        var company = await app.Data.Company(c => c.Listed().Named("株式会社連絡先", "れんらくさき", $"contact-{number}").Set(x =>
        {
            (x.Tel, x.Fax, x.Email, x.ContactPerson) = ("06-1111-2222", "06-1111-3333", "himitsu@example.jp", "内田 窓子");
            x.TelVisibility = x.FaxVisibility = x.EmailVisibility = x.ContactPersonVisibility = visibility;
            x.Sites.Add(new CompanySite { Name = "第二工場", City = "隣町市", Tel = "06-1111-4444" });
        }));
        var inNetwork = await app.Data.Company(c => c.Listed().Member());
        var once = await app.Data.Company(c => c.Listed().Member(left: new DateOnly(2026, 4, 1)));
        var address = "/companies/" + company.Slug;

        await Sees(app.Visitor(), anybody);
        await Sees(await app.As(await app.NewUser(Roles.Buyer)), anybody);
        // Keeping a listing is not being in the network.
        await Sees(await app.As(await app.NewUser(Roles.Member, once)), anybody);
        await Sees(await app.As(await app.NewUser(Roles.Member, inNetwork)), member);
        await Sees(await app.As(Roles.City), staff);
        await Sees(await app.As(Roles.Advisor), staff);

        async Task Sees(HttpClient browser, bool expected)
        {
            var body = (await browser.Open(address)).Body;
            foreach (var secret in new[] { "06-1111-2222", "06-1111-3333", "06-1111-4444", "himitsu@example.jp", "内田 窓子" })
                Assert.Equal(expected, body.Contains(secret, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task WhatMembersSee_IsNeverKeptForOthers()
    {
        var company = await app.Data.Company(c => c.Listed().Set(x => (x.Tel, x.TelVisibility) = ("06-9999-0000", Visibility.Hidden)));
        var address = "/companies/" + company.Slug;
        Assert.Contains("06-9999-0000", (await (await app.As(Roles.City)).Open(address)).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("06-9999-0000", (await app.Visitor().Open(address)).Body, StringComparison.Ordinal);
        Assert.Contains("06-9999-0000", (await (await app.As(Roles.City)).Open(address)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JsonLd_SaysWhatAnybodyMaySee_AndCannotBreakOut()
    {
        var company = await app.Data.Company(c => c.Listed().Named("株式会社</script><script>alert(1)", "あらーと", "alert").Awarded(7, 2023).With("旋盤加工", "cut.turn")
            .WithCertification("ISO9001").Set(x => (x.Email, x.EmailVisibility, x.Tel) = ("himitsu@example.jp", Visibility.Members, "06-0000-1234")));
        // Staff see more on the page, not in the data.
        var page = await (await app.As(Roles.City)).Open("/companies/" + company.Slug);
        var script = page.Document.QuerySelector("script[type='application/ld+json']")!.TextContent;
        using var json = JsonDocument.Parse(script);
        var organization = json.RootElement.GetProperty("@graph")[0];
        Assert.Equal("Organization", organization.GetProperty("@type").GetString());
        Assert.Equal(company.Name, organization.GetProperty("name").GetString());
        Assert.Equal("http://localhost/companies/alert", organization.GetProperty("url").GetString());
        Assert.Equal("06-0000-1234", organization.GetProperty("telephone").GetString());
        Assert.False(organization.TryGetProperty("email", out _));
        Assert.Equal("旋盤加工", organization.GetProperty("makesOffer")[0].GetProperty("itemOffered").GetProperty("name").GetString());
        Assert.Equal(["ISO9001", "認定企業 第7号（令和5年度）"], organization.GetProperty("hasCredential").EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        var crumbs = json.RootElement.GetProperty("@graph")[1];
        Assert.Equal("BreadcrumbList", crumbs.GetProperty("@type").GetString());
        Assert.Equal(3, crumbs.GetProperty("itemListElement").GetArrayLength());
        Assert.DoesNotContain("<script>alert", page.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CompanyStatus.Draft, HttpStatusCode.NotFound, "ページが見つかりません")]
    [InlineData(CompanyStatus.Paused, HttpStatusCode.NotFound, "ページが見つかりません")]
    [InlineData(CompanyStatus.Left, HttpStatusCode.Gone, "このページはなくなりました")]
    public async Task NotListed_IsNotShown(CompanyStatus status, HttpStatusCode expected, string sentence)
    {
        var company = await app.Data.Company(c => c.Named("株式会社見せない", "みせない").Set(x => x.Status = status));
        foreach (var browser in new[] { app.Visitor(), await app.As(Roles.Member), await app.As(Roles.City) })
        {
            var page = await browser.Open("/companies/" + company.Slug);
            Assert.Equal((expected, sentence), (page.Status, page.Text("h1")));
            Assert.DoesNotContain("株式会社見せない", page.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task OldSlugs_RedirectForEver_OrSayThatTheCompanyLeft()
    {
        var company = await app.Data.Company(c => c.Listed());
        var left = await app.Data.Company(c => c.Set(x => x.Status = CompanyStatus.Left));
        await app.Data.Add(new OldSlug { Slug = "mukashi", CompanyId = company.Id });
        await app.Data.Add(new OldSlug { Slug = "sarishi", CompanyId = left.Id });

        var moved = await app.Visitor().Open("/companies/mukashi");
        Assert.Equal((HttpStatusCode.MovedPermanently, "/companies/" + company.Slug), (moved.Status, moved.Location));
        Assert.Equal(HttpStatusCode.Gone, (await app.Visitor().Open("/companies/sarishi")).Status);
    }

    [Fact]
    public async Task CapitalsInAnAddress_LeadToTheListing()
    {
        var company = await app.Data.Company(c => c.Listed());
        var page = await app.Visitor().Open("/companies/" + company.Slug.ToUpperInvariant());
        Assert.Equal((HttpStatusCode.MovedPermanently, "/companies/" + company.Slug), (page.Status, page.Location));
    }

    [Theory]
    [InlineData("nashi")]
    [InlineData("%ED%A0%80")]
    [InlineData("株式会社")]
    [InlineData("a%27%20or%201=1")]
    [InlineData("..%2f..%2fetc")]
    public async Task AnUnknownSlug_IsNotFound(string slug)
    {
        var page = await app.Visitor().Open("/companies/" + slug);
        Assert.True(page.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, page.Status.ToString());
    }

    [Fact]
    public async Task AnEdit_ShowsAtOnce_ThoughThePageIsKept()
    {
        var company = await app.Data.Company(c => c.Listed().Set(x => x.Summary = "前の紹介"));
        await app.CatalogFollows();
        var address = "/companies/" + company.Slug;
        Assert.Contains("前の紹介", (await app.Visitor().Open(address)).Body, StringComparison.Ordinal);
        await using (var db = app.Database.Open())
        {
            db.Attach(company).Entity.Summary = "新しい紹介";
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        await app.CatalogFollows();
        Assert.Contains("新しい紹介", (await app.Visitor().Open(address)).Body, StringComparison.Ordinal);
    }
}
