namespace MonozukuriTown.Core.Companies.Editing;

/// <summary>What changed between two versions of a section, cell by cell, in words.</summary>
public static class SectionDifference
{
    private const string Personal = "（個人の情報）";

    /// <param name="withPersons">Also what is said of persons; else only that it changed.</param>
    public static IReadOnlyList<Audit.CellChange> Of(SectionForm form, SectionText before, SectionText after, bool withPersons)
    {
        List<Audit.CellChange> changes = [];
        foreach (var field in form.Fields)
            Add(changes, field, field.Label, before[field.Name], after[field.Name], withPersons);
        if (form.Rows is not { } rows)
            return changes;
        var old = before.Rows.ToDictionary(r => r.Key, StringComparer.Ordinal);
        foreach (var row in after.Rows)
        {
            if (old.Remove(row.Key, out var was))
            {
                foreach (var field in rows.Fields.Where(f => f.Kind is not FieldKind.Hidden))
                    Add(changes, field, $"{rows.Title(was)}　{field.Label}", was[field.Name], row[field.Name], withPersons);
            }
            else
            {
                changes.Add(new($"{rows.Word}を追加", null, rows.Words(row)));
            }
        }
        changes.AddRange(before.Rows.Where(r => old.ContainsKey(r.Key)).Select(r => new Audit.CellChange($"{rows.Word}を削除", rows.Words(r), null)));
        return changes;
    }

    private static void Add(List<Audit.CellChange> changes, FormField field, string label, string before, string after, bool withPersons)
    {
        if (string.Equals(before, after, StringComparison.Ordinal))
            return;
        if (field.IsPersonal && !withPersons)
            changes.Add(new(label, before.Length > 0 ? Personal : null, after.Length > 0 ? Personal : null));
        else
            changes.Add(new(label, Null(field.Words(before)), Null(field.Words(after))));
    }

    private static string? Null(string words) => words.Length == 0 ? null : words;
}
