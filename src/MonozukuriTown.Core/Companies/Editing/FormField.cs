namespace MonozukuriTown.Core.Companies.Editing;

public enum FieldKind
{
    Line,
    Lines,
    Choice,
    Flag,

    /// <summary>Goes with the form and is not typed: which process a word was said to be.</summary>
    Hidden,
}

/// <summary>What a field offers while somebody types.</summary>
public enum FieldHelp
{
    None,
    Processes,
    Materials,
    Certifications,
    Makers,
    Models,
    MachineKinds,
}

/// <summary>One field of a section as a form shows it. Its value is text, whatever it means.</summary>
public sealed record FormField(string Name, string Label)
{
    /// <summary>Value of a flag that is set; anything else is not.</summary>
    public const string Yes = "はい";

    public FieldKind Kind { get; init; }
    public string? Help { get; init; }
    public bool Required { get; init; }

    /// <summary>Says something of a person: old values are shown to the company's own people alone.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>Written before and behind the control: ±, mm. A value holds neither.</summary>
    public string Before { get; init; } = "";

    /// <inheritdoc cref="Before"/>
    public string Unit { get; init; } = "";

    /// <summary>HTML's inputmode.</summary>
    public string? Keys { get; init; }

    public string? Example { get; init; }
    public FieldHelp Suggests { get; init; }

    public IReadOnlyList<(string Value, string Words)> Choices { get; init; } = [];

    /// <summary>A value as people read it: ±0.02 mm.</summary>
    public string Words(string value) => value.Length == 0 ? ""
        : Choices.FirstOrDefault(c => string.Equals(c.Value, value, StringComparison.Ordinal)).Words
            ?? (Unit.Length is 0 or 1 ? $"{Before}{value}{Unit}" : $"{Before}{value} {Unit}");

    /// <summary>What <see cref="Words"/> added, taken off.</summary>
    internal string Bare(string words)
    {
        if (Before.Length > 0 && words.StartsWith(Before, StringComparison.Ordinal))
            words = words[Before.Length..];
        if (Unit.Length > 0 && words.EndsWith(Unit, StringComparison.Ordinal))
            words = words[..^Unit.Length];
        return words.Trim();
    }
}

/// <summary>Fields under one heading.</summary>
public sealed record FormGroup(string Title, IReadOnlyList<FormField> Fields)
{
    public string? Help { get; init; }
}

/// <summary>The rows of a section.</summary>
/// <param name="Word">What one row is: 加工, 設備.</param>
public sealed record FormRows(string Word, int Max, IReadOnlyList<FormField> Fields)
{
    /// <summary>A row in one line, for its heading and for the history.</summary>
    public string Title(RowText row)
    {
        var words = Fields.Where(f => f.Kind is FieldKind.Line).Select(f => row[f.Name].Trim()).Where(w => w.Length > 0).Take(2).ToList();
        return words.Count == 0 || string.IsNullOrWhiteSpace(row[Fields[0].Name]) ? $"新しい{Word}" : string.Join('　', words);
    }

    /// <summary>All a row says, in one line.</summary>
    public string Words(RowText row) => string.Join('　', Fields.Where(f => f.Kind is not FieldKind.Hidden).Select(f => f.Kind is FieldKind.Flag
        ? row[f.Name] is FormField.Yes ? f.Label : "" : f.Words(row[f.Name].Trim())).Where(w => w.Length > 0));
}
