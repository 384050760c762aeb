namespace MonozukuriTown.Matching;

/// <summary>In what order the companies found are shown.</summary>
public enum SearchSort
{
    /// <summary>Best answer to the words first; without words the recently confirmed first.</summary>
    Relevance,

    /// <summary>五十音.</summary>
    Kana,

    /// <summary>Recently confirmed first.</summary>
    Confirmed,
}

/// <summary>What the search page asks: words, chosen facets, order and page. Facets of one kind widen, of two kinds narrow.</summary>
public sealed record SearchQuery
{
    /// <summary>What was typed into the box; words that name something known are read as such.</summary>
    public string Text { get; init; } = "";

    /// <summary>Process ids; a group id (<c>cut</c>) stands for all of its leaves.</summary>
    public IReadOnlyList<string> Processes { get; init; } = [];

    /// <summary>Material ids; a family stands for all below it.</summary>
    public IReadOnlyList<string> Materials { get; init; } = [];

    /// <summary>Certification ids.</summary>
    public IReadOnlyList<string> Certifications { get; init; } = [];

    /// <summary>Names of towns as companies state them.</summary>
    public IReadOnlyList<string> Towns { get; init; } = [];

    /// <summary>Ids of <see cref="EmployeeClass"/>.</summary>
    public IReadOnlyList<string> EmployeeClasses { get; init; } = [];

    /// <summary>Only those with the town's award.</summary>
    public bool Meister { get; init; }

    /// <summary>Only those that welcome visits (見学可).</summary>
    public bool VisitsWelcome { get; init; }

    /// <summary>Order of the hits.</summary>
    public SearchSort Sort { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Hits of one page.</summary>
    public int PageSize { get; init; } = 20;
}

/// <summary>Size of a company as the facet counts it.</summary>
/// <param name="Id">Address form: <c>10-19</c>.</param>
/// <param name="Label">10～19人.</param>
/// <param name="From">Employees, inclusive.</param>
/// <param name="To">Employees, inclusive.</param>
public sealed record EmployeeClass(string Id, string Label, int From, int To)
{
    /// <summary>From the smallest to the largest; they leave no gap.</summary>
    public static IReadOnlyList<EmployeeClass> All { get; } =
    [
        new("1-4", "1～4人", 0, 4), new("5-9", "5～9人", 5, 9), new("10-19", "10～19人", 10, 19),
        new("20-49", "20～49人", 20, 49), new("50-99", "50～99人", 50, 99), new("100-", "100人以上", 100, int.MaxValue),
    ];

    /// <summary>Place in <see cref="All"/> of the class of so many people.</summary>
    internal static int Of(int employees)
    {
        var i = 0;
        while (employees > All[i].To)
            i++;
        return i;
    }

    /// <summary>Places in <see cref="All"/> of the classes so named; a name that nobody knows has none.</summary>
    internal static IEnumerable<int> Find(IReadOnlyList<string> ids) =>
        Enumerable.Range(0, All.Count).Where(i => ids.Contains(All[i].Id, StringComparer.Ordinal));
}

/// <summary>How a word of the search box was understood: 旋盤加工 ＝ 旋削、NC旋盤 も含む.</summary>
/// <param name="Kind"><see cref="NeedKind.Process"/>, <see cref="NeedKind.Material"/>, <see cref="NeedKind.Certification"/> or <see cref="NeedKind.Word"/>.</param>
/// <param name="Id">Vocabulary id; empty for a plain word.</param>
/// <param name="Label">Standard name.</param>
/// <param name="Also">Synonyms that are found as well; a few.</param>
/// <param name="Span">Where in the query.</param>
public sealed record UnderstoodWord(NeedKind Kind, string Id, string Label, IReadOnlyList<string> Also, TextSpan Span);

/// <summary>A text of a company with the places that matched, in order and without overlap.</summary>
public sealed record Highlight(string Field, string Text, IReadOnlyList<TextSpan> Spans);

/// <summary>One company that was found.</summary>
public sealed record SearchHit
{
    /// <summary>The company as the catalog holds it.</summary>
    public required CompanyFacts Company { get; init; }

    /// <summary>How well it answers; only to be compared with other hits of the same query.</summary>
    public required double Score { get; init; }

    /// <summary>Texts of the company that answer the query; of capabilities, machines and products the first three each.</summary>
    public required IReadOnlyList<Highlight> Highlights { get; init; }
}

/// <summary>One choice of a facet with the number of companies it would show.</summary>
/// <param name="Id">Value for the address.</param>
/// <param name="Label">For people.</param>
/// <param name="Count">Companies that match the query and the other facets.</param>
/// <param name="Selected">Chosen in this query.</param>
/// <param name="Children">
/// Members of the head of a material family; while something of the facet is chosen, also the leaves of process groups and what is below those members.
/// </param>
public sealed record FacetValue(string Id, string Label, int Count, bool Selected, IReadOnlyList<FacetValue> Children);

/// <summary>The choices beside the hits; each kind counts with the query and the facets of the other kinds.</summary>
public sealed record SearchFacets
{
    /// <summary>Groups of processes with their leaves.</summary>
    public required IReadOnlyList<FacetValue> Processes { get; init; }

    /// <summary>Families of materials with what is below them.</summary>
    public required IReadOnlyList<FacetValue> Materials { get; init; }

    /// <summary>Certificates that companies hold.</summary>
    public required IReadOnlyList<FacetValue> Certifications { get; init; }

    /// <summary>Towns of the companies.</summary>
    public required IReadOnlyList<FacetValue> Towns { get; init; }

    /// <summary>By <see cref="EmployeeClass"/>.</summary>
    public required IReadOnlyList<FacetValue> EmployeeClasses { get; init; }

    /// <summary>How many have the town's award.</summary>
    public required int Awarded { get; init; }

    /// <summary>How many welcome visits.</summary>
    public required int VisitsWelcome { get; init; }
}

/// <summary>One page of what a search found, and how it was understood.</summary>
public sealed record SearchResult
{
    /// <summary>Companies found, on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>Those of the page asked for.</summary>
    public required IReadOnlyList<SearchHit> Hits { get; init; }

    /// <summary>Choices to narrow the search, with their counts.</summary>
    public required SearchFacets Facets { get; init; }

    /// <summary>Spans are places in the query, or in <see cref="CorrectedTo"/> when there is one.</summary>
    public required IReadOnlyList<UnderstoodWord> Understood { get; init; }

    /// <summary>What was searched instead: nobody meets the query, and it is one slip away from this, which somebody meets.</summary>
    public string? CorrectedTo { get; init; }

    /// <summary>もしかして: few meet the query, and many more meet this, one slip away.</summary>
    public string? Suggestion { get; init; }

    /// <summary>Words that nobody meets, when those who meet the other words are shown instead.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Sizes and quantities among the words: they rule nobody out here, an order read as a whole compares them.</summary>
    public IReadOnlyList<string> Figures { get; init; } = [];
}
