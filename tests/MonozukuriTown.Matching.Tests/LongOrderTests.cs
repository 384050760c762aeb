namespace MonozukuriTown.Matching.Tests;

/// <summary>Mails that hold more than one thing, a tale, or what only looks like the order.</summary>
public sealed class LongOrderTests
{
    private const string TwoThings = """
        初めてご連絡します。下記二点の見積をお願いいたします。
        ①ベース板 SS400 400×300×t20 フライスと穴あけ 2枚
        ②カバー SPCC t1.6 曲げ 粉体塗装 10個
        納期は相談させてください。
        """;

    [Fact]
    public void FromChips_UnchangedOrderForTwoThings_KeepsThePartsApart()
    {
        var need = Town.Read(TwoThings);
        var again = new RfqReader(Town.Vocabulary).FromChips(TwoThings, need.ToChips());
        Assert.Equal(2, need.Parts.Count);
        Assert.Equal(need.Parts.Select(p => string.Join(' ', p.ToChips())), again.Parts.Select(p => string.Join(' ', p.ToChips())));
    }

    [Fact]
    public void FromChips_WorkTakenAway_IsTakenFromItsPart()
    {
        var need = Town.Read(TwoThings);
        var again = new RfqReader(Town.Vocabulary).FromChips(TwoThings, need.ToChips().Where(c => !c.Contains("surf.powder", StringComparison.Ordinal)));
        Assert.Equal(2, again.Parts.Count);
        Assert.DoesNotContain("surf.powder", again.Parts.SelectMany(Town.Steps));
    }

    [Fact]
    public void FromChips_WorkAdded_IsTheBuyersOwnOrder() =>
        Assert.Empty(new RfqReader(Town.Vocabulary).FromChips(TwoThings, [.. Town.Read(TwoThings).ToChips(), "process=surf.zn"]).Parts);

    [Fact]
    public void Read_FormBesideParts_HoldsForAllThatSayNothingElse()
    {
        var need = Town.Read("①軸 φ20×150 旋盤 10本\n②座 40×40×12 フライス 10個", new() { Material = "SUS303", ToleranceMm = 0.02, Quantity = "30" });
        Assert.Equal(["sus303", "sus303"], need.Parts.SelectMany(Town.Materials));
        Assert.All(need.Parts, p => Assert.Equal(0.02, p.ToleranceMm));
        Assert.All(need.Parts, p => Assert.Equal(10, p.Quantity));
    }

    [Fact]
    public void Read_MaterialSaidOnceForAll_IsThatOfEveryPart() =>
        Assert.Equal(["a5052", "a5052"], Town.Read("材質はどちらもA5052です。\n(1) ブロック 60×40×30 マシニング 5個\n(2) 軸 φ16×80 旋盤 5本").Parts.SelectMany(Town.Materials));

    [Theory]
    [InlineData("一、貼箱 内寸190×130 紙 五百個\n二、案内板 ステンレス 900×600 エッチング 一枚")]
    [InlineData("ひとつ目、ローラーの硬質クロム φ150 2本。ふたつ目、ステンレスのカバー t1.2 曲げ 1枚")]
    [InlineData("(イ) 弁板 研磨 φ120 1枚\n(ロ) ピストン φ22 円筒研削 9本")]
    [InlineData("コンベヤの樹脂ガイド UHMW-PE 30×20×1480 切削 12本をお願いします。ついでに、SUS304のホッパー 400角の内側のバフ研磨もお願いします。")]
    [InlineData("Item 1: shaft S45C dia 20 x 100 turning 10 pcs\nItem 2: bracket SPCC t2 bending 20 pcs")]
    public void Read_SeveralThings_AreToldApart(string order) => Assert.Equal(2, Town.Read(order).Parts.Count);

