namespace MonozukuriTown.Matching;

/// <summary>
/// An immutable snapshot of all listed companies: blocks of about a thousand companies that share one term dictionary.
/// A reader holds one and never sees half a change; an edit makes a new catalog that shares all blocks but one.
/// </summary>
public sealed class CompanyCatalog
{
    private readonly ITextIndexBuilder engine;
    private readonly CatalogBlock[] blocks;
    private readonly Dictionary<string, (int Block, int Company)> places;

    private CompanyCatalog(Vocabulary vocabulary, ITextIndexBuilder engine, TermTable terms, CatalogBlock[] blocks)
    {
        Vocabulary = vocabulary;
        this.engine = engine;
        Terms = terms;
        this.blocks = blocks;
        places = new(blocks.Sum(b => b.Count), StringComparer.Ordinal);
        for (var b = 0; b < blocks.Length; b++)
        {
            for (var c = 0; c < blocks[b].Count; c++)
                places[blocks[b].Readings[c].Facts.Key] = (b, c);
        }
        Count = places.Count;
        AverageLengths = new float[TextDocument.FieldCount];
        for (var f = 0; f < TextDocument.FieldCount && Count > 0; f++)
            AverageLengths[f] = blocks.Sum(b => b.Text.TotalLength((TextField)f)) / (float)Count;
        ProcessCounts = new int[vocabulary.Processes.Count];
        foreach (var block in blocks)
        {
            for (var p = 0; p < ProcessCounts.Length; p++)
                ProcessCounts[p] += block.Postings(p).Length;
        }
    }

    public Vocabulary Vocabulary { get; }

    public int Count { get; }

    /// <summary>Name of the text engine.</summary>
    public string Engine => engine.Name;

    /// <summary>All companies, in no promised order.</summary>
    public IEnumerable<CompanyFacts> Companies => blocks.SelectMany(b => b.Readings, (_, r) => r.Facts);

    internal ReadOnlySpan<CatalogBlock> Blocks => blocks;

    internal TermTable Terms { get; }

    internal float[] AverageLengths { get; }

    /// <summary>How many companies have any evidence for a process.</summary>
    internal int[] ProcessCounts { get; }

    /// <summary>Reads and indexes the companies; of two with the same key the later one counts.</summary>
    public static CompanyCatalog Build(Vocabulary vocabulary, IEnumerable<CompanyFacts> companies, ITextIndexBuilder? engine = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(companies);
        engine ??= new BuiltInTextIndexBuilder();
        var terms = new TermTable();
        var unique = new Dictionary<string, CompanyFacts>(StringComparer.Ordinal);
        foreach (var company in companies)
            unique[company.Key] = company;
        var chunks = unique.Values.Chunk(CatalogBlock.MaxCompanies).ToArray();
        var built = new CatalogBlock[chunks.Length];
        // Ids of terms depend on which thread came first; no score does.
        Parallel.For(0, chunks.Length, i =>
        {
            var reader = new CompanyReader(vocabulary, new TextAnalyzer(vocabulary, terms));
            built[i] = new(vocabulary, [.. chunks[i].Select(reader.Read)], engine);
        });
        return new(vocabulary, engine, terms, built);
    }

    /// <summary>A catalog in which this company is new or as it is now.</summary>
    public CompanyCatalog WithChanged(CompanyFacts company)
    {
        ArgumentNullException.ThrowIfNull(company);
        var reading = new CompanyReader(Vocabulary, new TextAnalyzer(Vocabulary, Terms)).Read(company);
        if (places.TryGetValue(company.Key, out var place))
        {
            var readings = blocks[place.Block].Readings.ToArray();
            readings[place.Company] = reading;
            return With(place.Block, readings);
        }
        var open = Array.FindIndex(blocks, b => b.Count < CatalogBlock.MaxCompanies);
        return open >= 0
            ? With(open, [.. blocks[open].Readings, reading])
            : new(Vocabulary, engine, Terms, [.. blocks, new(Vocabulary, [reading], engine)]);
    }

    /// <summary>A catalog without this company; the same catalog when it isn't there.</summary>
    public CompanyCatalog WithRemoved(string key)
    {
        if (!places.TryGetValue(key, out var place))
            return this;
        var readings = blocks[place.Block].Readings.Where((_, i) => i != place.Company).ToArray();
        return readings.Length > 0 ? With(place.Block, readings) : new(Vocabulary, engine, Terms, [.. blocks.Where((_, i) => i != place.Block)]);
    }

    public CompanyFacts? Find(string key) => places.TryGetValue(key, out var p) ? blocks[p.Block].Readings[p.Company].Facts : null;

    internal int DocumentFrequency(TextField field, int term)
    {
        var n = 0;
        foreach (var block in blocks)
            n += block.Text.DocumentFrequency(field, term);
        return n;
    }

    private CompanyCatalog With(int block, CompanyReading[] readings)
    {
        var changed = blocks.ToArray();
        changed[block] = new(Vocabulary, readings, engine);
        return new(Vocabulary, engine, Terms, changed);
    }
}
