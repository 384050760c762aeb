namespace MonozukuriTown.Matching;

/// <summary>Where a company says (or shows) that it does a process.</summary>
internal enum EvidenceSource : byte
{
    Capability,
    Equipment,
    Product,
    Summary,
    Name,
}

/// <summary>One reason to believe that a company does a process.</summary>
/// <param name="Process">Index of the process.</param>
/// <param name="Strength">0 to about 1.1.</param>
/// <param name="Source">Where it says so.</param>
/// <param name="Place">Index of the capability, machine or product it was read in.</param>
/// <param name="Via">The process actually stated when this one only follows from it; otherwise the same.</param>
/// <param name="Row">Which limits and materials hold for it.</param>
/// <param name="ByPartner">Done by a partner.</param>
internal readonly record struct Evidence(int Process, float Strength, EvidenceSource Source, int Place, int Via, int Row, bool ByPartner);

/// <summary>Limits and materials that hold together: those of the company (row 0), or of one capability.</summary>
internal sealed record FactRow(LimitFacts Limits, int[] Materials);

/// <summary>One company as the vocabulary understands it; kept with the company so that an edit re-reads one company alone.</summary>
internal sealed class CompanyReading
{
    public required CompanyFacts Facts { get; init; }

    /// <summary>The best evidence for each process, sorted by process.</summary>
    public required Evidence[] Evidence { get; init; }

    public required FactRow[] Rows { get; init; }

    /// <summary>Materials of all rows.</summary>
    public required int[] Materials { get; init; }

    public required int[] Certifications { get; init; }

    public required TextDocument Text { get; init; }

    /// <summary>Its place in the order of the syllabary.</summary>
    public required string KanaKey { get; init; }

    public Evidence? Find(int process)
    {
        int low = 0, high = Evidence.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var p = Evidence[middle].Process;
            if (p == process)
                return Evidence[middle];
            if (p < process)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return null;
    }
}
