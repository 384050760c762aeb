using System.Globalization;

namespace MonozukuriTown.Matching;

/// <summary>Derives the need from its facts, and gives facts their Japanese labels.</summary>
internal static class NeedBuilder
{
    public static RfqNeed Build(Vocabulary vocabulary, string text, IReadOnlyList<NeedFact> facts)
    {
        var steps = new List<NeedStep>();
        var materials = new List<IReadOnlyList<int>>();
        var size = new List<double>();
        double? diameter = null, thickness = null, thinnest = null, tolerance = null, roughness = null, weight = null, weeks = null;
        string? outside = null;
        long? quantity = null, later = null;
        foreach (var fact in facts)
        {
            switch (fact.Kind)
            {
                case NeedKind.Process:
                    var processes = Processes(vocabulary, fact.Value);
                    if (processes.Count > 0)
                        steps.Add(new([.. processes.Select(p => (p.Index, p.Weight))], fact));
                    break;
                case NeedKind.Material:
                    var ids = fact.Value.Split('|').Select(vocabulary.FindMaterial).OfType<Material>().Select(m => m.Index).ToList();
                    if (ids.Count > 0)
                        materials.Add(ids);
                    break;
                case NeedKind.Size:
                    var lengths = Lengths(fact.Value);
                    // Of several pieces the one with the longest side decides.
                    if (lengths.Count > 0 && (size.Count == 0 || lengths[0] > size[0]))
                        size = lengths;
                    break;
                case NeedKind.Diameter:
                    diameter = Most(diameter, Number(fact.Value));
                    break;
                case NeedKind.Thickness:
                    thickness = Most(thickness, Number(fact.Value));
                    thinnest = Least(thinnest, Number(fact.Value));
                    break;
                case NeedKind.Tolerance:
                    tolerance = Least(tolerance, Number(fact.Value));
                    break;
                case NeedKind.Roughness:
                    roughness = Least(roughness, Number(fact.Value));
                    break;
                case NeedKind.Weight:
                    weight = Most(weight, Number(fact.Value));
                    break;
                case NeedKind.Quantity:
                    var pieces = (long?)Number(fact.Value.Split('/')[0]);
                    if (quantity is not null && pieces > quantity)
                        later ??= pieces;
                    quantity ??= pieces;
                    break;
                case NeedKind.Outside:
                    outside ??= fact.Value;
                    break;
                case NeedKind.Deadline:
                    weeks ??= Number(fact.Value);
                    break;
            }
        }
        if (size.Count == 0 && diameter is { } d)
            size = [d, d];
        return new()
        {
            Text = text,
            Facts = facts,
            Steps = steps,
            Materials = materials,
            Size = size,
            DiameterMm = diameter,
            ThicknessMm = thickness,
            ThinnestMm = thinnest,
            ToleranceMm = tolerance,
            RoughnessRa = roughness,
            WeightKg = weight,
            Quantity = quantity,
            QuantityLater = later,
            DeadlineWeeks = weeks,
            Outside = outside,
            IsVague = steps.Count == 0 && outside is null,
        };
    }

    public static List<Weighted> Processes(Vocabulary vocabulary, string value)
    {
        var list = new List<Weighted>();
        foreach (var item in value.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = item.IndexOf(':', StringComparison.Ordinal);
            var weight = 1.0;
            if (colon > 0 && double.TryParse(item.AsSpan(colon + 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var w))
                weight = Math.Clamp(w, 0.01, 1);
            if (vocabulary.FindProcess(colon > 0 ? item[..colon] : item) is { } p)
                list.Add(new(p.Index, weight));
        }
        list.Sort((a, b) => b.Weight.CompareTo(a.Weight));
        return list;
    }

    public static string ProcessValue(Vocabulary vocabulary, IEnumerable<Weighted> processes) =>
        string.Join('|', processes.Select(p => p.Weight >= 0.995
            ? vocabulary.Processes[p.Index].Id
            : string.Create(CultureInfo.InvariantCulture, $"{vocabulary.Processes[p.Index].Id}:{p.Weight:0.##}")));

    /// <summary>The label of a fact from its value; null when the value names nothing known.</summary>
    public static string? Label(Vocabulary vocabulary, NeedKind kind, string value, bool wish)
    {
        switch (kind)
        {
            case NeedKind.Process:
            case NeedKind.Excluded:
                var names = Processes(vocabulary, value).Where(p => p.Weight >= 0.5).Take(3).Select(p => vocabulary.Processes[p.Index].Name).ToList();
                if (names.Count == 0)
                    names = [.. Processes(vocabulary, value).Take(1).Select(p => vocabulary.Processes[p.Index].Name)];
                return names.Count == 0 ? null : string.Join("か", names) + (kind == NeedKind.Excluded ? "は不要" : wish ? "（できれば）" : "");
            case NeedKind.Material:
                var materials = value.Split('|').Select(vocabulary.FindMaterial).OfType<Material>().Select(m => m.Name).ToList();
                return materials.Count == 0 ? null : string.Join("か", materials);
            case NeedKind.Certification:
                return vocabulary.FindCertification(value) is { } c ? c.Name + (wish ? "（あれば尚可）" : "") : null;
            case NeedKind.Size:
                var lengths = Lengths(value);
                return lengths.Count == 0 ? null : string.Join(" × ", lengths.Select(Text)) + " mm";
            case NeedKind.Diameter:
                return Number(value) is { } d ? $"φ{Text(d)} mm" : null;
            case NeedKind.Thickness:
                return Number(value) is { } t ? $"板厚 {Text(t)} mm" : null;
            case NeedKind.Tolerance:
                return Number(value) is { } tol ? $"公差 ±{Text(tol)} mm" : null;
            case NeedKind.Roughness:
                return Number(value) is { } ra ? $"粗さ Ra{Text(ra)}" : null;
            case NeedKind.Weight:
                return Number(value) is { } kg ? $"{Text(kg)} kg" : null;
            case NeedKind.Quantity:
                var parts = value.Split('/');
                if (Number(parts[0]) is not { } n)
                    return null;
                var rhythm = parts.Length > 1 ? parts[1] switch { "month" => "／月", "year" => "／年", "day" => "／日", _ => "" } : "";
                return n.ToString("#,0", CultureInfo.InvariantCulture) + " 個" + rhythm;
            case NeedKind.Deadline:
                return Number(value) is { } w ? w < 1 ? $"納期 {Math.Max(1, Math.Round(w * 7))} 日" : $"納期 {Text(Math.Round(w, 1))} 週間" : null;
            case NeedKind.Supplied:
                return value switch { "material" => "材料支給", "parts" => "部品支給", "die" => "型支給", "sample" => "現物あり", _ => null };
            case NeedKind.Drawing:
                return value switch { "yes" => "図面あり", "no" => "図面なし", "sketch" => "手書き図面", _ => null };
            default:
                return value;
        }
    }

    public static string Text(double value) => value.ToString("0.#####", CultureInfo.InvariantCulture);

    public static List<double> Lengths(string value)
    {
        var list = new List<double>(3);
        foreach (var item in value.Split('x'))
        {
            if (Number(item) is { } v and > 0)
                list.Add(v);
        }
        list.Sort();
        list.Reverse();
        return list.Count > 3 ? list[..3] : list;
    }

    public static double? Number(string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var v) && double.IsFinite(v) && v < 1e12 ? v : null;

    private static double? Most(double? a, double? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);

    private static double? Least(double? a, double? b) => a is null ? b : b is null ? a : Math.Min(a.Value, b.Value);
}
