using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Components;

/// <summary>Companies as cards: search results, new companies on the home page.</summary>
public sealed class CompanyCards : Region
{
    public required IReadOnlyList<CompanyCard> Cards { get; init; }

    /// <summary>What the town calls its certified companies.</summary>
    public required string AwardName { get; init; }

    /// <summary>Three beside each other instead of one below the other.</summary>
    public bool InRow { get; init; }

    protected override void Write(Markup to)
    {
        to.Add($"""<ol class="{(InRow ? "company-list company-list-row" : "company-list")}">""");
        foreach (var card in Cards)
        {
            to.Add($"""

                <li><article class="company-card">
                <h3 class="company-name"><a href="{CompanyLinks.Detail(card.Slug)}">{card.Name}</a></h3>

                """);
            if (card.Kana.Pieces.Count > 0)
                to.Add($"""<p class="company-kana">{card.Kana}</p>""");
            to.Add($"""<p class="company-place">{card.Place}</p>""");
            if (card.Summary.Pieces.Count > 0)
                to.Add($"""<p class="company-summary">{card.Summary}</p>""");
            if (card.Hits.Count > 0)
                Hits(to, card.Hits);
            if (card.Awarded || card.Badges.Count > 0 || card.Fresh is not null)
                Badges(to, card);
            to.Add($"</article></li>");
        }
        to.Add($"</ol>");
    }

    private static void Hits(Markup to, IReadOnlyList<CardHit> hits)
    {
        to.Add($"""<ul class="hits">""");
        foreach (var hit in hits)
        {
            to.Add($"<li>");
            if (hit.Label is not null)
                to.Add($"{hit.Label}　");
            to.Add($"{hit.Text}");
            foreach (var figure in hit.Figures)
                to.Add($"""　<span class="num">{figure}</span>""");
            to.Add($"</li>");
        }
        to.Add($"</ul>");
    }

    private void Badges(Markup to, CompanyCard card)
    {
        to.Add($"""<ul class="badges company-foot">""");
        if (card.Awarded)
            to.Add($"""<li class="badge badge-award">{AwardName}</li>""");
        foreach (var badge in card.Badges)
            to.Add($"""<li class="badge">{badge}</li>""");
        if (card.Fresh is { } fresh)
            to.Add($"""<li><span class="{(fresh.IsOld ? "fresh fresh-old" : "fresh")}">{fresh.Text}</span></li>""");
        to.Add($"</ul>");
    }
}
