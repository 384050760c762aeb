using System.Net;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Pages.Staff;

public sealed class CompanySectionTests(TownApp app) : IClassFixture<TownApp>
{
    private const string Form = "form.section-form";

    private async Task<Company> Stored(Company company)
    {
        await using var db = app.Database.Open();
        return await db.Companies.AsNoTracking().WithParts().SingleAsync(c => c.Id == company.Id, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(Roles.Admin)]
    [InlineData(Roles.City)]
    [InlineData(Roles.Advisor)]
    public async Task Staff_Edit_WithTheReasonKept_AndConfirmOnlyWhatTheCompanySaid(string role)
    {
        var company = await app.Data.Company(c => c.Listed());
        var address = StaffLinks.CompanySection(company.Id, ListingSection.Basic);
        var browser = await app.As(role);
        var refused = await (await browser.Open(address)).Submit(Form, ("f.summary", "電話で伺った紹介"));
        Assert.Contains("理由を書いてください", refused.Text("#reason-error"), StringComparison.Ordinal);
        Assert.Equal("電話で伺った紹介", refused.Document.QuerySelector("#f_summary")!.GetAttribute("value"));
        Assert.Null((await Stored(company)).Summary);

        Assert.Equal(StaffLinks.Company(company.Id), (await refused.Submit(Form, ("reason", "11月25日に電話で伺った"))).Location);
        var stored = await Stored(company);
        Assert.Equal(("電話で伺った紹介", 1, null), (stored.Summary, stored.Sections.Single().Version, stored.Sections.Single().ConfirmedAt));
        Assert.NotNull((await (await browser.Open(address)).Submit(Form, ("reason", "訪問して確かめた"), ("confirms", "はい"))).Location);
        Assert.Equal(app.Clock.GetUtcNow(), (await Stored(company)).Sections.Single().ConfirmedAt);

        // The company sees who and why.
        var own = await (await app.As(await app.NewUser(Roles.Member, company))).Open(MyLinks.History);
        Assert.Contains("理由：11月25日に電話で伺った", own.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_SeeTheVersions_WithoutWhatIsSaidOfPersons_AndRestore()
    {
        var company = await app.Data.Company(c => c.Listed());
        var owner = await app.As(await app.NewUser(Roles.Member, company));
        foreach (var (summary, person) in new[] { ("一", "山田花子"), ("二", "佐藤次郎") })
            Assert.NotNull((await (await owner.Open(MyLinks.Section(ListingSection.Basic, null))).Submit(Form, ("f.summary", summary), ("f.contact_person", person))).Location);
        var staff = await app.As(Roles.Advisor);
        var page = await staff.Open(StaffLinks.CompanyHistory(company.Id));
        Assert.Contains("ひとことの紹介： 一→ 二", page.Text(), StringComparison.Ordinal);
        Assert.Contains("担当者： （個人の情報）→ （個人の情報）", page.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("山田花子", page.Body, StringComparison.Ordinal);
        page = await staff.Open($"{StaffLinks.CompanyHistory(company.Id)}?section=basic&from=1&to=2");
        Assert.Equal(StaffLinks.CompanyHistory(company.Id), (await page.Submit("form[action*=Restore]", ("reason", "会社の依頼"))).Location);
        Assert.Equal(("一", "山田花子"), ((await Stored(company)).Summary, (await Stored(company)).ContactPerson));
        Assert.Contains("第1版の内容に戻した（会社の依頼）", (await staff.Open(StaffLinks.CompanyHistory(company.Id))).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoSuchCompany_OrSection_IsNotThere_AndOthersAreRefused()
    {
        var company = await app.Data.Company(c => c.Listed());
        var staff = await app.As(Roles.City);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Open(StaffLinks.CompanySection(999999, ListingSection.Basic))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Open($"{StaffLinks.Company(company.Id)}/photos")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Open(StaffLinks.CompanyHistory(999999))).Status);
        var owner = await app.As(await app.NewUser(Roles.Member, company));
        Assert.Equal(HttpStatusCode.Forbidden, (await owner.Open(StaffLinks.CompanySection(company.Id, ListingSection.Basic))).Status);
    }

    [Theory]
    [InlineData("processes", "せんば", "旋盤加工")]
    [InlineData("materials", "SS400、ステン", "SS400、ステンレス")]
    [InlineData("certifications", "ISO90", "ISO9001")]
    [InlineData("makers", "オーク", "オークマ")]
    [InlineData("machinekinds", "NC旋", "NC旋盤")]
    [InlineData("models&with=ファナック", "ロボ", "ロボドリル")]
    public async Task Suggestions_ForAField_OfferWhatFitsThere(string field, string typed, string text)
    {
        var answer = await app.Visitor().Open($"{CompanyLinks.Suggestions}?for={field}&q={Uri.EscapeDataString(typed)}");
        Assert.Contains($"\"text\":\"{text}\"", answer.Body, StringComparison.Ordinal);
    }
}
