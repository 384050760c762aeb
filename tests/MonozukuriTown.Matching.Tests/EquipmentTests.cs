namespace MonozukuriTown.Matching.Tests;

public sealed class EquipmentTests
{
    private static readonly EquipmentFacts Robodrill = new() { Maker = "ファナック", Model = "α-D21MiB5", Kind = "ロボドリル" };

    private static CompanyFacts Shop(string key = "A") => Town.Company(key, "板金加工") with { Equipment = [Robodrill] };

    private static Match? Milling(CompanyFacts company, bool forStaff = false) =>
        Matcher.Match(Town.Catalog(company), Town.Read("アルミ マシニング加工 100×80×20 10個"), forStaff: forStaff).Matches.SingleOrDefault();

    private static int Found(CompanyFacts company) =>
        CompanySearch.Search(Town.Catalog(company), new() { Processes = ["cut.mc"] }).Total;

    [Fact]
    public void Machine_OfACompanyOfAFile_CountsInFull()
    {
        var match = Milling(Shop());
        Assert.Contains("設備 ファナック α-D21MiB5 ロボドリル から推定", match!.Reasons.First(r => r.Demand == NeedKind.Process).CompanyFact, StringComparison.Ordinal);
    }

    [Fact]
    public void Machine_TheCompanyWasNotToldOf_CountsForStaffAlone()
    {
        var company = Shop() with { ToldProcesses = [] };
        Assert.Null(Milling(company));
        Assert.Contains("公開していません", Milling(company, forStaff: true)!.Reasons.First(r => r.Demand == NeedKind.Process).CompanyFact, StringComparison.Ordinal);
        Assert.Equal(0, Found(company));
    }

    [Fact]
    public void Machine_TheCompanyWasToldOf_CountsAsInAFile()
    {
        var company = Shop() with { ToldProcesses = ["cut.mc", "cut.drill", "cut.tap"] };
        Assert.Equal(Milling(Shop())!.Score, Milling(company)!.Score);
        Assert.DoesNotContain("公開していません", Milling(company, forStaff: true)!.Reasons.First(r => r.Demand == NeedKind.Process).CompanyFact, StringComparison.Ordinal);
    }

    [Fact]
    public void Machine_BesideACapabilityThatSaysTheSame_NeedsNoTelling()
    {
        var listed = Town.Company("A", "マシニング加工") with { Equipment = [Robodrill] };
        Assert.Equal(Milling(listed)!.Score, Milling(listed with { ToldProcesses = [] })!.Score);
        Assert.DoesNotContain(EquipmentOffer.Of(Town.Vocabulary, listed), o => o.Process.Id == "cut.mc");
    }

    [Fact]
    public void Process_TheCompanyDenied_IsNotInferredFromAnything()
    {
        var denied = Shop() with { DeniedProcesses = ["cut.tap"], Summary = "タップ加工のことなら。" };
        MatchResult Tapping(CompanyFacts company, bool forStaff) => Matcher.Match(Town.Catalog(company), Town.Read("M6タップ加工 20個"), forStaff: forStaff);
        Assert.NotEmpty(Tapping(Shop(), forStaff: false).Matches);
        // マシニング covers タップ in general, and the summary praises it: the company's own no stands above both.
        Assert.Empty(Tapping(denied, forStaff: false).Matches);
        Assert.Empty(Tapping(denied with { ToldProcesses = ["cut.mc", "cut.drill"] }, forStaff: true).Matches);
        Assert.NotEmpty(Tapping(Town.Company("A", "タップ加工") with { DeniedProcesses = ["cut.tap"] }, forStaff: false).Matches);
    }

    [Fact]
    public void Offers_NameProcessMachineAndSize()
    {
        var offer = EquipmentOffer.Of(Town.Vocabulary, Shop())[0];
        Assert.Equal(("cut.mc", Robodrill), (offer.Process.Id, offer.Machine));
        Assert.Equal((500d, 400d, 330d), (offer.Envelope.LengthMm, offer.Envelope.WidthMm, offer.Envelope.HeightMm));
        Assert.Empty(EquipmentOffer.Of(Town.Vocabulary, Town.Company("A", "板金加工")));
    }

    [Fact]
    public void Offers_OfAnOpenKind_AreWhatTheModelSays()
    {
        var press = new EquipmentFacts { Maker = "アマダ", Model = "HDS-8025NT", Kind = "ベンダー" };
        var offers = EquipmentOffer.Of(Town.Vocabulary, Town.Company("A", "旋盤加工") with { Equipment = [press] });
        Assert.Contains(offers, o => o.Process.Id == "sheet.bend");
        Assert.DoesNotContain(offers, o => o.Process.Id == "sheet.pipebend");
        // Without a model nobody knows: both are asked.
        Assert.Contains(EquipmentOffer.Of(Town.Vocabulary, Town.Company("A", "旋盤加工") with { Equipment = [press with { Maker = "", Model = "" }] }), o => o.Process.Id == "sheet.pipebend");
    }

    [Theory]
    [InlineData("500×400×330", "", 500d, 400d, 330d, null)]
    [InlineData("２５００ｘ１２５０ mm", "", 2500d, 1250d, null, null)]
    [InlineData("φ20", "", null, null, null, 20d)]
    [InlineData("Φ210×500", "", 500d, null, null, 210d)]
    [InlineData("大きめ", "α-D14LiA", 300d, 300d, 330d, null)]
    [InlineData("", "α-T14", null, null, null, null)]
    [InlineData("1×2×3×4", "", null, null, null, null)]
    [InlineData("0×5", "", null, null, null, null)]
    public void Envelope_IsTheCompanysOwn_OrTheMakers(string size, string model, double? length, double? width, double? height, double? diameter)
    {
        var read = MachineEnvelope.Of(Town.Vocabulary, new() { Maker = "ファナック", Model = model, Size = size });
        Assert.Equal((length, width, height, diameter), (read.LengthMm, read.WidthMm, read.HeightMm, read.DiameterToMm));
    }
}
