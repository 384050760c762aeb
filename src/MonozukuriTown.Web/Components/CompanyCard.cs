using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Web.Components;

/// <summary>One answering capability, machine or product of a company, with its figures.</summary>
public sealed record CardHit(string? Label, MarkedText Text, IReadOnlyList<string> Figures);

/// <summary>What the card of one company shows.</summary>
public sealed record CompanyCard
{
    private const int CapabilitiesShown = 3;
    private const int OthersShown = 2;
    private const int CertificationsShown = 3;
    private const int MaterialsShown = 6;

    public required MarkedText Name { get; init; }
    public required string Slug { get; init; }
    public required MarkedText Kana { get; init; }

    /// <summary>City and size: 東大阪市・従業員21人.</summary>
    public required string Place { get; init; }
    public required MarkedText Summary { get; init; }
    public IReadOnlyList<CardHit> Hits { get; init; } = [];
    public bool Awarded { get; init; }
    public IReadOnlyList<string> Badges { get; init; } = [];
    public Freshness? Fresh { get; init; }

    public static CompanyCard Of(CompanyFacts company, DateOnly today)
    {
        var words = Words.Here;
        List<string> badges = [.. company.Certifications.Take(CertificationsShown)];
        if (company.VisitsWelcome)
            badges.Add(words.VisitsWelcome);
        List<string> place = [company.Town];
        if (company.Employees is > 0)
            place.Add(Words.Format(words.Employees, Figures.Number(company.Employees.Value)));
        return new()
        {
            Name = MarkedText.Plain(company.Name),
            Slug = company.Slug,
            Kana = MarkedText.Plain(company.Kana),
            Place = string.Join('・', place.Where(p => p.Length > 0)),
            Summary = MarkedText.Plain(company.Summary),
            Awarded = company.MeisterNumber is not null,
            Badges = badges,
            Fresh = Freshness.Of(company.ConfirmedMonth, today),
        };
    }

    /// <summary>With the places that answer the query.</summary>
    public static CompanyCard Of(SearchHit hit, Vocabulary vocabulary, DateOnly today)
    {
        var company = hit.Company;
        var card = Of(company, today);
        if (hit.Highlights.Count == 0)
            return card;
        List<CardHit> hits = [];
        foreach (var capability in company.Capabilities)
        {
            if (hits.Count == CapabilitiesShown)
                break;
            var name = vocabulary.FindProcess(capability.Process)?.Name ?? capability.Process;
            if (hit.Highlights.FirstOrDefault(h => h.Field is "capability" && string.Equals(h.Text, name, StringComparison.Ordinal)) is { } found)
                hits.Add(Capability(company, capability, found));
        }
        var words = Words.Here;
        foreach (var other in hit.Highlights.Where(h => h.Field is "equipment" or "product").DistinctBy(h => h.Text, StringComparer.Ordinal).Take(OthersShown))
            hits.Add(new(other.Field is "equipment" ? words.Machine : words.Product, MarkedText.Of(other.Text, other.Spans), []));
        return card with
        {
            Hits = hits,
            Name = Marked(hit, "name") ?? card.Name,
            Kana = Marked(hit, "kana") ?? card.Kana,
            Summary = Marked(hit, "summary") ?? card.Summary,
        };
    }

    private static MarkedText? Marked(SearchHit hit, string field) =>
        hit.Highlights.FirstOrDefault(h => string.Equals(h.Field, field, StringComparison.Ordinal)) is { } found ? MarkedText.Of(found.Text, found.Spans) : null;

    private static CardHit Capability(CompanyFacts company, CapabilityFacts capability, Highlight found)
    {
        var limits = Figures.Effective(capability.Limits, company.Limits);
        List<string> figures = [];
        var materials = capability.Materials.Count > 0 ? capability.Materials : company.Materials;
        if (materials.Count > 0)
            figures.Add(string.Join('、', materials.Take(MaterialsShown)) + (materials.Count > MaterialsShown ? " など" : ""));
        figures.AddRange(Figures.Sizes(limits));
        figures.AddRange(Figures.Tolerances(limits));
        return new(capability.ByPartner ? Words.Here.ByPartner : null, MarkedText.Of(found.Text, found.Spans), figures);
    }
}

/// <summary>When a listing was last said to be true, in words.</summary>
/// <param name="Text">2026年10月に確認.</param>
/// <param name="IsOld">More than a year ago.</param>
public sealed record Freshness(string Text, bool IsOld)
{
    public static Freshness? Of(DateOnly? month, DateOnly today)
    {
        if (month is not { } m)
            return null;
        var words = Words.Here;
        var old = m.AddMonths(12) < new DateOnly(today.Year, today.Month, 1);
        return new(Words.Format(old ? words.ConfirmedLongAgo : words.Confirmed, JapaneseDate.Month(m)), old);
    }

    public static Freshness? Of(DateTimeOffset? confirmed, DateOnly today) =>
        Of(confirmed is { } at ? TownClock.DateOf(at) is var day ? new DateOnly(day.Year, day.Month, 1) : null : null, today);
}
