namespace MonozukuriTown.Matching.Tests;

public sealed class VocabularyTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("vocabulary").FullName;

    public VocabularyTests()
    {
        Write("processes.csv", "id,parent,name,english,synonyms,covers,note\ncut,,切削,cutting,,,\ncut.turn,cut,旋盤加工,turning,旋盤|旋削,,\ncut.mc,cut,マシニング,milling,MC加工,cut.turn:0.5,\n");
        Write("materials.csv", "id,parent,name,english,synonyms,note\nmetal,,金属,metal,,\nsus304,metal,SUS304,,,\n");
        Write("certifications.csv", "id,kind,name,english,synonyms\niso9001,quality,ISO9001,,\n");
        Write("machines.csv", "maker,maker_synonyms,model,kind,processes,note\n");
        Write("ambiguous.csv", "word,meanings,note\n研磨,cut:0.5,\n");
        Write("compounds.csv", "word,process,note\n旋盤機,,\n");
        Write("trades.csv", "id,works,includes,stage,traits\ncut.turn,metal,,4,tolerance\n");
        Write("contexts.csv", "process,words,better,rest,open,note\n");
        Write("ways.csv", "form,material,from,to,ways,note\nround,metal,,99,cut.turn,\n");
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("旋盤", "cut.turn")]
    [InlineData("cut.mc", "cut.mc")]
    [InlineData("マシニングで磨き", "cut.mc")]
    [InlineData("旋盤機", "")]
    [InlineData("", "")]
    public void ReadProcesses_SaysWhatTheWordStandsFor(string word, string ids) =>
        Assert.Equal(ids, string.Join(' ', Vocabulary.Load(directory).ReadProcesses(word).Select(p => p.Id)));

    [Fact]
    public void ReadProcesses_AmbiguousWord_LeavesThemOpen()
    {
        var open = Town.Vocabulary.ReadProcesses("研磨");
        Assert.True(open.Count > 3);
        Assert.Equal("fin.buff", open[0].Id);
    }

    [Theory]
    [InlineData("せんばん", "旋盤加工")]
    [InlineData("ﾏｼﾆﾝ", "マシニング")]
    [InlineData("レーザー切だん", "レーザー切断")]
    public void NearProcesses_FindsByBeginningSoundAndSlip(string typed, string name) =>
        Assert.Contains(name, Town.Vocabulary.NearProcesses(typed, 8).Select(p => p.Name));

    [Fact]
    public void NearMachines_KnowMakersByOtherNames_AndModelsByMaker()
    {
        Assert.Equal(["ファナック"], Town.Vocabulary.NearMakers("fanuc", 3));
        Assert.All(Town.Vocabulary.NearModels("FANUC", "ロボ", 5), m => Assert.Equal("ファナック", m.Maker));
        Assert.NotEmpty(Town.Vocabulary.NearModels("FANUC", "ロボ", 5));
        Assert.Contains("NC旋盤", Town.Vocabulary.NearMachineKinds("nc旋", 5));
        Assert.Empty(Town.Vocabulary.NearMakers(" ", 5));
    }

    [Fact]
    public void Load_SoundFiles_AreRead()
    {
        var vocabulary = Vocabulary.Load(directory);
        Assert.Equal("cut.turn", vocabulary.ReadProcess("NC旋盤を使う旋削")!.Id);
        Assert.Null(vocabulary.ReadProcess("旋盤機"));
        Assert.Equal("sus304", vocabulary.ReadMaterial("SUS-304")!.Id);
    }

    [Theory]
    [InlineData("processes.csv", "cut.drill,cut,穴あけ,,ターニング|せんばん加工|旋盤,,", 5, "旋盤")]
    [InlineData("processes.csv", "cut.turn,cut,別,,,,", 5, "cut.turn")]
    [InlineData("processes.csv", "cut.x,nogroup,別,,,,", 5, "nogroup")]
    [InlineData("processes.csv", "cut.x,cut,別,,,no.such:0.5,", 5, "no.such")]
    [InlineData("processes.csv", "cut.x,cut,別,,,cut.turn:7,", 5, "cut.turn:7")]
    [InlineData("processes.csv", "cut.x,cut.x,別,,,,", 5, "cycle")]
    [InlineData("processes.csv", "cut.x,cut.turn,別,,,,", 5, "cut.turn")]
    [InlineData("processes.csv", "cut.x,cut,,,,,", 5, "name")]
    [InlineData("materials.csv", "sus,sus3,ステンレス,,,\nsus3,sus,サス,,,", 4, "cycle")]
    [InlineData("materials.csv", "a,metal,sus３０４,,,", 4, "sus")]
    [InlineData("ambiguous.csv", "旋盤,cut.mc,", 3, "旋盤")]
    [InlineData("compounds.csv", "研磨,,", 3, "研磨")]
    [InlineData("machines.csv", "ファナック,,ロボ,,cut.none,", 2, "cut.none")]
    [InlineData("trades.csv", "cut.mc,wood,,4,", 3, "wood")]
    [InlineData("trades.csv", "cut.mc,metal,cut.none,4,", 3, "cut.none")]
    [InlineData("trades.csv", "cut.mc,metal,,14,", 3, "14")]
    [InlineData("trades.csv", "cut.mc,metal,,4,round", 3, "round")]
    [InlineData("trades.csv", "cut.turn,metal,,4,", 3, "cut.turn")]
    [InlineData("ways.csv", "round,metal,50,200,cut.mc,", 3, "round")]
    [InlineData("ways.csv", "round,metal,300,200,cut.mc,", 3, "from")]
    [InlineData("ways.csv", "oblong,metal,,,cut.mc,", 3, "oblong")]
    [InlineData("ways.csv", "block,metal,,,,", 3, "ways")]
    [InlineData("contexts.csv", "cut,パイプ,cut.mc,2,,", 2, "rest")]
    [InlineData("contexts.csv", "cut,,cut.mc,1,,", 2, "words")]
    [InlineData("certifications.csv", "iso9001,quality,ISO,,", 3, "iso9001")]
    public void Load_BadRow_StopsWithFileAndLine(string file, string row, int line, string named)
    {
        File.AppendAllText(Path.Combine(directory, file), row + "\n");
        var e = Assert.Throws<VocabularyException>(() => Vocabulary.Load(directory));
        Assert.Equal(file, e.File);
        Assert.Equal(line, e.Line);
        Assert.Contains(named, e.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Load_MissingFile_IsNamed()
    {
        File.Delete(Path.Combine(directory, "machines.csv"));
        Assert.Equal("machines.csv", Assert.Throws<VocabularyException>(() => Vocabulary.Load(directory)).File);
    }

    [Fact]
    public void Load_Repository_HoldsWhatTheTownNeeds()
    {
        Assert.Equal(16, Town.Vocabulary.Processes.Count(p => p.IsGroup));
        Assert.True(Town.Vocabulary.Processes.Count(p => !p.IsGroup) >= 150);
        Assert.All(Town.Vocabulary.Processes, p => Assert.True(p.IsGroup || Town.Vocabulary.Processes[p.Parent].IsGroup));
    }

    [Theory]
    [InlineData("レーザー切断", "レーザ切断")]
    [InlineData("ﾚｰｻﾞｰ", "レーザ")]
    [InlineData("ﾌﾟﾚｽ", "プレス")]
    [InlineData("めっき", "メッキ")]
    [InlineData("ＳＵＳ３０４", "sus304")]
    [InlineData("Φ20", "φ20")]
    [InlineData("精密鈑金", "精密板金")]
    [InlineData("レ−ザ−加工", "レーザー加工")]
    public void Fold_Variants_AreTheSame(string a, string b) => Assert.Equal(FoldedText.Fold(b), FoldedText.Fold(a));

    [Fact]
    public void Fold_ParticleBeforeAWord_LeavesTheWordAlone() =>
        Assert.EndsWith(FoldedText.Fold("アートワーク"), FoldedText.Fold("をアートワーク"), StringComparison.Ordinal);

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(directory, file), text);
}
