namespace MonozukuriTown.Matching.Tests;

public sealed class ReadingTests
{
    [Theory]
    [InlineData("5μ台で仕上げ", 0.005)]
    [InlineData("±0.01", 0.01)]
    [InlineData("公差0.02mm", 0.02)]
    [InlineData("平面度は0.03", 0.03)]
    [InlineData("1/100の精度", 0.01)]
    [InlineData("100分の1で", 0.01)]
    [InlineData("+0.02/-0.01", 0.015)]
    [InlineData("＋／－０．０５", 0.05)]
    [InlineData("真円度2ミクロン", 0.002)]
    public void Read_Tolerance_IsHalfWidthInMillimetres(string text, double expected) =>
        Assert.Equal(expected, Town.Read("SUS304 旋盤加工 " + text).ToleranceMm!.Value, 6);

    [Theory]
    [InlineData("φ10 H7の穴", 0.015)]
    [InlineData("φ40×120、H7の穴", 0.025)]
    public void Read_ToleranceGrade_TakesItsWidthFromTheDiameter(string text, double expected) =>
        Assert.Equal(expected, Town.Read(text).ToleranceMm!.Value, 6);

    [Fact]
    public void Read_FilmThickness_IsNoTolerance() => Assert.Null(Town.Read("硬質アルマイト 30μ 4枚").ToleranceMm);

    [Theory]
    [InlineData("t2.0", 2)]
    [InlineData("t=1.6", 1.6)]
    [InlineData("ｔ２", 2)]
    [InlineData("2t", 2)]
    [InlineData("板厚は3.2mm", 3.2)]
    [InlineData("厚み1.6ミリ", 1.6)]
    [InlineData("2mm厚", 2)]
    public void Read_Thickness_InManySpellings(string text, double expected) =>
        Assert.Equal(expected, Town.Read("SPCC " + text + " 曲げ").ThicknessMm!.Value, 6);

    [Fact]
    public void Read_PressTonnage_IsNoThickness() => Assert.Null(Town.Read("80tプレスで打てるもの").ThicknessMm);

    [Theory]
    [InlineData("φ20", 20)]
    [InlineData("Φ20", 20)]
    [InlineData("ø20", 20)]
    [InlineData("外径20", 20)]
    [InlineData("20φ", 20)]
    [InlineData("20パイ", 20)]
    public void Read_Diameter_InManySpellings(string text, double expected) =>
        Assert.Equal(expected, Town.Read("丸棒 " + text).DiameterMm!.Value, 6);

    [Theory]
    [InlineData("300×200×50", "300,200,50")]
    [InlineData("300x200x50mm", "300,200,50")]
    [InlineData("３００＊２００＊５０", "300,200,50")]
    [InlineData("30cm x 20cm x 5cm", "300,200,50")]
    [InlineData("φ40×120", "120,40,40")]
    [InlineData("W800×H1800", "1800,800")]
    [InlineData("500角", "500,500")]
    [InlineData("L=1200", "1200")]
    [InlineData("長さ3m", "3000")]
    [InlineData("φ900×H700くらい", "900,900,700")]
    public void Read_Size_LongestFirst(string text, string expected) =>
        Assert.Equal(expected, string.Join(',', Town.Read(text).Size));

    [Theory]
    [InlineData("10個", 10)]
    [InlineData("１０個だけ", 10)]
    [InlineData("200ケ/月", 200)]
    [InlineData("200ヶ", 200)]
    [InlineData("2万本", 20_000)]
    [InlineData("月産5万個", 50_000)]
    [InlineData("月3000", 3000)]
    [InlineData("1,500枚", 1500)]
    [InlineData("80 pcs", 80)]
    [InlineData("5k個", 5000)]
    [InlineData("十個", 10)]
    [InlineData("数百本", 300)]
    [InlineData("一品物です", 1)]
    [InlineData("500枚 3/15まで", 500)]
    public void Read_Quantity_InManySpellings(string text, long expected) => Assert.Equal(expected, Town.Read("ブラケット " + text).Quantity);

