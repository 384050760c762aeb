using System.Globalization;
using Bunit;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Matching;
using MonozukuriTown.Web.Components;

namespace MonozukuriTown.Components.Tests;

/// <summary>The public components with what people really bring: nothing, very much, and texts meant to do harm.</summary>
public sealed class PublicComponentTests : BunitContext
{
    private const string Hostile = "</mark><script>alert(1)</script>&\" onclick=\"x";

    private static readonly DateOnly Today = new(2026, 11, 20);

    public PublicComponentTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = new CultureInfo("ja-JP");

    [Fact]
    public void ReadText_UnderlinesEachFact_AndLosesNoLetter()
    {
        const string text = "旋盤でSUS304を削り、M6タップを200個。";
        var read = Read(text, Fact(NeedKind.Material, 3, 9), Fact(NeedKind.Process, 0, 2), Fact(NeedKind.Quantity, 19, 23, sureness: 0.4));

        Assert.Equal(text, Written(read));
        Assert.Equal(["旋盤", "SUS304", "200個"], read.FindAll("mark ruby").Select(r => r.FirstChild!.TextContent));
        Assert.Equal(["加工", "材質", "数量？"], read.FindAll("rt").Select(r => r.TextContent));
        Assert.Equal(["k k-process", "k k-material", "k k-quantity k-unsure"], read.FindAll("mark").Select(m => m.ClassName));
    }

    [Fact]
    public void ReadText_FactsThatOverlap_AreOnePieceWithBothNames()
    {
        var read = Read("M6タップ加工", Fact(NeedKind.Process, 2, 7), Fact(NeedKind.Size, 0, 5), Fact(NeedKind.Process, 0, 5));

        Assert.Equal("M6タップ加工", Written(read));
        Assert.Equal("寸法・加工", Assert.Single(read.FindAll("rt")).TextContent);
    }

    [Fact]
    public void ReadText_FactsOutsideTheText_AreLeftAlone()
    {
        var read = Read("旋盤", Fact(NeedKind.Process, 1, 40), Fact(NeedKind.Material, -3, 1), Fact(NeedKind.Size, 1, 1), Fact(NeedKind.Word, 0, 2) with { Span = null });

        Assert.Empty(read.FindAll("mark"));
        Assert.Equal("旋盤", Written(read));
    }

    [Fact]
    public void ReadText_OfAHostileOrder_IsText()
    {
        var read = Read(Hostile, Fact(NeedKind.Process, 0, 15));

        Assert.Empty(read.FindAll("script"));
        Assert.Equal(Hostile, Written(read));
        Assert.Single(read.FindAll("mark"));
    }

    [Fact]
    public void ReadText_OfTheLongestOrder_HoldsEveryLetterOnce()
    {
        var text = string.Concat(Enumerable.Repeat("旋盤 ", RfqReader.MaxLength / 3));
        var read = Read(text, [.. Enumerable.Range(0, text.Length / 3).Select(i => Fact(NeedKind.Process, i * 3, i * 3 + 2))]);

        Assert.Equal(text, Written(read));
        Assert.Equal(text.Length / 3, read.FindAll("mark").Count);
    }

