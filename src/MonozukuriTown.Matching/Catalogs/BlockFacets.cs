using System.Numerics;

namespace MonozukuriTown.Matching;

/// <summary>A set of companies of one block.</summary>
internal sealed class CompanySet
{
    // Known to the compiler, which then leaves out all checks.
    private const int Length = CatalogBlock.MaxCompanies / 64;

    private readonly ulong[] words = new ulong[Length];

    public int Count
    {
        get
        {
            var n = 0;
            foreach (var w in words)
                n += BitOperations.PopCount(w);
            return n;
        }
    }

    public bool this[int company]
    {
        get => (words[company >> 6] >> (company & 63) & 1) != 0;
        set
        {
            if (value)
                words[company >> 6] |= 1UL << (company & 63);
            else
                words[company >> 6] &= ~(1UL << (company & 63));
        }
    }

    /// <summary>64 companies as bits, from number 64 × <paramref name="i"/> on.</summary>
    public ulong Word(int i) => words[i];

    public bool IsEmpty => !words.AsSpan().ContainsAnyExcept(0UL);

    /// <summary>Company c is bit c % 64 of number c / 64.</summary>
    public Span<ulong> Bits => words;

    /// <summary>The companies of the set, in order.</summary>
    public Enumerator GetEnumerator() => new(words);

    public static CompanySet All(int count)
    {
        var set = new CompanySet();
        set.Fill(count);
        return set;
    }

    public void Clear() => Array.Clear(words);

    /// <summary>All companies of an empty set's block.</summary>
    public void Fill(int count)
    {
        words.AsSpan(0, count >> 6).Fill(ulong.MaxValue);
        if ((count & 63) != 0)
            words[count >> 6] = (1UL << (count & 63)) - 1;
    }

    public void And(CompanySet other)
    {
        var (mine, theirs) = (words, other.words);
        for (var i = 0; i < mine.Length && i < theirs.Length; i++)
            mine[i] &= theirs[i];
    }

    public void Or(CompanySet other)
    {
        var (mine, theirs) = (words, other.words);
        for (var i = 0; i < mine.Length && i < theirs.Length; i++)
            mine[i] |= theirs[i];
    }

    public int CountAnd(CompanySet other)
    {
        var mine = words.AsSpan(0, Length);
        var theirs = other.words.AsSpan(0, Length);
        var n = 0;
        for (var i = 0; i < Length; i++)
            n += BitOperations.PopCount(mine[i] & theirs[i]);
        return n;
    }

    internal struct Enumerator(ulong[] words)
    {
        private int word = -1;
        private ulong left;

        public readonly int Current => word << 6 | BitOperations.TrailingZeroCount(left);

        public bool MoveNext()
        {
            left &= left - 1;
            while (left == 0)
            {
                if (++word == words.Length)
                    return false;
                left = words[word];
            }
            return true;
        }
    }
}

/// <summary>Which companies of a block show which facet value.</summary>
internal sealed class BlockFacets
{
    public BlockFacets(Vocabulary vocabulary, CompanyReading[] readings)
    {
        for (var c = 0; c < readings.Length; c++)
        {
            var facts = readings[c].Facts;
            foreach (var e in readings[c].Evidence)
            {
                // What a company lists or its machines show; not what a summary mentions, nor every leaf of a group it names.
                if (!e.IsListed && !(e.Source == EvidenceSource.Equipment && e.Via == e.Process && e.Strength >= MatchWeights.SureSideStep))
                    continue;
                Set(Processes, e.Process, c);
                if (!vocabulary.Processes[e.Process].IsGroup)
                    Set(Processes, vocabulary.Processes[e.Process].Parent, c);
            }
            foreach (var m in readings[c].Materials)
            {
                for (var i = m; i >= 0; i = vocabulary.Materials[i].Parent)
                    Set(Materials, i, c);
            }
            foreach (var q in readings[c].Certifications)
                Set(Certifications, q, c);
            if (facts.Town.Length > 0)
                Set(Towns, facts.Town, c);
            if (facts.Employees is { } n)
                Set(EmployeeClasses, EmployeeClass.Of(n), c);
            Meister[c] = facts.MeisterNumber is not null;
            VisitsWelcome[c] = facts.VisitsWelcome;
        }
        ProcessCounts = new(Processes.Where(p => vocabulary.Processes[p.Key].IsGroup).ToDictionary(), readings.Length);
        MaterialCounts = new(Materials.Where(m => vocabulary.Materials[m.Key].Parent is var parent && (parent < 0 || vocabulary.Materials[parent].Parent < 0)).ToDictionary(), readings.Length);
        CertificationCounts = new(Certifications, readings.Length);
        TownCounts = new(Towns, readings.Length);
        EmployeeCounts = new(EmployeeClasses, readings.Length);
    }

    public Dictionary<int, CompanySet> Processes { get; } = [];

    public Dictionary<int, CompanySet> Materials { get; } = [];

    public Dictionary<int, CompanySet> Certifications { get; } = [];

    public Dictionary<string, CompanySet> Towns { get; } = new(StringComparer.Ordinal);

    /// <summary>By place in <see cref="EmployeeClass.All"/>.</summary>
    public Dictionary<int, CompanySet> EmployeeClasses { get; } = [];

    public CompanySet Meister { get; } = new();

    public CompanySet VisitsWelcome { get; } = new();

    /// <summary>Groups only: see <see cref="FacetCounter"/>.</summary>
    public FacetColumn<int> ProcessCounts { get; }

    /// <summary>Heads of families and what is right below them.</summary>
    public FacetColumn<int> MaterialCounts { get; }

    public FacetColumn<int> CertificationCounts { get; }

    public FacetColumn<string> TownCounts { get; }

    public FacetColumn<int> EmployeeCounts { get; }

    private static void Set<TKey>(Dictionary<TKey, CompanySet> sets, TKey key, int company)
        where TKey : notnull
    {
        if (!sets.TryGetValue(key, out var set))
            sets.Add(key, set = new());
        set[company] = true;
    }
}
