using System.Globalization;

namespace MonozukuriTown.Core.Companies.Editing;

/// <summary>One section of a listing as a form holds it: every value is text, valid or not.</summary>
public sealed class SectionText
{
    public Dictionary<string, string> Fields { get; init; } = new(StringComparer.Ordinal);

    public List<RowText> Rows { get; init; } = [];

    public string this[string field] => Fields.GetValueOrDefault(field, "");

    /// <summary>The name of a field's control in the form.</summary>
    public static string NameOf(string field) => "f." + field;

    /// <summary>A key that no row has.</summary>
    public string NewKey()
    {
        var number = Rows.Count + 1;
        while (Rows.Exists(r => string.Equals(r.Key, NewKey(number), StringComparison.Ordinal)))
            number++;
        return NewKey(number);
    }

    private static string NewKey(int number) => string.Create(CultureInfo.InvariantCulture, $"n{number}");
}

/// <summary>One row of a section as text.</summary>
/// <param name="key"><c>r12</c> for the stored row 12, <c>n1</c> for one that is new.</param>
public sealed class RowText(string key)
{
    public string Key { get; } = key;

    /// <summary>Of the stored row; 0 for a new one.</summary>
    public int Id { get; } = key.StartsWith('r') && int.TryParse(key.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    public Dictionary<string, string> Cells { get; init; } = new(StringComparer.Ordinal);

    public string this[string cell] => Cells.GetValueOrDefault(cell, "");

    public static string KeyOf(int id) => string.Create(CultureInfo.InvariantCulture, $"r{id}");

    public string NameOf(string cell) => $"{Key}.{cell}";

    public RowText As(string newKey) => new(newKey) { Cells = new(Cells, StringComparer.Ordinal) };

    public bool SaysTheSame(RowText other, IEnumerable<FormField> fields) =>
        fields.All(f => f.Kind is FieldKind.Hidden || string.Equals(this[f.Name].Trim(), other[f.Name].Trim(), StringComparison.Ordinal));
}

/// <summary>What is to be put right before a section can be saved, by the name of the control.</summary>
public sealed class SectionProblems
{
    public Dictionary<string, string> Sentences { get; } = new(StringComparer.Ordinal);

    /// <summary>Where a word leaves open what is meant: what can be chosen, value and words.</summary>
    public Dictionary<string, IReadOnlyList<(string Value, string Words)>> Choices { get; } = new(StringComparer.Ordinal);

    public bool Any => Sentences.Count > 0;

    /// <summary>The first problem of a control stays.</summary>
    public void Add(string name, string sentence) => Sentences.TryAdd(name, sentence);
}