    [Theory]
    [InlineData("階段だけで概算80万で見ています。切板を溶接で組み、仕上げは錆止め塗装でお願いします。幅820、13段です。図面は事務所にあります。搬入は3分割で、現場の取付はこちらで行います。よろしくお願いいたします。", "join")]
    [InlineData("鉄の箱だけ新しく作ってください。t3.2で2000×1500×2200、点検扉を2つ付けて溶接でお願いします。ダクトの継ぎ目はやり直す程度でよいと思っています。濾布の袋の縫製も24本お願いできれば助かります。据付は連休中です。", "soft")]
    public void Read_OnlyInALongMail_SpeaksOfItsOwnSentence(string order, string group) =>
        Assert.Contains(Town.Steps(Town.Read(order)), s => s.StartsWith(group, StringComparison.Ordinal));

    [Fact]
    public void Read_OnlyOfTheWholeOrder_LeavesTheRestOut() =>
        Assert.Equal(["cut.deephole"], Town.Steps(Town.Read("同業です。SCM435のφ50×620の丸棒にφ8の深穴をガンドリルでお願いします。外径の旋盤はうちで後からやるんで深穴だけで結構。材料送ります")));

    [Theory]
    [InlineData("型屋です。うちはワイヤーカットの設備が無いので外注さんを探しています。SKD11 t40 8個", "edm.wire")]
    [InlineData("社内で真空焼入れができないので頼める所を。SKD61 120×80×40 4個", "heat.vac")]
    public void Read_WhatSomebodyLacks_IsAskedFor(string order, string process) => Assert.Contains(process, Town.Steps(Town.Read(order)));

    [Theory]
    [InlineData("今の塗装がすぐ剥げます。\nアルミの枠の曲げと溶接をお願いしたいです。300×200 10個", "surf.paint")]
    [InlineData("メッキすると水素脆性が怖いのでメッキ以外の防錆で、SCM435のピン φ16×95 80本 研削仕上げ", "surf.zn")]
    [InlineData("図面を描いたことがないので手書きです。SUS304 φ60×15の旋盤加工 1個", "sys.design")]
    public void Read_WhatIsThereOrRefused_IsNoStep(string order, string not) => Assert.DoesNotContain(not, Town.Steps(Town.Read(order)));

    [Theory]
    [InlineData("軟質塩ビの押出 2m×300本", 300)]
    [InlineData("brass nipple turning, 1 lakh pcs", 100_000)]
    [InlineData("springs 3 dozen, SUS304", 36)]
    [InlineData("真鍮のアーム 1灯に3本、全部で48本 パイプ曲げ", 48)]
    public void Read_Quantity_AsStrangersWriteIt(string order, long expected) => Assert.Equal(expected, Town.Read(order).Quantity);

    [Theory]
    [InlineData("Need 25 pcs 17-4PH shaft .500 dia x 6.25\", +/-.001", 12.7, 0.0254)]
    [InlineData("bushing 1.250 dia, 2\" long, tolerance +/-.002, brass", 31.75, 0.0508)]
    public void Read_BareDecimalsBesideInches_AreInches(string order, double diameter, double tolerance)
    {
        var need = Town.Read(order);
        Assert.Equal(diameter, need.DiameterMm!.Value, 3);
        Assert.Equal(tolerance, need.ToleranceMm!.Value, 4);
    }

    [Theory]
    [InlineData("真鍮パイプφ10を半径80の円弧に曲げ 48本")]
    [InlineData("φ10 ヘッド SUS303 削り出し 重量350g±2g")]
    public void Read_CurvesAndWeights_AreNeitherSizeNorTolerance(string order)
    {
        var need = Town.Read(order);
        Assert.Equal(10, need.DiameterMm);
        Assert.Null(need.ToleranceMm);
    }

    [Fact]
    public void Read_ThreadPitch_IsNoSize() => Assert.Empty(Town.Read("SUS303のシャフトの先に M10×1 のねじを切る 20本").Size);

