using MonozukuriTown.Core.Companies;

namespace MonozukuriTown.Core.Imports;

/// <summary>
/// One thing a file can say about a company: its header in CSV, its name in JSONL, how it is read, and how it looks in a report. A difference is
/// a difference of <see cref="Show"/>.
/// </summary>
/// <param name="Read">Makes the change out of the cell; throws <see cref="CellException"/> with the reason.</param>
/// <param name="Empty">The change for a cell that says "empty it"; null when the field can't be empty.</param>
internal sealed record CompanyField(
    string Header, string Json, ListingSection Section, Func<Cell, Action<Company>> Read, Action<Company>? Empty, Func<Company, string> Show)
{
    /// <summary>Other headers found in real lists.</summary>
    public string[] Aliases { get; init; } = [];

    /// <summary>What to write, with an example: a row of the documentation and of the template.</summary>
    public string Help { get; init; } = "";

    public CellRule<Company> Rule => new(Read, Empty, Show);

    public string[] Names => [Header, Json, .. Aliases];
}
