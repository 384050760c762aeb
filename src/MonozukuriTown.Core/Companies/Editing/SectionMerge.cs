namespace MonozukuriTown.Core.Companies.Editing;

/// <summary>One place where two versions of a section differ.</summary>
/// <param name="Name">Of the control; empty where a whole row is meant.</param>
/// <param name="Label">What it is, in words.</param>
/// <param name="Mine">As I typed it, in words.</param>
/// <param name="Theirs">As it was saved meanwhile, in words.</param>
/// <param name="Text">Theirs, as the control holds it.</param>
/// <param name="IsOpen">Both changed it: only a person can say what is right.</param>
public sealed record MergeNote(string Name, string Label, string Mine, string Theirs, string Text, bool IsOpen)
{
    /// <summary>A whole row, that one took out and the other changed.</summary>
    public bool IsRow { get; init; }
}

/// <summary>Two versions of a section brought together: what only one of them changed is taken from that one, mine stands where both did.</summary>
public sealed record MergedSection(SectionText Text, IReadOnlyList<MergeNote> Notes)
{
    private const string Gone = "（消された行）";

    /// <param name="before">What both began with; without it every difference is open.</param>
    public static MergedSection Of(SectionForm form, SectionText? before, SectionText mine, SectionText theirs)
    {
        List<MergeNote> notes = [];
        SectionText merged = new();
        foreach (var field in form.Fields)
        {
            merged.Fields[field.Name] = One(field, SectionText.NameOf(field.Name), field.Label, before?[field.Name], mine[field.Name], theirs[field.Name], notes);
        }
        if (form.Rows is { } rows)
            Rows(rows, before, mine, theirs, merged, notes);
        return new(merged, notes);
    }

    private static string One(FormField field, string name, string label, string? before, string mine, string theirs, List<MergeNote> notes)
    {
        (mine, theirs) = (mine.Trim(), theirs.Trim());
        if (string.Equals(mine, theirs, StringComparison.Ordinal))
            return mine;
        var (changedHere, changedThere) = (!string.Equals(mine, before?.Trim(), StringComparison.Ordinal), !string.Equals(theirs, before?.Trim(), StringComparison.Ordinal));
        if (field.Kind is not FieldKind.Hidden)
            notes.Add(new(name, label, field.Words(mine), field.Words(theirs), theirs, changedHere && changedThere));
        return changedHere ? mine : theirs;
    }

    private static void Rows(FormRows form, SectionText? before, SectionText mine, SectionText theirs, SectionText merged, List<MergeNote> notes)
    {
        var old = (before?.Rows ?? []).ToDictionary(r => r.Key, StringComparer.Ordinal);
        var there = theirs.Rows.ToDictionary(r => r.Key, StringComparer.Ordinal);
        // The same row added on both sides (a form sent twice) is one row.
        var addedThere = theirs.Rows.Where(r => !old.ContainsKey(r.Key)).ToList();
        foreach (var row in mine.Rows)
        {
            var was = old.GetValueOrDefault(row.Key);
            if (there.Remove(row.Key, out var other))
            {
                merged.Rows.Add(Cells(form, was, row, other, notes));
            }
            else if (row.Id == 0 || was is null)
            {
                if (addedThere.Find(r => there.ContainsKey(r.Key) && r.SaysTheSame(row, form.Fields)) is { } twin)
                    merged.Rows.Add(twin);
                else
                    merged.Rows.Add(Free(row, merged, mine, theirs));
                if (merged.Rows[^1].Id != 0)
                    there.Remove(merged.Rows[^1].Key);
            }
            else if (row.SaysTheSame(was, form.Fields))
            {
                notes.Add(new("", form.Title(row), form.Words(row), Gone, "", IsOpen: false));
            }
            else
            {
                var kept = Free(row, merged, mine, theirs);
                merged.Rows.Add(kept);
                notes.Add(new(kept.NameOf(form.Fields[0].Name), form.Title(row), form.Words(row), Gone, "", IsOpen: true) { IsRow = true });
            }
        }
        foreach (var row in theirs.Rows.Where(r => there.ContainsKey(r.Key)))
        {
            if (old.TryGetValue(row.Key, out var was))
            {
                // Taken out here. What was changed there meanwhile is not lost with it.
                if (row.SaysTheSame(was, form.Fields))
                {
                    notes.Add(new("", form.Title(row), Gone, form.Words(row), "", IsOpen: false));
                    continue;
                }
                notes.Add(new(row.NameOf(form.Fields[0].Name), form.Title(row), Gone, form.Words(row), "", IsOpen: true) { IsRow = true });
            }
            else
            {
                notes.Add(new("", form.Title(row), "（なし）", form.Words(row), "", IsOpen: false));
            }
            merged.Rows.Add(row);
        }
    }

    private static RowText Cells(FormRows form, RowText? was, RowText mine, RowText theirs, List<MergeNote> notes)
    {
        var row = new RowText(mine.Key);
        foreach (var field in form.Fields)
            row.Cells[field.Name] = One(field, mine.NameOf(field.Name), $"{form.Title(mine)}　{field.Label}", was?[field.Name], mine[field.Name], theirs[field.Name], notes);
        return row;
    }

    // A stored row that is none any more becomes a new one; keys stay different.
    private static RowText Free(RowText row, SectionText merged, SectionText mine, SectionText theirs)
    {
        if (row.Id == 0 && !merged.Rows.Exists(r => string.Equals(r.Key, row.Key, StringComparison.Ordinal)))
            return row;
        return row.As(new SectionText { Rows = [.. merged.Rows, .. mine.Rows, .. theirs.Rows] }.NewKey());
    }
}
