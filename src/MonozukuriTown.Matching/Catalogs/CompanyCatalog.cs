using System.Collections.Concurrent;

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
    private readonly ConcurrentDictionary<(TextField Field, int Term), int> frequencies = new();

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
    /// <param name="unreadable">Told of each company whose words can't be read, which is then left out; without it the first one ends the build.</param>
    public static CompanyCatalog Build(
        Vocabulary vocabulary, IEnumerable<CompanyFacts> companies, ITextIndexBuilder? engine = null, Action<CompanyFacts, Exception>? unreadable = null)
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
        Parallel.For(0, chunks.Length, i => built[i] = new(vocabulary, Read(vocabulary, terms, chunks[i], unreadable), engine));
        return new(vocabulary, engine, terms, built);
    }

    /// <summary>A catalog in which this company is new or as it is now.</summary>
    public CompanyCatalog WithChanged(CompanyFacts company) => With([company], []);

    /// <summary>A catalog without this company; the same catalog when it isn't there.</summary>
    public CompanyCatalog WithRemoved(string key) => With([], [key]);

    /// <summary>
    /// A catalog in which these companies are new or as they are now and those are gone; the same catalog when nothing is different.
    /// Each block they stand in is rebuilt once, however many of its companies changed, and small blocks are put together.
    /// </summary>
    /// <param name="unreadable">Told of each company whose words can't be read, which stays as it was; without it the first one ends the change.</param>
    public CompanyCatalog With(
        IReadOnlyCollection<CompanyFacts> changed, IReadOnlyCollection<string> removed, Action<CompanyFacts, Exception>? unreadable = null)
    {
        ArgumentNullException.ThrowIfNull(changed);
        ArgumentNullException.ThrowIfNull(removed);
        var drafts = blocks.Select(b => new BlockDraft(b)).ToList();
        foreach (var key in removed)
        {
            if (places.TryGetValue(key, out var place))
                drafts[place.Block].Set(place.Company, null);
        }
        var added = new Dictionary<string, CompanyReading>(StringComparer.Ordinal);
        foreach (var reading in Read(Vocabulary, Terms, changed, unreadable))
        {
            if (places.TryGetValue(reading.Facts.Key, out var place))
                drafts[place.Block].Set(place.Company, reading);
            else
                added[reading.Facts.Key] = reading;
        }
        Place(drafts, [.. added.Values]);
        if (!drafts.Exists(d => d.IsChanged))
            return this;
        Join(drafts);
        drafts.RemoveAll(d => d.Count == 0);
        var next = new CatalogBlock[drafts.Count];
        if (drafts.Count(d => d.IsChanged) > 1)
            Parallel.For(0, next.Length, Finish);
        else
            for (var i = 0; i < next.Length; i++)
                Finish(i);
        return new(Vocabulary, engine, Terms, next);

        void Finish(int i) => next[i] = drafts[i].Finish(readings => new(Vocabulary, readings, engine));
    }

    public CompanyFacts? Find(string key) => places.TryGetValue(key, out var p) ? blocks[p.Block].Readings[p.Company].Facts : null;

    /// <summary>Block and number within it; null when the company isn't there.</summary>
    internal (int Block, int Company)? Place(string key) => places.TryGetValue(key, out var p) ? p : null;

    internal int DocumentFrequency(TextField field, int term)
    {
        // Orders and searches ask for the same words again and again.
        if (frequencies.TryGetValue((field, term), out var n))
            return n;
        foreach (var block in blocks)
            n += block.Text.DocumentFrequency(field, term);
        return frequencies[(field, term)] = n;
    }

    private static CompanyReading[] Read(
        Vocabulary vocabulary, TermTable terms, IReadOnlyCollection<CompanyFacts> companies, Action<CompanyFacts, Exception>? unreadable)
    {
        var reader = new CompanyReader(vocabulary, new TextAnalyzer(vocabulary, terms));
        List<CompanyReading> readings = new(companies.Count);
        foreach (var company in companies)
        {
            try
            {
                readings.Add(reader.Read(company));
            }
            // One company's words, whatever is the matter with them, keep nobody else out of the catalog.
            catch (Exception e) when (unreadable is not null)
            {
                unreadable(company, e);
            }
        }
        return [.. readings];
    }

    // New companies go where there is room, so that an edit makes no block of one.
    private static void Place(List<BlockDraft> drafts, ReadOnlySpan<CompanyReading> added)
    {
        foreach (var draft in drafts)
        {
            var room = Math.Min(CatalogBlock.MaxCompanies - draft.Count, added.Length);
            draft.Add(added[..room]);
            added = added[room..];
        }
        for (; !added.IsEmpty; added = added[Math.Min(CatalogBlock.MaxCompanies, added.Length)..])
        {
            drafts.Add(new(null));
            drafts[^1].Add(added[..Math.Min(CatalogBlock.MaxCompanies, added.Length)]);
        }
    }

    // What many removals leave small is put together; some room stays, so that the next new company does not part it again.
    private static void Join(List<BlockDraft> drafts)
    {
        const int full = CatalogBlock.MaxCompanies * 3 / 4;
        while (drafts.Count > 1)
        {
            drafts.Sort((x, y) => y.Count.CompareTo(x.Count));
            var (larger, smaller) = (drafts[^2], drafts[^1]);
            if (larger.Count + smaller.Count > full)
                return;
            larger.Add([.. smaller.Readings]);
            drafts.RemoveAt(drafts.Count - 1);
        }
    }
}

/// <summary>A block while a new catalog is made: the finished one, or what is to stand in its place.</summary>
internal sealed class BlockDraft(CatalogBlock? block)
{
    private List<CompanyReading?>? changed = block is null ? [] : null;
    private int gone;

    public bool IsChanged => changed is not null;

    public int Count => changed is null ? block!.Count : changed.Count - gone;

    public IEnumerable<CompanyReading> Readings => changed?.OfType<CompanyReading>() ?? block!.Readings;

    /// <param name="reading">Null: the company is gone.</param>
    public void Set(int company, CompanyReading? reading)
    {
        changed ??= [.. block!.Readings];
        gone += (reading is null ? 1 : 0) - (changed[company] is null ? 1 : 0);
        changed[company] = reading;
    }

    public void Add(ReadOnlySpan<CompanyReading> readings)
    {
        if (readings.IsEmpty)
            return;
        changed ??= [.. block!.Readings];
        foreach (var reading in readings)
            changed.Add(reading);
    }

    public CatalogBlock Finish(Func<CompanyReading[], CatalogBlock> build) => IsChanged ? build([.. Readings]) : block!;
}
