using MonozukuriTown.Matching;
using MonozukuriTown.Web.Components;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Companies;

/// <summary>Every condition of a search as a chip: the words as they were understood, then what was chosen beside them.</summary>
public static class SearchConditions
{
    private const int AlsoShown = 3;

    public static IReadOnlyList<SearchChip> Chips(CompanySearchAddress address, SearchResult result, Vocabulary vocabulary, string awardName)
    {
        var words = Words.Here;
        List<SearchChip> chips = [];
        foreach (var group in result.Understood.GroupBy(u => u.Span))
            chips.Add(Understood(address, group.Key, [.. group]));
        Add(chips, address, CompanySearchAddress.Process, words.Process, address.Processes, id => vocabulary.FindProcess(id)?.Name);
        Add(chips, address, CompanySearchAddress.Material, words.Material, address.Materials, id => vocabulary.FindMaterial(id)?.Name);
        Add(chips, address, CompanySearchAddress.Certification, words.Certification, address.Certifications, id => vocabulary.FindCertification(id)?.Name);
        Add(chips, address, CompanySearchAddress.Town, words.Town, address.Towns, name => name);
        Add(chips, address, CompanySearchAddress.Size, words.Size, address.Sizes, id => EmployeeClass.All.FirstOrDefault(k => string.Equals(k.Id, id, StringComparison.Ordinal))?.Label);
        if (address.AwardOnly)
            chips.Add(new(awardName, words.AwardChoice, "", address.Without(CompanySearchAddress.Award, "").Url()));
        if (address.VisitOnly)
            chips.Add(new(words.Visit, words.VisitChoice, "", address.Without(CompanySearchAddress.Visit, "").Url()));
        return chips;
    }

    // A word can stand for several processes: one chip for what was typed once, and all of them on it.
    private static SearchChip Understood(CompanySearchAddress address, TextSpan span, IReadOnlyList<UnderstoodWord> meanings)
    {
        var (words, first) = (Words.Here, meanings[0]);
        var (text, format, also) = meanings.Count == 1
            ? (first.Label, words.AlsoFinds, first.Also.Where(a => !string.Equals(a, first.Label, StringComparison.Ordinal)).Take(AlsoShown))
            : (Typed(address.Words, span), words.Means, meanings.Select(m => m.Label));
        var more = string.Join('、', also.Distinct(StringComparer.Ordinal));
        return new(words.Kind(first.Kind), text, more.Length > 0 ? Words.Format(format, more) : "", WithoutWord(address, span).Url());
    }

    private static string Typed(string text, TextSpan span) => text[Math.Clamp(span.Start, 0, text.Length)..Math.Clamp(span.End, 0, text.Length)].Trim();

    // A value that names nothing known shows as it came, so that it can be taken away.
    private static void Add(List<SearchChip> chips, CompanySearchAddress address, string group, string kind, IEnumerable<string> values, Func<string, string?> label) =>
        chips.AddRange(values.Select(v => new SearchChip(kind, label(v) ?? v, "", address.Without(group, v).Url())));

    private static CompanySearchAddress WithoutWord(CompanySearchAddress address, TextSpan span)
    {
        var text = address.Words;
        var (start, end) = (Math.Clamp(span.Start, 0, text.Length), Math.Clamp(span.End, 0, text.Length));
        var rest = string.Join(' ', $"{text[..start]} {text[end..]}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return address with { Words = rest, Page = 1 };
    }
}
