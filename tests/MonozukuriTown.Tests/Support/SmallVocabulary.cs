using MonozukuriTown.Matching;

namespace MonozukuriTown.Tests.Support;

/// <summary>A vocabulary of a few words, for tests that need one but not the town's.</summary>
public static class SmallVocabulary
{
    public static Vocabulary Value { get; } = Load();

    private static Vocabulary Load()
    {
        var folder = Directory.CreateTempSubdirectory("vocabulary");
        try
        {
            Write("processes", "id,parent,name,english,synonyms,covers", "cut,,切削,cutting,,", "cut.turn,cut,旋盤加工,turning,旋盤|NC旋盤,", "cut.mc,cut,マシニング,machining,フライス,", "fin,,研削・研磨,finishing,,", "fin.cyl,fin,円筒研削,cylindrical grinding,円筒研磨,");
            Write("materials", "id,parent,name,english,synonyms", "sus,,ステンレス,stainless,ステン", "sus304,sus,SUS304,,");
            Write("certifications", "id,kind,name,english,synonyms", "iso9001,quality,ISO9001,,アイエスオー9001");
            Write("machines", "maker,maker_synonyms,model,kind,processes");
            Write("ambiguous", "word,meanings");
            Write("compounds", "word,process");
            Write("implications", "word,synonyms,kind,processes,materials,certifications,confidence,because");
            return Vocabulary.Load(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        void Write(string name, params string[] lines) => File.WriteAllLines(Path.Combine(folder.FullName, name + ".csv"), lines);
    }
}
