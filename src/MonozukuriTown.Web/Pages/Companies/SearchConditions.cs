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
        // A word can stand for several processes: one chip for what was typed once.
        foreach (var group in result.Understood.GroupBy(u => u.Span))
        {
            var first = group.First();
            var also = first.Also.Concat(group.Skip(1).Select(u => u.Label)).Where(a => !string.Equals(a, first.Label, StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal).Take(AlsoShown);
            chips.Add(new(words.Kind(first.Kind), first.Label, [.. also], WithoutWord(address, group.Key).Url()));
        }
        Add(chips, address, CompanySearchAddress.Process, words.Process, address.Processes, id => vocabulary.FindProcess(id)?.Name);
        Add(chips, address, CompanySearchAddress.Material, words.Material, address.Materials, id => vocabulary.FindMaterial(id)?.Name);
        Add(chips, address, CompanySearchAddress.Certification, words.Certification, address.Certifications, id => vocabulary.FindCertification(id)?.Name);
        Add(chips, address, CompanySearchAddress.Town, words.Town, address.Towns, name => name);
        Add(chips, address, CompanySearchAddress.Size, words.Size, address.Sizes, id => EmployeeClass.All.FirstOrDefault(k => string.Equals(k.Id, id, StringComparison.Ordinal))?.Label);
        if (address.AwardOnly)
            chips.Add(new(awardName, words.AwardChoice, [], address.Without(CompanySearchAddress.Award, "").Url()));
        if (address.VisitOnly)
            chips.Add(new(words.Visit, words.VisitChoice, [], address.Without(CompanySearchAddress.Visit, "").Url()));
        return chips;
    }

    // A value that names nothing known shows as it came, so that it can be taken away.
    private static void Add(List<SearchChip> chips, CompanySearchAddress address, string group, string kind, IEnumerable<string> values, Func<string, string?> label) =>
        chips.AddRange(values.Select(v => new SearchChip(kind, label(v) ?? v, [], address.Without(group, v).Url())));

    private static CompanySearchAddress WithoutWord(CompanySearchAddress address, TextSpan span)
    {
        var text = address.Words;
        var (start, end) = (Math.Clamp(span.Start, 0, text.Length), Math.Clamp(span.End, 0, text.Length));
        var rest = string.Join(' ', $"{text[..start]} {text[end..]}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return address with { Words = rest, Page = 1 };
    }
}
