using System.Globalization;
using System.Text;

namespace MonozukuriTown.Matching;

/// <summary>The text form of a <see cref="NeedFact"/>; see <see cref="RfqNeed.ToChips"/>.</summary>
internal static class NeedChip
{
    public static string Write(NeedFact fact)
    {
        var b = new StringBuilder();
        b.Append(fact.Kind.ToString().ToLowerInvariant()).Append('=').Append(fact.Value);
        if (fact.Span is { } span)
            b.Append(CultureInfo.InvariantCulture, $"@{span.Start}-{span.End}");
        if (fact.Sureness < 1)
            b.Append(CultureInfo.InvariantCulture, $"~{fact.Sureness:0.##}");
        if (fact.IsWish)
            b.Append('?');
        if (fact.InferredFrom is not null)
            b.Append('<').Append(fact.InferredFrom);
        return b.ToString();
    }

    /// <summary>Null when the string is no chip; the value is not yet checked against the vocabulary.</summary>
    public static NeedFact? Read(string chip)
    {
        var equals = chip.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || !Enum.TryParse<NeedKind>(chip.AsSpan(0, equals), ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
            return null;
        var rest = chip.AsSpan(equals + 1);
        string? from = null;
        var mark = rest.IndexOf('<');
        if (mark >= 0)
        {
            from = rest[(mark + 1)..].ToString();
            rest = rest[..mark];
        }
        var wish = rest.EndsWith("?", StringComparison.Ordinal);
        if (wish)
            rest = rest[..^1];
        var sureness = 1.0;
        mark = rest.LastIndexOf('~');
        if (mark >= 0 && double.TryParse(rest[(mark + 1)..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var s))
        {
            sureness = Math.Clamp(s, 0, 1);
            rest = rest[..mark];
        }
        TextSpan? span = null;
        mark = rest.LastIndexOf('@');
        if (mark >= 0)
        {
            var place = rest[(mark + 1)..];
            var dash = place.IndexOf('-');
            if (dash > 0
                && int.TryParse(place[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
                && int.TryParse(place[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var end)
                && end >= start)
            {
                span = new(start, end);
                rest = rest[..mark];
            }
        }
        var value = rest.ToString();
        return value.Length == 0 ? null : new NeedFact
        {
            Kind = kind,
            Value = value,
            Label = value,
            Span = span,
            Sureness = sureness,
            InferredFrom = from,
            IsWish = wish,
        };
    }
}
