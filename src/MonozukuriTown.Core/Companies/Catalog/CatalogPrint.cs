using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Core.Companies.Catalog;

/// <summary>A number for what a catalog holds of a company: equal facts, equal numbers. Nodes send theirs to the command that compares them.</summary>
public static class CatalogPrint
{
    /// <summary>PostgreSQL takes less than 8,000 bytes in a notification.</summary>
    private const int PartMax = 7_500;

    private const char End = '.';

    public static uint Of(CompanyFacts facts) => MemoryMarshal.Read<uint>(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(facts)));

    /// <summary>The channel on which a question is answered.</summary>
    public static string Channel(string question) => "catalog_" + question;

    /// <summary>Sends all companies of a node in as many notifications as it takes, <c>node|12:3f9a01c2|…</c>; the last part ends with a dot.</summary>
    internal static async Task SendAsync(TownDbContext db, string question, string node, CompanyCatalog catalog, CancellationToken cancellation)
    {
        List<string> parts = [];
        var part = new StringBuilder(node);
        foreach (var company in catalog.Companies)
        {
            if (part.Length > PartMax)
            {
                parts.Add(part.ToString());
                part.Clear().Append(node);
            }
            part.Append(CultureInfo.InvariantCulture, $"|{company.Key}:{Of(company):x8}");
        }
        parts.Add(part.Append('|').Append(End).ToString());
        var channel = Channel(question);
        // In one statement, so that they arrive together and in order.
        await db.Database.ExecuteSqlAsync($"select pg_notify({channel}, part) from unnest({parts}) with ordinality as p (part, n) order by n", cancellation);
    }

    /// <summary>Reads one notification into what its node is known to hold; true when it was the last one.</summary>
    internal static bool Receive(string payload, Dictionary<string, Dictionary<int, uint>> nodes)
    {
        var parts = payload.Split('|');
        if (!nodes.TryGetValue(parts[0], out var companies))
            nodes.Add(parts[0], companies = []);
        foreach (var entry in parts.AsSpan(1))
        {
            if (entry is [End])
                return true;
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            companies[CatalogFacts.Id(entry[..colon])] = uint.Parse(entry.AsSpan(colon + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }
        return false;
    }
}
