using System.Net;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Tests.Support;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Tests.Pages.Staff;

public class CompanyDetailTests(TownApp app) : IClassFixture<TownApp>
{
    private async Task<TestPage> Open(Company company, string role = Roles.City) => await (await app.As(role)).Open(StaffLinks.Company(company.Id));

    private async Task<Company> Saved(Company company)
    {
        await using var db = app.Database.Open();
        return await db.Companies.SingleAsync(c => c.Id == company.Id, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Get_ShowsEverything_AlsoWhatIsHidden()
    {
        var company = await app.Data.Company(c => c.Listed().Member(new(2020, 4, 1)).Awarded(77, 2023).With("旋盤加工", materials: ["SUS304"], set: p => p.Limits.Tolerance = 0.005m)
            .WithEquipment("NC旋盤", "ツガミ", "M08SY", 6).WithCertification("ISO9001").Confirmed(ListingSection.Equipment, app.Clock.GetUtcNow())
            .Set(x => (x.ContactPerson, x.ContactPersonVisibility) = ("窓口 一郎", Visibility.Hidden)));
        var keeper = await app.NewUser(Roles.Member, company);
        var text = (await Open(company)).Text();
        foreach (var words in new[] { company.Name, "窓口 一郎（職員だけ）", "旋盤加工", "SUS304", "±0.005mm", "ツガミ M08SY", "ISO9001", "令和8年10月28日に確認", "令和2年4月1日に入会", "第77号", "令和5年度", keeper.Email! })
            Assert.Contains(words, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_WithAReason_IsChanged_AndInTheHistoryInWords()
    {
        var company = await app.Data.Company();
        var answer = await (await Open(company)).Submit("form[action*=Status]", ("Status", "Listed"), ("Reason", "掲載の同意書が届いたため"));
        var page = await answer.Follow();
        Assert.Contains("状態を「掲載中」に変えました", page.Text(), StringComparison.Ordinal);
        Assert.Equal((CompanyStatus.Listed, new DateOnly(2026, 10, 28)), ((await Saved(company)).Status, (await Saved(company)).ListedOn!.Value));
        var history = page.Text("[aria-labelledby=history] tbody");
        Assert.Contains("試験 City（市職員） 会社 変更 理由：掲載の同意書が届いたため", history.Replace("会社変更", "会社 変更", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("掲載状態： 下書き→ 掲載中", history, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_OfAFreshPage_IsNoneYet()
    {
        var company = await app.Data.Company(c => c.Listed());
        var page = await (await Open(company)).Submit("form[action*=Status]", ("Reason", "うっかり"));
        Assert.Contains("新しい状態を一覧から選んでください", page.Text(".error-summary"), StringComparison.Ordinal);
        Assert.Equal(CompanyStatus.Listed, (await Saved(company)).Status);
    }

    [Fact]
    public async Task Status_WithoutAReason_IsAskedFor()
    {
        var company = await app.Data.Company();
        var page = await (await Open(company)).Submit("form[action*=Status]", ("Status", "Listed"), ("Reason", " "));
        Assert.Contains("理由を書いてください", page.Text(".error-summary"), StringComparison.Ordinal);
        Assert.Equal(CompanyStatus.Draft, (await Saved(company)).Status);
    }

    [Fact]
    public async Task Status_ChangedMeanwhile_IsNotOverwritten()
    {
        var company = await app.Data.Company();
        var page = await Open(company);
        await (await Open(company)).Submit("form[action*=Status]", ("Status", "Left"), ("Reason", "退会の届け"));
        var answer = await (await page.Submit("form[action*=Status]", ("Status", "Listed"), ("Reason", "掲載"))).Follow();
        Assert.Contains("ほかの人が状態を変えました", answer.Text(), StringComparison.Ordinal);
        Assert.Equal(CompanyStatus.Left, (await Saved(company)).Status);
    }

    [Fact]
    public async Task Slug_Changed_TheOldAddressLeadsToTheNew_AndBack()
    {
        var company = await app.Data.Company(c => c.Listed());
        var old = company.Slug;
        await (await Open(company)).Submit("form[action*=Slug]", ("Slug", $"{old}-new"));
        Assert.Equal(CompanyLinks.Detail($"{old}-new"), (await app.Visitor().Open(CompanyLinks.Detail(old))).Location);
        Assert.Equal(HttpStatusCode.OK, (await app.Visitor().Open(CompanyLinks.Detail($"{old}-new"))).Status);
        await (await Open(company)).Submit("form[action*=Slug]", ("Slug", old));
        // Public pages are kept until the catalog has seen the change.
        await app.CatalogFollows();
        Assert.Equal(CompanyLinks.Detail(old), (await app.Visitor().Open(CompanyLinks.Detail($"{old}-new"))).Location);
    }

    [Fact]
    public async Task Slug_OfAnotherCompany_NowOrBefore_IsRefused()
    {
        var (company, other) = (await app.Data.Company(), await app.Data.Company());
        var page = await Open(company);
        Assert.Contains("ほかの会社が使っています", (await page.Submit("form[action*=Slug]", ("Slug", other.Slug))).Text(".error-summary"), StringComparison.Ordinal);
        await (await Open(other)).Submit("form[action*=Slug]", ("Slug", other.Slug + "-b"));
        Assert.Contains("前にほかの会社が使っていました", (await page.Submit("form[action*=Slug]", ("Slug", other.Slug))).Text(".error-summary"), StringComparison.Ordinal);
        Assert.Equal(company.Slug, (await Saved(company)).Slug);
    }

    [Theory]
    [InlineData("")]
    [InlineData("日本語")]
    [InlineData("Upper")]
    [InlineData("-a")]
    [InlineData("a--b")]
    [InlineData("a/b")]
    public async Task Slug_ThatIsNone_SaysHowToWriteIt(string slug)
    {
        var company = await app.Data.Company();
        Assert.Contains("英小文字と数字", (await (await Open(company)).Submit("form[action*=Slug]", ("Slug", slug))).Text(".error-summary"), StringComparison.Ordinal);
        Assert.Equal(company.Slug, (await Saved(company)).Slug);
    }

    [Theory]
    [InlineData("/staff/companies/999999")]
    [InlineData("/staff/companies/x")]
    public async Task Company_ThatIsNone_IsNotFound(string path) => Assert.Equal(HttpStatusCode.NotFound, (await (await app.As(Roles.Advisor)).Open(path)).Status);

    [Fact]
    public async Task NotStaff_IsForbidden()
    {
        var company = await app.Data.Company();
        Assert.Equal(HttpStatusCode.Forbidden, (await Open(company, Roles.Member)).Status);
        Assert.NotNull((await app.Visitor().Open(StaffLinks.Company(company.Id))).Location);
    }
}
