using System.Text.Json;

namespace MonozukuriTown.Matching;

/// <summary>
/// For orders of several steps: whether every step goes to a company that can do it, either by the chain that is proposed first or,
/// when somebody does it all, by the company ranked first.
/// </summary>
public sealed record ChainEvaluation
{
    /// <summary>Each order with the first step that goes wrong; null when all go right.</summary>
    public required IReadOnlyList<(string Id, string? WrongStep)> Orders { get; init; }

    public int Right => Orders.Count(o => o.WrongStep is null);

    public override string ToString() =>
        $"chains={Orders.Count} right={Right}" + string.Concat(Orders.Where(o => o.WrongStep is not null).Select(o => $"\n  {o.Id}: {o.WrongStep}"));

    internal static ChainEvaluation Of(IEnumerable<(string Id, IReadOnlyList<ChainStep> Steps)> judged, Func<string, MatchResult?> match) => new()
    {
        Orders =
        [
            .. judged.Select(order =>
            {
                var result = match(order.Id);
                HashSet<string> proposed = result switch
                {
                    null => [],
                    { Chains: [var chain, ..] } => [.. chain.Links.Select(l => l.Company.Key)],
                    { Matches: [var first, ..] } => [first.Company.Key],
                    _ => [],
                };
                return (order.Id, order.Steps.FirstOrDefault(s => !s.Companies.Any(proposed.Contains))?.Name);
            }),
        ],
    };

    /// <summary>Reads <c>order_id</c> and <c>steps</c> with <c>step</c> and <c>firms</c>, one JSON object a line.</summary>
    /// <exception cref="MatchingFileException">Not there, not JSON, or without steps.</exception>
    internal static IReadOnlyList<(string Id, IReadOnlyList<ChainStep> Steps)> Read(string path) => JsonLines.ReadLines(path, json =>
    {
        if (!json.TryGetProperty("order_id", out var id) || id.GetString() is not { Length: > 0 } key || !json.TryGetProperty("steps", out var steps) || steps.ValueKind != JsonValueKind.Array)
            throw new FormatException("order_id and steps were expected");
        return (key, (IReadOnlyList<ChainStep>)[.. steps.EnumerateArray().Select(s => new ChainStep(
            s.GetProperty("step").GetString() ?? "", [.. s.GetProperty("firms").EnumerateArray().Select(f => f.GetString() ?? "")]))]);
    });
}

/// <summary>A judged step: its name and who can do it.</summary>
internal sealed record ChainStep(string Name, IReadOnlyList<string> Companies);
