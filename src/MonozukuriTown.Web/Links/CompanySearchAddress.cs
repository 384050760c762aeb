using System.Globalization;
using System.Text;
using MonozukuriTown.Matching;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Links;

/// <summary>The whole state of <c>/companies</c> is its address: read from a request, changed, and written as a link again.</summary>
public sealed record CompanySearchAddress
{
    public const int WordsMax = 200;
    public const string Process = "process";
    public const string Material = "material";
    public const string Certification = "cert";
    public const string Town = "town";
    public const string Size = "size";
    public const string Award = "award";
    public const string Visit = "visit";

    private const string WordsName = "q";
    private const string SortName = "sort";
    private const string PageName = "page";
    private const int ValuesMax = 30;
    private const int ValueMax = 60;
    private const int PageMax = 1_000_000;

    public string Words { get; init; } = "";
    public IReadOnlyList<string> Processes { get; init; } = [];
    public IReadOnlyList<string> Materials { get; init; } = [];
    public IReadOnlyList<string> Certifications { get; init; } = [];
    public IReadOnlyList<string> Towns { get; init; } = [];
    public IReadOnlyList<string> Sizes { get; init; } = [];
    public bool AwardOnly { get; init; }
    public bool VisitOnly { get; init; }
    public SearchSort Sort { get; init; }
    public int Page { get; init; } = 1;

    /// <summary>How many conditions beside the words.</summary>
    public int Chosen => Processes.Count + Materials.Count + Certifications.Count + Towns.Count + Sizes.Count + (AwardOnly ? 1 : 0) + (VisitOnly ? 1 : 0);

    /// <summary>Nothing asked: the list of all companies from its beginning.</summary>
    public bool IsPlain => Words.Length == 0 && Chosen == 0 && Sort == SearchSort.Relevance && Page == 1;

    /// <summary>Anything at all can stand in an address; what makes no sense is left out.</summary>
    public static CompanySearchAddress Read(IQueryCollection query) => new()
    {
        Words = TypedText.Line(query[WordsName].ToString(), WordsMax),
        Processes = Values(query, Process),
        Materials = Values(query, Material),
        Certifications = Values(query, Certification),
        Towns = Values(query, Town),
        Sizes = Values(query, Size),
        AwardOnly = query.ContainsKey(Award),
        VisitOnly = query.ContainsKey(Visit),
        Sort = query[SortName].ToString() switch { "kana" => SearchSort.Kana, "confirmed" => SearchSort.Confirmed, _ => SearchSort.Relevance },
        Page = int.TryParse(query[PageName].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, PageMax) : 1,
    };

    /// <summary>Without one value of a group; the first page again.</summary>
    public CompanySearchAddress Without(string group, string value) => group switch
    {
        Process => this with { Processes = Except(Processes, value), Page = 1 },
        Material => this with { Materials = Except(Materials, value), Page = 1 },
        Certification => this with { Certifications = Except(Certifications, value), Page = 1 },
        Town => this with { Towns = Except(Towns, value), Page = 1 },
        Size => this with { Sizes = Except(Sizes, value), Page = 1 },
        Award => this with { AwardOnly = false, Page = 1 },
        _ => this with { VisitOnly = false, Page = 1 },
    };

    public string Url()
    {
        var url = new StringBuilder(CompanyLinks.Search);
        var mark = '?';
        void Add(string name, string value)
        {
            url.Append(mark).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            mark = '&';
        }
        if (Words.Length > 0)
            Add(WordsName, Words);
        foreach (var (name, values) in new[] { (Process, Processes), (Material, Materials), (Certification, Certifications), (Town, Towns), (Size, Sizes) })
        {
            foreach (var value in values)
                Add(name, value);
        }
        if (AwardOnly)
            Add(Award, "1");
        if (VisitOnly)
            Add(Visit, "1");
        if (Sort != SearchSort.Relevance)
            Add(SortName, Sort == SearchSort.Kana ? "kana" : "confirmed");
        if (Page > 1)
            Add(PageName, Page.ToString(CultureInfo.InvariantCulture));
        return url.ToString();
    }

    public SearchQuery ToQuery(Vocabulary vocabulary, int pageSize) => new()
    {
        Text = Words,
        // A group and one of its leaves: the leaf is what was meant.
        Processes = Narrowest(Processes, id => vocabulary.FindProcess(id) is { IsGroup: false } p ? vocabulary.Processes[p.Parent].Id : null),
        Materials = Narrowest(Materials, id => vocabulary.FindMaterial(id) is { Parent: >= 0 } m ? vocabulary.Materials[m.Parent].Id : null),
        Certifications = Certifications,
        Towns = Towns,
        EmployeeClasses = Sizes,
        Meister = AwardOnly,
        VisitsWelcome = VisitOnly,
        Sort = Sort,
        Page = Page,
        PageSize = pageSize,
    };

    private static List<string> Narrowest(IReadOnlyList<string> ids, Func<string, string?> parentOf)
    {
        HashSet<string> above = new(StringComparer.OrdinalIgnoreCase);
        foreach (var id in ids)
        {
            for (var parent = parentOf(id); parent is not null; parent = parentOf(parent))
                above.Add(parent);
        }
        return [.. ids.Where(id => !above.Contains(id))];
    }

    private static List<string> Values(IQueryCollection query, string name) => query.TryGetValue(name, out var values)
        ? [.. values.Select(v => TypedText.Line(v, ValueMax)).Where(v => v.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Take(ValuesMax)]
        : [];

    private static List<string> Except(IReadOnlyList<string> values, string value) =>
        [.. values.Where(v => !string.Equals(v, value, StringComparison.OrdinalIgnoreCase))];
}