    [Theory]
    [InlineData("集塵機の箱 SS400 t3.2 溶接 1台。2トン車は入ります、4トンは無理です")]
    [InlineData("progressive press die for our press 110 ton, SPCC")]
    public void Read_WhatLiftsOrPresses_IsNoWeight(string order) => Assert.Null(Town.Read(order).WeightKg);

    [Theory]
    [InlineData("同業です。うちのワイヤーが壊れて2週間止まります。SKD11 HRC60 t40 のプレート、抜き形状12ヶ所 2枚", "edm.wire")]
    [InlineData("当社の旋盤が満杯のため、S45C φ40×120 を50本お願いできませんか", "cut.turn")]
    public void Read_OwnMachineOutOfOrder_ItsWorkIsAskedFor(string order, string process) => Assert.Contains(process, Town.Steps(Town.Read(order)));

    [Theory]
    [InlineData("樹脂のヘラが2週間で欠けました。青い樹脂で作り直したい。650×60×t10 20枚", "sys.maint")]
    [InlineData("SS400の角パイプをコの字に溶接して塗装 750×690 40脚", "sheet.bend")]
    [InlineData("アルミダイカストのハウジングを社内で加工していますが、端面のフライスとタップを外注したい。素材は支給(ダイカスト品) 6400個", "cast.dcal")]
    [InlineData("木の受け台 直径100 高さ30 裏に防振ゴム貼り メープル 40個", "mold.rubber")]
    public void Read_WhatOnlyGoesWithIt_IsNoStep(string order, string not) => Assert.DoesNotContain(not, Town.Steps(Town.Read(order)));

    [Fact]
    public void Read_ListBeforeOnly_IsAskedForAsAWhole() => Assert.Equal(2, Town.Read("銅帯 t10×100 L860 3本、切断と穴あけだけ。錫メッキなし").Steps.Count);

    [Theory]
    [InlineData("HACCPの監査が2月にあるので、SUS304のホッパーの溶接補修を急ぎます")]
    [InlineData("架台の溶接はWESかJISの有資格者でないと困ります。1台")]
    [InlineData("ISO9001またはISO14001を取得している会社で、S45Cの旋盤加工 10個")]
    [InlineData("基板実装 100枚。ISO13485は量産時には必要ですが今回の試作では不問です")]
    public void Read_CertificateThatOnlyStandsNearby_IsNotRequired(string order) =>
        Assert.DoesNotContain(Town.Read(order).Facts, f => f is { Kind: NeedKind.Certification, IsWish: false });

    [Theory]
    [InlineData("SPFH590 t2.6 順送プレス 月8万 300t以上", 2.6)]
    [InlineData("箱文字 SUS304 0.8t 高さ600 厚み60 曲げ溶接 4文字", 0.8)]
    [InlineData("中古の射出成形機(東芝130t)のカバー SPCC t1.6 曲げ", 1.6)]
    [InlineData("SPCC t1.2 曲げ 支払は T/T 30% advance", 1.2)]
    [InlineData("FC250のベッド 2800×900×600 重さが2t弱 板厚9のカバー", 9)]
    public void Read_Thickness_IsThatOfTheSheet(string order, double expected) => Assert.Equal(expected, Town.Read(order).ThicknessMm);

    [Theory]
    [InlineData("SGP50A フランジ付短管 L=385 両フランジ10K 亜鉛メッキ 2本", 2)]
    [InlineData("紙の立体パズル トムソン 部品20個くらい、1,000セット", 1000)]
    [InlineData("ブスバー C1100 t5 曲げ2 穴φ11×4 500個", 500)]
    public void Read_Quantity_IsThatOfTheOrder(string order, long expected) => Assert.Equal(expected, Town.Read(order).Quantity);

    [Fact]
    public void Read_PoliteSentence_IsNoSender() =>
        Assert.Contains("brass", Town.Materials(Town.Read("開創四百年の記念に配る品を考えております。案は寺紋の文字を入れた真鍮の文鎮でございます。大きさは150×25×10、数は四百五十個。")));
}