    [Fact]
    public void Read_QuantityByMonth_KeepsTheRhythm() =>
        Assert.Contains(Town.Read("月産5万個").Facts, f => f is { Kind: NeedKind.Quantity, Value: "50000/month" });

    [Theory]
    [InlineData("H7の穴が1箇所")]
    [InlineData("5軸加工")]
    [InlineData("予算800万")]
    [InlineData("電話は06-0000-0001")]
    [InlineData("タクト5秒")]
    public void Read_OtherNumbers_AreNoQuantity(string text) => Assert.Null(Town.Read(text).Quantity);

    [Theory]
    [InlineData("2週間", 2)]
    [InlineData("within 1 week", 1)]
    [InlineData("2Wで", 2)]
    [InlineData("実働5日以内", 0.7)]
    public void Read_Deadline_IsInWeeks(string text, double expected) => Assert.Equal(expected, Town.Read(text).DeadlineWeeks!.Value, 1);

    [Theory]
    [InlineData("旋盤加工", "cut.turn")]
    [InlineData("ｾﾝﾀﾚｽ", "fin.cl")]
    [InlineData("ｳｫｰﾀｰｼﾞｪｯﾄ切断", "sheet.wj")]
    [InlineData("レーザ切断", "sheet.laser")]
    [InlineData("曲げて", "sheet.bend")]
    [InlineData("anodizing", "surf.anod")]
    [InlineData("electropolished", "fin.ep")]
    [InlineData("鈑金", "sheet.all")]
    public void Read_Process_InManySpellings(string text, string expected) => Assert.Contains(expected, Town.Steps(Town.Read(text)));

