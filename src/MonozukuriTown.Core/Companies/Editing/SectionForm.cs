namespace MonozukuriTown.Core.Companies.Editing;

/// <summary>What the form of a section holds, and how its texts become the listing. The rules of each value are the import's.</summary>
public sealed class SectionForm
{
    private readonly IReadOnlyList<Column<Company>> columns;
    private readonly RowSet? rows;

    internal SectionForm(ListingSection section, IReadOnlyList<FormGroup> groups, IReadOnlyList<Column<Company>> columns, RowSet? rows)
    {
        Section = section;
        Groups = groups;
        this.columns = columns;
        this.rows = rows;
    }

    public ListingSection Section { get; }

    public IReadOnlyList<FormGroup> Groups { get; }

    public IEnumerable<FormField> Fields => columns.Select(c => c.Field);

    /// <summary>Null where the section has none.</summary>
    public FormRows? Rows => rows?.Form;

    /// <summary>Read together with what the fields mean, before they are checked: φ65×300 in the field of the size is a diameter and a length.</summary>
    internal Action<Func<string, string>, Action<string, string>>? Tidy { get; init; }

    /// <summary>The section of a company with its parts loaded.</summary>
    public SectionText TextOf(Company company) => new()
    {
        Fields = columns.ToDictionary(c => c.Field.Name, c => c.Show(company), StringComparer.Ordinal),
        Rows = [.. rows?.TextOf(company) ?? []],
    };

    /// <summary>The change that these texts make, and what is to be put right first. Rows without a word in them are passed over.</summary>
    internal (SectionProblems Problems, Action<Company> Apply) Read(SectionText text)
    {
        var problems = new SectionProblems();
        if (Tidy is not null)
        {
            Tidy(name => text[name], (name, value) => text.Fields[name] = value);
            foreach (var row in text.Rows)
                Tidy(name => row[name], (name, value) => row.Cells[name] = value);
        }
        var changes = columns.Select(c => c.Read(text[c.Field.Name], SectionText.NameOf(c.Field.Name), problems)).OfType<Action<Company>>().ToList();
        text.Rows.RemoveAll(IsBlank);
        if (rows is not null)
        {
            if (text.Rows.Count > rows.Form.Max)
                problems.Add("", $"{rows.Form.Word}は{rows.Form.Max}行までです（いま{text.Rows.Count}行）。");
            changes.Add(rows.Read(text.Rows, problems));
        }
        return (problems, company => changes.ForEach(change => change(company)));
    }

    // A stored row that was emptied is to be taken out, as one that was added and never filled.
    private bool IsBlank(RowText row) => rows!.Form.Fields.All(f => f.Kind is not (FieldKind.Line or FieldKind.Lines) || string.IsNullOrWhiteSpace(row[f.Name]));
}
