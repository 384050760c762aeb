using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Editing;

namespace MonozukuriTown.Web.Pages.Shared;

/// <summary>The form of one section as it is shown: fresh, or come back with what was typed.</summary>
public sealed record SectionFormView
{
    public required Company Company { get; init; }
    public required SectionForm Form { get; init; }
    public required SectionText Text { get; init; }

    /// <summary>The version that was read; it goes with the form.</summary>
    public required int Version { get; init; }
    public SectionProblems Problems { get; init; } = new();

    /// <summary>Both versions, after somebody else saved first.</summary>
    public IReadOnlyList<MergeNote> Notes { get; init; } = [];

    /// <summary>Who saved first, and when.</summary>
    public string? Overtaker { get; init; }

    /// <summary>Rows that stand open though nothing is wrong with them.</summary>
    public IReadOnlySet<string> Open { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Where to go on typing.</summary>
    public string? Focus { get; init; }

    /// <summary>What was pasted, while it could not be read.</summary>
    public string Pasted { get; init; } = "";

    /// <summary>Where to go back to.</summary>
    public required string Back { get; init; }

    /// <summary>Staff say why, and whether the company said it is true.</summary>
    public bool ForStaff { get; init; }
    public string Reason { get; init; } = "";
    public bool Confirms { get; init; }

    public SeenSection Seen => new(Form.Section, Version);

    public MergeNote? NoteOf(string name) => Notes.FirstOrDefault(n => n.IsOpen && string.Equals(n.Name, name, StringComparison.Ordinal));

    /// <summary>What a control is called among all the others; null for one that is none of the section's.</summary>
    public string? LabelOf(string name)
    {
        if (Form.Fields.FirstOrDefault(f => string.Equals(SectionText.NameOf(f.Name), name, StringComparison.Ordinal)) is { } field)
            return field.Label;
        return name.Split('.', 2) is [var key, var cell] && Text.Rows.Find(r => string.Equals(r.Key, key, StringComparison.Ordinal)) is { } row
            && Form.Rows!.Fields.FirstOrDefault(f => string.Equals(f.Name, cell, StringComparison.Ordinal)) is { } column
            ? $"{Form.Rows.Title(row)}の{column.Label}" : null;
    }

    /// <summary>A row that has something to say stands open; of a few all do.</summary>
    public bool IsOpen(RowText row) => row.Id == 0 || Text.Rows.Count == 1 || Open.Contains(row.Key)
        || Form.Rows!.Fields.Any(f => Problems.Sentences.ContainsKey(row.NameOf(f.Name)) || NoteOf(row.NameOf(f.Name)) is not null);
}
