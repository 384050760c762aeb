using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MonozukuriTown.Core.Mailings;

/// <summary>A small map of names to texts in one jsonb column.</summary>
internal static class StringMap
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static void HasStringMap(this PropertyBuilder<Dictionary<string, string>> property) => property
        .HasColumnType("jsonb")
        .HasConversion(
            map => Write(map),
            text => Read(text),
            new ValueComparer<Dictionary<string, string>>(
                (a, b) => Write(a) == Write(b),
                map => Write(map).GetHashCode(StringComparison.Ordinal),
                map => new Dictionary<string, string>(map, StringComparer.Ordinal)));

    public static string Write(Dictionary<string, string>? map) => JsonSerializer.Serialize(map ?? [], Json);

    public static Dictionary<string, string> Read(string text) => JsonSerializer.Deserialize<Dictionary<string, string>>(text, Json) ?? [];
}
