namespace MonozukuriTown.Matching.Tests;

public sealed class MatcherTests
{
    [Fact]
    public void Match_StatedLimitBroken_NeverRanksAboveOneThatFits()
    {
        var small = Town.Company("小さい", "旋盤加工", "NC旋盤") with { Limits = new() { LengthMm = 100, WidthMm = 50, HeightMm = 50 }, Materials = ["S45C"], Summary = "S45C シャフト φ40×400 旋盤加工の専門" };
        var large = Town.Company("大きい", "フライス", "旋盤") with { Limits = new() { LengthMm = 1000, WidthMm = 300, HeightMm = 300 }, Materials = ["SUS304"] };
        var result = Town.Match("S45C シャフト φ40×400 旋盤加工 10本", small, large);
        Assert.Equal("大きい", Assert.Single(result.Matches).Company.Key);
        Assert.Equal("小さい", Assert.Single(result.Excluded).Company.Key);
        Assert.Equal(1, result.ExcludedCount);
        Assert.Contains(result.Excluded[0].Reasons, r => r is { Demand: NeedKind.Size, Mark: ReasonMark.Fails });
    }

    [Theory]
    [InlineData("旋盤加工 ±0.005 S45C", NeedKind.Tolerance)]
    [InlineData("旋盤加工 S45C 5000個", NeedKind.Quantity)]
    [InlineData("旋盤加工 S45C ISO13485必須", NeedKind.Certification)]
    [InlineData("旋盤加工 S45C φ400×100", NeedKind.Size)]
    public void Match_HardDemand_RulesOutWithItsReason(string order, NeedKind demand)
    {
        var company = Town.Company("A", "旋盤加工") with
        {
            Materials = ["S45C"],
            Limits = new() { LengthMm = 500, WidthMm = 200, HeightMm = 200, ToleranceMm = 0.02, LotFrom = 1, LotTo = 500 },
        };
        var result = Town.Match(order, company);
        Assert.Empty(result.Matches);
        Assert.Contains(Assert.Single(result.Excluded).Reasons, r => r.Demand == demand && r.Mark == ReasonMark.Fails);
        Assert.NotNull(result.NobodyBecause);
    }

    [Fact]
    public void Match_UnknownFacts_AreNoFailure()
    {
        var result = Town.Match("旋盤加工 S45C φ40×120 ±0.01 10個", Town.Company("A", "旋盤加工"));
        var match = Assert.Single(result.Matches);
        Assert.NotEqual(Verdict.No, match.Verdict);
        Assert.Contains(match.Reasons, r => r is { Demand: NeedKind.Size, Mark: ReasonMark.Unknown });
    }

    [Theory]
    [InlineData(50, Verdict.Maybe)]
    [InlineData(100, Verdict.Fits)]
    [InlineData(49, Verdict.No)]
    [InlineData(3000, Verdict.Maybe)]
    [InlineData(3001, Verdict.No)]
    public void Match_LotOutsideTheStatedOne_HalfToThreeTimesIsStillPossible(int pieces, Verdict expected)
    {
        var company = Town.Company("A", "旋盤加工") with { Materials = ["S45C"], Limits = new() { LotFrom = 100, LotTo = 1000 } };
        var result = Town.Match($"S45C 旋盤加工 {pieces}個", company);
        Assert.Equal(expected, result.Matches.Concat(result.Excluded).Single().Verdict);
    }

    [Fact]
    public void Match_PartOfTheSteps_IsPartlyAndNamesThem()
    {
        var result = Town.Match("アルミA5052 マシニング加工 黒アルマイト 50個", Town.Company("削る", "マシニング加工") with { Materials = ["A5052"] }, Town.Company("染める", "アルマイト") with { Materials = ["アルミ"] });
        Assert.All(result.Matches, m => Assert.Equal(Verdict.Partly, m.Verdict));
        Assert.Equal(2, result.PartlyCount);
        var chain = result.Chains[0];
        Assert.Equal(["削る", "染める"], chain.Links.Select(l => l.Company.Key));
        Assert.Equal(1, chain.Handovers);
        Assert.Equal("削る", chain.Lead.Key);
    }

