using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Web.Commands;

/// <summary>
/// Companies for load and size tests: each fact is drawn independently from the demo companies under a fixed seed, because copies would tie
/// everywhere. Shape of <c>companies.jsonl</c>.
/// </summary>
public static class GeneratedCompanies
{
    private const int Seed = 20261120;

    private static readonly string[] FirstNames =
        ["青葉", "若竹", "白鷺", "朝霧", "夕凪", "深山", "早瀬", "千歳", "八雲", "瑞穂", "長良", "小春", "暁", "葵", "橘", "桐山", "笹原", "藤波", "松風", "梅園"];

    private static readonly string[] FirstReadings =
        ["あおば", "わかたけ", "しらさぎ", "あさぎり", "ゆうなぎ", "みやま", "はやせ", "ちとせ", "やくも", "みずほ", "ながら", "こはる", "あかつき", "あおい", "たちばな", "きりやま", "ささはら", "ふじなみ", "まつかぜ", "うめぞの"];

    private static readonly (string Name, string Reading)[] Trades =
        [("精機", "せいき"), ("製作所", "せいさくしょ"), ("工業", "こうぎょう"), ("金属", "きんぞく"), ("鉄工", "てっこう"), ("化成", "かせい"), ("技研", "ぎけん"), ("産業", "さんぎょう")];

    private static readonly string[] Facts =
        ["summary", "materials", "equipment", "max_size_mm", "tolerance_mm", "thickness_mm_range", "diameter_mm_range", "lot", "certs", "industries", "employees", "ward_or_city", "products", "visit_ok", "prototype_ok", "from_one", "sections_confirmed"];

    /// <param name="from">Number of the first company: <c>G000001</c> is 1.</param>
    public static MemoryStream Write(int from, int count)
    {
        var pool = File.ReadLines(TownHome.Seeds("demo", "companies.jsonl")).Where(l => l.Length > 0).Select(l => JsonNode.Parse(l)!.AsObject()).ToList();
        var stream = new MemoryStream();
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        for (var number = from; number < from + count; number++)
            writer.WriteLine(One(pool, number).ToJsonString());
        writer.Flush();
        stream.Position = 0;
        return stream;
    }

    private static JsonObject One(List<JsonObject> pool, int number)
    {
        // Seeded by number, so that company 7 is the same in every run and however many there are.
        var random = new Random(Seed + number);
        var first = random.Next(FirstNames.Length);
        var trade = Trades[random.Next(Trades.Length)];
        var company = new JsonObject
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"G{number:D6}"),
            ["name"] = string.Create(CultureInfo.InvariantCulture, $"株式会社{FirstNames[first]}{trade.Name}{number}"),
            ["kana"] = FirstReadings[first] + trade.Reading,
            ["tel"] = string.Create(CultureInfo.InvariantCulture, $"06-{number / 10000 % 10000:D4}-{number % 10000:D4}"),
            ["contact_method"] = "phone",
        };
        foreach (var fact in Facts)
        {
            if (pool[random.Next(pool.Count)][fact] is { } value)
                company[fact] = value.DeepClone();
        }
        company["processes"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 7))
            .Select(_ => pool[random.Next(pool.Count)]["processes"]!.AsArray())
            .Select(words => words[random.Next(words.Count)]!.GetValue<string>())
            .Distinct(StringComparer.Ordinal).Select(word => (JsonNode)word)]);
        return company;
    }
}