    [Theory]
    [InlineData("めっき治具を作ってほしい", "die.platejig", "surf")]
    [InlineData("レーザーマーキング", "soft.mark", "sheet")]
    [InlineData("樹脂切削", "cut.resin", "mold")]
    [InlineData("工具再研磨", "fin.toolgrind", "fin.surf")]
    [InlineData("抜き型の製作", "die.board", "press")]
    public void Read_Trap_IsNotTheShorterWord(string text, string expected, string not)
    {
        var steps = Town.Steps(Town.Read(text));
        Assert.Equal(expected, Assert.Single(steps));
        Assert.DoesNotContain(steps, s => s.StartsWith(not, StringComparison.Ordinal) && !string.Equals(s, expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SUS304 旋盤加工 めっきは不要", "cut.turn")]
    [InlineData("焼入れ済みの部品を平面研削", "fin.surf")]
    [InlineData("研磨だけお願いします 曲げと溶接はうちでやります", "fin.buff")]
    [InlineData("アルミ板金 アルマイトは別手配", "sheet.all")]
    [InlineData("turning only, no plating", "cut.turn")]
    [InlineData("弊社は溶接屋です。レーザー切断をお願いしたい", "sheet.laser")]
    public void Read_NegationAndScope_LeaveOneStep(string text, string expected) =>
        Assert.Equal(expected, Assert.Single(Town.Steps(Town.Read(text))));

    [Fact]
    public void Read_RuledOutProcess_IsAFactOfItsOwn() =>
        Assert.Contains(Town.Read("旋盤加工 黒染めは不要").Facts, f => f is { Kind: NeedKind.Excluded, Value: "surf.black" });

    [Fact]
    public void Read_Arrows_KeepTheOrderOfSteps() =>
        Assert.Equal(["gear.hob", "heat.ind", "gear.grind"], Town.Steps(Town.Read("歯切り→高周波焼入れ→歯研")));

    [Theory]
    [InlineData("SUS304", "sus304")]
    [InlineData("SUS-304", "sus304")]
    [InlineData("ＳＵＳ３０４", "sus304")]
    [InlineData("A5052", "a5052")]
    [InlineData("ジュラコン", "pom")]
    public void Read_Material_BySymbolAndNickname(string text, string expected) =>
        Assert.Equal(expected, Assert.Single(Town.Materials(Town.Read(text + " 10個"))), ignoreCase: true);

    [Fact]
    public void Read_Certification_KnowsWishFromNeed()
    {
        Assert.True(Town.Read("旋盤 ISO9001あれば尚可").Facts.Single(f => f.Kind == NeedKind.Certification).IsWish);
        Assert.False(Town.Read("旋盤 ISO13485必須").Facts.Single(f => f.Kind == NeedKind.Certification).IsWish);
    }

    [Fact]
    public void Read_Region_OnlyWhenItLimits()
    {
        Assert.Contains(Town.Read("門真市内で旋盤加工").Facts, f => f is { Kind: NeedKind.Region, Value: "門真市" });
        Assert.DoesNotContain(Town.Read("門真の田中です。旋盤加工を探しています").Facts, f => f.Kind == NeedKind.Region);
    }

    [Theory]
    [InlineData("東大阪の田中です。大阪市内で旋盤加工", "大阪市")]
    [InlineData("東大阪近辺で研磨 10個", "東大阪市")]
    [InlineData("大阪府内で板金できる会社", "大阪府")]
    [InlineData("関西圏で溶接 SUS304", "近畿")]
    [InlineData("大阪市鶴見区内で曲げ", "大阪市鶴見区")]
    [InlineData("四条畷あたりで旋盤", "四條畷市")]
    public void Read_Region_IsThatOfTheSeeds(string text, string region) =>
        Assert.Equal(region, Town.Read(text).Facts.Single(f => f.Kind == NeedKind.Region).Value);

    [Theory]
    [InlineData("大阪府", "大阪市鶴見区", true)]
    [InlineData("近畿", "門真市", true)]
    [InlineData("大阪市", "東大阪市", false)]
    [InlineData("門真市", "門真市", true)]
    [InlineData("どこか", "どこか", true)]
    [InlineData("大阪府", "", false)]
    public void Regions_HoldWhatLiesInThem(string region, string town, bool holds) => Assert.Equal(holds, Town.Vocabulary.Regions.Contains(region, town));

    [Fact]
    public void Read_Span_PointsAtTheOriginalText()
    {
        const string text = "すみません、ｾﾝﾀﾚｽ研磨で ±0.003 をお願いします";
        foreach (var fact in Town.Read(text).Facts)
            Assert.InRange(fact.Span!.Value.End, fact.Span.Value.Start + 1, text.Length);
        var process = Town.Read(text).Facts.Single(f => f.Kind == NeedKind.Process);
        Assert.Equal("ｾﾝﾀﾚｽ研磨", text[process.Span!.Value.Start..process.Span.Value.End]);
    }

    [Fact]
    public void Read_Form_WinsOverTheText()
    {
        var need = Town.Read("ブラケット 10個", new() { Quantity = "200/月", Material = "SUS304", ToleranceMm = 0.05, MaxSizeMm = [100, 300, 200], Certifications = ["ISO9001"] });
        Assert.Equal(200, need.Quantity);
        Assert.Equal(0.05, need.ToleranceMm);
        Assert.Equal([300.0, 200, 100], need.Size);
        Assert.Equal("sus304", Assert.Single(Town.Materials(need)), ignoreCase: true);
        Assert.Contains(need.Facts, f => f is { Kind: NeedKind.Certification, IsWish: false });
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n\t　")]
    [InlineData("\ud800")]
    [InlineData("\udc00旋盤\ud83d")]
    [InlineData("ｶﾞﾊﾟﾞﾟ")]
    public void Read_OddText_DoesNotThrow(string text) => Assert.NotNull(Town.Read(text));

    [Fact]
    public void Read_TwentyThousandCharacters_StaysQuick()
    {
        Town.Read("旋盤加工");
        foreach (var unit in new[] { "1", "1 ", "1x", "研磨", "あ", "φ1×", "-0.", "/100", "ステンレス", "\ud800" })
        {
            var text = string.Concat(Enumerable.Repeat(unit, 30_000 / unit.Length));
            var watch = System.Diagnostics.Stopwatch.StartNew();
            Assert.NotNull(Town.Read(text));
            // No measurement: a reader that goes over the text once for each of its places would take minutes.
            Assert.True(watch.ElapsedMilliseconds < 20_000, $"{unit}: {watch.ElapsedMilliseconds} ms");
        }
    }

    [Fact]
    public void FromChips_OfToChips_IsTheSameNeed()
    {
        const string text = "SUS304 t1.5 ブラケット レーザー→曲げ→M4ナットかしめ 200ケ/月 ±0.1 ISO9001あれば尚可";
        var need = Town.Read(text);
        var again = new RfqReader(Town.Vocabulary).FromChips(text, need.ToChips());
        Assert.Equal(need.ToChips(), again.ToChips());
        Assert.Equal(need.Facts.Select(f => f.Label), again.Facts.Select(f => f.Label));
        Assert.Equal(Town.Steps(need), Town.Steps(again));
        Assert.Equal(need.Quantity, again.Quantity);
        Assert.Equal(need.ThicknessMm, again.ThicknessMm);
    }

    [Fact]
    public void FromChips_RemovedAndAdded_CountsAsCorrected()
    {
        var reader = new RfqReader(Town.Vocabulary);
        var need = Town.Read("SUS304 旋盤加工 10個");
        var chips = need.ToChips().Where(c => !c.StartsWith("material=", StringComparison.Ordinal)).Append("A5052").Append("quantity=50").Where(c => c != "quantity=10");
        var corrected = reader.FromChips(need.Text, chips);
        Assert.Equal("a5052", Assert.Single(Town.Materials(corrected)), ignoreCase: true);
        Assert.Contains("cut.turn", Town.Steps(corrected));
    }

    [Theory]
    [InlineData("process=no.such")]
    [InlineData("=")]
    [InlineData("size=abc")]
    [InlineData("quantity=1e999")]
    [InlineData("material=<script>")]
    [InlineData("tolerance=0.01@5-2~9?<")]
    public void FromChips_Nonsense_IsDropped(string chip)
    {
        var need = new RfqReader(Town.Vocabulary).FromChips("旋盤", [chip]);
        Assert.Empty(need.Steps);
    }

    [Theory]
    [InlineData("ワイヤー放電で。打ち抜きとレーザーは不可。SUS304 t1 30枚", "edm.wire")]
    [InlineData("200tプレスのロッド φ80×1100 硬質クロムめっき", "surf.hcr")]
    [InlineData("当社はめっき工場です。部品のバフ研磨をお願いしたい", "fin.buff")]
    [InlineData("塗装屋さんを探しています。鉄の架台は出来上がっています", "surf.paint")]
    [InlineData("成形品の曲面にロゴを入れたい", "soft.pad")]
    [InlineData("パイプを曲げてほしい φ25", "sheet.pipebend")]
    [InlineData("レーザーでシリアル番号を入れたい SUS304 50個", "soft.mark")]
    public void Read_WordsAround_TellWhatIsWanted(string text, string step) => Assert.Contains(step, Town.Steps(Town.Read(text)));

    [Theory]
    [InlineData("POMの歯車 m1 z20 15万個/月", "mold.inj")]
    [InlineData("POMの歯車 m1 z20 5個", "gear.hob")]
    [InlineData("ABSのケース 150×100×50 20個", "mold.cast")]
    [InlineData("ABSのケース 150×100×50 5000個", "mold.inj")]
    [InlineData("アクリルのケース 300×200×200 3個", "mold.bend")]
    [InlineData("アルミのケース 200×100×30 5個", "cut.mc")]
    [InlineData("タングステン板 t3 にφ0.5の穴を25個", "edm.hole")]
    public void Read_ObjectMaterialAndNumber_DecideTheWay(string text, string step) => Assert.Equal(step, Town.Steps(Town.Read(text))[0]);

    [Fact]
    public void Read_TrialBeforeProduction_KeepsBothNumbers()
    {
        var need = Town.Read("樹脂の部品 まず試しに5個、その後3000個の予定");
        Assert.Equal(5, need.Quantity);
        Assert.Equal(3000, need.QuantityLater);
    }

    [Fact]
    public void Read_HolesCounted_AreNoPieces() => Assert.Equal(6, Town.Read("SS400 t25 1200×800 φ30の穴を8個あけて 6枚").Quantity);

    [Fact]
    public void Read_LongMarkBeforeAParticle_IsDropped() => Assert.Equal(FoldedText.Fold("トレガ"), FoldedText.Fold("トレーが"));

    [Fact]
    public void Read_CellNumber_IsNoRubber() => Assert.Empty(Town.Read("CR2032を入れるケース 100個").Materials);

    [Fact]
    public void Read_SizeWithTimes_IsNoAlloy() => Assert.Equal(["scm435"], Town.Materials(Town.Read("SCM435 φ60×750 旋盤加工")));

    [Theory]
    [InlineData("12/10までに", 2.14)]
    [InlineData("12月10日必着", 2.14)]
    [InlineData("来月末まで", 5.14)]
    [InlineData("明後日ほしい", 0.29)]
    [InlineData("年内に", 4.71)]
    public void Read_Date_IsCountedFromTheDayOfTheOrder(string when, double weeks)
    {
        var reader = new RfqReader(Town.Vocabulary) { Today = new(2026, 11, 25) };
        Assert.Equal(weeks, reader.Read("旋盤加工 S45C 10個 " + when).DeadlineWeeks!.Value, 2);
    }

    [Theory]
    [InlineData("日本酒の新しい銘柄を造ってくれる酒蔵を探しています")]
    [InlineData("スマホアプリの開発をお願いしたい")]
    [InlineData("自宅の外壁の塗装と屋根の修理")]
    public void Read_TradeOutsideTheTown_IsNamed(string text)
    {
        var need = Town.Read(text);
        Assert.NotNull(need.Outside);
        var result = Matcher.Match(Town.Catalog(Town.Company("A", "塗装", "旋盤加工")), need);
        Assert.Empty(result.Matches);
        Assert.Contains(need.Outside, result.NobodyBecause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ワイヤーカットだといくらですか SKD11 1個", "edm.wire")]
    [InlineData("SUS304 φ20 10本 センタレス研磨だと助かります", "fin.cl")]
    [InlineData("レーザー切断の必要はありますか SPCC t2 10枚", "sheet.laser")]
    public void Read_WorkThatIsAskedAbout_IsWanted(string text, string process)
    {
        var need = Town.Read(text);
        Assert.Contains(process, Town.Steps(need));
        Assert.DoesNotContain(need.Facts, f => f.Kind == NeedKind.Excluded);
    }

    [Theory]
    [InlineData("SKD11 φ0.5の穴 ドリル加工だと折れるので", "cut.drill")]
    [InlineData("SUS304 ブラケット 溶接だと歪むので別の方法で 10個", "join")]
    [InlineData("SPCC t2 曲げ 10枚 溶接の必要はありません", "join")]
    public void Read_WorkThatWontDo_IsExcluded(string text, string process) =>
        Assert.Contains(Town.Read(text).Facts, f => f.Kind == NeedKind.Excluded && f.Value.StartsWith(process, StringComparison.Ordinal));

    [Theory]
    [InlineData("SUS304 brushed panel 10 pcs", null)]
    [InlineData("SUS304 panel 10 pcs, rush order", 1.0)]
    public void Read_DeadlineWord_StandsByItself(string text, double? weeks) => Assert.Equal(weeks, Town.Read(text).DeadlineWeeks);

    [Theory]
    [InlineData("北広島市の会社で旋盤加工", "北広島市")]
    [InlineData("広島市の会社で旋盤加工", "広島市")]
    [InlineData("北広島市です。旋盤加工 広島市の会社で", "広島市")]
    [InlineData("北広島市から送ります。旋盤加工", null)]
    public void Read_Region_IsNoPartOfALongerName(string text, string? region) =>
        Assert.Equal(region, new RfqReader(Town.Vocabulary) { Towns = ["広島市", "北広島市"] }.Read(text).Facts.FirstOrDefault(f => f.Kind == NeedKind.Region)?.Value);

    [Fact]
    public void Read_SeveralFigures_KeepsTheLimitsThatBind()
    {
        var ring = Town.Read("S45C リング 内径φ20 外径φ300 旋盤");
        Assert.Equal((300, 300), (ring.DiameterMm, ring.Size[0]));
        var sheets = Town.Read("SS400 t1.6 と t12 レーザー切断");
        Assert.Equal((12, 1.6), (sheets.ThicknessMm, sheets.ThinnestMm));
    }
}