    [Fact]
    public void Match_WholeOrderByOneCompany_NeedsNoChain()
    {
        var result = Town.Match("SPCC t1.6 レーザー→曲げ→溶接 50個", Town.Company("一貫", "レーザー切断", "曲げ加工", "TIG溶接") with { Materials = ["SPCC"] }, Town.Company("切る", "レーザー切断") with { Materials = ["SPCC"] });
        Assert.Equal("一貫", result.Matches[0].Company.Key);
        Assert.Equal(Verdict.Fits, result.Matches[0].Verdict);
        Assert.Empty(result.Chains);
    }

    [Fact]
    public void Match_Partner_IsMarked()
    {
        var result = Town.Match("ロストワックス 200個", Town.Company("A", "プレス加工", "ロストワックス(外注)"));
        Assert.True(Assert.Single(result.Matches).WithPartners);
        Assert.Contains(result.Matches[0].Reasons, r => r.CompanyFact.Contains("協力会社", StringComparison.Ordinal));
    }

    [Fact]
    public void Match_EquipmentAlone_MayFit()
    {
        var company = new CompanyFacts { Key = "A", Name = "A", Equipment = [new() { Maker = "ファナック", Model = "α-T21iF", Kind = "ロボドリル" }] };
        var match = Assert.Single(Town.Match("アルミ A5052 マシニング 10個", company).Matches);
        Assert.Equal(Verdict.Maybe, match.Verdict);
        Assert.Contains(match.Reasons, r => r.CompanyFact.Contains("推定", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("めっき", "めっき治具")]
    [InlineData("レーザー切断", "レーザーマーキング")]
    [InlineData("射出成形", "樹脂切削")]
    [InlineData("平面研削", "工具再研磨")]
    public void Match_Trap_IsNotConfused(string asked, string stated) =>
        Assert.DoesNotContain(Town.Match(asked + " 10個", Town.Company("A", stated)).Matches, m => m.Verdict >= Verdict.Maybe);

    [Fact]
    public void Match_VagueOrder_AsksTwoQuestionsInsteadOfRanking()
    {
        var result = Town.Match("何か安く作れますか", Town.Company("A", "旋盤加工") with { Materials = ["S45C"] }, Town.Company("B", "射出成形") with { Materials = ["ABS"] });
        Assert.Empty(result.Matches);
        Assert.Equal(2, result.Questions.Count);
        Assert.All(result.Questions, q => Assert.NotEmpty(q.Answers));
    }

    [Fact]
    public void Match_AnswerToAQuestion_IsAChipThatRanks()
    {
        var catalog = Town.Catalog(Town.Company("A", "旋盤加工") with { Materials = ["S45C"] }, Town.Company("B", "射出成形") with { Materials = ["ABS"] });
        var reader = new RfqReader(Town.Vocabulary);
        var need = reader.Read("何か安く作れますか");
        var answer = Matcher.Match(catalog, need).Questions[0].Answers[0].Chip;
        Assert.NotEmpty(Matcher.Match(catalog, reader.FromChips(need.Text, [.. need.ToChips(), answer])).Matches);
    }

    [Fact]
    public void Match_NobodyDoesTheStep_SaysWhich()
    {
        var result = Town.Match("電子ビーム溶接 5個", Town.Company("A", "旋盤加工"));
        Assert.Empty(result.Matches);
        Assert.Contains("電子ビーム溶接", result.NobodyBecause, StringComparison.Ordinal);
    }

    [Fact]
    public void Match_CapabilityOfItsOwnLimits_CountsInsteadOfTheCompanys()
    {
        var company = Town.Company("A") with
        {
            Limits = new() { LengthMm = 100, WidthMm = 100, HeightMm = 100 },
            Capabilities = [new() { Process = "cut.turn" }, new() { Process = "cut.mc", Materials = ["A5052"], Limits = new() { LengthMm = 1000, WidthMm = 500, HeightMm = 400 } }],
        };
        Assert.Single(Town.Match("A5052 マシニング 800×400×300", company).Matches);
        Assert.Empty(Town.Match("旋盤加工 φ300×800", company).Matches);
    }

    [Fact]
    public void Match_Region_LiftsTheTownItself()
    {
        var result = Town.Match("門真市内で旋盤加工 10個", Town.Company("B", "旋盤加工") with { Town = "大東市" }, Town.Company("C", "旋盤加工") with { Town = "門真市" });
        Assert.Equal("C", result.Matches[0].Company.Key);
    }

    [Fact]
    public void Match_TwiceTheSame_RanksTheSame()
    {
        var companies = Enumerable.Range(0, 60).Select(i => Town.Company($"K{i:00}", "旋盤加工")).ToArray();
        var first = Town.Match("旋盤加工 10個", companies).Matches.Select(m => m.Company.Key);
        var second = Town.Match("旋盤加工 10個", [.. companies.Reverse()]).Matches.Select(m => m.Company.Key);
        Assert.Equal(first, second);
        Assert.Equal(Matcher.DefaultLimit, first.Count());
    }

    [Fact]
    public void Match_EmptyCatalog_FindsNobody() => Assert.Empty(Town.Match("旋盤加工").Matches);

    [Fact]
    public void Explain_EveryTerm_AddsUpToTheScore()
    {
        var catalog = Town.Catalog(
            Town.Company("A", "旋盤加工", "円筒研磨") with { Materials = ["S45C"], Town = "門真市" },
            Town.Company("B", "旋盤加工") with { Limits = new() { LotFrom = 500, LotTo = 5000 } });
        var need = Town.Read("S45C φ20×100 旋盤加工と円筒研磨 300個");
        foreach (var match in Matcher.Match(catalog, need).Matches)
        {
            var e = Matcher.Explain(catalog, need, match.Company.Key)!;
            double sum = 0;
            foreach (var term in e.Terms)
                sum = term.IsFactor ? sum * term.Value : sum + term.Value;
            Assert.Equal(match.Score, sum, 3);
            Assert.Equal(match.Score, e.Score, 3);
            Assert.Equal(match.Verdict, e.Verdict);
            Assert.Equal(match.Reasons.Count, e.Reasons.Count);
        }
        Assert.Null(Matcher.Explain(catalog, need, "C"));
    }

    [Fact]
    public void Match_PiecesOfATool_DontRuleItsMakerOut() =>
        Assert.Equal("A", Assert.Single(Town.Match("プレス金型を作ってほしい トライ100個", Town.Company("A", "プレス金型") with { Limits = new() { LotFrom = 1, LotTo = 10 } }).Matches).Company.Key);

    [Fact]
    public void Match_PartOfTheTrade_IsNoFurtherStep() =>
        Assert.Equal(Verdict.Fits, Assert.Single(Town.Match("押しばね SUS304WPB 線径2.5 両端研削 3000個", Town.Company("A", "コイルばね") with { Materials = ["SUS304WPB"] }).Matches).Verdict);

    [Fact]
    public void Match_VagueOrder_AsksWhatLeavesTheFewest()
    {
        var companies = Enumerable.Range(0, 6).Select(i => Town.Company($"K{i}", i % 2 == 0 ? "旋盤加工" : "射出成形") with { Materials = ["S45C"], Limits = new() { LotFrom = 1, LotTo = i < 3 ? 3 : 100_000 } }).ToArray();
        var questions = Town.Match("何か作れますか", companies).Questions;
        Assert.StartsWith("どのような加工", questions[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(questions, q => q.Text.StartsWith("材質", StringComparison.Ordinal));
    }

    [Fact]
    public void Match_LimitOfAWishedStep_RulesNobodyOut()
    {
        var both = new CompanyFacts { Key = "both", Name = "両方", Capabilities = [new() { Process = "アルマイト", Limits = new() { LengthMm = 1000, WidthMm = 600 } }, new() { Process = "シルク印刷", Limits = new() { LengthMm = 200, WidthMm = 100 } }] };
        var one = new CompanyFacts { Key = "one", Name = "片方", Capabilities = [new() { Process = "アルマイト", Limits = new() { LengthMm = 1000, WidthMm = 600 } }] };
        var result = Town.Match("A5052 500×400のアルマイト。できればシルク印刷もお願いしたい", both, one);
        Assert.Contains(result.Matches, m => m.Company.Key == "both");
        Assert.DoesNotContain(result.Excluded, m => m.Company.Key == "both");
    }

    [Fact]
    public void Chains_MeetEveryHardFact()
    {
        CompanyFacts Turner(string key, double kilos, params string[] certifications) => new()
        {
            Key = key,
            Name = key,
            Capabilities = [new() { Process = "旋盤加工", Limits = new() { WeightKg = kilos } }],
            Certifications = certifications,
        };
        var plater = new CompanyFacts { Key = "plater", Name = "plater", Capabilities = [new() { Process = "無電解ニッケルめっき", Limits = new() { WeightKg = 900 } }], Certifications = ["ISO13485"] };
        const string order = "旋盤加工→無電解ニッケルめっき 重さ500kg ISO13485必須";
        Assert.Empty(Town.Match(order, Turner("light", 50, "ISO13485"), plater).Chains);
        Assert.Empty(Town.Match(order, Turner("uncertified", 900), plater).Chains);
        Assert.NotEmpty(Town.Match(order, Turner("able", 900, "ISO13485"), plater).Chains);
    }

    [Fact]
    public void Match_OfSeveralThings_NumbersTheStepsOfTheWholeOrder()
    {
        const string order = "① ブラケット SUS304 t1.5 レーザー切断と曲げ 100個\n② シャフト S45C φ20×100 旋盤加工 50本";
        var need = Town.Read(order);
        Assert.Equal(2, need.Parts.Count);
        var result = Matcher.Match(Town.Catalog(Town.Company("sheet", "レーザー切断", "曲げ"), Town.Company("turn", "旋盤加工")), need);
        Assert.Equal(2, result.Matches.Count);
        Assert.All(result.Matches, m => Assert.All(m.Steps, s => Assert.InRange(s, 0, need.Steps.Count - 1)));
        Assert.Equal(result.Matches.Single(m => m.Company.Key == "turn").Steps.Select(s => need.Steps[s].Fact.Value), ["cut.turn"]);
        Assert.Null(result.NobodyBecause);
    }

    [Theory]
    [InlineData("SUS304 旋盤加工 φ40×300 ±0.01 200個")]
    [InlineData("SPCC t1.6 レーザー→曲げ→溶接 600×400 50個 ISO9001必須")]
    [InlineData("A5052 500×300×80 マシニング加工 黒アルマイト 2000個/月")]
    [InlineData("S45C シャフト 1000本 できれば研磨もお願いしたい")]
    [InlineData("ポリエチレンの袋に印刷 5万枚")]
    public void Match_OfThousands_CountsAsOneByOne(string order)
    {
        var demo = JsonLines.ReadCompanies(Path.Combine(Town.Root, "seeds", "demo", "companies.jsonl"));
        var random = new Random(3);
        CompanyFacts Any() => demo[random.Next(demo.Count)];
        var companies = Enumerable.Range(0, 3000).Select(i => Any() with { Key = $"C{i:0000}", Limits = Any().Limits, Materials = Any().Materials, Certifications = Any().Certifications }).ToList();
        var catalog = CompanyCatalog.Build(Town.Vocabulary, companies);
        var need = Town.Read(order);
        // Who does none of it is in no count.
        var explained = companies.Select(c => Matcher.Explain(catalog, need, c.Key)!)
            .Where(e => e.Reasons.Any(r => r.Demand == NeedKind.Process && r.CompanyFact != "この加工の記載なし")).ToList();
        var result = Matcher.Match(catalog, need);
        Assert.Equal(explained.Count(e => e.Verdict >= Verdict.Maybe), result.FitsCount + result.MaybeCount);
        foreach (var match in result.Matches)
        {
            var e = Matcher.Explain(catalog, need, match.Company.Key)!;
            Assert.Equal((match.Verdict, match.Score), (e.Verdict, e.Score));
        }
        Assert.Equal(explained.Count(e => e.Verdict == Verdict.Partly), result.PartlyCount);
        Assert.Equal(explained.Count(e => e.Verdict == Verdict.No), result.ExcludedCount);
        Assert.True(explained.Count > 200);
    }

    [Fact]
    public void Match_Nobody_NamesTheDemandThatAloneRulesOut()
    {
        CompanyFacts Turner(string key, double length, params string[] certifications) =>
            Town.Company(key, "旋盤加工") with { Limits = new() { LengthMm = length, WidthMm = 200, HeightMm = 200 }, Certifications = certifications };
        const string order = "S45C 旋盤加工 φ100×400 10個 ISO13485必須";
        var (a, b, c) = (Turner("A", 200), Turner("B", 300), Turner("C", 600));
        var two = Town.Match(order, a, b).NobodyBecause;
        Assert.Contains("ISO13485」が 2 社", two, StringComparison.Ordinal);
        Assert.Contains("400", two, StringComparison.Ordinal);
        // What C lacks is the certificate alone: without it there is somebody.
        var three = Town.Match(order, a, b, c).NobodyBecause;
        Assert.Contains("「ISO13485」が 1 社", three, StringComparison.Ordinal);
        Assert.DoesNotContain("400", three, StringComparison.Ordinal);
    }

    [Fact]
    public void Reasons_GoByTheWaysOfTheVerdict()
    {
        CompanyFacts Does(string key, params (string Process, string Material, long? LotTo)[] ways) => new()
        {
            Key = key,
            Name = key,
            Capabilities = [.. ways.Select(w => new CapabilityFacts { Process = w.Process, Materials = [w.Material], Limits = new() { LotTo = w.LotTo, LotFrom = w.LotTo is null ? null : 1 } })],
        };
        // The second step's lot rules out: it is told, though the first has room.
        var no = Assert.Single(Town.Match("S45C 旋盤加工→円筒研磨 2000個", Does("A", ("旋盤加工", "S45C", 5000), ("円筒研磨", "S45C", 50))).Excluded);
        Assert.Contains(no.Reasons, r => r is { Demand: NeedKind.Quantity, Mark: ReasonMark.Fails });
        // The material counts where the work lies, not at the step that was named first.
        var fits = Town.Match("SUS304 タップ→マシニング 50個", Does("B", ("タップ", "アルミ", null), ("マシニング", "SUS304", null))).Matches[0];
        Assert.Equal(Verdict.Fits, fits.Verdict);
        Assert.Contains(fits.Reasons, r => r is { Demand: NeedKind.Material, Mark: ReasonMark.Fits });
    }

    [Fact]
    public void Reasons_NameTheFactThatDecides()
    {
        var company = Town.Company("A", "旋盤加工") with { Limits = new() { LengthMm = 1000, WidthMm = 200, HeightMm = 200, ToleranceMm = 0.02 } };
        var reasons = Assert.Single(Town.Match("S45C 旋盤加工 φ20×100とφ40×1500 公差±0.05、はめ合い部は±0.005", company).Excluded).Reasons;
        Assert.Equal("公差 ±0.005 mm", reasons.Single(r => r.Demand == NeedKind.Tolerance).OrderFact);
        Assert.StartsWith("1500", reasons.Single(r => r.Demand == NeedKind.Size).OrderFact, StringComparison.Ordinal);
    }

    [Fact]
    public void Match_WhoDoesOnlyAWishAndCantMeetIt_IsNotNamed()
    {
        var printer = Town.Company("A", "シルク印刷") with { Limits = new() { LengthMm = 200, WidthMm = 100, HeightMm = 50 } };
        var result = Town.Match("A5052 500×400のアルマイト。できればシルク印刷もお願いしたい", printer);
        Assert.Empty(result.Matches);
        Assert.Equal((0, 1), (result.PartlyCount, result.ExcludedCount));
    }

    [Theory]
    [InlineData("S45C 切削加工 600×400×50 10個")]
    [InlineData("S45C 旋盤加工かマシニング加工 600×400×50 10個")]
    public void Match_WhatOneWayCant_AnotherMay(string order)
    {
        CompanyFacts Cuts(string key, LimitFacts milled) => new()
        {
            Key = key,
            Name = key,
            Capabilities =
            [
                new() { Process = "旋盤加工", Limits = new() { LengthMm = 200, WidthMm = 200, HeightMm = 200 } },
                new() { Process = "マシニング加工", Limits = milled },
            ],
        };
        var result = Town.Match(order,
            Cuts("large", new() { LengthMm = 800, WidthMm = 500, HeightMm = 400 }),
            Cuts("small", new() { LengthMm = 400, WidthMm = 300, HeightMm = 300 }),
            Cuts("silent", new() { LotFrom = 1 }));
        var large = Assert.Single(result.Matches);
        Assert.Equal("large", large.Company.Key);
        Assert.Contains(large.Reasons, r => r is { Demand: NeedKind.Size, Mark: ReasonMark.Fits });
        Assert.Equal(2, result.ExcludedCount);
        Assert.DoesNotContain(result.Excluded, m => m.Reasons.All(r => r.Mark != ReasonMark.Fails));
    }

    [Fact]
    public void ListedLate_IsListedAllTheSame()
    {
        var company = Town.Company("A", "旋盤加工", "マシニング加工", "5軸加工", "複合加工", "タップ", "穴あけ", "治具製作", "焼付塗装") with
        {
            Equipment = [new() { Kind = "ワイヤーカット放電加工機" }],
        };
        Assert.Contains(Assert.Single(Town.Match("焼付塗装 100個", company).Matches).Reasons, r => r is { Demand: NeedKind.Process, Mark: ReasonMark.Fits });
        var facets = Town.Catalog(company).Blocks[0].Facets.Processes;
        Assert.All(new[] { "焼付塗装", "ワイヤーカット" }, p => Assert.True(facets[Town.Vocabulary.ReadProcess(p)!.Index][0]));
        Assert.DoesNotContain(Town.Vocabulary.ReadProcess("アルマイト")!.Index, facets.Keys);
    }

    [Fact]
    public void Explain_WhoStandsFarBehind_AddsUpToItsPlace()
    {
        var catalog = Town.Catalog(
            Town.Company("A", "旋盤加工") with { Materials = ["S45C"], Summary = "S45C シャフト 旋盤加工 専門" },
            Town.Company("B", "TIG溶接", "曲げ", "レーザー切断", "製缶", "旋盤加工") with { Materials = ["S45C"] });
        var need = Town.Read("S45C シャフト φ20×100 旋盤加工 30本");
        var match = Matcher.Match(catalog, need).Matches.Single(m => m.Company.Key == "B");
        var e = Matcher.Explain(catalog, need, "B")!;
        Assert.Equal((match.Verdict, match.Score), (e.Verdict, e.Score));
        Assert.StartsWith("最上位から", e.Terms[^1].Label, StringComparison.Ordinal);
        Assert.Equal(e.Score, e.Terms.Aggregate(0.0, (sum, t) => t.IsFactor ? sum * t.Value : sum + t.Value), 4);
    }

    [Fact]
    public void Match_MoreFitThanAreKept_AllAreCounted()
    {
        var turners = Enumerable.Range(0, 300).Select(i => Town.Company($"C{i:000}", "旋盤加工") with { Materials = ["S45C"] }).ToArray();
        var result = Town.Match("S45C 旋盤加工 30本", turners);
        Assert.Equal((300, 0), (result.FitsCount, result.MaybeCount));
    }

    [Fact]
    public void Match_EqualCompanies_TheSameOnesWhateverTheOrderOfTheCatalog()
    {
        var turners = Enumerable.Range(0, 300).Select(i => Town.Company($"C{i:000}", "旋盤加工") with { Materials = ["S45C"] }).ToArray();
        var (there, back) = (Town.Match("S45C 旋盤加工 30本", turners), Town.Match("S45C 旋盤加工 30本", [.. turners.Reverse()]));
        Assert.Equal(there.Matches.Select(m => m.Company.Key), back.Matches.Select(m => m.Company.Key));
        const string parts = "旋盤加工→無電解ニッケルめっき 30本";
        var platers = Enumerable.Range(0, 60).Select(i => Town.Company($"P{i:000}", "無電解ニッケルめっき")).ToArray();
        (there, back) = (Town.Match(parts, [.. turners, .. platers]), Town.Match(parts, [.. platers.Reverse(), .. turners.Reverse()]));
        Assert.NotEmpty(there.Chains);
        Assert.Equal(there.Chains[0].Links.Select(l => l.Company.Key), back.Chains[0].Links.Select(l => l.Company.Key));
    }
}
