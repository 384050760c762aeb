using System.Runtime.CompilerServices;
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

    public static CompanyCard Of(CompanyFacts company, DateOnly today) => CardTexts.Of(company, today).Plain;

    /// <summary>With the places that answer the query.</summary>
    public static CompanyCard Of(SearchHit hit, Vocabulary vocabulary, DateOnly today)
    {
        var texts = CardTexts.Of(hit.Company, today);
        if (hit.Highlights.Count == 0)
            return texts.Plain;
        List<CardHit> hits = [];
        // Most answer by other texts: then no capability is looked through.
        var left = hit.Highlights.Count(h => h.Field is "capability");
        for (var i = 0; left > 0 && i < hit.Company.Capabilities.Count && hits.Count < CapabilitiesShown; i++)
        {
            if (Find(hit, "capability", vocabulary.ProcessName(hit.Company.Capabilities[i].Process)) is not { } found)
                continue;
            hits.Add(texts.Capability(i) with { Text = MarkedText.Of(found.Text, found.Spans) });
            left--;
        }
        var words = Words.Here;
        var others = 0;
        Highlight? before = null;
        foreach (var other in hit.Highlights)
        {
            if (other.Field is not ("equipment" or "product") || string.Equals(other.Text, before?.Text, StringComparison.Ordinal) || others++ == OthersShown)
                continue;
            hits.Add(new(other.Field is "equipment" ? words.Machine : words.Product, MarkedText.Of(other.Text, other.Spans), []));
            before = other;
        }
        return texts.Plain with
        {
            Hits = hits,
            Name = Marked(hit, "name") ?? texts.Plain.Name,
            Kana = Marked(hit, "kana") ?? texts.Plain.Kana,
            Summary = Marked(hit, "summary") ?? texts.Plain.Summary,
        };
    }

    private static MarkedText? Marked(SearchHit hit, string field) => Find(hit, field, null) is { } found ? MarkedText.Of(found.Text, found.Spans) : null;

    private static Highlight? Find(SearchHit hit, string field, string? text)
    {
        foreach (var highlight in hit.Highlights)
        {
            if (string.Equals(highlight.Field, field, StringComparison.Ordinal) && (text is null || string.Equals(highlight.Text, text, StringComparison.Ordinal)))
                return highlight;
        }
        return null;
    }

    /// <summary>What a company's card says whatever was searched: written once a month, a language and a state of the company.</summary>
    private sealed class CardTexts
    {
        private static readonly ConditionalWeakTable<CompanyFacts, CardTexts> Known = [];

        private readonly CompanyFacts company;
        private readonly Words words;
        private readonly int month;
        private readonly CardHit?[] capabilities;

        private CardTexts(CompanyFacts company, Words words, DateOnly today)
        {
            (this.company, this.words, month) = (company, words, Month(today));
            capabilities = new CardHit?[company.Capabilities.Count];
            List<string> badges = [.. company.Certifications.Take(CertificationsShown)];
            if (company.VisitsWelcome)
                badges.Add(words.VisitsWelcome);
            List<string> place = [company.Town];
            if (company.Employees is > 0)
                place.Add(Words.Format(words.Employees, Figures.Number(company.Employees.Value)));
            Plain = new()
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

        /// <summary>The card when nothing was searched.</summary>
        public CompanyCard Plain { get; }

        public static CardTexts Of(CompanyFacts company, DateOnly today)
        {
            var here = Words.Here;
            if (Known.TryGetValue(company, out var known) && known.month == Month(today) && ReferenceEquals(known.words, here))
                return known;
            var texts = new CardTexts(company, here, today);
            Known.AddOrUpdate(company, texts);
            return texts;
        }

        /// <summary>A capability with its figures; its name is put in by who shows it.</summary>
        public CardHit Capability(int index)
        {
            if (capabilities[index] is { } known)
                return known;
            var capability = company.Capabilities[index];
            var limits = capability.Limits.Over(company.Limits);
            var materials = capability.Materials.Count > 0 ? capability.Materials : company.Materials;
            List<string> figures = [];
            if (materials.Count > 0)
                figures.Add(string.Join('、', materials.Take(MaterialsShown)) + (materials.Count > MaterialsShown ? " など" : ""));
            figures.AddRange(Figures.Sizes(limits));
            figures.AddRange(Figures.Tolerances(limits));
            return capabilities[index] = new(capability.ByPartner ? words.ByPartner : null, MarkedText.Plain(""), figures);
        }

        private static int Month(DateOnly day) => day.Year * 12 + day.Month;
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
