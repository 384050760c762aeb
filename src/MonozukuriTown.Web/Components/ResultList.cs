namespace MonozukuriTown.Web.Components;

/// <summary>One page of what a search found: how many, their order, the companies, the other pages.</summary>
public sealed class ResultList : Region
{
    /// <summary>Companies found, on all pages.</summary>
    public required int Total { get; init; }

    public required IReadOnlyList<SortLinks.SortChoice> Sorts { get; init; }

    /// <summary>Of this page; none when there is no such page.</summary>
    public required IReadOnlyList<CompanyCard> Cards { get; init; }

    /// <summary>What the town calls its certified companies.</summary>
    public required string AwardName { get; init; }

    public required int Page { get; init; }

    public required int LastPage { get; init; }

    /// <summary>Address of a page.</summary>
    public required Func<int, string> PageLink { get; init; }

    protected override void Write(Markup to)
    {
        var words = Words.Here;
        to.Add($"""
            <div class="results-head"><p class="results-count" role="status"><b>{Figures.Number(Total)}</b>{words.CompaniesFound}</p>
            {new SortLinks { Choices = Sorts }}</div>
            <h2 class="visually-hidden">{words.Results}</h2>

            """);
        if (Cards.Count > 0)
            to.Add($"{new CompanyCards { Cards = Cards, AwardName = AwardName }}");
        else
            to.Add($"""<div class="empty"><p>{Words.Format(words.NoSuchPage, Figures.Number(LastPage))}</p><p><a href="{PageLink(LastPage)}">{words.ShowLastPage}</a></p></div>""");
        to.Add($"{new Pager { Current = Page, Last = LastPage, Link = PageLink }}");
    }
}
