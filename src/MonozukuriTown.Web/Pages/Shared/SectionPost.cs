using MonozukuriTown.Core.Companies.Editing;

namespace MonozukuriTown.Web.Pages.Shared;

/// <summary>What a browser sent of the form of a section, and what its buttons do before anything is saved.</summary>
public static class SectionPost
{
    public const string Save = "save";
    public const string Add = "add";
    public const string Copy = "copy:";
    public const string Remove = "remove:";
    public const string Paste = "paste";

    /// <summary>The field that pasted rows come in.</summary>
    public const string PasteField = "paste";

    /// <summary>Keys of the rows, in their order.</summary>
    public const string Row = "row";

    /// <summary>Of two versions of a control: <see cref="Mine"/>, or theirs behind <see cref="Theirs"/>.</summary>
    public const string Take = "take.";
    public const string Mine = "mine";
    public const string Theirs = "theirs:";

    private const int KeyMax = 12;

    public static SectionText Read(IFormCollection form, SectionForm section)
    {
        SectionText text = new();
        foreach (var field in section.Fields)
            text.Fields[field.Name] = Value(form, field, SectionText.NameOf(field.Name));
        if (section.Rows is not { } rows)
            return text;
        foreach (var key in form[Row].OfType<string>().Where(k => k.Length is > 1 and <= KeyMax && char.IsAsciiLetter(k[0]) && k.AsSpan(1).ContainsAnyExceptInRange('0', '9') is false)
            .Distinct(StringComparer.Ordinal).Take(rows.Max + 1))
        {
            var row = new RowText(key);
            foreach (var field in rows.Fields)
                row.Cells[field.Name] = Value(form, field, row.NameOf(field.Name));
            text.Rows.Add(row);
        }
        return text;
    }

    public static RowText NewRow(SectionText text, FormRows rows)
    {
        var row = new RowText(text.NewKey());
        foreach (var field in rows.Fields)
            row.Cells[field.Name] = field.Choices.Count > 0 ? field.Choices[0].Value : "";
        text.Rows.Add(row);
        return row;
    }

    private static string Value(IFormCollection form, FormField field, string name)
    {
        if (form[Take + name].ToString() is { } taken && taken.StartsWith(Theirs, StringComparison.Ordinal))
            return taken[Theirs.Length..];
        var value = form[name].LastOrDefault() ?? "";
        return field.Kind == FieldKind.Flag ? value.Length > 0 ? FormField.Yes : "いいえ" : value;
    }
}
