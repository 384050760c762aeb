using System.Globalization;
using Bunit;
using MonozukuriTown.Matching;
using MonozukuriTown.Web.Components;

namespace MonozukuriTown.Components.Tests;

public sealed class ComponentTests : BunitContext
{
    public ComponentTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = new CultureInfo("ja-JP");

    [Fact]
    public void Pager_InTheMiddle_ShowsEndsNeighboursAndGaps()
    {
        var pager = this.Show(new Pager { Current = 6, Last = 20, Link = n => $"?page={n}" });

        Assert.Equal(["1", "…", "5", "いまのページ 6", "7", "…", "20"], pager.FindAll("li").Skip(1).SkipLast(1).Select(li => li.TextContent.Trim()));
        Assert.Equal("?page=5", pager.Find("a[rel=prev]").GetAttribute("href"));
        Assert.Equal("?page=7", pager.Find("a[rel=next]").GetAttribute("href"));
    }

    [Theory]
    [InlineData(1, 2, 0, 1)]
    [InlineData(2, 2, 1, 0)]
    public void Pager_AtAnEnd_LeadsOneWayOnly(int current, int last, int previous, int next)
    {
        var pager = this.Show(new Pager { Current = current, Last = last, Link = n => $"?page={n}" });

        Assert.Equal((previous, next), (pager.FindAll("a[rel=prev]").Count, pager.FindAll("a[rel=next]").Count));
    }

    [Fact]
    public void Pager_OfOnePage_IsNothing() =>
        Assert.Empty(this.Show(new Pager { Current = 1, Last = 1, Link = n => $"?page={n}" }).Markup.Trim());

    [Fact]
    public void Reasons_InPublic_NeverSayThatACompanyCannot()
    {
        var table = Reasons(forStaff: false);

        Assert.Equal(["reason reason-yes", "reason reason-unknown", "reason reason-unknown"], table.FindAll("td.reason").Select(td => td.ClassName));
        Assert.DoesNotContain("✗", table.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Reasons_ForStaff_ShowTheFailingDemandWithBothFigures()
    {
        var row = Reasons(forStaff: true).FindAll("tbody tr")[2];

        Assert.Contains("✗", row.TextContent, StringComparison.Ordinal);
        Assert.Equal("±0.01 mm", row.QuerySelector("th")!.TextContent);
        Assert.Equal("±0.02 mm", row.QuerySelector(".reason-fact")!.TextContent);
    }

    [Fact]
    public void CompanyCards_OfALongNameAndALivelyOne_ShowThemAsTextInOrder()
    {
        CompanyCard[] cards =
        [
            Card("株式会社ひがし大阪精密機械器具総合製作所 大阪事業本部", awarded: true),
            Card("<script>alert(1)</script>", awarded: false),
        ];

        var list = this.Show(new CompanyCards { Cards = cards, AwardName = "マイスター" });

        Assert.Equal(cards.Select(c => c.Name.Text), list.FindAll(".company-name a").Select(a => a.TextContent));
        Assert.Equal("/companies/" + cards[0].Slug, list.Find(".company-name a").GetAttribute("href"));
        Assert.Empty(list.FindAll("script"));
        Assert.Equal("マイスター", Assert.Single(list.FindAll(".badge-award")).TextContent);
    }

    [Fact]
    public void SearchChips_SayWhatIsFoundAsWellAndHowToTakeOneAway()
    {
        SearchChip[] chips = [new("加工", "旋盤加工", "＝ 旋削、NC旋盤 も含む", "/companies?q=x")];

        var list = this.Show(new SearchChips { Chips = chips });

        Assert.Contains("旋盤加工", list.Markup, StringComparison.Ordinal);
        Assert.Contains("旋削", list.Markup, StringComparison.Ordinal);
        Assert.Equal("/companies?q=x", list.Find("a").GetAttribute("href"));
    }

    [Fact]
    public void Components_WriteNoInlineStyleOrScript()
    {
        var markup = Reasons(true).Markup + this.Show(new CompanyCards { Cards = [Card("一", true)], AwardName = "マイスター" }).Markup;

        Assert.DoesNotContain("style=", markup, StringComparison.Ordinal);
        Assert.DoesNotContain("onclick", markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<ReasonsTable> Reasons(bool forStaff) => Render<ReasonsTable>(p => p
        .Add(x => x.Company, "株式会社試験")
        .Add(x => x.ForStaff, forStaff)
        .Add(x => x.Reasons,
        [
            new Reason(NeedKind.Process, ReasonMark.Fits, "旋盤加工", "旋盤", null),
            new Reason(NeedKind.Material, ReasonMark.Unknown, "SUS304", "記載なし", null),
            new Reason(NeedKind.Tolerance, ReasonMark.Fails, "±0.01 mm", "±0.02 mm", null),
        ]));

    private static CompanyCard Card(string name, bool awarded) => CompanyCard.Of(
        new CompanyFacts { Key = "1", Slug = "some-slug", Name = name, Kana = "よみ", Town = "試験市", Employees = 12, MeisterNumber = awarded ? 3 : null },
        new DateOnly(2026, 11, 20));
}
