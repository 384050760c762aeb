namespace MonozukuriTown.Matching;

/// <summary>One company's place in the list of a process.</summary>
/// <param name="Company">Number within the block.</param>
/// <param name="Row">Number of the fact row within the block.</param>
/// <param name="Strength">Strength of the evidence in 1/200.</param>
/// <param name="ByPartner">Done by a partner.</param>
internal readonly record struct Posting(ushort Company, ushort Row, byte Strength, bool ByPartner)
{
    public const float Scale = 200f;

    /// <param name="company">Number within the block.</param>
    /// <param name="firstRow">First fact row of the company.</param>
    /// <param name="e">What it shows of the process.</param>
    public static Posting Of(int company, int firstRow, in Evidence e) =>
        new((ushort)company, (ushort)(firstRow + e.Row), (byte)Math.Clamp(e.Strength * Scale, 1, 255), e.ByPartner);
}

/// <summary>
/// About a thousand companies, immutable: their readings, who does which process, their limits in columns, facet bitmaps and text.
/// </summary>
internal sealed class CatalogBlock
{
    public const int MaxCompanies = 1024;

    private readonly Posting[] postings;
    private readonly int[] postingStarts;
    private readonly Posting[] staffPostings;
    private readonly int[] staffStarts;
    private readonly int[] materialStarts;
    private readonly ushort[] rowMaterials;

    public CatalogBlock(Vocabulary vocabulary, CompanyReading[] readings, ITextIndexBuilder engine)
    {
        Readings = readings;
        Text = engine.Build(Array.ConvertAll(readings, r => r.Text));

        var rowCount = readings.Sum(r => r.Rows.Length);
        Limits = new LimitColumns(rowCount);
        materialStarts = new int[rowCount + 1];
        var materials = new List<ushort>();
        var firstRows = new int[readings.Length + 1];
        var row = 0;
        for (var c = 0; c < readings.Length; c++)
        {
            firstRows[c] = row;
            foreach (var facts in readings[c].Rows)
            {
                Limits.Set(row, facts.Limits);
                materialStarts[row++] = materials.Count;
                materials.AddRange(facts.Materials.Select(m => (ushort)m));
            }
        }
        materialStarts[row] = materials.Count;
        rowMaterials = [.. materials];

        (postings, postingStarts) = Sort(vocabulary, readings, firstRows, r => r.Evidence);
        (staffPostings, staffStarts) = Array.TrueForAll(readings, r => r.StaffEvidence.Length == 0) ? ([], []) : Sort(vocabulary, readings, firstRows, r => r.StaffEvidence);
        FirstRows = firstRows;
        Ties = Array.ConvertAll(readings, r => Tie(r.Facts.Key));
        Facets = new BlockFacets(vocabulary, readings);
        Names = new NameIndex(readings);
    }

    public CompanyReading[] Readings { get; }

    public int Count => Readings.Length;

    public ITextIndex Text { get; }

    public LimitColumns Limits { get; }

    /// <summary>First fact row of each company.</summary>
    public int[] FirstRows { get; }

    /// <summary>For each company a number from its key alone, the same on every node, by which equal ranks are told apart.</summary>
    public uint[] Ties { get; }

    public BlockFacets Facets { get; }

    public NameIndex Names { get; }

    public ReadOnlySpan<Posting> Postings(int process) =>
        postings.AsSpan(postingStarts[process], postingStarts[process + 1] - postingStarts[process]);

    /// <summary>What machines show beyond that and only staff may use.</summary>
    public ReadOnlySpan<Posting> StaffPostings(int process) =>
        staffPostings.Length == 0 ? [] : staffPostings.AsSpan(staffStarts[process], staffStarts[process + 1] - staffStarts[process]);

    // FNV-1a.
    private static uint Tie(string key)
    {
        var hash = 2166136261u;
        foreach (var c in key)
            hash = (hash ^ c) * 16777619u;
        return hash;
    }

    private static (Posting[] Postings, int[] Starts) Sort(Vocabulary vocabulary, CompanyReading[] readings, int[] firstRows, Func<CompanyReading, Evidence[]> of)
    {
        var starts = new int[vocabulary.Processes.Count + 1];
        foreach (var reading in readings)
        {
            foreach (var e in of(reading))
                starts[e.Process + 1]++;
        }
        for (var p = 0; p < vocabulary.Processes.Count; p++)
            starts[p + 1] += starts[p];
        var sorted = new Posting[starts[^1]];
        var next = starts[..^1];
        for (var c = 0; c < readings.Length; c++)
        {
            foreach (var e in of(readings[c]))
                sorted[next[e.Process]++] = Posting.Of(c, firstRows[c], e);
        }
        return (sorted, starts);
    }

    public ReadOnlySpan<ushort> Materials(int row) =>
        rowMaterials.AsSpan(materialStarts[row], materialStarts[row + 1] - materialStarts[row]);
}
