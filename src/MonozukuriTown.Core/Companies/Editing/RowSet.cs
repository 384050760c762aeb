using MonozukuriTown.Core.Imports;

namespace MonozukuriTown.Core.Companies.Editing;

/// <summary>A field with the rule that reads and writes it.</summary>
internal sealed record Column<T>(FormField Field, CellRule<T> Rule)
{
    public string Show(T whole) => Field.Bare(Rule.Show(whole));

    /// <summary>The change that the text makes; null when it makes none it could make, with the reason among the problems.</summary>
    public Action<T>? Read(string text, string name, SectionProblems problems)
    {
        try
        {
            var cell = new Cell(text);
            if (!cell.IsEmpty)
                return Rule.Read(cell);
            if (Rule.Empty is not null)
                return Rule.Empty;
            problems.Add(name, $"{Field.Label}を入力してください。");
        }
        catch (CellException e)
        {
            problems.Add(name, e.Message);
        }
        return null;
    }
}

/// <summary>The rows of a section, whatever entity they are.</summary>
internal abstract class RowSet(FormRows form)
{
    public FormRows Form { get; } = form;

    public abstract IEnumerable<RowText> TextOf(Company company);

    /// <summary>The change that makes the company's rows these; complete only without problems.</summary>
    public abstract Action<Company> Read(IReadOnlyList<RowText> rows, SectionProblems problems);
}

internal sealed class RowSet<TRow>(FormRows form, IReadOnlyList<Column<TRow>> columns, Func<Company, List<TRow>> list, Func<TRow, int> id, Func<TRow, int> order,
    Action<TRow, int> place, Func<TRow> create) : RowSet(form) where TRow : class
{
    /// <summary>What several cells of a row decide together.</summary>
    public Func<RowText, SectionProblems, Action<TRow>?>? Together { get; init; }

    /// <summary>Cells that are no column of their own.</summary>
    public Action<TRow, RowText>? Also { get; init; }

    public override IEnumerable<RowText> TextOf(Company company) => list(company).OrderBy(order).Select(row =>
    {
        var text = new RowText(RowText.KeyOf(id(row)));
        foreach (var column in columns)
            text.Cells[column.Field.Name] = column.Show(row);
        Also?.Invoke(row, text);
        return text;
    });

    public override Action<Company> Read(IReadOnlyList<RowText> rows, SectionProblems problems)
    {
        var read = rows.Select(row => (row.Id, Changes: columns.Select(c => c.Read(row[c.Field.Name], row.NameOf(c.Field.Name), problems))
            .Append(Together?.Invoke(row, problems)).OfType<Action<TRow>>().ToList())).ToList();
        return company =>
        {
            var all = list(company);
            var left = all.ToDictionary(id);
            for (var position = 0; position < read.Count; position++)
            {
                // A row that somebody else's listing has, or none any more, is a new one.
                if (!left.Remove(read[position].Id, out var row))
                    all.Add(row = create());
                foreach (var change in read[position].Changes)
                    change(row);
                place(row, position);
            }
            all.RemoveAll(left.ContainsValue);
        };
    }
}
