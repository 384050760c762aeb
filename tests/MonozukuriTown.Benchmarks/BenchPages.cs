using MonozukuriTown.Core.Data;
using MonozukuriTown.Matching;
using Npgsql;

namespace MonozukuriTown.Benchmarks;

/// <summary>The addresses that are asked for: none twice before all were asked once.</summary>
public static class BenchPages
{
    public const int Count = 600;

    /// <summary>Words of the trade, alone and with a material, as people type them.</summary>
    public static IReadOnlyList<string> Searches()
    {
        var vocabulary = Vocabulary.Load(TownHome.Seeds("vocabulary"));
        var words = vocabulary.Processes.SelectMany(p => p.Synonyms.Prepend(p.Name)).ToList();
        var materials = vocabulary.Materials.Select(m => m.Name).ToList();
        var pairs = words.Select((word, i) => $"{word} {materials[i * 7 % materials.Count]}");
        return [.. Mixed(words, pairs).Distinct(StringComparer.Ordinal).Take(Count).Select(q => "/companies?q=" + Uri.EscapeDataString(q))];
    }

    public static async Task<IReadOnlyList<string>> ListingsAsync()
    {
        await using var connection = new NpgsqlConnection(Environment.GetEnvironmentVariable("ConnectionStrings__Town"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"select slug from company where status = 'Listed' order by md5(slug) limit {Count}", connection);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> addresses = [];
        while (await reader.ReadAsync())
            addresses.Add("/companies/" + Uri.EscapeDataString(reader.GetString(0)));
        return addresses;
    }

    private static IEnumerable<string> Mixed(IEnumerable<string> first, IEnumerable<string> second) => first.Zip(second).SelectMany(p => new[] { p.First, p.Second });
}