    [Fact]
    public void Facets_SayChosenOnesAndFoldTheRest()
    {
        FacetValue[] towns = [.. Enumerable.Range(1, 12).Select(i => new FacetValue($"t{i}", $"{i}市", 1_300 - i, i == 11, []))];

        var facets = this.Show(new Facets { Groups = [FacetGroup.Of("town", "所在地", towns, 6, open: false)], Chosen = 1 });

        Assert.Equal(["t1", "t2", "t3", "t4", "t5", "t6", "t11"], facets.FindAll("fieldset > .choice input").Select(i => i.GetAttribute("value")));
        Assert.Equal("t11", Assert.Single(facets.FindAll("input[checked]")).GetAttribute("value"));
        Assert.Equal("ほか5件を見る", facets.Find(".rest summary").TextContent);
        Assert.Equal("1,299社", facets.Find(".count").TextContent);
        Assert.True(facets.Find("details.facet").HasAttribute("open"));
        Assert.Contains("1つ選択中", facets.Find("[popovertarget=facets]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Facets_OneMoreThanShown_IsShownToo()
    {
        FacetValue[] towns = [.. Enumerable.Range(1, 7).Select(i => new FacetValue($"t{i}", $"{i}市", i, false, []))];

        var facets = this.Show(new Facets { Groups = [FacetGroup.Of("town", "所在地", towns, 6, open: true)] });

        Assert.Empty(facets.FindAll(".rest"));
        Assert.Equal(7, facets.FindAll("input").Count);
    }

    [Fact]
    public void Facets_OfAChosenGroup_ShowItsMembers()
    {
        FacetValue group = new("cut", "切削", 9, true, [new("cut.turn", "旋盤", 4, false, []), new("cut.mc", "マシニング", 5, true, [])]);

        var facets = this.Show(new Facets { Groups = [FacetGroup.Of("process", "加工", [group, new("fin", "研磨", 2, false, [new("fin.buff", "バフ", 2, false, [])])], 6, true)] });

        Assert.Equal(["cut.turn", "cut.mc"], facets.FindAll(".facet-level input").Select(i => i.GetAttribute("value")));
    }

    [Fact]
    public void Facets_WithHostileNames_StayTextInTheirAttributes()
    {
        var facets = this.Show(new Facets { Groups = [FacetGroup.Of("town", Hostile, [new(Hostile, Hostile, 1, false, [])], 6, true)] });

        Assert.Equal(Hostile, facets.Find("input").GetAttribute("value"));
        Assert.Empty(facets.FindAll("script"));
        Assert.False(facets.Find("input").HasAttribute("onclick"));
    }

    [Fact]
    public void CapabilityTable_SaysWhatIsNotStated_AndWhoDoesTheWork()
    {
        CapabilityRow[] rows = [new("旋盤加工", "薄物も可", "SUS304、S45C", ["φ65×300mm", "板厚 1～3mm"], ["±0.005mm"], "1～500個", true), new("めっき", null, "", [], [], "", false)];

        var table = Render<CapabilityTable>(p => p.Add(x => x.Rows, rows));

        var cells = table.FindAll("tbody tr")[0].QuerySelectorAll("td");
        Assert.Equal(["材質", "大きさ", "精度", "数量", "自社・協力会社"], cells.Select(c => c.GetAttribute("data-label")));
        Assert.Equal("φ65×300mm<br>板厚 1～3mm", cells[1].InnerHtml.Trim());
        Assert.Equal(["記載なし", "記載なし", "記載なし", "記載なし", "協力会社"], table.FindAll("tbody tr")[1].QuerySelectorAll("td").Select(c => c.TextContent.Trim()));
        Assert.Empty(table.FindAll("details"));
    }

    [Theory]
    [InlineData(20, 0)]
    [InlineData(21, 1)]
    [InlineData(400, 380)]
    public void CapabilityTable_OfManyRows_FoldsTheRest_AndLosesNone(int count, int folded)
    {
        CapabilityRow[] rows = [.. Enumerable.Range(1, count).Select(i => new CapabilityRow($"加工{i}", null, "", [], [], "", true))];

        var table = Render<CapabilityTable>(p => p.Add(x => x.Rows, rows));

        Assert.Equal(rows.Select(r => r.Process), table.FindAll("tbody th").Select(th => th.TextContent));
        Assert.Equal(folded, table.FindAll("details tbody tr").Count);
        if (folded > 0)
            Assert.Equal($"残りの{folded}件を見る", table.Find("summary").TextContent);
    }

    [Fact]
    public void EquipmentTable_OfAMachineWithoutAnything_SaysSo()
    {
        var table = Render<EquipmentTable>(p => p.Add(x => x.Caption, "保有設備").Add(x => x.Rows,
            [new Equipment { Kind = Hostile, Count = 1_200 }, new Equipment { Kind = "旋盤", Maker = "オークマ", Model = "LB3000", Size = "φ400×1000", Count = 2 }]));

        Assert.Equal(["記載なし", "記載なし", "1,200台"], table.FindAll("tbody tr")[0].QuerySelectorAll("td").Select(c => c.TextContent.Trim()));
        Assert.Equal(["オークマ LB3000", "φ400×1000", "2台"], table.FindAll("tbody tr")[1].QuerySelectorAll("td").Select(c => c.TextContent.Trim()));
        Assert.Equal(Hostile, table.Find("tbody th").TextContent);
    }

    [Fact]
    public void ChainSteps_OneBoxForStepsInARow_WithTheWayBetweenCompanies()
    {
        var (a, b) = (Facts("甲") with { Latitude = 34.73, Longitude = 135.58 }, Facts("乙") with { Latitude = 34.74, Longitude = 135.58 });
        NeedStep[] steps = [Step("切断"), Step("曲げ"), Step("めっき")];
        Chain chain = new([new(0, a, [b]), new(1, a, []), new(2, b, [Facts("丙"), Facts("丁")])], b, 1);

        var boxes = Render<ChainSteps>(p => p.Add(x => x.Chain, chain).Add(x => x.Steps, steps)).FindAll("li");

        Assert.Equal(["1　切断・曲げ", "2　めっき"], boxes.Select(x => x.QuerySelector(".chain-step")!.TextContent));
        Assert.Equal(["甲", "乙"], boxes.Select(x => x.QuerySelector(".chain-who")!.TextContent));
        Assert.DoesNotContain("窓口会社", boxes[0].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("km", boxes[0].TextContent, StringComparison.Ordinal);
        // Who could do one step of two would not do the box.
        Assert.DoesNotContain("ほかに", boxes[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("窓口会社", boxes[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("前の会社から 1.1km", boxes[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("ほかに 丙、丁", boxes[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void ChainSteps_WithoutPlaces_SaysNoDistance()
    {
        Chain chain = new([new(0, Facts("甲"), []), new(1, Facts("乙"), [])], Facts("甲"), 1);

        Assert.DoesNotContain("km", Render<ChainSteps>(p => p.Add(x => x.Chain, chain).Add(x => x.Steps, [Step("切断"), Step("曲げ")])).Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(9, 1)]
    [InlineData(20, 12)]
    public void MatchCards_AfterTheEighth_FoldAway_AndKeepTheirRank(int count, int folded)
    {
        MatchCard[] cards = [.. Enumerable.Range(1, count).Select(i => Card($"会社{i}", Verdict.Fits))];

        var list = Render<MatchCards>(p => p.Add(x => x.Matches, cards).Add(x => x.AwardName, "マイスター"));

        Assert.Equal(cards.Select(c => c.Company.Name.Text), list.FindAll(".company-name").Select(n => n.TextContent));
        Assert.Equal(folded, list.FindAll("details li > .match-card").Count);
        Assert.False(list.FindAll("ol")[0].HasAttribute("start"));
        if (folded == 0)
            return;
        Assert.Equal("9", list.FindAll("ol")[1].GetAttribute("start"));
        Assert.Equal($"残りの{folded}社を見る", list.Find("summary").TextContent);
        Assert.False(list.Find("details").HasAttribute("open"));
    }

    [Fact]
    public void MatchCards_OfEachVerdict_SayItInWords()
    {
        MatchCard[] cards = [Card("甲", Verdict.Fits), Card("乙", Verdict.Maybe), Card("丙", Verdict.Partly), Card(Hostile, Verdict.No)];

        var list = Render<MatchCards>(p => p.Add(x => x.Matches, cards).Add(x => x.AwardName, "マイスター").Add(x => x.ForStaff, true));

        Assert.Equal(["✓対応できます", "△条件つき", "◐一部の工程", "✗条件に合いません"], list.FindAll(".verdict").Select(v => v.TextContent));
        Assert.Equal(Hostile, list.FindAll(".company-name")[^1].TextContent);
        Assert.Empty(list.FindAll("script"));
    }

    [Fact]
    public void MatchCard_OfACompanyWithoutPartners_SpeaksOfNone()
    {
        Match far = new() { Rank = 9, Company = Facts("甲"), Score = 0.1, Verdict = Verdict.Maybe, Steps = [0], Reasons = [] };

        Assert.DoesNotContain("協力会社", MatchCard.Of(far, 1, Today, null).Why, StringComparison.Ordinal);
        Assert.Contains("協力会社", MatchCard.Of(far with { WithPartners = true }, 1, Today, null).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void CompanyCards_OfNothing_AreAnEmptyList() =>
        Assert.Empty(this.Show(new CompanyCards { Cards = [], AwardName = "マイスター" }).FindAll("li"));

    [Fact]
    public void CompanyCards_OfABareCompany_LeaveNoEmptyParts()
    {
        var card = this.Show(new CompanyCards { Cards = [CompanyCard.Of(Facts("甲"), Today)], AwardName = "マイスター" });

        Assert.Empty(card.FindAll(".company-kana, .company-summary, .hits, .company-foot"));
    }

    [Fact]
    public void NeedChips_GroupStepsBeforeConditions_AndKeepWhatWasTyped()
    {
        EditedChip[] chips =
        [
            new(0, "process=cut.turn", new() { Kind = NeedKind.Process, Value = "cut.turn", Label = "旋盤加工" }),
            new(1, "material=sus304", new() { Kind = NeedKind.Material, Value = "sus304", Label = "SUS304", Sureness = 0.5, InferredFrom = "ステン" }),
            new(2, "size=10", new() { Kind = NeedKind.Size, Value = "10", Label = "10 mm" }, Hostile, "読み取れませんでした。"),
        ];

        var parts = Render<NeedChips>(p => p.Add(x => x.Chips, chips));

        Assert.Equal(["工程", "条件"], parts.FindAll(".need-label").Select(l => l.TextContent));
        Assert.Equal(["旋盤加工", "SUS304", Hostile], parts.FindAll("input[name=edits]").Select(i => i.GetAttribute("value")));
        Assert.Equal(chips.Select(c => c.Chip), parts.FindAll("input[name=chips]").Select(i => i.GetAttribute("value")));
        Assert.Equal("要確認", Assert.Single(parts.FindAll(".fact-check")).TextContent);
        Assert.Equal("「ステン」から読み取りました。", Assert.Single(parts.FindAll(".field-help")).TextContent);
        var wrong = Assert.Single(parts.FindAll("details[open]"));
        Assert.Equal("fact-2-error", wrong.QuerySelector("input[name=edits]")!.GetAttribute("aria-describedby"));
        Assert.Equal("true", wrong.QuerySelector("input[name=edits]")!.GetAttribute("aria-invalid"));
    }

    [Fact]
    public void SearchChips_OfHostileWords_StayText()
    {
        var list = this.Show(new SearchChips { Chips = [new SearchChip("言葉", Hostile, "", "/companies")] });

        Assert.Equal(Hostile, list.Find(".chip-words").TextContent);
        Assert.Empty(list.FindAll(".chip-also, script"));
        Assert.Contains(Hostile, list.Find(".chip-remove").GetAttribute("aria-label")!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000_000, 3)]
    [InlineData(4, 3)]
    public void Pager_BehindTheLastPage_LeadsBackToIt(int current, int last)
    {
        var pager = this.Show(new Pager { Current = current, Last = last, Link = n => $"?page={n}" });

        Assert.Equal("?page=3", pager.Find("a[rel=prev]").GetAttribute("href"));
        Assert.Empty(pager.FindAll("a[rel=next], [aria-current]"));
    }

    [Fact]
    public void Reasons_OfHostileFigures_StayText()
    {
        var table = Render<ReasonsTable>(p => p.Add(x => x.Company, Hostile).Add(x => x.Reasons, [new Reason(NeedKind.Size, ReasonMark.Unknown, Hostile, Hostile, null)]));

        Assert.Equal(Hostile, table.Find("tbody th").TextContent);
        Assert.Equal(Hostile, table.Find(".reason-fact").TextContent);
        Assert.Empty(table.FindAll("script"));
    }

    private IRenderedComponent<ReadText> Read(string text, params NeedFact[] facts) => Render<ReadText>(p => p.Add(x => x.Text, text).Add(x => x.Facts, facts));

    /// <summary>The text as a reader sees it, without the names above it.</summary>
    private static string Written(IRenderedComponent<ReadText> read)
    {
        var text = read.Find(".read-text").Clone() as AngleSharp.Dom.IElement;
        foreach (var name in text!.QuerySelectorAll("rt"))
            name.Remove();
        return text.TextContent;
    }

    private static NeedFact Fact(NeedKind kind, int start, int end, double sureness = 1) =>
        new() { Kind = kind, Value = "x", Label = "x", Span = new(start, end), Sureness = sureness };

    private static NeedStep Step(string label) => new([], new() { Kind = NeedKind.Process, Value = "x", Label = label });

    private static CompanyFacts Facts(string name) => new() { Key = name, Slug = "slug", Name = name, Kana = "" };

    private static MatchCard Card(string name, Verdict verdict) => new()
    {
        Company = CompanyCard.Of(Facts(name), Today),
        Verdict = verdict,
        Why = "理由",
        Reasons = [],
    };
}
