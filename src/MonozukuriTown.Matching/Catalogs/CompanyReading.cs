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
internal readonly record struct Evidence(int Process, float Strength, EvidenceSource Source, int Place, int Via, int Row, bool ByPartner)
{
    /// <summary>The company lists it, however late, or lists what surely includes it.</summary>
    public bool IsListed => Source == EvidenceSource.Capability && Strength >= (Via == Process ? MatchWeights.SureSideStep : MatchWeights.SureStep);
}

/// <summary>A process that a machine implies and the company does not list.</summary>
/// <param name="Process">Index of the process, a leaf.</param>
/// <param name="Machine">Index of the machine in the company's equipment.</param>
/// <param name="Weight">How well the machine stands for it, 0 to 1.</param>
internal readonly record struct ImpliedProcess(int Process, int Machine, float Weight);

/// <summary>Limits and materials that hold together: those of the company (row 0), or of one capability.</summary>
internal sealed record FactRow(LimitFacts Limits, int[] Materials);

/// <summary>A text of a company as a result may show it, with the words of the vocabulary in it.</summary>
internal readonly record struct ShownLine(string Field, string Text, string Folded, LexiconHit[] Words)
{
    public static ShownLine Of(Vocabulary vocabulary, string field, string text)
    {
        var folded = FoldedText.Of(text);
        // Most texts fold to themselves: one string does for both.
        return new(field, text, string.Equals(folded.Folded, text, StringComparison.Ordinal) ? text : folded.Folded, [.. LexiconScanner.Scan(vocabulary.Lexicon, folded)]);
    }
}

/// <summary>One company as the vocabulary understands it; kept with the company so that an edit re-reads one company alone.</summary>
internal sealed class CompanyReading
{
    private ShownLine[]? lines;

    public required CompanyFacts Facts { get; init; }

    /// <summary>The best evidence for each process, sorted by process.</summary>
    public required Evidence[] Evidence { get; init; }

    /// <summary>
    /// The best evidence for processes that only machines show and of which the company was not told, sorted by process: for staff alone.
    /// Empty for nearly all.
    /// </summary>
    public required Evidence[] StaffEvidence { get; init; }

    /// <summary>What its machines imply and it does not list, whatever it was told.</summary>
    public required ImpliedProcess[] Implied { get; init; }

    public required FactRow[] Rows { get; init; }

    /// <summary>Materials of all rows.</summary>
    public required int[] Materials { get; init; }

    public required int[] Certifications { get; init; }

    public required TextDocument Text { get; init; }

    /// <summary>Its place in the order of the syllabary.</summary>
    public required string KanaKey { get; init; }

    /// <summary>What a result can show of the company, in its order: read when it is shown first, and kept.</summary>
    public ShownLine[] Lines(Vocabulary vocabulary) =>
        lines ??= [.. Texts(vocabulary).Where(t => t.Text.Length > 0).Select(t => ShownLine.Of(vocabulary, t.Field, t.Text))];

    private IEnumerable<(string Field, string Text)> Texts(Vocabulary vocabulary)
    {
        yield return ("name", Facts.Name);
        yield return ("kana", Facts.Kana);
        yield return ("summary", Facts.Summary);
        foreach (var product in Facts.Products)
            yield return ("product", product);
        foreach (var machine in Facts.Equipment)
            yield return ("equipment", string.Join(' ', new[] { machine.Maker, machine.Model, machine.Kind }.Where(x => x.Length > 0)));
        foreach (var capability in Facts.Capabilities)
            yield return ("capability", vocabulary.ProcessName(capability.Process));
    }

    public Evidence? Find(int process) => Find(Evidence, process);

    /// <summary>What staff go by: a machine can show more than the company lists.</summary>
    public Evidence? FindForStaff(int process) =>
        Find(StaffEvidence, process) is { } hidden && Find(process) is var known && (known is null || hidden.Strength > known.Value.Strength) ? hidden : Find(process);

    private static Evidence? Find(Evidence[] evidence, int process)
    {
        int low = 0, high = evidence.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var p = evidence[middle].Process;
            if (p == process)
                return evidence[middle];
            if (p < process)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return null;
    }
}
