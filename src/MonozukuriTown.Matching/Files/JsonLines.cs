using System.Globalization;
using System.Text.Json;

namespace MonozukuriTown.Matching;

/// <summary>An order of a file, with its optional fields.</summary>
public sealed record RfqFileRow(string Id, string Text, RfqForm Form);

/// <summary>Reads companies and orders from files with one JSON object a line.</summary>
public static class JsonLines
{
    /// <summary>Reads companies in the shape of a listing file: id, name, kana, summary, processes, materials, equipment, limits, certs, …</summary>
    /// <exception cref="MatchingFileException">Not there, not JSON, or a field of the wrong kind.</exception>
    public static IReadOnlyList<CompanyFacts> ReadCompanies(string path) => ReadLines(path, Company);

    /// <summary>Reads orders: id, text, and sometimes quantity, material, deadline_weeks, max_size_mm, tolerance_mm, certs.</summary>
    /// <exception cref="MatchingFileException">Not there, not JSON, or a field of the wrong kind.</exception>
    public static IReadOnlyList<RfqFileRow> ReadRfqs(string path) => ReadLines(path, Rfq);

    /// <summary>One company from its JSON object; complaints say which field.</summary>
    /// <exception cref="FormatException">A field of the wrong kind.</exception>
    public static CompanyFacts Company(JsonElement json)
    {
        var f = new JsonFields(json);
        var size = f.Numbers("max_size_mm");
        var thickness = f.Numbers("thickness_mm_range");
        var diameter = f.Numbers("diameter_mm_range");
        var lot = f.Object("lot");
        return new()
        {
            Key = f.Needed("id"),
            Name = f.Needed("name"),
            Kana = f.Text("kana"),
            EnglishName = f.Text("name_en"),
            Summary = f.Text("summary"),
            Capabilities = [.. f.Texts("processes").Select(p => new CapabilityFacts { Process = p })],
            Materials = f.Texts("materials"),
            Limits = new()
            {
                LengthMm = size.ElementAtOrDefault(0),
                WidthMm = size.ElementAtOrDefault(1),
                HeightMm = size.ElementAtOrDefault(2),
                ThicknessFromMm = thickness.ElementAtOrDefault(0),
                ThicknessToMm = thickness.ElementAtOrDefault(1),
                DiameterFromMm = diameter.ElementAtOrDefault(0),
                DiameterToMm = diameter.ElementAtOrDefault(1),
                ToleranceMm = f.Number("tolerance_mm"),
                LotFrom = (long?)lot?.Number("min"),
                LotTo = (long?)lot?.Number("max"),
            },
            Equipment = [.. f.Objects("equipment").Select(e => new EquipmentFacts
            {
                Maker = e.Text("maker"),
                Model = e.Text("model"),
                Kind = e.Text("kind"),
                Count = (int?)e.Number("count"),
                Size = e.Text("size_mm"),
            })],
            Certifications = f.Texts("certs"),
            Industries = f.Texts("industries"),
            Products = f.Texts("products"),
            Town = f.Text("ward_or_city"),
            Employees = (int?)f.Number("employees"),
        };
    }

    private static RfqFileRow Rfq(JsonElement json)
    {
        var f = new JsonFields(json);
        return new(f.Needed("id"), f.Needed("text"), new()
        {
            Quantity = f.Text("quantity"),
            Material = f.Text("material"),
            DeadlineWeeks = f.Number("deadline_weeks"),
            MaxSizeMm = [.. f.Numbers("max_size_mm").OfType<double>()],
            ToleranceMm = f.Number("tolerance_mm"),
            Certifications = f.Texts("certs"),
        });
    }

    internal static List<T> ReadLines<T>(string path, Func<JsonElement, T> read)
    {
        var rows = new List<T>();
        var line = 0;
        try
        {
            foreach (var text in File.ReadLines(path))
            {
                line++;
                if (string.IsNullOrWhiteSpace(text))
                    continue;
                using var json = JsonDocument.Parse(text.TrimStart('\uFEFF'));
                if (json.RootElement.ValueKind != JsonValueKind.Object)
                    throw new MatchingFileException(path, line, "a JSON object was expected");
                rows.Add(read(json.RootElement));
            }
        }
        catch (JsonException e)
        {
            throw new MatchingFileException(path, line, "not valid JSON" + (e.BytePositionInLine is { } at ? string.Create(CultureInfo.InvariantCulture, $" near byte {at}") : ""));
        }
        catch (FormatException e)
        {
            throw new MatchingFileException(path, line, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MatchingFileException(path, 0, e is FileNotFoundException or DirectoryNotFoundException ? "the file is not there" : "the file can't be read");
        }
        return rows;
    }

    private sealed class JsonFields(JsonElement json)
    {
        public string Needed(string name)
        {
            var text = Text(name);
            return text.Length > 0 ? text : throw new FormatException($"the field {name} is missing or empty");
        }

        public string Text(string name) => Get(name) switch
        {
            null => "",
            { ValueKind: JsonValueKind.String } e => e.GetString() ?? "",
            { ValueKind: JsonValueKind.Number } e => e.GetRawText(),
            _ => throw new FormatException($"the field {name} is no text"),
        };

        public double? Number(string name) => Get(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Number } e => e.GetDouble(),
            _ => throw new FormatException($"the field {name} is no number"),
        };

        public IReadOnlyList<string> Texts(string name) => [.. Items(name).Select(e =>
            e.ValueKind == JsonValueKind.String ? e.GetString()! : throw new FormatException($"the field {name} is no list of texts"))];

        public IReadOnlyList<double?> Numbers(string name) => [.. Items(name).Select(e => e.ValueKind switch
        {
            JsonValueKind.Number => e.GetDouble(),
            JsonValueKind.Null => (double?)null,
            _ => throw new FormatException($"the field {name} is no list of numbers"),
        })];

        public JsonFields? Object(string name) => Get(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Object } e => new(e),
            _ => throw new FormatException($"the field {name} is no object"),
        };

        public IEnumerable<JsonFields> Objects(string name) => Items(name).Select(e =>
            e.ValueKind == JsonValueKind.Object ? new JsonFields(e) : throw new FormatException($"the field {name} is no list of objects"));

        private JsonElement.ArrayEnumerator Items(string name) => Get(name) switch
        {
            null => default,
            { ValueKind: JsonValueKind.Array } e => e.EnumerateArray(),
            _ => throw new FormatException($"the field {name} is no list"),
        };

        private JsonElement? Get(string name) => json.TryGetProperty(name, out var e) && e.ValueKind != JsonValueKind.Null ? e : null;
    }
}
